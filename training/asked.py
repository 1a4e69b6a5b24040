"""What people ask, and to which question it belongs: python -m training.asked TABLE measures a table on it.

TABLE is what `training.pieces --hold` made, so that neither the questions asked for here nor their ways to ask were
learned from, as in another organisation's questions.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ryoshiki import load
from ryoshiki.desk.questions import Question, Questions, questions
from ryoshiki.reading.vectors import Pieces
from training.corpus import ASKED


@dataclass(frozen=True)
class Asked:
    """Texts, and of them (by number) those asked and the ways to ask; columns are questions, one more is "none".

    ``words`` [asked, questions] is how well words fit; ``itself`` [asked, ways] where both are the same text.
    """

    texts: list[str]
    asked: list[int]
    ways: list[int]
    question: Tensor
    words: Tensor
    right: Tensor
    itself: Tensor


def held(name: str) -> bool:
    """Is this question (or what is asked and has none) in the third that is kept for measuring?"""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def rows() -> list[dict[str, str | None]]:
    return [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]


def asked(*, hold: bool) -> Asked:
    """All that there is to learn from: the lines of the corpus, and each way to ask beside the others."""
    every = [q for q in questions(load()) if not (hold and held(q.id))]
    lines = [row for row in rows() if not (hold and held(row["id"] or row["ask"] or ""))]
    column = {question.id: n for n, question in enumerate(every)}
    texts = [row["ask"] or "" for row in lines] + [way for question in every for way in question.ways]
    asked, ways = list(range(len(texts))), list(range(len(lines), len(texts)))
    of_way = [column[question.id] for question in every for _ in question.ways]
    right = [column[row["id"]] if row["id"] else len(every) for row in lines] + of_way
    search = Questions(tuple(every))
    words = [search.by_words(row["ask"] or "") for row in lines] + _beside(every)
    return Asked(
        texts,
        asked,
        ways,
        torch.tensor(of_way),
        torch.tensor(words),
        torch.tensor(right),
        torch.tensor(asked)[:, None] == torch.tensor(ways),
    )


def _beside(every: list[Question]) -> list[list[float]]:
    """For each way to ask, how well words fit when it does not stand in the file; one of each question at a time."""
    columns = []
    for taken in zip_longest(*(question.ways for question in every)):
        rest = Questions(tuple(_without(q, way) if way else q for q, way in zip(every, taken, strict=True)))
        columns.append([rest.by_words(way) if way else None for way in taken])
    return [found for row in zip(*columns, strict=True) for found in row if found is not None]


def _without(question: Question, way: str) -> Question:
    first, *others = (w for w in question.ways if w != way)
    return replace(question, ask=first, also=tuple(others))


def figures(search: Questions, lines: list[dict[str, str | None]]) -> str:
    """Where the right answer stands, whatever the limit; and with the limit at which 85 % of the others get none."""
    places, tops, strange = [], [], []
    for row in lines:
        hits = search.ranked(row["ask"] or "")
        if row["id"] is None:
            strange.append(hits[0].score)
            continue
        places.append([hit.question.id for hit in hits].index(row["id"]))
        tops.append(hits[0].score)
    limit = float(np.quantile(strange, 0.85))
    place, sure = np.array(places), np.array(tops) > limit
    shares = ((place < 1).mean(), (place < 3).mean(), (place < 10).mean(), ((place < 3) & sure).mean())
    return " ".join(f"{share:>9.3f}" for share in shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path)
    given = parser.parse_args()
    lines = [row for row in rows() if held(row["id"] or row["ask"] or "")]
    every = questions(load())
    sys.stdout.write(
        f"{len(lines)} asked\n{'':<14}    first     three       ten  three where 0.85 of strange are told\n"
    )
    for name, search in (("words", Questions(every)), ("with meaning", Questions(every, Pieces(given.table)))):
        sys.stdout.write(f"{name:<14}{figures(search, lines)}\n")


if __name__ == "__main__":
    main()
