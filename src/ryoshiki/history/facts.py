"""What an archive tells of its author: the kinds stand in ``facts.toml``, the local model reads where."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tomli

from ryoshiki.history.circle import Fact
from ryoshiki.history.posts import Post
from ryoshiki.model import Draft
from ryoshiki.reading.folding import fold
from ryoshiki.reading.meaning import LocalReader, View

_FILE = Path(__file__).with_name("facts.toml")
_MOST_POSTS = 5_000  # posts that are held, to be shown beside what they tell
_MOST_VALUES = 200  # words that are held for one kind
_SHOWN = 3  # of them that stand for it
_SECOND = 0.5  # how much the second post of a kind counts beside the first
_ALONE = -2.0  # strength of a second post that is not there
_TRIM = "のをにがはもでとや、。・ 　「」『』()!?"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact; ``share`` of the people of a town it is true of, as a guess."""

    id: str
    title: str
    title_en: str
    share: float


@dataclass(frozen=True, slots=True)
class Hint:
    """One place of a post that may tell something of its author, in code points.

    ``strength`` is how far the model is over its limit; below 0 it needs another post that says the like.
    """

    kind: str
    start: int
    end: int
    strength: float


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by id, in the order in which the model was taught them."""
    table = tomli.loads(_FILE.read_text(encoding="utf-8"))
    return {entry["id"]: Kind(**entry) for entry in table["kind"]}


class Listening(LocalReader):
    """The local model as reviews use it; what it reads of the authors beside stays here until it is asked for."""

    def __init__(self, reader: LocalReader) -> None:
        super().__init__(reader.folder, reader.threads)
        self._heard: dict[str, tuple[Hint, ...]] = {}

    def views(self, drafts: Sequence[Draft]) -> Iterator[View]:
        for draft, view in zip(drafts, super().views(drafts), strict=True):
            self._heard[draft.text] = tuple(
                Hint(kind, span.start, span.end, round(over, 1)) for kind, span, over in view.told()
            )
            yield view

    def heard(self, texts: Iterable[str]) -> list[tuple[Hint, ...]]:
        """What each of the texts that were just read tells; it is kept no longer."""
        found = [self._heard.get(text, ()) for text in texts]
        self._heard.clear()
        return found


def is_told(strengths: Sequence[float]) -> bool:
    """Whether posts that say this, the strongest first, are enough: one that is sure, or two that are nearly."""
    first, second = (*strengths, _ALONE, _ALONE)[:2]
    return first + _SECOND * second >= 0


class Told:
    """What has been told so far. ``posts``: those that told something."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self._ids: dict[str, dict[str, None]] = defaultdict(dict)
        self._strongest: dict[str, list[float]] = defaultdict(list)  # of each kind the two that say most
        # The words of each kind, folded (東室蘭 and 東室蘭駅 are one), with the most that a post says by them.
        self._values: dict[str, dict[str, float]] = defaultdict(dict)
        self._written: dict[str, str] = {}  # by folded words, as they first stood

    def take(self, post: Post, hints: Iterable[Hint]) -> None:
        """Take in what one more post tells; what was deleted, or is another's, tells nothing."""
        if post.deleted or post.kind in ("repost", "like"):
            return
        for hint in hints:
            value = post.text[hint.start : hint.end].strip(_TRIM)
            if not value or hint.kind not in kinds():
                continue
            self._ids[hint.kind][post.id] = None
            self._strongest[hint.kind] = sorted((*self._strongest[hint.kind], hint.strength), reverse=True)[:2]
            values = self._values[hint.kind]
            folded = fold(value).text
            same = next((known for known in values if known in folded or folded in known), folded)
            if same in values or len(values) < _MOST_VALUES:
                values[same] = max(values.get(same, hint.strength), hint.strength)
                self._written.setdefault(same, value)
            if len(self.posts) < _MOST_POSTS:
                self.posts[post.id] = post

    def facts(self) -> tuple[Fact, ...]:
        """One of each kind that was told, the most telling first, in the words that tell it most surely."""
        sure = [(kind, ids) for kind, ids in self._ids.items() if is_told(self._strongest[kind])]
        found = [Fact(kind, self._words(kind), tuple(ids), kinds()[kind].share) for kind, ids in sure]
        return tuple(sorted(found, key=lambda fact: (math.log(fact.share), -len(fact.posts), fact.kind)))

    def _words(self, kind: str) -> str:
        values = self._values[kind]
        first, *others = sorted(values, key=values.__getitem__, reverse=True)[:_SHOWN]
        # What is below the limit alone is often half a word.
        return "、".join(self._written[same] for same in (first, *(o for o in others if values[o] >= 0)))
