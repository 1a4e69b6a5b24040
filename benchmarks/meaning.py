"""The local model: what it adds to words and patterns, and what it costs."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.accuracy import Findings, scored
from benchmarks.adapters.protocol import peak_mb
from benchmarks.adapters.ryoshiki import draft_of
from benchmarks.child import output
from benchmarks.drafts import ROOT, Drafts, as_lines, chosen
from benchmarks.tables import Section, Table, render, spread
from ryoshiki import Draft, load
from ryoshiki.model import Guideline, Report
from ryoshiki.report.json import as_dict
from ryoshiki.review import WORDS, review_all

HELD_OUT = ROOT / "training" / "corpus" / "held-out"
UNSEEN = ("a.jsonl", "b.jsonl", "d.jsonl")  # of whose writers nothing is trained on; of that of c 200 other drafts are
MEASURES = ("macro_f1", "stop_recall", "verdict_accuracy", "false_alarms", "placed")
WAYS = ("words", "model", "both")
ORDINARY = ROOT / "benchmarks" / "ordinary.jsonl"
LENGTH = 140  # characters of the draft that is timed
AT_ONCE = 32
ROUNDS = 5


def section(bench: Path) -> Section:
    """The part of the page on the local model."""
    parts = [
        f"A draft of {LENGTH} characters on one core, and batches on all cores; words and patterns included.",
        render(figures(json.loads(output(["-m", "benchmarks.meaning", *_source(bench)])))),
    ]
    if (bench / "score.py").is_file():
        parts += [
            "Words alone, the model alone (with the clock, the calendar and numbers), and both:",
            render(ablation(bench)),
        ]
    parts += [
        "Ordinary posts, in which a careful colleague would name nothing, by six writers who did not know how posts"
        " are read. On those of two of them settings were compared first; with those of the others nothing was trained"
        " and no limit chosen, but the last settings were compared on them too.",
        render(ordinary()),
    ]
    return Section("The local model", "python -m benchmarks meaning", tuple(parts))


def _source(bench: Path) -> list[str]:
    return [str(chosen(bench).path)]


def ablation(bench: Path) -> Table:
    """Each way of reading over the development drafts, over those held out, and over those of unseen writers."""
    sets = [Drafts.read("dev.jsonl", bench / "dev.jsonl")] if (bench / "dev.jsonl").is_file() else []
    held = [Drafts.read(f"held-out/{path.name}", path) for path in sorted(HELD_OUT.glob("*.jsonl"))]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        unseen = Path(folder) / "unseen.jsonl"
        unseen.write_text("".join(as_lines(d.cases) for d in held if d.path.name in UNSEEN), encoding="utf-8")
        for drafts in (*sets, *held, Drafts.read("a, b and d together", unseen)):
            for way in WAYS:
                lines = scored(bench / "score.py", drafts, found(drafts, way)).splitlines()
                named = dict(line.split() for line in lines if len(line.split()) == 2)
                rows.append((f"{drafts.name}, {way}", *(named[measure] for measure in MEASURES)))
    return Table(("drafts, and what reads them", *MEASURES), tuple(rows))


def ordinary() -> Table:
    """Of ordinary posts, private ones in the evening and official ones, how many raise anything."""
    posts = [json.loads(line) for line in ORDINARY.read_text(encoding="utf-8").splitlines()]
    drafts = [draft_of(post) for post in posts]
    rows = []
    for way in WAYS:
        reports = review_all(drafts, _guideline(way))
        kinds = ["compared on" if post.get("compared") else post["account"] for post in posts]
        for kind in ("private", "official", "private and official", "compared on"):
            some = [report for own, report in zip(kinds, reports, strict=True) if own in kind]
            shares = (sum(map(raised, some)) / len(some) for raised in (_anything, _stop))
            rows.append((f"{kind}, {way}", f"{len(some):,}", *(f"{share:.1%}" for share in shares)))
    return Table(("posts, and what reads them", "posts", "raise anything (≤ 1 %)", "raise a stop"), tuple(rows))


def _anything(report: Report) -> bool:
    return bool(report.findings)


def _stop(report: Report) -> bool:
    return report.verdict == "stop"


def found(drafts: Drafts, way: str) -> Findings:
    """The findings of every draft, read by words, by the model, or by both."""
    guideline = _guideline(way)
    reports = review_all([draft_of(case) for case in drafts.cases], guideline)
    return {case["id"]: as_dict(report)["findings"] for case, report in zip(drafts.cases, reports, strict=True)}


def _guideline(way: str) -> Guideline:
    guideline = load()
    if way == "words":
        return replace(guideline, reader=None)
    if way == "model":
        rules = {
            id: replace(rule, signs=tuple(sign for sign in rule.signs if sign.kind not in WORDS))
            for id, rule in guideline.rules.items()
        }
        return replace(guideline, rules=rules)
    return guideline


def figures(took: dict[str, Any]) -> Table:
    """The table from what `measured` took."""
    rows = (
        ("loading model and vocabulary (s)", f"{took['loading']:.2f}", "≤ 0.7"),
        (
            f"one review of {LENGTH} characters, one core (ms)",
            spread([1_000 * s for s in took["one"]], 1),
            "≤ 25",
        ),
        ("of which words and patterns (ms)", spread([1_000 * s for s in took["words"]], 1), "–"),
        ("drafts a second, batches, all cores", spread(took["batch"], 0), "≥ 100"),
        ("peak memory (MB)", f"{took['peak']:.0f}", "≤ 350"),
    )
    return Table(("measure", "figure", "target"), rows)


def measured(source: Path) -> dict[str, Any]:
    """Seconds and megabytes of one process."""
    cases = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    drafts = [draft_of(case) for case in cases]
    both = load()  # a short draft is read on one core, several side by side on all
    words = replace(both, reader=None)
    begun = perf_counter()
    list(both.reader.views([Draft("あ")]))
    loading = perf_counter() - begun
    near = [draft for draft in drafts if abs(len(draft.text) - LENGTH) <= 15]
    for draft in near:
        review_all([draft], both)  # patterns compile when first needed
    return {
        "loading": loading,
        "one": [_median(near, both) for _ in range(ROUNDS)],
        "words": [_median(near, words) for _ in range(ROUNDS)],
        "batch": [_rate(drafts, both) for _ in range(ROUNDS)],
        "peak": peak_mb(),
    }


def _median(drafts: Sequence[Draft], guideline: Guideline) -> float:
    return median(_seconds([draft], guideline) for draft in drafts)


def _rate(drafts: Sequence[Draft], guideline: Guideline) -> float:
    groups = [drafts[at : at + AT_ONCE] for at in range(0, len(drafts), AT_ONCE)]
    return len(drafts) / sum(_seconds(group, guideline) for group in groups)


def _seconds(drafts: Sequence[Draft], guideline: Guideline) -> float:
    begun = perf_counter()
    review_all(drafts, guideline)
    return perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(Path(sys.argv[1]))))
