"""Instagram's export in JSON: posts, stories, reels and comments, as it lies since 2020 and since 2022."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ryoshiki.history.meta import dicts, mended, ref
from ryoshiki.history.posts import Post, made_id
from ryoshiki.history.source import Service, Source
from ryoshiki.history.times import at_seconds

_POSTS = re.compile(rb'[\[{]\s*"media"\s*:\s*\[')
_LISTS = {
    b"ig_stories": "stories",
    b"ig_reels_media": "reels",
    b"ig_archived_post_media": "archived",
    b"comments_media_comments": "comments",
    b"comments_reels_comments": "comments",
    b"comments_story_comments": "comments",
}
_LIST = re.compile(rb'\A\s*\{\s*"(' + b"|".join(_LISTS) + rb')"\s*:')
_KEYS = {
    "stories": ("ig_stories",),
    "reels": ("ig_reels_media",),
    "archived": ("ig_archived_post_media",),
    "named comments": ("comments_media_comments", "comments_reels_comments", "comments_story_comments"),
}
# Headings are in the language of the account, written as its texts are.
_COMMENT = ("Comment", "コメント")
_OWNER = ("Media Owner", "メディア所有者", "メディアの所有者")
_TIME = ("Time", "時間", "日時")


def _recognise(name: str, head: bytes) -> str | None:
    if found := _LIST.match(head):
        held = _LISTS[found[1]]
        return "named comments" if held == "comments" else held
    if b'"string_map_data"' in head and b'"media_list_data"' in head and any(_escaped(c) in head for c in _COMMENT):
        return "comments"
    return "posts" if b'"creation_timestamp"' in head and _POSTS.match(head.lstrip(b"[ \r\n")) else None


def _escaped(heading: str) -> bytes:
    return b'"' + "".join(c if c < "\x80" else f"\\u{ord(c):04x}" for c in _latin(heading)).encode() + b'"'


def _latin(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


def _posts(source: Source) -> Iterator[Post]:
    for held in ("posts", "stories", "reels", "archived"):
        for part in source.parts.get(held, ()):
            for element in source.elements(part, _fits, _KEYS.get(held, ())):
                yield _post(element, source, part)
    for held in ("comments", "named comments"):
        for part in source.parts.get(held, ()):
            for element in source.elements(part, _fits_comment, _KEYS.get(held, ())):
                yield _comment(element)


def _fits(element: Any) -> bool:
    return isinstance(element, dict) and (isinstance(element.get("media"), list) or "uri" in element)


def _post(element: Mapping[str, Any], source: Source, part: str) -> Post:
    media = list(dicts(element.get("media"))) if "media" in element else [element]
    # With one picture the words stand at the picture, with several above them.
    words = [mended(element.get("title")), *(mended(m.get("title")) for m in media)]
    at = at_seconds(element.get("creation_timestamp") or next((m.get("creation_timestamp") for m in media), None))
    text = "\n".join(dict.fromkeys(filter(None, words)))
    id = made_id(at, text, *(m.get("uri") for m in media))
    return Post(id, "instagram", at, text, media=tuple(ref(m, source, part) for m in media))


def _fits_comment(element: Any) -> bool:
    return isinstance(element, dict) and bool(_said(element, _COMMENT).get("value"))


def _comment(element: Mapping[str, Any]) -> Post:
    text = mended(_said(element, _COMMENT).get("value"))
    owner = mended(_said(element, _OWNER).get("value"))
    at = at_seconds(_said(element, _TIME).get("timestamp"))
    id = made_id(at, owner, text)
    return Post(id, "instagram", at, text, kind="comment", reply_to=f"@{owner}" if owner else None)


def _said(element: Mapping[str, Any], headings: tuple[str, ...]) -> Mapping[str, Any]:
    for heading, value in (element.get("string_map_data") or {}).items():
        if mended(heading) in headings and isinstance(value, dict):
            return value
    return {}


SERVICE = Service(
    "instagram",
    "Instagram",
    frozenset({"posts", "stories", "reels", "archived", "comments", "named comments"}),
    _recognise,
    _posts,
    activity="https://www.instagram.com/your_activity/",
)
