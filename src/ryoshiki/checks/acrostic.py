"""Words that are read downwards, from the first letters of the lines (縦読み)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Draft, Match, Span
from ryoshiki.reading import Reading

_FEWEST_LINES = 3


@dataclass(frozen=True)
class Acrostic:
    """Finds hits of the word classes in the letters that the lines begin with.

    Attributes:
        words: the word classes looked for.
        shortest: fewest lines that the word must take, since two lines meet by chance.
    """

    words: tuple[str, ...]
    shortest: int = _FEWEST_LINES

    facts: ClassVar[frozenset[str]] = frozenset({"word"})
    needs: ClassVar[tuple[frozenset[str], ...]] = ()  # read on demand, not from words

    @property
    def classes(self) -> tuple[str, ...]:
        return self.words

    def find(self, reading: Reading) -> Iterable[Match]:
        lines = _lines(reading.text)
        if len(lines) < self.shortest:
            return
        downwards = "".join(line.of(reading.text)[0] for line in lines)
        first_letters = Reading(Draft(downwards), reading.guideline)
        for name in self.words:
            for hit in first_letters.hits(name):
                if hit.span.end - hit.span.start >= self.shortest:
                    span = Span(lines[hit.span.start].start, lines[hit.span.end - 1].end)
                    yield Match(span, {"word": hit.span.of(downwards)})
                    return


def _lines(text: str) -> list[Span]:
    """Lines with something in them, without the white space around."""
    spans, start = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + len(line) - len(line.lstrip())
            spans.append(Span(at, at + len(stripped)))
        start += len(line) + 1
    return spans
