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
_MOST_POSTS = 5_000  # posts that are held, to be shown beside what they tell
_MOST_VALUES = 200  # values of one kind; more are no facts about one person
_TOGETHER = 8  # signs in one pattern: with many more its automaton would not fit in memory, and be slow
_SEVERAL = 3  # posts with words of one trade, from which on they tell the author's
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


@dataclass(frozen=True, slots=True)
class _Group:
    """Some signs, and one pattern that matches wherever one of them does: most sentences match none."""

    any: Any
    signs: tuple[_Sign, ...]


@dataclass(frozen=True, slots=True)
class _Trade:
    """Words of one trade: in one post they are talk, in several they tell what the author does, and where."""

    job: str
    workplace: str
    words: Any


@dataclass(frozen=True, slots=True)
class _Signs:
    kinds: Mapping[str, Kind]
    groups: tuple[_Group, ...]
    trades: tuple[_Trade, ...]
    others: Any
    unsaid: Any
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hint:
    """One place of a post that tells something; ``value`` in the author's own words."""

    kind: str
    value: str


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
        signs = [s for group in known.groups if group.any.search(folded.text) for s in group.signs]
        if not signs or known.unsaid.search(folded.text):
            continue
        of_others = known.others.search(folded.text) is not None
        taken: list[tuple[str, int, int]] = []  # kinds and places: of overlapping words of one kind the first tell
        for sign in signs:
            if of_others and not sign.strong:
                continue
            for match in sign.pattern.finditer(folded.text):
                start, end = match.span(sign.group)
                if any(kind == sign.kind and start < e and s < end for kind, s, e in taken):
                    continue
                taken.append((sign.kind, start, end))
                at = folded.span(start, end)
                value = own[at.start : at.end].strip(_TRIM)
                if value and value not in known.empty:
                    yield Hint(sign.kind, value)


def facts(posts: Iterable[Post]) -> tuple[Fact, ...]:
    """What an archive tells of its author, the most telling first; what was deleted or is another's is passed over."""
    told = Told()
    for post in posts:
        told.take(post)
    return told.facts()


class Told:
    """What has been told so far: by kind, the values, and the posts of each. ``posts``: those that told something."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self.trades: dict[_Trade, list[str]] = defaultdict(list)
        self.posts: dict[str, Post] = {}

    def take(self, post: Post) -> None:
        """Look at one more post; what was deleted, or is another's, tells nothing."""
        if post.deleted or post.kind in ("repost", "like"):
            return
        for hint in hints(post.text):
            values = self.values[hint.kind]
            value = next((v for v in values if _same(v, hint.value)), hint.value)
            if value in values or len(values) < _MOST_VALUES:
                ids = values.setdefault(value, [])
                if post.id not in ids:
                    ids.append(post.id)
                    self._keep(post)
        folded = fold(post.text[:_MOST_TEXT]).text
        for trade in _signs().trades:
            if trade.words.search(folded):
                self.trades[trade].append(post.id)
                self._keep(post)

    def _keep(self, post: Post) -> None:
        if len(self.posts) < _MOST_POSTS:
            self.posts[post.id] = post

    def facts(self) -> tuple[Fact, ...]:
        """The most telling first."""
        return tuple(sorted(self._facts(), key=lambda fact: (math.log(fact.share), -len(fact.posts), fact.value)))

    def _facts(self) -> Iterator[Fact]:
        for kind, values in self.values.items():
            yield from (Fact(kind, value, tuple(ids), kinds()[kind].share) for value, ids in values.items())
        # The trade that most posts speak of; another one may be a friend's, or the shop next door.
        trade = max(self.trades, key=lambda trade: len(self.trades[trade]), default=None)
        if trade is not None and len(self.trades[trade]) >= _SEVERAL:
            ids = tuple(self.trades[trade])
            yield Fact("job", trade.job, ids, kinds()["job"].share)
            if trade.workplace:
                yield Fact("workplace", trade.workplace, ids, kinds()["workplace"].share)


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
    groups = (signs[at : at + _TOGETHER] for at in range(0, len(signs), _TOGETHER))
    return _Signs(
        {entry["id"]: Kind(**entry) for entry in table["kind"]},
        tuple(_Group(_any(group), group) for group in groups),
        tuple(_Trade(t["job"], t["workplace"], re2.compile(t["words"])) for t in table["trade"]),
        re2.compile(_filled("|".join(table["others"]), parts)),
        re2.compile(_filled("|".join(table["unsaid"]), parts)),
        frozenset(table["empty"]),
    )


def _sign(entry: Mapping[str, Any], parts: Mapping[str, str]) -> _Sign:
    pattern = re2.compile(_filled(entry["pattern"], parts))
    group = pattern.groupindex["value"]
    return _Sign(entry["kind"], pattern, group, entry.get("strong", False))


def _any(signs: Iterable[_Sign]) -> Any:
    options = re2.Options()
    options.never_capture = True
    return re2.compile("|".join(sign.pattern.pattern.replace("(?P<value>", "(?:") for sign in signs), options)


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern
