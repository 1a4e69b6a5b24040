"""A child of `speed.py`: batch mode without the model, and Sudachi alone over the same drafts, by turns."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from sudachipy import Dictionary, SplitMode

from benchmarks.adapters.protocol import peak_mb
from benchmarks.adapters.ryoshiki import draft_of
from ryoshiki import Draft, load, review
from ryoshiki.cli.batch import run
from ryoshiki.drafts import Defaults
from ryoshiki.model import Guideline

ROUNDS = 7
SHORT = 40  # characters: what most posts stay under


DEFAULTS = Defaults("x", "private", None, None)


def batch(source: Path) -> None:
    """Batch mode, from drafts in a file to answers that nobody keeps."""
    run(source, Path(os.devnull), replace(load(), reader=None), frozenset(), DEFAULTS)


def compare(source: Path) -> dict[str, list[float]]:
    """Seconds of each round of batch mode and of Sudachi alone, and of every review by itself."""
    guideline = replace(load(), reader=None)
    cases = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    drafts = [draft_of(case) for case in cases]
    sudachi = Dictionary(dict="core").tokenizer(SplitMode.C)
    took: dict[str, list[float]] = {"batch": [], "sudachi": [], "draft": [], "short": []}
    for number in range(ROUNDS + 1):
        begun = perf_counter()
        run(source, Path(os.devnull), guideline, frozenset(), DEFAULTS)
        between = perf_counter()
        for draft in drafts:
            sudachi.tokenize(draft.text)
        ended = perf_counter()
        if number:  # the first round loads what is loaded on first use
            took["batch"].append(between - begun)
            took["sudachi"].append(ended - between)
            seconds = [_seconds(draft, guideline) for draft in drafts]
            took["draft"] += seconds
            took["short"] += [s for s, draft in zip(seconds, drafts, strict=True) if len(draft.text) <= SHORT]
    return took


def _seconds(draft: Draft, guideline: Guideline) -> float:
    begun = perf_counter()
    review(draft, guideline)
    return perf_counter() - begun


if __name__ == "__main__":
    what, path = sys.argv[1], Path(sys.argv[2])
    if what == "compare":
        sys.stdout.write(json.dumps(compare(path)))
    else:
        batch(path)
        sys.stdout.write(json.dumps(peak_mb()))
