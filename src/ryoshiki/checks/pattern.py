"""A pattern whose named groups become facts; it stands among the patterns of the word classes, and runs as they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import re2

from ryoshiki.model import Match
from ryoshiki.reading import Reading
from ryoshiki.reading.patterns import fault


@dataclass(frozen=True)
class Pattern:
    """Finds each match of an RE2 pattern on the folded text (no lookaround, no backreference).

    Attributes:
        pattern: the pattern; named groups are facts for the message.
        unless: word classes whose hit in the same sentence silences it; ``never``: anywhere in the draft.
        ignore: stances in which a match does not count.
    """

    pattern: str
    unless: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ("warned", "denied")

    facts: ClassVar[frozenset[str]] = frozenset()  # and the pattern's own groups: see `groups`

    def __post_init__(self) -> None:
        if refused := fault(self.pattern):
            raise ValueError(f"pattern cannot be compiled: {refused}")

    @property
    def classes(self) -> tuple[str, ...]:
        return (*self.unless, *self.never)

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(re2.compile(self.pattern).groupindex)

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        return (frozenset({self.own_class}),)

    @property
    def own_class(self) -> str:
        """Name of the word class under which the guideline enters this pattern into its vocabulary."""
        return f"/{self.pattern}/"

    def find(self, reading: Reading) -> Iterable[Match]:
        for hit in reading.hits(self.own_class):
            if self.ignore and reading.stance(hit.span) & set(self.ignore):
                continue
            sentence = reading.sentence_of(hit.span)
            if any(True for name in self.unless for _ in reading.overlapping(name, sentence)):
                continue
            if any(reading.hits(name) for name in self.never):
                return
            yield Match(hit.span, hit.groups)
