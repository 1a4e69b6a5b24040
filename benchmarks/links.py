"""Lists of hosts: taking one in, its size on disk, and how long a look-up takes."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.adapters.protocol import peak_mb
from benchmarks.child import output
from benchmarks.tables import Section, Table, render
from ryoshiki.linklists import take_in
from ryoshiki.reading.hosts import Lists

SIZES = (60_000, 5_000_000)
LOOK_UPS = 20_000
ROUNDS = 5


def section(bench: Path) -> Section:
    """The part of the page on lists of links; it needs no drafts."""
    parts = (
        "Hosts files of made-up names, every third with www. A look-up asks for a host four labels deep with a path,"
        f" so that it tries seven entries; the median of {ROUNDS} rounds of {LOOK_UPS:,}, half of them listed.",
        render(figures([json.loads(output(["-m", "benchmarks.links", str(size)])) for size in SIZES])),
    )
    return Section("Lists of links", "python -m benchmarks links", parts)


def figures(took: list[dict[str, Any]]) -> Table:
    """The table from what `measured` took, one column a list."""
    rows = (
        ("taking it in (s)", *(f"{t['import']:.2f}" for t in took)),
        ("peak memory of it (MB)", *(f"{t['peak']:.0f}" for t in took)),
        ("on disk (bytes an entry)", *(f"{t['size'] / t['kept']:.2f}" for t in took)),
        ("opening it (ms)", *(f"{1_000 * t['open']:.2f}" for t in took)),
        ("one look-up (µs)", *(f"{1_000_000 * t['look_up']:.1f}" for t in took)),
    )
    return Table(("measure", *(f"{t['lines']:,} lines" for t in took)), rows)


def written(path: Path, lines: int) -> list[str]:
    """A hosts file of that many lines; returns some of its hosts."""
    chance = random.Random(lines)  # the same list every time
    kept = []
    with path.open("w", encoding="ascii") as file:
        for number in range(lines):
            host = f"{chance.getrandbits(40):x}.d{number % 997}.example"
            file.write(f"0.0.0.0 {'www.' if number % 3 == 0 else ''}{host}\n")
            if number % max(1, lines // LOOK_UPS) == 0:
                kept.append(host)
    return kept


def measured(lines: int) -> dict[str, Any]:
    """Seconds, bytes and megabytes of one process."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "hosts.txt"
        listed = written(source, lines)
        begun = perf_counter()
        made = take_in([source], Path(folder) / "links", "obscene", None)
        taken = perf_counter()
        peak = peak_mb()
        lists = Lists(Path(folder) / "links")
        opening = perf_counter()
        lists.listed("a.example", "", ("obscene",))
        opened = perf_counter()
        asked = [(host if number % 2 else "x" + host) for number, host in enumerate(listed)]
        return {
            "lines": lines,
            "kept": made.tally.kept,
            "size": made.size,
            "import": taken - begun,
            "peak": peak,
            "open": opened - opening,
            "look_up": median(_seconds(lists, asked) for _ in range(ROUNDS)) / len(asked),
        }


def _seconds(lists: Lists, asked: list[str]) -> float:
    begun = perf_counter()
    for host in asked:
        lists.listed(f"www.{host}", "/one/page?x=1", ("obscene",))
    return perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))))
