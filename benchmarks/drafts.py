"""The drafts that everything is tried on: the labelled ones where there are any, else ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
OURS = Path(__file__).parent / "drafts.jsonl"
BENCH = ROOT.parent / "shared" / "bench"  # unless RYOSHIKI_BENCH or --bench names another


@dataclass(frozen=True, slots=True)
class Drafts:
    """``cases`` are drafts with ``id``, ``text`` and ``labels``; ``name`` says on the page which they are."""

    name: str
    path: Path
    cases: tuple[dict[str, Any], ...]

    @classmethod
    def read(cls, name: str, path: Path) -> Drafts:
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls(name, path, tuple(json.loads(line) for line in lines if line.strip()))


def chosen(bench: Path) -> Drafts:
    """``dev.jsonl`` of the folder, or the drafts that come with the benchmark."""
    dev = bench / "dev.jsonl"
    if not dev.is_file():
        return Drafts.read("the invented drafts of benchmarks/drafts.jsonl", OURS)
    return Drafts.read("dev.jsonl", dev)


def as_lines(cases: tuple[dict[str, Any], ...]) -> str:
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
