"""What one text holds of a vocabulary's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ryoshiki.model import Span
from ryoshiki.reading.folding import Folded
from ryoshiki.reading.patterns import Patterns

Place = tuple[int, int, str]  # start and end in a view, mode of the entry
_NO_GROUPS: Mapping[str, str] = {}


class Hit(NamedTuple):
    """Where an entry matched: original offsets, folded offsets (None in the loose view), named groups."""

    span: Span
    folded: tuple[int, int] | None
    mode: str
    groups: Mapping[str, str]


class Scan:
    """What one text holds of a vocabulary's words; its patterns run when their class is asked for."""

    def __init__(
        self,
        patterns: Patterns,
        folded: Folded,
        loose: Callable[[], Folded],
        terms: Mapping[str, list[Place]],
        possible: Sequence[int],
    ) -> None:
        """``terms``: the places of each class; ``possible``: the patterns that could match, by number."""
        self._patterns, self._folded, self._loose = patterns, folded, loose
        self._terms, self._possible = terms, frozenset(possible)
        self._matches: dict[int, list[Hit]] = {}
        # Classes that could have a hit.
        self.present = frozenset(terms).union(*[patterns.owners[number] for number in possible])

    def hits(self, name: str) -> list[Hit]:
        """Raw hits of a class; whether they stand alone is settled by `standing`."""
        hits = [
            Hit(self._loose().span(start, end), None, mode, _NO_GROUPS)
            if mode == "~"
            else Hit(self._folded.span(start, end), (start, end), mode, _NO_GROUPS)
            for start, end, mode in self._terms.get(name, ())
        ]
        for number in sorted(self._possible & self._patterns.of(name)):
            if number not in self._matches:
                self._matches[number] = list(self._run(self._patterns[number]))
            hits += self._matches[number]
        return hits

    def _run(self, pattern: Any) -> Iterator[Hit]:
        byte = letter = 0
        for match in pattern.finditer(self._data):
            if match.start() == match.end():  # nothing, which RE2 finds between the bytes of a letter too
                continue
            start = letter + len(self._data[byte : match.start()].decode())
            end = start + len(match[0].decode())
            byte, letter = match.end(), end
            groups = match.groupdict(b"") if pattern.groups else {}
            facts = {key.decode(): value.decode() for key, value in groups.items()}
            yield Hit(self._folded.span(start, end), (start, end), "/", facts)

    @cached_property
    def _data(self) -> bytes:
        return self._folded.text.encode()
