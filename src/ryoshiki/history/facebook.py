"""Facebook's export in JSON: posts and comments, as it lies before and after 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ryoshiki.history.meta import dicts, mended, ref
from ryoshiki.history.posts import MediaRef, Post, made_id
from ryoshiki.history.source import Service, Source
from ryoshiki.history.times import at_seconds

_COMMENTS = ("comments_v2", "comments", "group_comments_v2", "group_comments")
_GROUPS = ("group_posts_v2", "group_posts", "status_updates", "status_updates_v2")
_KEY = re.compile(rb'\A\s*\{\s*"(\w+)"\s*:\s*[\[{]')
_ALONE = re.compile(rb'\A\s*\{\s*"timestamp"')
_TIME = re.compile(rb'"timestamp"\s*:\s*\d')
_POST = re.compile(rb'"post"\s*:\s*"|"attachments"\s*:\s*\[|"update_timestamp"')


def _recognise(name: str, head: bytes) -> str | None:
    found = _KEY.match(head)
    key = found[1].decode() if found else ""
    if key in _COMMENTS and b'"comment"' in head:
        return "comments"
    if not _TIME.search(head) or not _POST.search(head):
        return None
    if key in _GROUPS:
        return "group posts"
    # A list, or one post alone. Letters have senders, reactions a reaction.
    listed = head.lstrip().startswith(b"[") or key in ("data", "attachments", "tags") or _ALONE.match(head)
    other = b'"sender_name"' in head or b'"reaction"' in head or b'"comment"' in head
    return "posts" if listed and not other else None


def _posts(source: Source) -> Iterator[Post]:
    for held, keys in (("posts", ()), ("group posts", _GROUPS)):
        for part in source.parts.get(held, ()):
            for element in source.elements(part, _fits, keys):
                yield _post(element, source, part)
    for part in source.parts.get("comments", ()):
        for element in source.elements(part, _fits, _COMMENTS):
            yield _comment(element, source, part)


def _fits(element: Any) -> bool:
    return isinstance(element, dict) and "timestamp" in element


def _post(element: Mapping[str, Any], source: Source, part: str) -> Post:
    words = [mended(data.get("post")) for data in dicts(element.get("data"))]
    media, more = _attached(element, source, part)
    text = "\n".join(dict.fromkeys(filter(None, [*words, *more])))
    at = at_seconds(element["timestamp"])
    return Post(made_id(element["timestamp"], text, *media), "facebook", at, text, media=media)


def _comment(element: Mapping[str, Any], source: Source, part: str) -> Post:
    said = [data["comment"] for data in dicts(element.get("data")) if isinstance(data.get("comment"), dict)]
    text = "\n".join(filter(None, (mended(comment.get("comment")) for comment in said)))
    media, more = _attached(element, source, part)
    text = "\n".join(dict.fromkeys(filter(None, [text, *more])))
    at = at_seconds(element["timestamp"])
    return Post(made_id(element["timestamp"], text, *media), "facebook", at, text, media=media, kind="comment")


def _attached(element: Mapping[str, Any], source: Source, part: str) -> tuple[tuple[MediaRef, ...], list[str]]:
    """Media, and what stands with them: their captions, places and links."""
    media, words = [], []
    for attachment in dicts(element.get("attachments")):
        for data in dicts(attachment.get("data")):
            for key, value in data.items():
                if not isinstance(value, dict):
                    continue
                if key == "media":
                    media.append(ref(value, source, part))
                    words.append(mended(value.get("description")))
                elif key == "place":
                    words += [mended(value.get("name")), mended(value.get("address"))]
                elif key == "external_context":
                    words.append(mended(value.get("url")))
    return tuple(media), words


SERVICE = Service(
    "facebook",
    "Facebook",
    frozenset({"posts", "group posts", "comments"}),
    _recognise,
    _posts,
    activity="https://www.facebook.com/me/allactivity",
)
