"""What `make run` shows: one real check of the sample draft beside this file, and how to go on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DRAFT = Path(__file__).with_name("draft.txt")
POSTED_AT = "2026-06-12T21:14+09:00"  # a Friday evening, so that every run says the same

BEFORE = """\
見本の下書き（{draft}）を読みます。通信はせず、下書きはどこにも残しません。
Reading a sample draft. Nothing is sent, and the draft is kept nowhere.

$ {command} check --file {draft} --at {at}

"""
AFTER = """
次は、ページで、ご自分の下書きを / Next, a draft of your own, on the page:
  {command} web
端末でなら / In the terminal:
  {command} check "投稿する文"
規則の説明と、見落とすもの / A rule, and what it misses:
  {command} explain accuracy
くわしくは / More: README.ja.md, README.md, docs/CLI.md
"""


def main() -> int:
    """Exit status 0 when the check ran, whatever it found."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # a Windows console may have another code page
    command = shown_command()
    say(BEFORE.format(draft=near(DRAFT), command=command, at=POSTED_AT))
    # "never": the sample has faults on purpose, and only a check that could not be done should fail `make run`.
    check = ["check", "--file", near(DRAFT), "--at", POSTED_AT, "--fail-on", "never", "--format", "text"]
    status = subprocess.run([sys.executable, "-m", "ryoshiki", *check], check=False).returncode
    if status == 0:
        say(AFTER.format(command=command))
    return status


def shown_command() -> str:
    """What to type for `ryoshiki` from here: the script beside this Python, or Python itself."""
    script = Path(sys.executable).with_name("ryoshiki.exe" if os.name == "nt" else "ryoshiki")
    return near(script) if script.is_file() else f"{near(Path(sys.executable))} -m ryoshiki"


def near(path: Path) -> str:
    """The path as seen from the current folder, where it lies below it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()  # before the check writes to the same terminal


if __name__ == "__main__":
    sys.exit(main())
