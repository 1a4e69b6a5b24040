"""Mastodon and its kin: outbox.json and likes.json (ActivityPub), with media, as zip, tar.gz, folder or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ryoshiki.history.posts import Audience, MediaRef, Post
from ryoshiki.history.source import Service, Source
from ryoshiki.history.texts import plain
from ryoshiki.history.times import moment

_COLLECTION = re.compile(rb'"type"\s*:\s*"OrderedCollection"')
_ITEMS = re.compile(rb'"orderedItems"\s*:\s*\[\s*(["{\]])')
_ACTOR = re.compile(rb'"type"\s*:\s*"(?:Person|Service)"')
_KEYS = ("orderedItems",)
_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")


def _recognise(name: str, head: bytes) -> str | None:
    if not head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{"):
        return None
    if items := _ITEMS.search(head):
        # Boosts of one's own are activities; likes and bookmarks are addresses alone.
        if items[1] == b"{":
            return "outbox"
        named = re.search(rb'"id"\s*:\s*"(\w+)\.json"', head)
        return {b"outbox": "outbox", b"likes": "likes"}.get(named[1]) if named else None
    return "actor" if _ACTOR.search(head) and b'"preferredUsername"' in head else None


def _posts(source: Source) -> Iterator[Post]:
    for part in source.parts.get("outbox", ()):
        for activity in source.elements(part, _fits, _KEYS):
            yield _boost(activity) if activity["type"] == "Announce" else _post(activity, source, part)
    for part in source.parts.get("likes", ()):
        for address in source.elements(part, lambda e: isinstance(e, str), _KEYS):
            yield Post(address, "mastodon", None, address, kind="like", url=_web(address))


def _fits(element: Any) -> bool:
    if not isinstance(element, dict):
        return False
    if element.get("type") == "Announce":
        return isinstance(element.get("object"), str)
    return element.get("type") == "Create" and isinstance(element.get("object"), dict) and "id" in element["object"]


def _boost(activity: Mapping[str, Any]) -> Post:
    """What was passed on stands in the archive as its address alone."""
    of = activity["object"]
    at = moment(activity.get("published"))
    return Post(str(activity.get("id") or of), "mastodon", at, of, kind="repost", url=_web(of))


def _post(activity: Mapping[str, Any], source: Source, part: str) -> Post:
    note = activity["object"]
    author = _string(note.get("attributedTo") or activity.get("actor"))
    answered = _string(note.get("inReplyTo"))
    reply = bool(answered) and not (author and answered.startswith(f"{author}/"))
    options = [o for key in ("oneOf", "anyOf") for o in note.get(key) or () if isinstance(o, dict)]
    words = [_string(note.get("summary")), plain(_string(note.get("content")))]
    words += [f"・{_string(option.get('name'))}" for option in options]
    return Post(
        str(note["id"]),
        "mastodon",
        moment(note.get("published") or activity.get("published")),
        "\n".join(filter(None, words)),
        media=tuple(_refs(note.get("attachment"), source, part)),
        reply_to=answered if reply else None,
        kind="reply" if reply else "post",
        url=_web(note.get("url")) or _web(note["id"]),
        audience=_audience(note, author),
    )


def _refs(attachments: Any, source: Source, part: str) -> Iterator[MediaRef]:
    folder = part.rpartition("/")[0]
    for attachment in attachments if isinstance(attachments, list) else ():
        if not isinstance(attachment, dict):
            continue
        photo = _string(attachment.get("mediaType")).startswith("image/")
        path = re.sub(r"\Ahttps?://[^/]+", "", _string(attachment.get("url"))).lstrip("/")
        # Some servers keep media under system/, and their archives do not.
        names = (f"{folder}/{path}".lstrip("/"), f"{folder}/{path.removeprefix('system/')}".lstrip("/"))
        yield MediaRef(next((n for n in names if n in source.files.sizes), None), "photo" if photo else "video")


def _audience(note: Mapping[str, Any], author: str) -> Audience:
    to, copied = (_addresses(note.get(key)) for key in ("to", "cc"))
    if any(address in _PUBLIC for address in to):
        return "public"
    if any(address in _PUBLIC for address in copied):
        return "unlisted"
    return "followers" if f"{author}/followers" in (*to, *copied) else "direct"


def _addresses(value: Any) -> list[str]:
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


def _web(address: Any) -> str | None:
    return address if isinstance(address, str) and address.startswith(("https://", "http://")) else None


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


SERVICE = Service("mastodon", "Mastodon", frozenset({"outbox"}), _recognise, _posts)
