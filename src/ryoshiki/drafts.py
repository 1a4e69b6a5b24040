"""A draft from a line or a row of many: fields by name, each looked at, and bad ones set aside with the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ryoshiki.model import TEXT_LIMIT, Account, Draft, Guideline, Photo, Report, RyoshikiError
from ryoshiki.review import review, review_all

# Text and reply within the limit, every character as a pair of \uXXXX, and room for the rest.
LINE_LIMIT = 2 * 12 * TEXT_LIMIT + 65_536
AT_ONCE = 32  # drafts that the local model reads together, where so many have come
TEXTS = ("platform", "account", "reply_to", "handle", "display_name")
LISTS = ("photos", "tags")
FIELDS = ("id", "text", "posted_at", *TEXTS, *LISTS)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a line that does not say otherwise."""

    platform: str
    account: Account
    posted_at: datetime | None
    handle: str | None


class BadLineError(Exception):
    """A line that is no draft; ``id`` is its own where it could be read."""

    def __init__(self, reason: str, id: str | int | None = None) -> None:
        super().__init__(reason)
        self.id = id


def object_of(line: bytes) -> dict[str, Any]:
    """The object of a line of JSON.

    Raises:
        BadLineError: over the limit, not UTF-8, or no JSON object.
    """
    if len(line) > LINE_LIMIT:
        raise over_limit()
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLineError("UTF-8 の文章ではありません (not UTF-8)") from None
    except (ValueError, RecursionError) as reason:
        place = f": {reason.msg}, column {reason.colno}" if isinstance(reason, json.JSONDecodeError) else ""
        raise BadLineError(f"JSON として読めません (not JSON){place}") from None
    if not isinstance(data, dict):
        raise BadLineError("JSON の {…} ではありません (not a JSON object)")
    return data


def over_limit() -> BadLineError:
    return BadLineError(f"行が長すぎます (the line is over {LINE_LIMIT:,} bytes)")


def draft_of(data: Mapping[str, Any], defaults: Defaults, guideline: Guideline) -> tuple[str | int | None, Draft]:
    """The id (None: it has none) and the draft of the fields in ``data``; others do not matter.

    Raises:
        BadLineError: a field that cannot be used.
    """
    id = data.get("id")
    if id is not None and (not isinstance(id, str | int) or isinstance(id, bool)):
        raise BadLineError("id は文字か整数です (id: a text or a whole number)")
    try:
        return id, _draft(data, defaults, guideline)
    except RyoshikiError as reason:
        raise BadLineError(str(reason), id) from None


def reviewed(drafts: Sequence[Draft], guideline: Guideline, waivers: frozenset[str]) -> list[Report | BadLineError]:
    """The reports in order; a draft that the review breaks on does not take the others with it."""
    try:
        return list(review_all(drafts, guideline, waivers))
    except Exception:  # one draft must not end a run of a million: find it
        return [_alone(draft, guideline, waivers) for draft in drafts]


def checked(text: str, name: str) -> str:
    """``text`` itself, if it can be a draft at all.

    Raises:
        RyoshikiError: empty, over the limit, with NUL characters or with halves of characters.
    """
    if not text.strip():
        raise RyoshikiError(f"{name}: 下書きが空です (the draft is empty)")
    if len(text) > TEXT_LIMIT:
        raise longer_than_read(name)
    if "\0" in text:
        raise RyoshikiError(f"{name}: 文章ではありません。NUL 文字があります (not text: it holds NUL characters)")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            reason = f"{name}: 文字として読めない部分があります (not valid Unicode: an unpaired surrogate)"
            raise RyoshikiError(reason) from None
    return text


def longer_than_read(name: str) -> RyoshikiError:
    return RyoshikiError(f"{name}: 長すぎます。{TEXT_LIMIT:,} 文字までです (the limit is {TEXT_LIMIT:,} characters)")


def known_platform(name: str, loaded: Guideline, where: str = "--platform") -> str:
    """``name`` itself, if the guideline knows the service (one that lists none knows all)."""
    if loaded.platforms and name not in loaded.platforms:
        allowed = ", ".join(loaded.platforms)
        raise RyoshikiError(f"{where}: {name!r} は使えません。使えるもの (one of): {allowed}")
    return name


def _alone(draft: Draft, guideline: Guideline, waivers: frozenset[str]) -> Report | BadLineError:
    try:
        return review(draft, guideline, waivers)
    except Exception as reason:  # its words stay out of the message
        return BadLineError(f"内部の誤りです (internal error): {type(reason).__name__}")


def _draft(data: Mapping[str, Any], defaults: Defaults, guideline: Guideline) -> Draft:
    text = data.get("text")
    if not isinstance(text, str):
        raise RyoshikiError("text: 文字が要ります (a text is needed)")
    given: dict[str, Any] = {"platform": defaults.platform, "account": defaults.account, "handle": defaults.handle}
    for key in TEXTS:
        value = data.get(key)
        if value is not None:
            if not isinstance(value, str):
                raise RyoshikiError(f"{key}: 文字ではありません (not a text)")
            given[key] = value
    for key in LISTS:
        value = data.get(key)
        if value is not None:
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise RyoshikiError(f"{key}: 文字の並びではありません (not a list of texts)")
            given[key] = tuple(map(Photo, value)) if key == "photos" else tuple(value)
    known_platform(given["platform"], guideline, "platform")
    if given.get("reply_to") is not None:
        checked(given["reply_to"], "reply_to")
    return Draft(text=checked(text, "text"), posted_at=_posted_at(data.get("posted_at"), defaults), **given)


def _posted_at(value: Any, defaults: Defaults) -> datetime | None:
    if value is None or isinstance(value, datetime):  # a column of a table may hold times themselves
        return defaults.posted_at if value is None else value
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        reason = f"posted_at: {value!r} は日時ではありません (not a date and time such as 2026-06-12T21:14+09:00)"
        raise RyoshikiError(reason[:200]) from None
