"""WXR: what WordPress exports, and note with it. Every item is read by itself, so that damage stays where it is.

The head of the file, and with it any DTD, is never parsed: an entity that it might declare is unknown, and refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any
from xml.parsers import expat

from ryoshiki.history.posts import MediaRef, Post, made_id
from ryoshiki.history.source import Service, Source
from ryoshiki.history.texts import HTML_LIMIT, plain
from ryoshiki.history.times import moment

ITEM_LIMIT = 8_000_000  # characters of one item
_FIRST_LIMIT = 4_000_000  # characters before the first
_EXTENDED = 3  # ends of items that may stand in a post's own words
_HEAD = re.compile(rb"xmlns:wp\s*=|<wp:wxr_version>")
_PROLOGUE = (
    '<rss xmlns:wp="wp" xmlns:content="content" xmlns:excerpt="excerpt" xmlns:dc="dc" xmlns:wfw="wfw" '
    'xmlns:note="note" xmlns:media="media" xmlns:atom="atom" xmlns:itunes="itunes">'
)
_OPEN, _CLOSE = "<item>", "</item>"
_POSTS = ("post", "page", "")
_LEFT_OUT = ("trash", "auto-draft", "inherit")
_DAMAGED = "読めない記事をとばしました (a damaged item was passed over)"
_AUTHOR = re.compile(r"<wp:author_(?:login|email|display_name)>(?:<!\[CDATA\[)?(.{1,200}?)(?:\]\]>)?</wp:author_")
_COMMENT_KEYS = ("wp:comment_author", "wp:comment_author_email")


def _recognise(name: str, head: bytes) -> str | None:
    return "wxr" if b"<rss" in head[:8192] and _HEAD.search(head) else None


def _posts(source: Source) -> Iterator[Post]:
    for part in source.parts["wxr"]:
        authors: set[str] = set()
        for item in _items(source, part, authors):
            yield from _read(item, authors, source, part)


def _items(source: Source, part: str, authors: set[str]) -> Iterator[Mapping[str, Any]]:
    """The items as mappings from tag to text (``comments``: a list of such). ``authors`` is filled from the head."""
    text, begun = "", False
    for piece in source.text(part):
        text += piece
        if not begun:
            begin = text.find(_OPEN)
            if begin < 0:
                text = text[-_FIRST_LIMIT:]
                continue
            authors.update(name.strip() for name in _AUTHOR.findall(text[:begin]))
            begun = True
        while (item := _cut(text)) is not None:
            end, fields = item
            if fields is None:
                source.note(part, _DAMAGED)
            else:
                yield fields
            text = text[end:]
    if (begin := text.find(_OPEN)) >= 0:
        source.note(part, "途中で切れています (cut off)")


def _cut(text: str) -> tuple[int, Mapping[str, Any] | None] | None:
    """Where the first item ends, and its fields (None: damaged); None where it has not come to its end."""
    begin = text.find(_OPEN)
    if begin < 0:
        return None
    first = end = text.find(_CLOSE, begin)
    for _ in range(_EXTENDED):
        if end < 0:
            break
        end += len(_CLOSE)
        if (fields := _parsed(text[begin:end])) is not None:
            return end, fields
        # The words of a post may name the tag. But another item that begins is none of this one's words.
        following = text.find(_CLOSE, end)
        if following < 0 or _OPEN in text[end:following]:
            break
        end = following
    if first >= 0:
        return first + len(_CLOSE), None
    if len(text) - begin > ITEM_LIMIT:
        return begin + ITEM_LIMIT, None
    return None


def _parsed(item: str) -> Mapping[str, Any] | None:
    """The fields of one item, or None where it is no XML or names an entity that XML itself does not."""
    reader = _Item()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.words.append
    try:
        parser.Parse(_PROLOGUE + item + "</rss>", True)
    except (expat.ExpatError, UnicodeEncodeError):
        return None
    return reader.fields


class _Item:
    def __init__(self) -> None:
        self.fields: dict[str, Any] = {"comments": []}
        self.words: list[str] = []
        self._holder = self.fields

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.words.clear()
        if tag == "wp:comment":
            self._holder = {}

    def end(self, tag: str) -> None:
        if tag == "wp:comment":
            self.fields["comments"].append(self._holder)
            self._holder = self.fields
        else:
            self._holder.setdefault(tag, "".join(self.words).strip())
        self.words.clear()


def _read(item: Mapping[str, Any], authors: set[str], source: Source, part: str) -> Iterator[Post]:
    status = item.get("wp:status", "")
    if item.get("wp:post_type", "") not in _POSTS or status in _LEFT_OUT:
        return
    id = item.get("wp:post_id") or item.get("guid") or made_id(item.get("link"), item.get("title"))
    link = item.get("link") or item.get("guid") or ""
    url = link if link.startswith(("https://", "http://")) else None
    html = "\n".join(item[key] for key in ("excerpt:encoded", "content:encoded", "description") if item.get(key))
    yield Post(
        id,
        "blog",
        _at(item, "wp:post_date") or moment(item.get("pubDate", "")),
        "\n".join(filter(None, (plain(item.get("title", "")), plain(html)))),
        media=tuple(_pictures(html, source, part)),
        kind="post" if status in ("publish", "private", "") else "draft",
        url=url,
    )
    for comment in item["comments"]:
        own = comment.get("wp:comment_user_id", "0") not in ("", "0")
        if own or authors.intersection(comment.get(key, "") for key in _COMMENT_KEYS):
            comment_id = comment.get("wp:comment_id") or made_id(id, comment.get("wp:comment_content"))
            text = plain(comment.get("wp:comment_content", ""))
            yield Post(comment_id, "blog", _at(comment, "wp:comment_date"), text, kind="comment", url=url)


def _at(fields: Mapping[str, Any], key: str) -> Any:
    """The time in UTC where it is told, else the blog's own, which is taken for Japan's."""
    return moment(fields.get(f"{key}_gmt", ""), UTC) or moment(fields.get(key, ""))


def _pictures(html: str, source: Source, part: str) -> Iterator[MediaRef]:
    """Pictures of a post that lie in the archive under the name of their address."""
    folder = part.rpartition("/")[0]
    for address in dict.fromkeys(re.findall(r"<img\b[^<>]{0,2000}?\bsrc=[\"']([^\"']{1,500})", html[:HTML_LIMIT])):
        base = address.partition("?")[0].rpartition("/")[2]
        names = (f"{folder}/{beside}{base}".lstrip("/") for beside in ("assets/", "images/", ""))
        yield MediaRef(next((name for name in names if base and name in source.files.sizes), None))


SERVICE = Service("blog", "ブログ (WXR: WordPress, note)", frozenset({"wxr"}), _recognise, _posts)
