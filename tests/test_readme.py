"""What the pages tell people to type works, and what they show is what the command says."""

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from ryoshiki.cli import application

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.ja.md"]
EXAMPLE = ROOT / "examples/first_run.py"
NOT_OURS = {
    ".git",
    ".venv",
    ".venv-bench",
    ".venv-cluster",
    ".venv-llama",
    ".venv-train",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    "__pycache__",
    "dist",
    "build",
}
SHELLS = ("sh", "bat", "console")

page = pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
readme = pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)


def blocks(path: Path, *languages: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [code for language, code in found if language in languages]


def spans(path: Path) -> list[str]:
    prose = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", prose)


def ours(line: str) -> list[str] | None:
    """The arguments of a `ryoshiki …` command line, however it is called; None for another command."""
    line = line.removeprefix("$ ").replace("py -m ryoshiki ", "ryoshiki ", 1)
    if not line.startswith("ryoshiki "):
        return None
    words = shlex.split(line.replace("\\|", "|"), comments=True)
    until = next((i for i, word in enumerate(words) if word in ("<", ">", "|")), len(words))
    return words[1:until]


def commands(path: Path) -> Iterator[list[str]]:
    typed = [line for code in blocks(path, *SHELLS) for line in code.splitlines()]
    yield from (arguments for line in [*typed, *spans(path)] if (arguments := ours(line)) is not None)


def parsed(arguments: list[str]) -> tuple[str, frozenset[str]]:
    """Path of the command and its options as given; fails where the command would refuse them."""
    command: Any = typer.main.get_command(application())
    path, context = ["ryoshiki"], None
    while hasattr(command, "commands") and arguments and not arguments[0].startswith("-"):
        found = command.get_command(typer.Context(command), arguments[0])
        assert found is not None, f"no command {arguments[0]!r}"
        command, path, arguments = found, [*path, arguments[0]], arguments[1:]
    context = command.make_context(path[-1], list(arguments))
    assert context is not None
    known = {o for p in command.params for o in p.opts}
    return " ".join(path), frozenset(word for word in arguments if word in known)


@page
def test_every_command_shown_would_be_taken(page: Path) -> None:
    """Each `ryoshiki …` in a code block or in the text names a command and options that there are."""
    for arguments in commands(page):
        try:
            parsed(arguments)
        except typer.Exit:  # --help and --version end early
            pass
        except typer.TyperException as refusal:
            if refusal.format_message().startswith("Missing"):  # named in passing, without its arguments
                continue
            pytest.fail(f"{shlex.join(['ryoshiki', *arguments])}: {refusal.format_message()}")


def test_both_readmes_show_the_same_commands() -> None:
    """Whoever reads only one of them misses none."""
    english, japanese = (sorted((path, sorted(given)) for path, given in map(parsed, commands(p))) for p in READMES)
    # Labels in English are shown to English readers alone.
    assert [(path, [o for o in given if o != "--lang"]) for path, given in english] == japanese


@readme
def test_the_library_snippet_runs(readme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python shown runs as it stands, and prints a finding."""
    (code,) = blocks(readme, "python")
    exec(code, {})
    assert capsys.readouterr().out.startswith(("stop", "caution", "confirm"))


@readme
def test_the_batch_line_shown_is_taken(readme: Path, tmp_path: Path) -> None:
    """The JSON shown is a line that batch mode reads."""
    (line,) = blocks(readme, "json")
    answer = run("-m", "ryoshiki", "check", "--batch", "-", settings=tmp_path, stdin=line)
    assert answer.returncode in (0, 1), answer.stderr
    assert json.loads(answer.stdout)["id"] == "1"


@pytest.mark.parametrize("name", ["README.md", "README.ja.md", "docs/CLI.md"])
def test_what_the_pages_show_is_what_the_command_says(name: str) -> None:
    """Each console block holds the command's output of today."""
    shown = (ROOT / name).read_text(encoding="utf-8")
    assert "```console\n$ ryoshiki " in shown
    assert transcripts().refreshed(shown) == shown, "run `python docs/transcripts.py`"


@page
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    """A relative link names a file that exists, and a heading where it has an anchor."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        linked = page.parent / name if name else page
        assert linked.is_file(), target
        assert not anchor or anchor in anchors(linked), target


@page
def test_every_make_target_named_exists(page: Path) -> None:
    """`make …` in the text or in a code block is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    typed = [line for code in blocks(page, *SHELLS) for line in code.splitlines()]
    for line in [*typed, *spans(page)]:
        if line.startswith("make "):
            assert set(shlex.split(line, comments=True)[1:]) <= targets, line


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    """No path of somebody's machine stands in the repository, tests apart."""
    machine = re.compile(r"(?<![\w.])/(?:home|root|work)/|[A-Z]:\\+Users", re.ASCII)
    files = (
        p
        for p in ROOT.rglob("*")
        if p.is_file() and p.suffix not in (".onnx", ".png", ".npz") and not NOT_OURS & set(p.relative_to(ROOT).parts)
    )
    for file in files:
        if file.relative_to(ROOT).parts[0] != "tests":
            found = machine.search(file.read_text(encoding="utf-8"))
            assert found is None, f"{file.relative_to(ROOT)}: {found}"


def test_the_first_run_shows_a_verdict_and_how_to_go_on(tmp_path: Path) -> None:
    """What `make run` calls ends well although the sample has faults, and points at them."""
    shown = run(str(EXAMPLE), settings=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "気になる点が" in shown.stdout
    assert "6月20日（土）" in shown.stdout
    assert shown.stdout.index("ryoshiki check") < shown.stdout.index("気になる点が") < shown.stdout.index("explain")


def test_the_first_run_fails_where_the_check_cannot_be_done(tmp_path: Path) -> None:
    """A set-up that does not work is not taken for a finding."""
    shown = run(str(EXAMPLE), settings=tmp_path, RYOSHIKI_GUIDELINE=str(tmp_path / "missing"))
    assert shown.returncode == 2
    assert "explain" not in shown.stdout


def run(
    *arguments: str, settings: Path, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Python with these arguments, in the repository, with nobody's settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RYOSHIKI_") and not k.endswith("_COLOR")}
    places = {"XDG_CONFIG_HOME": str(settings), "APPDATA": str(settings), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, **places, **environment},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def transcripts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("transcripts", ROOT / "docs/transcripts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def anchors(path: Path) -> set[str]:
    """Anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
