"""From where on the heads on the author speak: python -m training.told FOLDER PEOPLE.jsonl

Reads invented people of whom nothing was trained on (every other one of the file: the rest is for measuring) and writes
one pair of limits for all kinds into `reader.json`: kinds are too rare among them for a pair each.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ryoshiki.history.facts import is_told
from ryoshiki.model import Draft
from ryoshiki.reading.meaning import AUTHOR, Limits, LocalReader
from training.drafts import RULES, TOLD, read
from training.limits import write

_STEPS = np.arange(-4, 4.01, 0.1)
_WIDTH = 5  # steps on either side that the measure is averaged over
_BELOW = 0.75  # how far below the limit a post may say it that is not the only one; 0.5 and 1 do as well
_PLACE = -1.0  # from here on a token belongs to the words that show it
_PRECISION, _RECALL = 0.85, 0.7  # what is wanted: 0.8 and 0.7 on new people, who are harder to tell

# By post, the logit of each kind, and the kinds that it gives away.
Person = tuple[NDArray[np.float64], Mapping[str, frozenset[int]]]


def people(rows: Sequence[dict[str, Any]], folder: Path) -> list[Person]:
    """What the model in ``folder`` says of each person's posts, and which of them give which kind away."""
    reader = LocalReader(folder)
    found: list[Person] = []
    for row in rows:
        views = reader.views([Draft(post["text"], "x") for post in row["posts"]])
        logits = np.array([view.logits[len(RULES) : len(RULES) + len(TOLD)] for view in views])
        places = {post["id"]: at for at, post in enumerate(row["posts"])}
        gold: dict[str, frozenset[int]] = {}
        for fact in (*row["facts"], *row["second"]):
            head = AUTHOR + fact["kind"]
            gold[head] = gold.get(head, frozenset()) | {places[id] for id in fact["posts"]}
        found.append((logits, gold))
    return found


def measured(some: Sequence[Person], limit: float, below: float) -> tuple[float, float]:
    """Precision and recall over all kinds of all people: one is found where a post tells it that gives it away."""
    named = right = planted = 0
    for logits, gold in some:
        planted += len(gold)
        for column, head in enumerate(TOLD):
            over = logits[:, column] - limit
            posts = set(np.flatnonzero(over >= -below).tolist())
            if posts and is_told(sorted(over[list(posts)].tolist(), reverse=True)[:2]):
                named += 1
                right += not posts.isdisjoint(gold.get(head, ()))
    return right / max(1, named), right / planted


def best(some: Sequence[Person]) -> float:
    """The limit that comes nearest to what is wanted, averaged over its neighbours."""

    def near(limit: float) -> float:
        precision, recall = measured(some, limit, _BELOW)
        return min(precision / _PRECISION, recall / _RECALL)

    scores = np.pad([near(limit) for limit in _STEPS], _WIDTH, mode="edge")
    smooth = np.convolve(scores, np.ones(2 * _WIDTH + 1), mode="valid")
    return round(float(_STEPS[int(smooth.argmax())]), 2)


def _limits(limit: float) -> dict[str, Limits]:
    return dict.fromkeys(TOLD, Limits(limit, round(limit - _BELOW, 2), _PLACE))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("people", type=Path)
    given = parser.parse_args()
    write(_limits(0.0), given.folder)  # only so that these heads are read
    write(_limits(best(people(read([given.people])[::2], given.folder))), given.folder)


if __name__ == "__main__":
    main()
