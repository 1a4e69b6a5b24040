"""How long it takes and how much memory, with calibrating loops beside it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from statistics import median, quantiles

from benchmarks.child import BrokenError, output, run
from benchmarks.drafts import Drafts, as_lines
from benchmarks.loops import SHORT
from benchmarks.tables import Section, Table, render, spread

COLD_RUNS = 7
_TEXT = "明日の15時から、港の広場で朝市の準備をします。手伝える人はぜひ！"
_SUDACHI = f"import sudachipy; sudachipy.Dictionary(dict='core').create().tokenize({_TEXT!r})"
_CHECK = ["-m", "ryoshiki", "check", _TEXT, "--at", "none"]
COLD: dict[str, tuple[list[str], dict[str, str]]] = {
    "`ryoshiki check TEXT`, words and patterns": (_CHECK, {"RYOSHIKI_MEANING": "off"}),
    "the same with the local model": (_CHECK, {}),
    "beside it: Python alone (`python -c pass`)": (["-c", "pass"], {}),
    "beside it: Python and Sudachi, one sentence": (["-c", _SUDACHI], {}),
}


def section(drafts: Drafts) -> Section:
    """The part of the page on speed and memory."""
    parts = (
        f"Cold start: a whole process from start to end, {COLD_RUNS} runs each, by turns.",
        render(cold()),
        f"Batch mode over {drafts.name} ({len(drafts.cases)} drafts, {_length(drafts):.0f} characters in the mean):"
        " JSON lines in, JSON lines out, words and patterns, one process, by turns with Sudachi (mode C) alone over"
        " the same texts.",
        render(warm(drafts)),
    )
    return Section("How fast", "python -m benchmarks speed", parts)


def cold() -> Table:
    """Seconds of whole processes."""
    took: dict[str, list[float]] = {name: [] for name in COLD}
    for _ in range(COLD_RUNS):
        for name, (arguments, settings) in COLD.items():
            ran = run(arguments, settings=settings)
            if ran.status not in (0, 1):
                raise BrokenError(f"{name}: {ran.reason}")
            took[name].append(ran.seconds)
    targets = ("≤ 0.5", "–", "–", "–")
    rows = ((name, spread(values), target) for (name, values), target in zip(took.items(), targets, strict=True))
    return Table(("process", "seconds: median (least–most)", "target"), tuple(rows))


def warm(drafts: Drafts) -> Table:
    """Drafts a second, latency, memory, and the ratio to Sudachi."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "drafts.jsonl"
        source.write_text(as_lines(drafts.cases), encoding="utf-8")
        took = json.loads(output(["-m", "benchmarks.loops", "compare", str(source)]))
        peak = json.loads(output(["-m", "benchmarks.loops", "memory", str(source)]))
    return figures(len(drafts.cases), took, peak)


def figures(count: int, took: dict[str, list[float]], peak: float) -> Table:
    """The table from the seconds of ``loops.py``; a ratio is of two loops that ran one after the other."""
    ratios = [ours / theirs for ours, theirs in zip(took["batch"], took["sudachi"], strict=True)]
    milliseconds = [1_000 * s for s in took["draft"]]
    rows = (
        ("drafts a second, batch mode", spread([count / s for s in took["batch"]], 0), "–"),
        (
            f"short drafts a second (at most {SHORT} characters)",
            f"{len(took['short']) / sum(took['short']):,.0f}",
            "≥ 2,000",
        ),
        ("drafts a second, Sudachi alone", spread([count / s for s in took["sudachi"]], 0), "–"),
        ("time of batch mode as a multiple of Sudachi's", spread(ratios, 1), "≤ 8"),
        ("one review, median (ms)", f"{median(milliseconds):.2f}", "–"),
        ("one review, 95 of 100 are done within (ms)", f"{quantiles(milliseconds, n=20)[-1]:.2f}", "–"),
        ("peak memory of a batch process (MB)", f"{peak:.0f}", "≤ 250"),
    )
    return Table(("measure", "figure", "target"), rows)


def _length(drafts: Drafts) -> float:
    return sum(len(case["text"]) for case in drafts.cases) / len(drafts.cases)
