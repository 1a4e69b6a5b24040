"""Numbers and addresses that point at one person, household, account or machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Match
from ryoshiki.reading import Reading
from ryoshiki.reading.identifiers import KINDS, NOUNS, Identifier, private_ip, public


@dataclass(frozen=True)
class IdentifierCheck:
    """Finds identifiers of the given kinds.

    Attributes:
        of: kinds of identifier (see `reading.identifiers.NOUNS`).
        near: word classes, one of which must have a hit in the same sentence; none: no condition.
        unless: word classes whose hit in the same sentence silences it.
        public: does it also speak of what the organisation publishes itself?
        ignore: stances (see `reading.stance`) in which an identifier does not count.
    """

    of: tuple[str, ...]
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    public: bool = False
    ignore: tuple[str, ...] = ()

    facts: ClassVar[frozenset[str]] = frozenset({"value", "kind"})
    needs: ClassVar[tuple[frozenset[str], ...]] = ()  # read on demand, not from words

    def __post_init__(self) -> None:
        unknown = [kind for kind in self.of if kind not in KINDS]
        if unknown or not self.of:
            raise ValueError(f"of: {', '.join(unknown) or 'nothing'} is none of {', '.join(sorted(KINDS))}")

    @property
    def classes(self) -> tuple[str, ...]:
        return (*self.near, *self.unless)

    def find(self, reading: Reading) -> Iterable[Match]:
        for found in reading.identifiers:
            if found.kind in self.of and self._counts(found, reading):
                noun = "内部のIPアドレス" if private_ip(found) else NOUNS[found.kind]
                yield Match(found.span, {"value": found.span.of(reading.text), "kind": noun})

    def _counts(self, found: Identifier, reading: Reading) -> bool:
        if not self.public and public(found, reading.organisation):
            return False
        if self.near and not _beside(found, self.near, reading):
            return False
        if _beside(found, self.unless, reading):
            return False
        return not (self.ignore and reading.stance(found.span) & set(self.ignore))


def _beside(found: Identifier, classes: Iterable[str], reading: Reading) -> bool:
    sentence = reading.sentence_of(found.span)
    return any(span != found.span for name in classes for span in reading.overlapping(name, sentence))
