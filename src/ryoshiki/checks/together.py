"""Things seen near each other: a duty setting, a person who can be told, a private matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise, product
from typing import ClassVar

from ryoshiki.model import Match, Span
from ryoshiki.reading import Reading

WITHIN = ("sentence", "near", "draft")
_TRIES = 64  # combinations looked at in one window; a draft that repeats itself needs no more


@dataclass(frozen=True)
class Together:
    """Finds a window of the draft in which every part has a hit of its own.

    Attributes:
        all: the parts; each is a word class, or a list of classes that serve for one another.
        any, at_least: of these classes, so many must have a hit beside the parts.
        unless: classes whose hit in the window silences it; ``never``: anywhere in the draft.
        within: "sentence", "near" (a sentence and the next) or "draft".
        apart: most characters from the first word to the last; 0 for no limit.
        ordered: must the parts come in the order given?
        ignore: stances (see `reading.stance`) in which a hit does not count.
    """

    all: tuple[str | tuple[str, ...], ...] = ()
    any: tuple[str, ...] = ()
    at_least: int = 1
    unless: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    within: str = "near"
    apart: int = 0
    ordered: bool = False
    ignore: tuple[str, ...] = ("warned", "denied")
    _parts: tuple[tuple[str, ...], ...] = field(init=False, repr=False, default=())

    facts: ClassVar[frozenset[str]] = frozenset({"words"})

    def __post_init__(self) -> None:
        if self.within not in WITHIN:
            raise ValueError(f"within: {self.within!r} is none of {', '.join(WITHIN)}")
        if not self.all and not self.any:
            raise ValueError("together needs all or any")
        if self.any and not 1 <= self.at_least <= len(self.any):
            raise ValueError(f"at_least: {self.at_least} of {len(self.any)} classes")
        object.__setattr__(self, "_parts", tuple((p,) if isinstance(p, str) else p for p in self.all))

    @property
    def classes(self) -> tuple[str, ...]:
        return (*(name for part in self._parts for name in part), *self.any, *self.unless, *self.never)

    def find(self, reading: Reading) -> Iterable[Match]:
        if not self._possible(reading):
            return
        parts = [self._spans(reading, part) for part in self._parts]
        extras = [self._spans(reading, (name,)) for name in self.any]
        if not all(parts) or sum(map(bool, extras)) < (self.at_least if extras else 0):
            return
        if any(reading.hits(name) for name in self.never):
            return
        silent = [hit.span for name in self.unless for hit in reading.hits(name)]
        told: set[Span] = set()
        for window in self._windows(reading, parts or extras):
            if any(window.overlaps(span) for span in silent):
                continue
            chosen = self._choose([_inside(p, window) for p in parts], [_inside(e, window) for e in extras])
            if chosen is None:
                continue
            hull = Span(min(s.start for s in chosen), max(s.end for s in chosen))
            if not any(hull.overlaps(other) for other in told):
                told.add(hull)
                yield Match(hull, {"words": "".join(f"「{s.of(reading.text)}」" for s in sorted(set(chosen)))})

    def _possible(self, reading: Reading) -> bool:
        for part in self._parts:
            if not any(map(reading.may_have, part)):
                return False
        return not self.any or sum(map(reading.may_have, self.any)) >= self.at_least

    def _spans(self, reading: Reading, names: tuple[str, ...]) -> list[Span]:
        spans = sorted({hit.span for name in names for hit in reading.hits(name)})
        if self.ignore:
            spans = [s for s in spans if not (reading.stance(s) & set(self.ignore))]
        return spans

    def _windows(self, reading: Reading, parts: list[list[Span]]) -> Iterator[Span]:
        if self.within == "draft":
            yield Span(0, len(reading.text))
            return
        sentences = reading.sentences
        rarest = min(parts, key=len) if self._parts else [s for part in parts for s in part]
        reach = 1 if self.within == "near" else 0
        seen = set()
        for span in rarest:
            at = reading.sentence_number(span)
            for first in range(max(0, at - reach), at + 1):
                if first not in seen:
                    seen.add(first)
                    last = min(first + reach, len(sentences) - 1)
                    yield Span(sentences[first].start, sentences[last].end)

    def _choose(self, parts: list[list[Span]], extras: list[list[Span]]) -> tuple[Span, ...] | None:
        """The narrowest set of hits, one of its own for each part, with enough of the extras."""
        best: tuple[Span, ...] | None = None
        width = self.apart or 1 << 30
        for chosen in islice(product(*parts), _TRIES):
            if not _separate(chosen) or (self.ordered and list(chosen) != sorted(chosen)):
                continue
            if extras:
                beside = [next((s for s in spans if not any(s.overlaps(c) for c in chosen)), None) for spans in extras]
                found = [s for s in beside if s is not None]
                if len(set(found)) < self.at_least:
                    continue
                chosen = (*chosen, *found)
            reach = max(s.end for s in chosen) - min(s.start for s in chosen)
            if reach <= width and (best is None or reach < width):
                best, width = chosen, reach
        return best


def _inside(spans: list[Span], window: Span) -> list[Span]:
    return [s for s in spans if window.start <= s.start and s.end <= window.end]


def _separate(spans: tuple[Span, ...]) -> bool:
    ordered = sorted(spans)
    return all(a.end <= b.start for a, b in pairwise(ordered))
