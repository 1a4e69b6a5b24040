"""Which of many things are let in by the names that are present: most are never looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Needs = Sequence[Set[str]]


class Gates(Generic[Thing]):
    """Things by what each needs: groups of names, of each of which one must be present. No groups: always let in."""

    def __init__(self, things: Iterable[tuple[Thing, Needs]]) -> None:
        self._things = tuple(things)
        self._always: list[int] = []
        self._by_name: dict[str, list[int]] = defaultdict(list)  # by the names of one group, the smallest
        for number, (_, needs) in enumerate(self._things):
            if not needs:
                self._always.append(number)
            for name in min(needs, key=len, default=()):
                self._by_name[name].append(number)

    def let_in(self, present: Set[str]) -> Iterator[Thing]:
        """The things that may pass, in the order in which they were given."""
        numbers = set(self._always)
        for name in present & self._by_name.keys():
            numbers.update(self._by_name[name])
        for number in sorted(numbers):
            thing, needs = self._things[number]
            for group in needs:
                if present.isdisjoint(group):
                    break
            else:
                yield thing
