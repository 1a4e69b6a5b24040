"""Which of many things are let in by the names that are present: most are never looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")


class Gates(Generic[Name, Thing]):
    """Things by what each needs: groups of names, of each of which one must be present. No groups: always let in.

    A name is a long number, with a bit for each of the groups that it is in: first those for the first group of every
    thing, then those for the second. So all groups are looked at in a few steps, however many things there are.
    """

    def __init__(self, things: Iterable[tuple[Thing, Sequence[Iterable[Name]]]]) -> None:
        known = tuple(things)
        self._things = tuple(thing for thing, _ in known)
        self._rows = max((len(needs) for _, needs in known), default=0)
        self._places: dict[Name, list[int]] = defaultdict(list)
        self._numbers: dict[Name, int] = {}  # made when a name is first met: most never are
        always: list[int] = []
        for at, (_, needs) in enumerate(known):
            for place, group in zip(range(at, len(known) * self._rows, len(known)), needs, strict=False):
                for name in group:
                    self._places[name].append(place)
            always += range(at + len(needs) * len(known), len(known) * self._rows, len(known))
        self._open = _number(always)
        self._all = (1 << len(known)) - 1

    def let_in(self, present: Iterable[Name]) -> list[Thing]:
        """The things that may pass, in the order in which they were given."""
        rows = self._open
        for name in present:
            number = self._numbers.get(name)
            if number is None:
                number = self._numbers[name] = _number(self._places.get(name, ()))
            rows |= number
        passing = self._all
        for _ in range(self._rows):
            passing &= rows
            rows >>= len(self._things)
        found = []
        while passing:
            lowest = passing & -passing
            found.append(self._things[lowest.bit_length() - 1])
            passing ^= lowest
        return found


def _number(places: Iterable[int]) -> int:
    return reduce(or_, (1 << place for place in places), 0)
