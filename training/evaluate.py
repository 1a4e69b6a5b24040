"""How well the model does by itself: python -m training.evaluate FOLDER --limits DRAFTS.jsonl --on DRAFTS.jsonl …

Prints the mean AUC over the rules, and the macro F1 with the limits that do best on the first drafts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.drafts import RULES, draft_of, read
from training.limits import logits_of

Logits = NDArray[np.float64]
Gold = NDArray[np.bool_]


def auc(logits: Logits, gold: Gold) -> float:
    """Over the rules, how often a draft with the label stands above one without; both [drafts, rules]."""
    pairs = [(logits[gold[:, r], r], logits[~gold[:, r], r]) for r in range(logits.shape[1])]
    return float(np.mean([np.mean(have[:, None] > lack[None, :]) for have, lack in pairs if len(have)]))


def f1(said: Gold, gold: Gold) -> NDArray[np.float64]:
    """By rule."""
    return np.asarray(2 * (said & gold).sum(0) / np.maximum(1, said.sum(0) + gold.sum(0)), np.float64)


def best_limits(logits: Logits, gold: Gold) -> Logits:
    """By rule the logit from which on F1 is highest."""
    limits = np.empty(logits.shape[1])
    for rule in range(logits.shape[1]):
        steps = np.unique(logits[:, rule])
        scores = f1(logits[:, rule, None] >= steps, np.repeat(gold[:, rule, None], len(steps), 1))
        limits[rule] = steps[scores.argmax()]
    return limits


def seen(paths: list[Path], folder: Path) -> tuple[Logits, Gold]:
    rows = read(paths)
    gold = np.array([[rule in row["labels"] for rule in RULES] for row in rows])
    return logits_of([draft_of(row) for row in rows], folder), gold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limits", type=Path, required=True)
    parser.add_argument("--on", type=Path, nargs="+", required=True)
    given = parser.parse_args()
    limits = best_limits(*seen([given.limits], given.folder))
    logits, gold = seen(given.on, given.folder)
    sys.stdout.write(f"AUC {auc(logits, gold):.3f}, macro F1 {f1(logits >= limits, gold).mean():.3f}\n")


if __name__ == "__main__":
    main()
