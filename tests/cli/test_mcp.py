"""The tools for assistants, as a client starts them: a process that is spoken to over its standard streams."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, TextIO

import pytest

from tests.cli.conftest import Command, complaint

COMMAND = [sys.executable, "-m", "ryoshiki", "mcp"]
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@pytest.fixture
def env(folder: Path, tmp_path: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RYOSHIKI_")}
    return {**kept, "RYOSHIKI_GUIDELINE": str(folder), "RYOSHIKI_MEANING": "off", "XDG_CONFIG_HOME": str(tmp_path)}


def say(process: subprocess.Popen[bytes], message: dict[str, Any]) -> None:
    assert process.stdin
    process.stdin.write(json.dumps(message).encode() + b"\n")
    process.stdin.flush()


def hear(stream: IO[bytes] | None) -> Any:
    assert stream
    return json.loads(stream.readline())


def test_a_client_speaks_to_it(env: dict[str, str], tmp_path: Path) -> None:
    """Greeting, tools, a draft with a telephone number, an explanation and slips, with nothing on standard error."""
    pytest.importorskip("mcp")
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async def talk(errors: TextIO) -> dict[str, Any]:
        started = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env={**env, "RYOSHIKI_GUIDELINE": ""})
        async with Client(stdio_client(started, errlog=errors), mode="legacy") as client:
            return {
                "server": client.server_info,
                "tools": [tool.name for tool in (await client.list_tools()).tools],
                "draft": await client.call_tool("check", {"text": "窓口に来た人の電話は 090-0000-1357 です"}),
                "clause": await client.call_tool("explain", {"name": "5-2-4"}),
                "empty": await client.call_tool("check", {"text": ""}),
                "wrong": await client.call_tool("check", {"text": ["ひみつ"]}),
                "unknown": await client.call_tool("explain", {"name": "rumour"}),
            }

    with (tmp_path / "errors").open("w+", encoding="utf-8") as errors:
        heard = asyncio.run(talk(errors))
        errors.seek(0)
        assert errors.read() == ""
    assert heard["server"].name == "ryoshiki"
    assert heard["tools"] == ["check", "explain"]
    report = heard["draft"].structured_content
    assert report["findings"][0]["quote"] == "090-0000-1357"
    assert json.loads(heard["draft"].content[0].text) == report
    assert heard["clause"].content[0].text.startswith("条項 5-2-4  うわさ\n")
    assert [heard[slip].is_error for slip in ("empty", "wrong", "unknown")] == [True] * 3


def test_it_speaks_by_the_guideline_in_force(env: dict[str, str], folder: Path) -> None:
    """Options and settings hold as they do for the other commands; the end of standard input is the end."""
    pytest.importorskip("mcp")
    with subprocess.Popen(
        [*COMMAND, "--guideline", str(folder), "--lang", "en"],
        env={**env, "RYOSHIKI_GUIDELINE": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        say(process, HELLO)
        assert hear(process.stdout)["result"]["serverInfo"]["name"] == "ryoshiki"
        say(process, {"jsonrpc": "2.0", "method": "notifications/initialized"})
        for number, (tool, arguments) in enumerate(
            [("check", {"text": "あいつはぺけぺけだ"}), ("explain", {"name": "5-1"})], start=2
        ):
            say(process, {"jsonrpc": "2.0", "id": number, "method": "tools/call"} | {"params": _call(tool, arguments)})
        answers = {answer["id"]: answer["result"] for answer in (hear(process.stdout), hear(process.stdout))}
        assert answers[2]["structuredContent"]["verdict"] == "stop"
        assert answers[3]["content"][0]["text"].startswith("Clause 5-1")
        assert process.stdin
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stdout
        assert process.stdout.read() == b""
        assert process.stderr
        assert process.stderr.read() == b""


def _call(tool: str, arguments: dict[str, str]) -> dict[str, Any]:
    return {"name": tool, "arguments": arguments}


@pytest.mark.skipif(sys.platform == "win32", reason="there SIGINT goes to the whole console group")
def test_ctrl_c_ends_it_quietly(env: dict[str, str]) -> None:
    """At the first time, while it waits for a message; status 130 and no traceback."""
    pytest.importorskip("mcp")
    with subprocess.Popen(
        COMMAND, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        say(process, HELLO)
        hear(process.stdout)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stdout
        assert process.stdout.read() == b""
        assert process.stderr
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE to imitate")
def test_a_client_that_leaves_is_no_error(env: dict[str, str]) -> None:
    """It ends as the other commands do where nobody reads on."""
    pytest.importorskip("mcp")
    with subprocess.Popen(
        COMMAND, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.close()
        say(process, HELLO)
        assert process.stdin
        process.stdin.close()
        assert process.wait(20) == 141
        assert process.stderr
        assert process.stderr.read() == b""


def test_a_bad_setting_is_told_at_once(env: dict[str, str]) -> None:
    """What cannot work is one line on standard error, where clients keep what a server says, and exit status 2."""
    pytest.importorskip("mcp")
    done = subprocess.run(COMMAND, env={**env, "RYOSHIKI_LANG": "fr"}, stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert "RYOSHIKI_LANG" in line


def test_without_the_parts_it_says_how_to_get_them(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that names what to install."""
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert "pip install ryoshiki[mcp]" in complaint(ryoshiki("mcp"))


def test_other_commands_do_not_load_it(env: dict[str, str]) -> None:
    """The SDK takes more than a second to import, which only who asks for it shall wait for."""
    code = (
        "import sys; from ryoshiki.cli import run; run(['check', 'いい天気', '--format', 'json']);"
        "print([m for m in ('mcp', 'mcp_types', 'pydantic', 'anyio', 'ryoshiki.assistant') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"
