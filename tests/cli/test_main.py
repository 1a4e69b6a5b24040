"""The command as a whole: in this process, and as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from ryoshiki.cli import run
from tests.cli.conftest import Command, complaint

CHECK = import_module("ryoshiki.cli.check")
COMMAND = [sys.executable, "-m", "ryoshiki"]


@pytest.fixture
def env(folder: Path, tmp_path: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RYOSHIKI_")}
    return {**kept, "RYOSHIKI_GUIDELINE": str(folder), "XDG_CONFIG_HOME": str(tmp_path / "config")}


def last_line(code: str, env: dict[str, str]) -> str:
    """What a Python of its own writes at its end."""
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    return done.stdout.decode().splitlines()[-1]


def test_version(ryoshiki: Command) -> None:
    """The version stands behind the name."""
    assert ryoshiki("--version").out.startswith("ryoshiki 0.")


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help(ryoshiki: Command, arguments: list[str]) -> None:
    """Without arguments the command explains itself, in Japanese first."""
    outcome = ryoshiki(*arguments)
    assert outcome.status == 0
    for words in ("check", "explain", "guideline", "waive", "下書きを"):
        assert words in outcome.out


@pytest.mark.parametrize("arguments", [["check"], ["explain"], ["waive"], ["guideline", "new"]])
def test_every_command_has_help(ryoshiki: Command, arguments: list[str]) -> None:
    """Every option says in two languages what it does."""
    outcome = ryoshiki(*arguments, "--help")
    assert outcome.status == 0
    assert " / " in outcome.out


@pytest.mark.parametrize("arguments", [["chek"], ["--nonsense"], ["guideline", "sow"], ["guideline", "new"]])
def test_usage_errors_get_one_line(ryoshiki: Command, arguments: list[str]) -> None:
    """An unknown command or option, or a missing argument, is named."""
    complaint(ryoshiki(*arguments))


def test_an_inner_failure_shows_no_words(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last net names kind and place, and never what the draft says."""

    def broken(*_: object) -> None:
        raise ValueError("ひみつの下書き")

    monkeypatch.setattr(CHECK, "review", broken)
    line = complaint(ryoshiki("check", "ひみつの下書き"))
    assert "ValueError test_main.py:" in line
    assert "ひみつ" not in line


def test_ctrl_c_has_its_own_status(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, status 130."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(CHECK, "review", interrupted)
    outcome = ryoshiki("check", "いい天気")
    assert (outcome.status, outcome.raw, outcome.err) == (130, b"", "")


def test_a_process_of_its_own(env: dict[str, str]) -> None:
    """Exit status, UTF-8 output and quiet standard error, also where the locale is C."""
    done = subprocess.run(
        [*COMMAND, "check", "あいつはぺけぺけだ"], env={**env, "LC_ALL": "C", "PYTHONUTF8": "0"}, capture_output=True
    )
    assert done.returncode == 1, done.stderr.decode()
    assert "やめましょう" in done.stdout.decode("utf-8")
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="there SIGINT goes to the whole console group")
def test_ctrl_c_ends_a_batch_between_lines(env: dict[str, str]) -> None:
    """Answers come at once; what is written is whole; status 130 and no traceback."""
    with subprocess.Popen(
        [*COMMAND, "check", "--batch", "-"],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write('{"id": 1, "text": "いい天気"}\n'.encode())
        process.stdin.flush()
        assert process.stdout.readline().endswith(b"}\n")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stdout.read() == b""
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE to imitate")
def test_a_reader_that_leaves_is_no_error(env: dict[str, str], tmp_path: Path) -> None:
    """`ryoshiki … | head -1` ends quietly."""
    file = tmp_path / "in.jsonl"
    file.write_text('{"text": "いい天気"}\n' * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "check", "--batch", str(file)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_gets_one_line(env: dict[str, str]) -> None:
    """What cannot be written is said."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "check", "いい天気"], env=env, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("ryoshiki: ")


def test_a_review_loads_neither_rich_nor_a_network(env: dict[str, str]) -> None:
    """Plain output, JSON and batch mode start without what they do not need."""
    code = (
        "import sys; from ryoshiki.cli import run; run(['check', 'いい天気', '--format', 'json']);"
        "print([m for m in ('rich', 'rich.console', 'http.client', 'urllib.request', 'asyncio') if m in sys.modules])"
    )
    assert last_line(code, env) == "[]"


def test_only_the_command_that_is_called_is_loaded(env: dict[str, str]) -> None:
    """Nobody waits for the others; help names them all."""
    code = (
        "import sys; from ryoshiki.cli import COMMANDS, GROUPS, run; run(['check', 'いい天気']);"
        "print([m for m in COMMANDS + GROUPS if f'ryoshiki.cli.{m}' in sys.modules])"
    )
    assert last_line(code, env) == "['check']"


def test_run_gives_the_status_to_callers(ryoshiki: Command) -> None:
    """The entry point can be called from Python."""
    before = time.monotonic()
    assert run(["--version"]) == 0
    assert time.monotonic() - before < 5
