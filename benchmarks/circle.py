"""Invented people who let things slip: how many of the planted facts are found, and what taking posts away is worth.

A fact counts as found when one of its kind is named that shares a post with it, or its words.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.tables import Section, Table, render
from ryoshiki.history.circle import Fact, advice
from ryoshiki.history.facts import facts, kinds
from ryoshiki.history.posts import Post

PEOPLE, MORE = (Path(__file__).parent / name for name in ("people.jsonl", "people-more.jsonl"))
MOST = 5  # posts that are advised to be taken away


def section() -> Section:
    """The part of the page on who could tell the author."""
    people, more = _read(PEOPLE), _read(MORE)
    kinds_of_people = (("new", people[1::2]), ("new, another writer", more), ("looked at", people[::2]))
    rows = [(name, *figures(some)) for name, some in kinds_of_people]
    parts = (
        f"{len(people) + len(more)} invented people, each with some 24 posts, by two writers who knew the kinds of"
        " facts and nothing of how they are found. The signs were made while looking at every other one of the first"
        f" writer's; the rest is new. Taken away are the {MOST} posts that are advised, or as many drawn at random: by"
        " that factor the planted circle grows (median).",
        render(
            Table(("people", "planted", "named", "recall", "precision", "circle by advice", "by chance"), tuple(rows))
        ),
    )
    return Section("Who could tell it is you", "python -m benchmarks circle", parts)


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def figures(people: list[dict[str, Any]]) -> tuple[str, ...]:
    """Counts, recall, precision, and by what the planted circle grows."""
    planted = found = named = right = 0
    advised, drawn = [], []
    for person in people:
        told = facts(_posts(person))
        gold = person["facts"]
        planted += len(gold)
        found += sum(any(_same(one, fact) for one in told) for fact in gold)
        named += len(told)
        right += sum(any(_same(one, fact) for fact in gold) for one in told)
        posts = [post for step in advice(told, most=MOST) for post in step.posts]
        advised.append(_grown(gold, set(posts)))
        some = random.Random(person["id"]).sample([post["id"] for post in person["posts"]], len(posts))
        drawn.append(_grown(gold, set(some)))
    middle = (sorted(values)[len(values) // 2] for values in (advised, drawn))
    shares = (f"{found / planted:.2f}", f"{right / max(1, named):.2f}")
    return (str(planted), str(named), *shares, *(f"× {value:,.0f}" for value in middle))


def missed(people: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """By kind: facts that were not found, and facts that were named and not planted."""
    lost, wrong = Counter[str](), Counter[str]()
    for person in people:
        told = facts(_posts(person))
        lost.update(fact["kind"] for fact in person["facts"] if not any(_same(one, fact) for one in told))
        wrong.update(one.kind for one in told if not any(_same(one, fact) for fact in person["facts"]))
    return lost, wrong


def _posts(person: dict[str, Any]) -> list[Post]:
    return [Post(post["id"], "x", datetime.fromisoformat(post["posted_at"]), post["text"]) for post in person["posts"]]


def _same(one: Fact, fact: dict[str, Any]) -> bool:
    words = one.value in fact["value"] or fact["value"] in one.value
    return one.kind == fact["kind"] and (words or not set(one.posts).isdisjoint(fact["posts"]))


def _grown(gold: list[dict[str, Any]], removed: set[str]) -> float:
    """By what factor the circle of the planted facts grows when these posts are gone."""
    gone = [fact for fact in gold if removed.issuperset(fact["posts"])]
    return math.prod(1 / kinds()[fact["kind"]].share for fact in gone)
