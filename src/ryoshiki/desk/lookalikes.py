"""Accounts that look like one of the organisation's own: by handle, by display name, by picture.

It says what is alike and never whose account it is: a like one may be an honest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from ryoshiki.model import OfficialAccount
from ryoshiki.reading.lookalikes import ADDED, BODIES, FIRM, one_edit, parted_words, skeleton

Part = Literal["handle", "name", "picture"]
Sureness = Literal["very", "like", "somewhat"]

SURENESS: tuple[Sureness, ...] = ("very", "like", "somewhat")  # the most alike first
# What was seen, and the part of the account in which it was.
KINDS: dict[str, Part] = {
    "other-service": "handle",
    "other-server": "handle",
    "letters": "handle",
    "separators": "handle",
    "slip": "handle",
    "added": "handle",
    "words": "handle",
    "name-same": "name",
    "name-letters": "name",
    "name-slip": "name",
    "name-added": "name",
    "picture": "picture",
}
_WEAK = frozenset({"added", "words", "name-added", "picture"})  # alone: what honest neighbours may share as well

_LINK = re.compile(r"https?://[^/]+/(?:.*/)?@?([^/?#]+)/?(?:[?#].*)?\Z")
_HOSTED = ".bsky.social"
# Words that are put before or behind a name to take it along, or that say no more than what the account is for.
_PLUS_HANDLE = ADDED | {
    "real",
    "japan",
    "sub",
    "bot",
    "team",
    "staff",
    "center",
    "kouhou",
    "koho",
    "press",
    "pr",
    "sns",
}
_NAME_WORDS = (
    "公式 オフィシャル official アカウント account お知らせ おしらせ 通知 情報 広報課 広報 最新 速報 給付金 支援金 "
    "補助金 還付金 キャンペーン プレゼント 当選 事務局 窓口 サポート support 相談 担当 役所 役場 本部 専用 予備 サブ "
    "日本 新 旧 info jp sns x"
)
_PLUS_NAME = frozenset(_NAME_WORDS.split())
_SHORTEST, _LONG_NAME = 3, 8  # letters: of what can be carried in another, and of a display name for one slip to be one
# Kanji, kana and signs that are drawn like another, in one spelling; l is i, so that cl is not taken for d.
_DRAWN = str.maketrans("卜力口工夕二八匕一巿へべぺり闌l1", "トカロエタニハヒー市ヘベペリ蘭ii")
_MARKS = re.compile("[\u3099\u309a]")  # what tells は, ば and ぱ apart, where letters stand without them


@dataclass(frozen=True, slots=True)
class Seen:
    """An account that somebody has seen: the line of the list, the handle, and what else is known ("": nothing).

    ``picture`` is the hash of its picture (`reading.photo.likeness`) in hex.
    """

    line: int
    handle: str
    name: str = ""
    platform: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """``seen`` looks like ``official``; ``kinds`` say by what, each a key of `KINDS`."""

    seen: Seen
    official: OfficialAccount
    kinds: tuple[str, ...]

    @property
    def sure(self) -> Sureness:
        """How alike: in two parts or more, in one, or in one that honest neighbours may share as well."""
        if len({KINDS[kind] for kind in self.kinds}) > 1:
            return "very"
        return "somewhat" if _WEAK.issuperset(self.kinds) else "like"


def likeness(seen: Seen, register: Sequence[OfficialAccount]) -> Likeness | None:
    """The official account that ``seen`` looks most like; None for one of the register, and for what is like none."""
    if any(_same(seen, account) for account in register):
        return None
    found = (Likeness(seen, account, tuple(_kinds(seen, account))) for account in register)
    found_some = [one for one in found if one.kinds]
    return min(found_some, key=lambda one: (SURENESS.index(one.sure), -len(one.kinds)), default=None)


def bare_handle(handle: str) -> str:
    """In lower case, without the @ and the address around it."""
    handle = normalize("NFKC", handle).strip().lower()
    if link := _LINK.match(handle):
        handle = link[1]
    return handle.removeprefix("@").removesuffix(_HOSTED)


def _same(seen: Seen, account: OfficialAccount) -> bool:
    return bare_handle(seen.handle) == bare_handle(account.handle) and seen.platform in ("", account.platform)


def _kinds(seen: Seen, account: OfficialAccount) -> Iterator[str]:
    if handle := _handle_like(bare_handle(seen.handle), bare_handle(account.handle)):
        yield handle
    if name := _name_like(_plain(seen.name), _plain(account.name)):
        yield name
    if seen.picture and account.picture:
        from ryoshiki.reading.photo.likeness import alike

        if alike(int(seen.picture, 16), int(account.picture, 16)):
            yield "picture"


def _handle_like(handle: str, official: str) -> str | None:
    if handle == official:
        return "other-service"
    (user, _, host), (own_user, _, own_host) = handle.partition("@"), official.partition("@")
    if user == own_user:  # where one names no server, a word may be everybody's
        return "other-server" if host and own_host else None
    words, own_words = parted_words(user), parted_words(own_user)
    glued, own = "".join(words), "".join(own_words)
    if glued == own:
        return "separators"
    if _drawn(glued) == _drawn(own):
        return "letters"
    if _carried(glued, own, _PLUS_HANDLE) or _carried(_drawn(glued), _drawn(own), map(_drawn, _PLUS_HANDLE)):
        return "added"
    if sorted(words) == sorted(own_words) or _says_the_same(glued, own_words):
        return "words"
    return "slip" if len(_own_name(own_words)) >= FIRM and one_edit(glued, own) else None


def _own_name(words: Sequence[str]) -> str:
    """The longest word that does not only say what kind of body it is."""
    bodies = {form for forms in BODIES.values() for form in forms}
    return max((word for word in words if word not in bodies), key=len, default="")


def _says_the_same(glued: str, own_words: Sequence[str]) -> bool:
    """muroran_shi, cityhall_muroran: the name with another word for the kind of body."""
    name = _own_name(own_words)
    forms = next((forms for forms in BODIES.values() if set(forms).intersection(own_words)), ())
    said = {_drawn(glue) for form in forms for glue in (name + form, form + name)}
    return len(name) >= FIRM and len(own_words) == 2 and _drawn(glued) in said


def _name_like(name: str, official: str) -> str | None:
    if not name or not official:
        return None
    if name == official:
        return "name-same"
    drawn, own = _drawn(name), _drawn(official)
    if drawn == own:
        return "name-letters"
    if _carried(name, official, _PLUS_NAME) or _carried(drawn, own, map(_drawn, _PLUS_NAME)):
        return "name-added"
    swapped = len(own) >= _SHORTEST and sorted(drawn) == sorted(own)
    return "name-slip" if one_edit(drawn, own) and (swapped or len(own) >= _LONG_NAME) else None


def _carried(text: str, official: str, words: Iterable[str]) -> bool:
    """Is it the official one with nothing but such words and figures before and behind?"""
    if len(official) < _SHORTEST or official not in text:
        return False
    before, _, behind = text.partition(official)
    plus = re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))}|[0-9])*")
    return all(plus.fullmatch(rest) for rest in (before, behind))


def _plain(name: str) -> str:
    """Letters and figures alone, in one width and case: no brackets, pictures, spaces."""
    return "".join(c for c in normalize("NFKC", name).casefold() if c.isalnum() or c == "ー")


def _drawn(name: str) -> str:
    """One spelling for all that is drawn alike: ナピ and ナビ as well."""
    return _MARKS.sub("", skeleton(name.translate(_DRAWN)))
