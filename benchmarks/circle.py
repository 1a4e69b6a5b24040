"""Invented people who let things slip: how many of the planted facts are found, and what taking posts away is worth.

A kind counts as found when it is named from one of the posts that give it away.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.tables import Section, Table, render
from ryoshiki.history.circle import Fact, advice
from ryoshiki.history.facts import Listening, Told, kinds
from ryoshiki.history.posts import Post
from ryoshiki.model import Draft
from ryoshiki.reading.meaning import LocalReader

Gold = Mapping[str, frozenset[str]]

PEOPLE, MORE, THREE = (Path(__file__).parent / f"people{name}.jsonl" for name in ("", "-more", "-three"))
COLUMNS = (
    *("kinds", "named", "recall", "precision", "recall, planted", "precision, planted"),
    *("circle by advice", "by chance"),
)
MOST = 5  # posts that are advised to be taken away


def section() -> Section:
    """The part of the page on who could tell the author."""
    people, more, three = _read(PEOPLE), _read(MORE), _read(THREE)
    both = people + more
    kinds_of_people = (
        ("new", people[1::2]),
        ("new, another writer", more),
        ("new, three writers", three),
        ("of whom the one with decoys", [person for person in three if person["id"].startswith("q")]),
        ("all new", people[1::2] + more + three),
        ("chosen on", people[::2]),
    )
    rows = [(name, *figures(some)) for name, some in kinds_of_people]
    parts = (
        f"{len(both)} invented people, each with some 24 posts, by two writers of whom nothing was taught to the model."
        " A second reader, who saw neither what they had planted nor what the model says, found"
        f" {_share(both, _planted, _seen):.0%} of it, and more: {_share(both, _seen, _planted):.0%} of what that reader"
        " named was planted. So what both say counts, by kinds for each person; beside it what the writers planted"
        " alone. Then"
        f" {len(three)} people by three writers more, whom the same brief was given as those that the model learned"
        " from, and whose labels are their own; one filled two thirds of the posts with what is said of others. From"
        " where on the model speaks was chosen on every other one of the first writer's people; the rest is"
        f" new. Taken away are the {MOST} posts that are advised, or as many drawn at random: by that factor the circle"
        " grows (median).",
        render(Table(("people", *COLUMNS), tuple(rows))),
    )
    return Section("Who could tell it is you", "python -m benchmarks circle", parts)


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def figures(people: list[dict[str, Any]]) -> tuple[str, ...]:
    """Counts, recall and precision by both readers and by the writer alone, and by what the circle grows."""
    named = 0
    right, there = [0, 0], [0, 0]
    advised, drawn = [], []
    for person in people:
        told = _told(person)
        named += len(told)
        for at, gold in enumerate((_both(person), _planted(person))):
            there[at] += len(gold)
            right[at] += sum(not gold.get(fact.kind, frozenset()).isdisjoint(fact.posts) for fact in told)
        posts = [post for step in advice(told, most=MOST) for post in step.posts]
        advised.append(_grown(_both(person), set(posts)))
        some = random.Random(person["id"]).sample([post["id"] for post in person["posts"]], len(posts))
        drawn.append(_grown(_both(person), set(some)))
    shares = (
        f"{part / max(1, whole):.2f}" for r, t in zip(right, there, strict=True) for part, whole in ((r, t), (r, named))
    )
    middle = (f"× {sorted(values)[len(values) // 2]:,.0f}" for values in (advised, drawn))
    return (str(there[0]), str(named), *shares, *middle)


def _planted(person: dict[str, Any]) -> Gold:
    """By kind, the posts that give it away, as the writer planted them."""
    return _by_kind(person["facts"])


def _seen(person: dict[str, Any]) -> Gold:
    """The same as the second reader saw it."""
    return _by_kind(person["second"])


def _both(person: dict[str, Any]) -> Gold:
    return _by_kind(person["facts"] + person["second"])


def _by_kind(facts: list[dict[str, Any]]) -> Gold:
    found: dict[str, frozenset[str]] = {}
    for fact in facts:
        found[fact["kind"]] = found.get(fact["kind"], frozenset()) | set(fact["posts"])
    return found


def _share(people: list[dict[str, Any]], of: Callable[[Any], Gold], by: Callable[[Any], Gold]) -> float:
    """The share of the kinds that one reader names which the other names too, from a post in common."""
    pairs = [(posts, by(person).get(kind, frozenset())) for person in people for kind, posts in of(person).items()]
    return sum(not posts.isdisjoint(others) for posts, others in pairs) / len(pairs)


@cache
def _reader() -> Listening:
    return Listening(LocalReader())


def _told(person: dict[str, Any]) -> tuple[Fact, ...]:
    """What `ryoshiki history` tells of them."""
    gathered = Told()
    posts = [Post(p["id"], "x", datetime.fromisoformat(p["posted_at"]), p["text"]) for p in person["posts"]]
    for _ in _reader().views([Draft(post.text, "x") for post in posts]):
        pass
    for post, hints in zip(posts, _reader().heard(post.text for post in posts), strict=True):
        gathered.take(post, hints)
    return gathered.facts()


def _grown(gold: Gold, removed: set[str]) -> float:
    """By what factor the circle of what was given away grows when these posts are gone."""
    return math.prod(1 / kinds()[kind].share for kind, posts in gold.items() if removed.issuperset(posts))
