"""The patterns of a guideline: which of them could match a text, and each compiled when it is first asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import cache
from typing import Any

import re2

from ryoshiki.gates import Gates

# Bytes for one pattern and its automaton, which starts anew when full. Most patterns run once or never; those that are
# asked again and again get room to keep what they built, for to build it is most of their time.
_ROOM, _MORE_ROOM = 1 << 17, 1 << 20
_BUSY = 20  # runs


class Patterns:
    """RE2 patterns by number, with the word classes that they belong to.

    Letters have numbers too, those of the automaton that finds them in a text.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._needs: list[Sequence[Iterable[int]]] = []
        self._of: dict[str, set[int]] = defaultdict(set)
        self._compiled: dict[int, Any] = {}
        self._runs: Counter[int] = Counter()
        self._roomy: set[int] = set()  # patterns that have more room
        self.owners: list[set[str]] = []  # of each pattern

    def __contains__(self, pattern: str) -> bool:
        return pattern in self._numbers

    def add(self, pattern: str, needs: Sequence[Iterable[int]]) -> None:
        """Take in a pattern with the sets of letters that it needs, the seldom ones first."""
        self._numbers[pattern] = len(self._numbers)
        self._needs.append(needs)
        self.owners.append(set())

    def give(self, pattern: str, classes: Iterable[str]) -> None:
        """Let a pattern belong to these classes too."""
        number = self._numbers[pattern]
        self.owners[number].update(classes)
        for name in classes:
            self._of[name].add(number)

    def close(self) -> None:
        """Nothing is added afterwards."""
        self._texts = list(self._numbers)
        self._gates = Gates(enumerate(self._needs))
        del self._needs

    def possible(self, letters: Set[int]) -> list[int]:
        """The patterns that could match a text with these letters in it."""
        return self._gates.let_in(letters)

    def of(self, name: str) -> Set[int]:
        """The patterns of a class."""
        return self._of.get(name, frozenset())

    def __getitem__(self, number: int) -> Any:
        """The compiled pattern; compiled when first needed, and with more room when it is busy."""
        compiled = self._compiled.get(number)
        self._runs[number] += 1
        if compiled is None or (self._runs[number] >= _BUSY and number not in self._roomy):
            if compiled is not None:
                self._roomy.add(number)
            compiled = _compiled(self._texts[number], _MORE_ROOM if compiled else _ROOM)
            self._compiled[number] = compiled
        return compiled


def fault(pattern: str) -> str | None:
    """Why RE2 refuses a pattern, if it does."""
    try:
        _compiled(pattern, _ROOM)
    except re2.error as reason:
        text = reason.args[0] if reason.args else reason
        return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return None


def _compiled(pattern: str, room: int) -> Any:
    return re2.compile(pattern.encode(), _options("(?P<" in pattern, room))


@cache
def _options(captures: bool, room: int) -> Any:
    options = re2.Options()
    options.max_mem = room
    options.log_errors = False  # the reason is raised, not printed
    options.never_capture = not captures  # where no group is asked for, the fast automaton does all
    return options
