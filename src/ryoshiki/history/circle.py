"""How few people a whole archive leaves: each fact narrows the circle, and taking away a few posts widens it again.

The numbers are rough on purpose. A fact's share is a guess at how many of a town's people it is true of, and facts are
reckoned as if they had nothing to do with each other; what counts is whether a crowd is left or a handful.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

POPULATION = 100_000  # of the town one starts from, unless it is told


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the author. ``posts`` are the ids of all that give it away; ``share`` of people it is true of."""

    kind: str
    value: str
    posts: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Step:
    """Posts to take away, the facts that are then gone, and how many people are left to choose from."""

    posts: tuple[str, ...]
    gone: tuple[Fact, ...]
    people: float


def people(facts: Iterable[Fact], population: float = POPULATION) -> float:
    """How many people fit all the facts; never fewer than the author."""
    return max(1.0, population * math.prod(fact.share for fact in facts))


def advice(facts: Sequence[Fact], population: float = POPULATION, most: int = 10) -> tuple[Step, ...]:
    """Which posts to take away, the most widening for each post first, ``most`` posts in all.

    A fact is gone when every post that gives it away is; so a fact that stands in forty posts is not worth forty.
    """
    left, removed = list(facts), set[str]()
    steps: list[Step] = []
    while best := _best(left, removed, most - len(removed)):
        posts = tuple(post for post in best.posts if post not in removed)
        removed |= set(posts)
        gone = tuple(fact for fact in left if removed.issuperset(fact.posts))
        left = [fact for fact in left if fact not in gone]
        steps.append(Step(posts, gone, people(left, population)))
    return tuple(steps)


def _best(left: Sequence[Fact], removed: set[str], room: int) -> Fact | None:
    """The fact whose going widens the circle most for each post; a post may give several facts away."""

    def worth(fact: Fact) -> float:
        posts = removed | set(fact.posts)
        gained = -sum(math.log(other.share) for other in left if posts.issuperset(other.posts))
        return gained / len(posts - removed)

    within = [fact for fact in left if 0 < len(set(fact.posts) - removed) <= room]
    return max(within, key=worth, default=None)
