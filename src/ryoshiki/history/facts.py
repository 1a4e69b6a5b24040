"""What a post says of its author: kinds of facts and how they are recognised stand in ``facts.toml``."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2
import tomli

from ryoshiki.history.circle import Fact
from ryoshiki.history.posts import Post
from ryoshiki.reading.folding import fold
from ryoshiki.reading.sentences import sentences

_FILE = Path(__file__).with_name("facts.toml")
_MOST_TEXT = 3_000  # characters of a post that are looked at
_MOST_VALUES = 200  # values of one kind; more are no facts about one person
_TRIM = "のをにがはもでとや、。・ 　「」『』()!?"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact; ``share`` of the people of a town it is true of, as a guess."""

    id: str
    title: str
    title_en: str
    share: float


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: str
    pattern: Any
    group: int  # of the pattern: the words that tell it
    strong: bool
    alone: bool  # counts by itself; else another post has to say the same


@dataclass(frozen=True, slots=True)
class _Signs:
    kinds: Mapping[str, Kind]
    signs: tuple[_Sign, ...]
    others: Any
    unsaid: Any
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hint:
    """One place of a post that tells something; ``value`` in the author's own words."""

    kind: str
    value: str
    alone: bool


def kinds() -> Mapping[str, Kind]:
    """All kinds by id, in the order in which they are told."""
    return _signs().kinds


def hints(text: str) -> Iterator[Hint]:
    """What a text tells of its author, sentence by sentence; what it tells of others or denies is left out."""
    known = _signs()
    text = text[:_MOST_TEXT]
    for span in sentences(text):
        own = text[span.start : span.end]
        folded = fold(own)
        spoken_of = known.others.search(folded.text) is not None
        unsaid = known.unsaid.search(folded.text) is not None
        if unsaid:
            continue
        for sign in known.signs:
            if spoken_of and not sign.strong:
                continue
            for match in sign.pattern.finditer(folded.text):
                at = folded.span(*match.span(sign.group))
                value = own[at.start : at.end].strip(_TRIM)
                if value and value not in known.empty:
                    yield Hint(sign.kind, value, sign.alone)


def facts(posts: Iterable[Post]) -> tuple[Fact, ...]:
    """What an archive tells of its author, the most telling first; what was deleted or is another's is passed over."""
    told: dict[str, dict[str, list[str]]] = defaultdict(dict)
    sure: set[tuple[str, str]] = set()
    for post in posts:
        if post.deleted or post.kind in ("repost", "like"):
            continue
        for hint in hints(post.text):
            values = told[hint.kind]
            value = next((v for v in values if _same(v, hint.value)), hint.value)
            if value not in values and len(values) == _MOST_VALUES:
                continue
            ids = values.setdefault(value, [])
            if post.id not in ids:
                ids.append(post.id)
            if hint.alone or len(ids) > 1:
                sure.add((hint.kind, value))
    found = [
        Fact(kind, value, tuple(ids), kinds()[kind].share)
        for kind, values in told.items()
        for value, ids in values.items()
        if (kind, value) in sure
    ]
    return tuple(sorted(found, key=lambda fact: (math.log(fact.share), -len(fact.posts), fact.value)))


def _same(one: str, other: str) -> bool:
    """東室蘭 and 東室蘭駅 are one place."""
    a, b = fold(one).text, fold(other).text
    return a in b or b in a


@cache
def _signs() -> _Signs:
    table = tomli.loads(_FILE.read_text(encoding="utf-8"))
    parts: dict[str, str] = {}
    for name, pattern in table["fragments"].items():
        parts[name] = _filled(pattern, parts)
    signs = tuple(_sign(sign, parts) for sign in table["sign"])
    return _Signs(
        {entry["id"]: Kind(**entry) for entry in table["kind"]},
        signs,
        re2.compile(_filled("|".join(table["others"]), parts)),
        re2.compile(_filled("|".join(table["unsaid"]), parts)),
        frozenset(table["empty"]),
    )


def _sign(entry: Mapping[str, Any], parts: Mapping[str, str]) -> _Sign:
    pattern = re2.compile(_filled(entry["pattern"], parts))
    group = pattern.groupindex["value"]
    return _Sign(entry["kind"], pattern, group, entry.get("strong", False), entry.get("alone", True))


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern
