"""Which of many things are let in by the names that are present: most are never looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")


class Gates(Generic[Name, Thing]):
    """Things by what each needs: groups of names, of each of which one must be present. No groups: always let in.

    The first group should be the one that is seldom present: it settles whether the others are looked at.
    """

    def __init__(self, things: Iterable[tuple[Thing, Sequence[Set[Name]]]]) -> None:
        self._things: list[tuple[Thing, tuple[Set[Name], ...]]] = []  # with the groups after the first
        self._always: list[int] = []
        self._behind: dict[Name, list[int]] = defaultdict(list)  # things by the names of their first group
        for number, (thing, needs) in enumerate(things):
            self._things.append((thing, tuple(needs[1:])))
            if not needs:
                self._always.append(number)
            for name in needs[0] if needs else ():
                self._behind[name].append(number)

    def let_in(self, present: Set[Name]) -> Iterator[Thing]:
        """The things that may pass, in the order in which they were given."""
        behind = self._behind
        numbers = set(self._always).union(*[behind[name] for name in present if name in behind])
        for number in sorted(numbers):
            thing, needs = self._things[number]
            for group in needs:
                if present.isdisjoint(group):
                    break
            else:
                yield thing
