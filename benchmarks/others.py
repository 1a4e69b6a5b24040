"""Other tools and ryoshiki side by side: the same drafts, by turns, each in processes of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.child import run
from benchmarks.drafts import ROOT, Drafts, as_lines
from benchmarks.tables import Section, Table, render, share, spread

PYTHON = ROOT / ".venv-bench" / "bin" / "python"
ROUNDS = 3
LEAST = 1.0  # seconds of reading a round, so that the quick ones can be timed at all
PERSONAL = frozenset({"personal-info", "privacy"})
# Places, companies, dates, sums, links and handles stand in most posts and say nothing of a leak.
PASSING = frozenset(
    [
        "AMOUNT",
        "DATE",
        "DATE_TIME",
        "FACILITY",
        "LOCATION",
        "ORG",
        "ORGANIZATION",
        "POSTAL",
        "POSTAL_CODE",
        "URL",
        "USERNAME",
    ]
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, its adapter, and the Python that has it (None: the one that runs this)."""

    title: str
    adapter: str
    python: Path | None


@dataclass(slots=True)
class Seen:
    """What a tool has shown so far; ``failure`` says why there is no more."""

    cold: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    version: str = ""
    failure: str = ""


def tools(python: Path = PYTHON) -> tuple[Tool, ...]:
    return (
        Tool("ryoshiki", "benchmarks.adapters.ryoshiki", None),
        Tool("Presidio + ja-ginza", "benchmarks.adapters.presidio", python),
        Tool("kakushi + GiNZA", "benchmarks.adapters.kakushi", python),
        Tool("namemask, rules", "benchmarks.adapters.namemask", python),
        Tool("privacy-masker, patterns", "benchmarks.adapters.privacy_masker", python),
    )


def section(drafts: Drafts, chosen: Sequence[Tool] | None = None) -> Section:
    """The part of the page on other tools."""
    seen = compared(drafts, chosen or tools())
    parts = (
        f"Over {drafts.name}, {ROUNDS} rounds by turns, each over another part of the drafts. Cold start is a whole"
        " process that reads one draft; drafts a second are those of a warm process.",
        render(costs(seen)),
        "*Caught* means that the tool finds anything at all in a draft that is labelled with a problem, be it the right"
        " thing or not; a *false alarm* is anything found in a clean draft. Of the other tools' findings, places,"
        " companies, dates, sums, links and handles are left out here: they stand in most posts.",
        render(catches(drafts.cases, seen)),
        "The same with everything they mark:",
        render(catches(drafts.cases, seen, passing=frozenset())),
        "The others are made to mask personal data, so that *with personal data* is the column that is fair to them:"
        " drafts labelled `personal-info` or `privacy`. What the other columns show is how much of a guideline lies"
        " outside of what they look for. ryoshiki knows the hour and the account of a draft, they see its words only.",
    )
    return Section("Beside other tools", "python -m benchmarks others", parts)


def compared(drafts: Drafts, chosen: Sequence[Tool]) -> dict[str, Seen]:
    """Run every tool in every round, one after the other, so that a slow minute of the machine hits them all."""
    seen = {tool.title: Seen() for tool in chosen}
    for number in range(ROUNDS):
        for tool in chosen:
            if not seen[tool.title].failure:
                _round(tool, drafts.cases[number::ROUNDS], seen[tool.title])
    return seen


def _round(tool: Tool, cases: tuple[dict[str, Any], ...], seen: Seen) -> None:
    for part, least in ((cases[:1], 0.0), (cases, LEAST)):
        try:
            ran = run(["-m", tool.adapter, str(least)], as_lines(part), tool.python)
        except OSError:
            seen.failure = "its environment is not there; `make bench` sets it up"
            return
        if ran.status:
            seen.failure = ran.reason
            return
        said = json.loads(ran.out)
        if not least:
            seen.cold.append(ran.seconds)
            continue
        seen.version = said["version"]
        seen.rates.append(said["drafts"] * said["passes"] / said["seconds"])
        seen.peaks.append(said["peak_mb"])
        seen.kinds |= {case["id"]: kinds for case, kinds in zip(part, said["kinds"], strict=True)}


def costs(seen: dict[str, Seen]) -> Table:
    """Time and memory."""
    columns = ("tool", "version", "cold start (s)", "drafts a second", "peak memory (MB)")
    rows = []
    for title, it in seen.items():
        if it.failure:
            rows.append((title, "–", f"did not run: {it.failure}", "–", "–"))
        else:
            digits = 0 if min(it.rates) >= 100 else 1
            rows.append((title, it.version, spread(it.cold), spread(it.rates, digits), f"{max(it.peaks):.0f}"))
    return Table(columns, tuple(rows))


def catches(cases: Iterable[dict[str, Any]], seen: dict[str, Seen], passing: frozenset[str] = PASSING) -> Table:
    """Drafts in which a tool finds anything besides ``passing`` kinds."""
    labels = {case["id"]: frozenset(case["labels"]) for case in cases}
    groups = {
        "caught, with personal data": [id for id, of in labels.items() if of & PERSONAL],
        "caught, with another problem": [id for id, of in labels.items() if of and not of & PERSONAL],
        "false alarms, clean": [id for id, of in labels.items() if not of],
    }
    rows = []
    for title, it in seen.items():
        hit = {id for id, kinds in it.kinds.items() if set(kinds) - passing}
        shares = [share(sum(id in hit for id in ids), len(ids)) for ids in groups.values()]
        rows.append((title, *(["did not run", "–", "–"] if it.failure else shares)))
    return Table(("tool", *groups), tuple(rows))
