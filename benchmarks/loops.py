"""A child of `speed.py`: batch mode and Sudachi alone over the same drafts, by turns, in one process."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.adapters.protocol import peak_mb

ROUNDS = 7


def batch(source: Path) -> float:
    """Seconds that batch mode takes from drafts in a file to answers in another."""
    from ryoshiki.cli.batch import Defaults, run
    from ryoshiki.guideline import load

    guideline = load()
    begun = perf_counter()
    run(source, Path(os.devnull), guideline, frozenset(), Defaults("x", "private", None, None))
    return perf_counter() - begun


def compare(source: Path) -> dict[str, list[float]]:
    """Seconds a round of batch mode and of Sudachi alone, and of every review by itself."""
    from sudachipy import Dictionary, SplitMode

    from ryoshiki.cli.batch import Defaults, _draft, run
    from ryoshiki.guideline import load
    from ryoshiki.review import review

    guideline, defaults = load(), Defaults("x", "private", None, None)
    lines = source.read_bytes().splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    drafts = [_draft(line, defaults, guideline)[1] for line in lines]
    sudachi = Dictionary(dict="core").create(SplitMode.C)
    took: dict[str, list[float]] = {"batch": [], "sudachi": [], "draft": []}
    for number in range(ROUNDS + 1):
        begun = perf_counter()
        run(source, Path(os.devnull), guideline, frozenset(), defaults)
        between = perf_counter()
        for text in texts:
            sudachi.tokenize(text)
        ended = perf_counter()
        if number:  # the first round only loads what is loaded on first use
            took["batch"].append(between - begun)
            took["sudachi"].append(ended - between)
            for draft in drafts:
                begun = perf_counter()
                review(draft, guideline)
                took["draft"].append(perf_counter() - begun)
    return took


if __name__ == "__main__":
    what, path = sys.argv[1], Path(sys.argv[2])
    answer = compare(path) if what == "compare" else {"batch": [batch(path)], "peak_mb": [peak_mb()]}
    sys.stdout.write(json.dumps(answer))
