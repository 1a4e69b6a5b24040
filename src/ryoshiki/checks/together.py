"""Things seen near each other: a duty setting, a person who can be told, a private matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice, pairwise, product
from typing import ClassVar

from ryoshiki.model import Match, Span
from ryoshiki.reading import Reading
from ryoshiki.reading.stretches import Apart, beginning_in

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

    facts: ClassVar[frozenset[str]] = frozenset({"words"})

    def __post_init__(self) -> None:
        if self.within not in WITHIN:
            raise ValueError(f"within: {self.within!r} is none of {', '.join(WITHIN)}")
        if not self.all and not self.any:
            raise ValueError("together needs all or any")
        if self.any and not 1 <= self.at_least <= len(self.any):
            raise ValueError(f"at_least: {self.at_least} of {len(self.any)} classes")

    @cached_property
    def _parts(self) -> tuple[tuple[str, ...], ...]:
        return tuple((part,) if isinstance(part, str) else part for part in self.all)

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(part) for part in self._parts or (self.any,) if not has_entity(part))

    @property
    def classes(self) -> tuple[str, ...]:
        return (*(name for part in self._parts for name in part), *self.any, *self.unless, *self.never)

    def find(self, reading: Reading) -> Iterable[Match]:
        parts: list[list[Span]] = [[] for _ in self._parts]
        for at in self._cheapest_first:
            parts[at] = _spans(reading, self._parts[at], self._near(reading, at, parts))
            if not parts[at]:  # what comes after need not be read at all
                return
        extras = [_spans(reading, (name,)) for name in self.any]
        if extras and sum(map(bool, extras)) < self.at_least:
            return
        told = Apart()
        for window in self._windows(reading, parts or extras):
            chosen = self._chosen(reading, window, parts, extras)
            if chosen is None:
                continue
            hull = Span(min(s.start for s in chosen), max(s.end for s in chosen))
            if told.overlap(hull) or self._silenced(reading, window):
                continue
            told.take(hull)
            yield Match(hull, {"words": "".join(f"「{s.of(reading.text)}」" for s in sorted(set(chosen)))})

    @cached_property
    def _cheapest_first(self) -> tuple[int, ...]:
        """The order in which parts are read: words before names and numbers, which need the tokeniser."""
        return tuple(sorted(range(len(self._parts)), key=lambda at: has_entity(self._parts[at])))

    def _near(self, reading: Reading, at: int, parts: list[list[Span]]) -> list[int] | None:
        """The sentences in which a part must have its hits, by the parts read before it; None: in any."""
        read = [spans for spans in parts if spans]
        if not read or self.within == "draft" or not has_entity(self._parts[at]):
            return None
        reach = self._reach
        numbers = {reading.sentence_number(span) for span in min(read, key=len)}
        around = {near for number in numbers for near in range(number - reach, number + reach + 1)}
        return sorted(around.intersection(range(len(reading.sentences))))

    @property
    def _reach(self) -> int:
        return 1 if self.within == "near" else 0

    def _silenced(self, reading: Reading, window: Span) -> bool:
        if any(reading.hits(name) for name in self.never):
            return True
        return any(True for name in self.unless for _ in reading.overlapping(name, window))

    def _chosen(
        self, reading: Reading, window: Span, parts: list[list[Span]], extras: list[list[Span]]
    ) -> tuple[Span, ...] | None:
        # A pattern may reach over the sentence's end, so it counts where it begins.
        inside = [beginning_in(window, spans) for spans in parts]
        if not all(inside):
            return None
        beside = [beginning_in(window, spans) for spans in extras]
        if self.ignore:  # only now: how a word is used costs more than where it stands
            inside = [[s for s in spans if reading.stance(s).isdisjoint(self.ignore)] for spans in inside]
            beside = [[s for s in spans if reading.stance(s).isdisjoint(self.ignore)] for spans in beside]
        return self._choose(inside, beside)

    def _windows(self, reading: Reading, parts: list[list[Span]]) -> Iterator[Span]:
        if self.within == "draft":
            yield Span(0, len(reading.text))
            return
        sentences = reading.sentences
        rarest = min(parts, key=len) if self._parts else [s for part in parts for s in part]
        reach = self._reach
        seen = set()
        for span in rarest:
            at = reading.sentence_number(span)
            for first in range(max(0, at - reach), at + 1):
                if first not in seen:
                    seen.add(first)
                    last = min(first + reach, len(sentences) - 1)
                    yield Span(sentences[first].start, sentences[last].end)

    def _choose(self, parts: Sequence[Sequence[Span]], extras: Sequence[Sequence[Span]]) -> tuple[Span, ...] | None:
        """The narrowest set of hits, one of its own for each part, with enough of the extras."""
        best: tuple[Span, ...] | None = None
        width = self.apart or 1 << 30
        # Four names are four of the same: to pair each with itself first would use up the tries.
        same = all(part == parts[0] for part in parts)
        tries = combinations(parts[0], len(parts)) if parts and same else product(*parts)
        for chosen in islice(tries, _TRIES):
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


def has_entity(names: tuple[str, ...]) -> bool:
    """Is one of these read on demand, so that its absence cannot be told beforehand?"""
    return any(name.startswith("@") for name in names)


def _spans(reading: Reading, names: tuple[str, ...], near: list[int] | None = None) -> list[Span]:
    return sorted({hit.span for name in names for hit in reading.hits(name, near)})


def _separate(spans: tuple[Span, ...]) -> bool:
    ordered = sorted(spans)
    return all(a.end <= b.start for a, b in pairwise(ordered))
