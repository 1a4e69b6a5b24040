"""Questions put in other words: how often the right answer is among the first three, and how often silence is right."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.tables import Section, Table, render
from ryoshiki import load
from ryoshiki.desk.questions import Questions, search

ASKED = Path(__file__).parent / "questions.jsonl"


def section(bench: Path) -> Section:
    """The part of the page on questions; its questions come with the benchmark."""
    lines = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    known = search(load())
    if known.vectors is None:
        raise ValueError("the local model is not installed, so that questions are found by words alone")
    parts = (
        f"{len(known.all)} questions of the guideline. Those asked are by a writer who saw them and neither their"
        " answers nor the other ways to ask that stand beside; nothing was learned from them. On every other line the"
        " limits were chosen; the rest is new.",
        render(figures({"new": lines[1::2], "chosen on": lines[::2]}, known)),
        "With the local model switched off, by words alone:",
        render(figures({"new": lines[1::2], "chosen on": lines[::2]}, Questions(known.all))),
    )
    return Section("Questions", "python -m benchmarks questions", parts)


def figures(sets: dict[str, list[dict[str, str | None]]], search: Questions) -> Table:
    """Shares, and in brackets of how many, one column a set."""
    columns = []
    for lines in sets.values():
        found = [(line["id"], [hit.question.id for hit in search.find(line["ask"] or "")]) for line in lines]
        known = [(id, ids) for id, ids in found if id is not None]
        columns.append(
            (
                _share([ids[:1] == [id] for id, ids in known]),
                _share([id in ids for id, ids in known]),
                _share([not ids for id, ids in found if id is None]),
            )
        )
    names = ("right answer first", "right answer among three", "no answer, and told so")
    return Table(("measure", *sets), tuple(zip(names, *columns, strict=True)))


def _share(right: list[bool]) -> str:
    return f"{sum(right) / len(right):.2f} ({len(right)})"
