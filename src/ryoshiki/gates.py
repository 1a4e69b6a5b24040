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

    A name is a long number with a bit for each of the groups that it is in: first a row for the first group of every
    thing, then a shorter one for the second of those that have two, and so on; things with many groups stand first in
    each row. So all groups are looked at in a few steps, however many things there are.
    """

    def __init__(self, things: Iterable[tuple[Thing, Sequence[Iterable[Name]]]]) -> None:
        known = tuple(things)
        self._things = tuple(thing for thing, _ in known)
        self._order = sorted(range(len(known)), key=lambda at: -len(known[at][1]))  # things by their place in a row
        self._places: dict[Name, list[int]] = defaultdict(list)
        self._numbers: dict[Name, int] = {}  # made when a name is first met: most never are
        self._all = (1 << len(known)) - 1
        self._rows: list[tuple[int, int]] = []  # of each its width, and the bits of the things that it does not hold
        begin = 0
        for row in range(max((len(needs) for _, needs in known), default=0)):
            held = [known[at][1][row] for at in self._order if len(known[at][1]) > row]
            for place, group in enumerate(held, begin):
                for name in group:
                    self._places[name].append(place)
            begin += len(held)
            self._rows.append((len(held), self._all & -(1 << len(held))))

    def let_in(self, present: Iterable[Name]) -> list[Thing]:
        """The things that may pass, in the order in which they were given."""
        seen = 0
        for name in present:
            number = self._numbers.get(name)
            if number is None:
                number = self._numbers[name] = reduce(or_, (1 << at for at in self._places.get(name, ())), 0)
            seen |= number
        passing = self._all
        for width, others in self._rows:
            passing &= seen | others
            seen >>= width
        found = []
        while passing:
            lowest = passing & -passing
            found.append(self._order[lowest.bit_length() - 1])
            passing ^= lowest
        return [self._things[at] for at in sorted(found)]
