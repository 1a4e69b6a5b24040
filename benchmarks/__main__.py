"""`python -m benchmarks [part …]`: measures, prints, and with no part named writes the page."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from benchmarks import accuracy, circle, desk, history, links, meaning, others, questions, scan, speed, web
from benchmarks.child import BrokenError
from benchmarks.drafts import BENCH, ROOT, chosen
from benchmarks.photos import measure as photos
from benchmarks.tables import Section

PAGE = ROOT / "docs" / "BENCHMARKS.md"
PARTS: dict[str, Callable[[Path], Section]] = {
    "accuracy": accuracy.section,
    "speed": lambda bench: speed.section(chosen(bench)),
    "meaning": meaning.section,
    "links": links.section,
    "history": lambda bench: history.section(chosen(bench)),
    "circle": lambda _: circle.section(),
    "photos": lambda _: photos.section(),
    "questions": questions.section,
    "scan": scan.section,
    "web": lambda bench: web.section(chosen(bench)),
    "desk": lambda _: desk.section(),
    "others": lambda bench: others.section(chosen(bench)),
}
_METHOD = """Read times as ratios. The machine was shared with others, so that the same loop takes twice as long in a
bad minute; loops that are compared therefore run by turns, and each figure is the median with the least and the most
beside it. Every measurement is a process of its own; memory is the most that it held (of shared libraries, all).
Nothing is fetched: an adapter that reaches for the network fails.

The drafts are invented. Those that are scored stood before the authors of the rules while they wrote, so that the
figures flatter; the intervals show chance only, not this."""


def machine() -> str:
    """Where the figures come from, in words, without a name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} on {platform.machine()}"
    return f"{system}, {cores} processor cores, no accelerator used, Python {platform.python_version()}"


def page(sections: Sequence[Section]) -> str:
    """The page as Markdown."""
    head = (
        "# Benchmarks",
        "<!-- Written by `make bench`; do not edit. -->",
        f"{machine()}; {date.today():%Y-%m-%d}. `make bench` measures all anew; each table's command is above it.",
        _METHOD,
    )
    return "\n\n".join((*head, *(section.render() for section in sections)))


def main(arguments: Sequence[str]) -> int:
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("parts", nargs="*", metavar="part", help=f"any of {', '.join(PARTS)} (default: all)")
    bench = Path(os.environ.get("RYOSHIKI_BENCH") or BENCH)
    reader.add_argument("--bench", type=Path, default=bench, help="folder with dev.jsonl and score.py")
    given = reader.parse_args(arguments)
    if unknown := set(given.parts) - set(PARTS):
        reader.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    sections = []
    for name in given.parts or PARTS:
        try:
            sections.append(PARTS[name](given.bench.resolve()))
        except (BrokenError, OSError, ValueError) as reason:
            sys.stderr.write(f"{name}: {reason}\n")
            return 2
        sys.stdout.write(sections[-1].render() + "\n")
        sys.stdout.flush()
    if not given.parts:
        PAGE.write_text(page(sections), encoding="utf-8")
        sys.stdout.write("docs/BENCHMARKS.md is written.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
