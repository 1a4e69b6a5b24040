"""Words that speak for themselves, unless what stands around them says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from ryoshiki.checks.together import Together
from ryoshiki.model import Match
from ryoshiki.reading import Reading


@dataclass(frozen=True)
class Lexicon:
    """Finds each hit of the word classes.

    Attributes:
        words: the word classes.
        unless: classes whose hit in the same window silences the word; ``never``: anywhere in the draft.
        within: the window of ``unless``: "sentence", "near" or "draft".
        ignore: stances in which a hit does not count.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    within: str = "sentence"
    ignore: tuple[str, ...] = ("negated", "warned", "denied")

    facts: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        self._together  # noqa: B018 - refused now when the parameters make no sense

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        return self._together.needs

    @property
    def classes(self) -> tuple[str, ...]:
        return (*self.words, *self.unless, *self.never)

    def find(self, reading: Reading) -> Iterable[Match]:
        for match in self._together.find(reading):
            yield Match(match.span)

    @cached_property
    def _together(self) -> Together:
        return Together(all=(self.words,), unless=self.unless, never=self.never, within=self.within, ignore=self.ignore)
