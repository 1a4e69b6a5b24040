"""Refreshes what the pages show of the command: every ```console block is run again, its output written anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "README.ja.md", ROOT / "docs/CLI.md")
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def refreshed(page: str) -> str:
    """The page with what its console blocks say today."""
    with tempfile.TemporaryDirectory() as folder:
        return _BLOCK.sub(lambda block: "".join(_transcript(block[0], folder)), page)


def _transcript(block: str, folder: str) -> Iterator[str]:
    """The block's commands (lines that begin with ``$``), each with its output."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RYOSHIKI_") and not k.endswith("_COLOR")}
    # The folder is empty: one's own settings and accepted findings must not show up in the pages.
    env = {
        **kept,
        "XDG_CONFIG_HOME": folder,
        "XDG_DATA_HOME": folder,
        "APPDATA": folder,
        "PYTHONPATH": str(ROOT / "src"),
    }
    status = 0
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        yield line + "\n"
        if line == "$ echo $?":
            yield f"{status}\n"
            continue
        arguments = [sys.executable, "-m", *shlex.split(line.removeprefix("$ "))]
        done = subprocess.run(
            arguments, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        status = done.returncode
        yield done.stdout.decode("utf-8")


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
