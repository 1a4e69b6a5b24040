"""Stretches of a text, asked by halving: a draft that repeats itself has tens of thousands of hits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter

from ryoshiki.model import Span

_start = itemgetter(0)


def beginning_in(window: Span, spans: Sequence[Span]) -> Sequence[Span]:
    """Those of the sorted ``spans`` that begin in the window."""
    return spans[bisect_left(spans, window.start, key=_start) : bisect_left(spans, window.end, key=_start)]


class Stretches:
    """Spans by place; they may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._reach = list(accumulate((span.end for span in self._spans), max))  # the furthest end so far

    def overlapping(self, span: Span) -> Iterator[Span]:
        """Those that share a letter with the span, in order."""
        last = bisect_left(self._spans, span.end, key=_start)
        for at in range(bisect_right(self._reach, span.start), last):
            if self._spans[at].end > span.start:
                yield self._spans[at]

    def cover(self, span: Span) -> bool:
        """Does one of them hold the whole span?"""
        before = bisect_right(self._spans, span.start, key=_start)
        return before > 0 and self._reach[before - 1] >= span.end


class Apart:
    """Spans that share no letter, taken in one by one; none is empty."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def take(self, span: Span) -> None:
        insort(self._spans, span)

    def overlap(self, span: Span) -> bool:
        before = bisect_left(self._spans, span.end, key=_start)
        return before > 0 and self._spans[before - 1].end > span.start
