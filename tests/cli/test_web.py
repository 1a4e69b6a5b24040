"""`ryoshiki web`: one address to open, an end by Ctrl-C, and clear words when it cannot be served."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ryoshiki.cli import run


@contextmanager
def started(home: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a process of its own, and the address that it tells."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("RYOSHIKI_")} | {"XDG_CONFIG_HOME": str(home)}
    command = [sys.executable, "-m", "ryoshiki", "web", "--no-browser", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        try:
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address
            yield process, address[0]
        finally:
            process.kill()


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        page: str = answer.read().decode()
        return page


def test_the_address_that_is_told_can_be_opened(tmp_path: Path) -> None:
    """It lies on this machine alone, and Ctrl-C ends the command as it should."""
    with started(tmp_path) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert "下書きの点検" in get(address)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert "終わりました" in out


def test_the_access_log_names_no_words(tmp_path: Path) -> None:
    """A line a request, without query; a path that leads nowhere could be a draft, and is not written."""
    with started(tmp_path, "--log") as (process, address):
        get(f"{address}/rules?furigana=1")
        with pytest.raises(urllib.error.HTTPError):
            get(f"{address}/himitsu")
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=30)[1]
    lines = err.splitlines()
    assert re.fullmatch(r"\S+ 127\.0\.0\.1 GET /rules 200 \d+ms", lines[0])
    assert re.fullmatch(r"\S+ 127\.0\.0\.1 GET - 404 \d+ms", lines[1])


def test_an_address_in_use_is_told(tmp_path: Path) -> None:
    """One line that names the address and the option, and nothing else."""
    with started(tmp_path) as (_, address):
        port = address.rpartition(":")[2]
        second = [sys.executable, "-m", "ryoshiki", "web", "--no-browser", "--port", port]
        done = subprocess.run(second, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


def test_a_port_that_cannot_be_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """No internal error for a number that is too large."""
    assert run(["web", "--no-browser", "--port", "99999"]) == 2
    assert "--port" in capsys.readouterr().err


def test_without_its_parts_the_command_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest of ryoshiki works without them."""
    monkeypatch.setattr("ryoshiki.cli.web.find_spec", lambda name: None)
    assert run(["web"]) == 2
    assert "pip install ryoshiki[web]" in capsys.readouterr().err


def test_other_commands_load_nothing_of_the_page() -> None:
    """A check starts as fast as before."""
    code = (
        "import sys; from ryoshiki.cli import run; run(['check', '夕飯', '--at', 'none']);"
        "print(sorted({'fastapi', 'starlette', 'pydantic', 'uvicorn', 'jinja2', 'mcp'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
