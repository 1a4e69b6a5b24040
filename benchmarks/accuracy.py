"""What the built-in guideline finds in labelled drafts, scored by the benchmark's own scorer."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.bootstrap import RESAMPLES, Measure, Outcome, f1_of, false_alarms, interval, macro_f1, stop_recall
from benchmarks.child import BrokenError, output
from benchmarks.drafts import Drafts, as_lines
from benchmarks.tables import Section, Table, render, share

# Signs of the rule `accuracy` that rest on the calendar alone.
DATE_SIGNS = frozenset(
    f"accuracy/{name}" for name in ("wrong-weekday", "era-year", "impossible-date", "reversed-period", "odd-time")
)
HEADLINES: dict[str, Measure] = {"macro_f1": macro_f1, "stop_recall": stop_recall, "false_alarms": false_alarms}
_ROUNDING = 0.0006  # the scorer prints three places

Findings = dict[str, list[dict[str, Any]]]  # by the id of the draft


def section(bench: Path) -> Section:
    """The part of the page on accuracy; where there is nothing to score, one line that says what to put where."""
    title, command = "What it finds", "python -m benchmarks accuracy"
    if not ((bench / "dev.jsonl").is_file() and (bench / "score.py").is_file()):
        place = "labelled drafts as `dev.jsonl` and their scorer as `score.py` into one folder"
        return Section(
            title, command, (f"Not scored: put {place} and name it with `--bench DIR` (or RYOSHIKI_BENCH).",)
        )
    drafts = Drafts.read("dev.jsonl", bench / "dev.jsonl")
    found = reviewed(drafts)
    counted = scored(bench / "score.py", drafts, found)
    outcomes = [Outcome(frozenset(c["labels"]), frozenset(f["rule"] for f in found[c["id"]])) for c in drafts.cases]
    agree(counted, outcomes)
    parts = (
        f"`score.py` over the {len(drafts.cases)} drafts of `dev.jsonl`, read by the built-in guideline:",
        f"```\n{counted.rstrip()}\n```",
        f"How far chance moves the headline figures: 95 % intervals from {RESAMPLES:,} resamples of the drafts.",
        render(headlines(outcomes)),
        "The parts that only reckon. From the labels alone nobody can tell which `accuracy` drafts are faults of date,"
        " so that only precision can be given for these signs, not recall.",
        render(reckoned(drafts.cases, found, outcomes)),
    )
    return Section(title, command, parts)


def reviewed(drafts: Drafts) -> Findings:
    """The findings of every draft, from `ryoshiki check --batch` as anybody would run it."""
    lines = output(["-m", "ryoshiki", "check", "--batch", "-"], as_lines(drafts.cases), fine=(0, 1)).splitlines()
    answers = [json.loads(line) for line in lines]
    if [a["id"] for a in answers] != [c["id"] for c in drafts.cases]:
        raise BrokenError("the answers are not those of the drafts, one each and in order")
    return {a["id"]: a["findings"] for a in answers}


def scored(scorer: Path, drafts: Drafts, found: Findings) -> str:
    """What the benchmark's own scorer prints."""
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        # Rules and places only: the drafts' words are not written anywhere.
        lines = (
            json.dumps({"id": id, "findings": [{k: f[k] for k in ("rule", "start", "end")} for f in findings]})
            for id, findings in found.items()
        )
        predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return output([str(scorer), str(drafts.path), str(predictions)])


def agree(counted: str, outcomes: Sequence[Outcome]) -> None:
    """The intervals are worth something only if we count as the scorer does."""
    theirs = dict(line.split() for line in counted.splitlines() if len(line.split()) == 2)
    for name, measure in HEADLINES.items():
        if abs(float(theirs[name]) - measure(outcomes)) > _ROUNDING:
            raise BrokenError(f"{name}: the scorer says {theirs[name]}, we count {measure(outcomes):.3f}")


def headlines(outcomes: Sequence[Outcome]) -> Table:
    """The three headline measures with their intervals."""
    rows = []
    for name, measure in HEADLINES.items():
        low, high = interval(measure, outcomes)
        rows.append((name, f"{measure(outcomes):.3f}", f"{low:.3f}–{high:.3f}"))
    return Table(("measure", "value", "95 % interval"), tuple(rows))


def reckoned(cases: Sequence[dict[str, Any]], found: Findings, outcomes: Sequence[Outcome]) -> Table:
    """The clock and the calendar."""
    dated = [(c, f) for c in cases for f in found[c["id"]] if f["sign"] in DATE_SIGNS]
    right = sum("accuracy" in case["labels"] for case, _ in dated)
    labelled = sum("accuracy" in case["labels"] for case in cases)
    return Table(
        ("part", "figure"),
        (
            ("`working-hours`, F1", f"{f1_of('working-hours', outcomes):.3f}"),
            ("findings of the date signs in drafts labelled `accuracy`", share(right, len(dated))),
            ("drafts labelled `accuracy` for whatever reason", str(labelled)),
        ),
    )
