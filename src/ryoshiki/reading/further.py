"""Which other sentences of a draft go on about what words saw in one: a stand-in for the local model's places.

A rule's words name one sentence, and people tell such things in two or three. Short runs of letters are weighed
rule by rule; the weights are learned from the corpus by `training.further`. What was tried: docs/LABBOOK.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from math import fsum
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from ryoshiki.model import Span
from ryoshiki.reading.meaning import LEAST, READ_LIMIT

if TYPE_CHECKING:
    from ryoshiki.reading import Reading

FILE = Path(__file__).parent / "further.json"  # rule → run of letters → weight; that of "" is added to all
LONGEST = 3  # letters of a run
_LATIN = re.compile(r"[A-Za-z]+")
_SENTENCE = 300  # characters of a sentence that are weighed
_NEXT = 0.5  # what one tells is told on in the sentence that follows
_SURE = 0.0  # from here on a sentence is pointed at


def runs(folded: str) -> Set[str]:
    """The runs of letters that are weighed: each once, however often it stands there. Latin letters say too little."""
    found: set[str] = set()
    for text in _LATIN.split(folded[:_SENTENCE]):
        grown: Iterable[str] = text
        for size in range(1, LONGEST + 1):
            if size > 1:
                grown = list(map(add, grown, text[size - 1 :]))
            found.update(grown)
    return found


def folded_sentence(reading: Reading, sentence: Span) -> str:
    folded = reading.folded
    return folded.text[folded.index(sentence.start) : folded.index(sentence.end)]


def further(head: str, seen: Sequence[Span], reading: Reading) -> Iterator[Span]:
    """Sentences besides those in which ``seen`` lies that speak of the same; none where nothing was seen."""
    weights = _table().get(head)
    taken = {number for span in seen for number in reading.sentence_numbers(span)}
    if not weights or not taken:
        return
    for number, sentence in enumerate(reading.sentences):
        if sentence.start >= READ_LIMIT:
            return
        if number in taken or sentence.end - sentence.start < LEAST:
            continue
        known = weights.keys() & runs(folded_sentence(reading, sentence))
        weight = fsum(map(weights.__getitem__, known))  # exact, for a set has no order that is the same each time
        if weight + weights[""] + (_NEXT if number - 1 in taken else 0.0) >= _SURE:
            yield sentence


@cache
def _table() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
