"""The nouns of an archive, whatever the service: posts, their media, and what could not be read."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Kind = Literal["post", "reply", "repost", "like", "comment", "draft"]
Audience = Literal["public", "unlisted", "followers", "direct"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A picture or a video of a post; ``name`` is that of a file in the archive, None where the archive lacks it."""

    name: str | None
    kind: Literal["photo", "video"] = "photo"


@dataclass(frozen=True, slots=True)
class Post:
    """One thing a person wrote, passed on or liked.

    ``id`` is the service's own, or made from the content where it gives none. ``posted_at`` is in Japan's time, None
    where the archive does not say. ``reply_to`` names what it answers (an account or an address), never oneself.
    ``audience`` is None where the archive does not say.
    """

    id: str
    service: str
    posted_at: datetime | None
    text: str
    media: tuple[MediaRef, ...] = ()
    reply_to: str | None = None
    deleted: bool = False
    kind: Kind = "post"
    url: str | None = None
    audience: Audience | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the archive that could not be read as it should, why, and how many times."""

    part: str
    reason: str
    count: int


class Problems:
    """Collects problems; the same one is counted, not repeated. Words of posts stand in none."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def note(self, part: str, reason: str) -> None:
        self._counts[part, reason] += 1

    def clear(self) -> None:
        self._counts.clear()

    def __iter__(self) -> Iterator[Problem]:
        return (Problem(part, reason, count) for (part, reason), count in self._counts.items())


def tidy(text: str) -> str:
    """``text`` as a draft may hold it: without NUL characters and halves of characters, and trimmed."""
    return _NO_TEXT.sub("\ufffd", text).replace("\r\n", "\n").strip()


def made_id(*facts: object) -> str:
    """An id for a post whose service gives none: the same facts give the same one."""
    return hashlib.sha256("\0".join(map(str, facts)).encode("utf-8", "replace")).hexdigest()[:16]
