"""Bluesky: the repository as a CAR file. Its tree tells each record's address; blocks are checked by their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from ryoshiki.history.cbor import CborError, Link, decode
from ryoshiki.history.files import BROKEN
from ryoshiki.history.posts import MediaRef, Post
from ryoshiki.history.source import Service, Source
from ryoshiki.history.times import moment

_BLOCKS = 1_000_000
_BLOCK_LIMIT = 4 << 20  # bytes
_CID = 36  # bytes: version 1, codec, SHA-256, its length, the hash
_RAW, _DAG = b"\x01\x55\x12\x20", b"\x01\x71\x12\x20"
_DEPTH = 64  # of the tree
_KINDS = ("app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.feed.like")
_LOST = "読めない部分があります (a part of it cannot be read)"


def _recognise(name: str, head: bytes) -> str | None:
    return "car" if b"gversion\x01" in head[:128] and b"eroots" in head[:128] else None


def _posts(source: Source) -> Iterator[Post]:
    for part in source.parts["car"]:
        yield from _Repository(source, part).posts()


class _Repository:
    """One CAR file: where each block begins, and the tree over them."""

    def __init__(self, source: Source, part: str) -> None:
        self._source, self._part = source, part
        self._places: dict[bytes, int] = {}  # place and length of each block, in one number
        self._entered: set[bytes] = set()
        self._did = ""

    def posts(self) -> Iterator[Post]:
        try:
            with closing(self._source.files.open(self._part)) as file:
                self._file = file
                yield from self._read()
        except BROKEN:
            self._lost()

    def _read(self) -> Iterator[Post]:
        roots = self._index()
        commit = self._block(roots[0]) if roots else None
        if not isinstance(commit, dict) or not isinstance(commit.get("data"), Link):
            self._lost()
            return
        self._did = commit["did"] if isinstance(commit.get("did"), str) else ""
        for key, cid in self._leaves(commit["data"], 0):
            kind, _, name = key.partition("/")
            if kind in _KINDS and (record := self._block(cid)) is not None:
                if (post := self._post(kind, name, record)) is not None:
                    yield post
                else:
                    self._lost()

    def _lost(self) -> None:
        self._source.note(self._part, _LOST)

    def _index(self) -> list[Link]:
        """Note where each block lies; the roots, none where the beginning is damaged."""
        file = self._file
        try:
            header = decode(file.read(min(self._length() or 0, _BLOCK_LIMIT)))
            roots = [r for r in header["roots"] if isinstance(r, Link)]
        except (CborError, TypeError, KeyError):
            return []
        while (length := self._length()) is not None:
            cid = file.read(_CID)
            at = file.tell()
            # A length that cannot be is damage from which no way leads on.
            if length < _CID or len(self._places) >= _BLOCKS or not cid.startswith((_RAW, _DAG)):
                self._lost()
                break
            self._places[cid[-32:]] = at << 32 | length - _CID
            file.seek(length - _CID, 1)
        return roots

    def _length(self) -> int | None:
        """An unsigned LEB128 number; None at the end."""
        number, shift = 0, 0
        while byte := self._file.read(1):
            number |= (byte[0] & 127) << shift
            if byte[0] < 128:
                return number
            shift += 7
            if shift > 35:
                break
        return None

    def _block(self, cid: Link) -> Any:
        """The value of a block; None where it lacks or is damaged, which is noted."""
        place = self._places.get(cid[-32:], 0)
        if 0 < (length := place & 0xFFFFFFFF) <= _BLOCK_LIMIT:
            self._file.seek(place >> 32)
            data = self._file.read(length)
            if hashlib.sha256(data).digest() == cid[-32:]:
                try:
                    return decode(data)
                except CborError:
                    pass
        self._lost()
        return None

    def _leaves(self, cid: Link, depth: int) -> Iterator[tuple[str, Link]]:
        """Keys and records under a node of the tree, in order. A key leaves out what it shares with the one before."""
        # No tree has a node twice; one that does could be walked for ever.
        node = self._block(cid) if depth < _DEPTH and cid not in self._entered else None
        self._entered.add(cid)
        if not isinstance(node, dict):
            return
        if isinstance(node.get("l"), Link):
            yield from self._leaves(node["l"], depth + 1)
        key = b""
        for entry in node.get("e") or ():
            try:
                key = key[: entry["p"]] + entry["k"]
                yield key.decode("ascii"), entry["v"]
            except (TypeError, KeyError, UnicodeDecodeError):
                self._lost()
                continue
            if isinstance(entry.get("t"), Link):
                yield from self._leaves(entry["t"], depth + 1)

    def _post(self, kind: str, name: str, record: Any) -> Post | None:
        if not isinstance(record, dict):
            return None
        at = moment(record.get("createdAt"))
        if kind != _KINDS[0]:
            subject = record.get("subject")
            of = _web(subject.get("uri")) if isinstance(subject, dict) else ""
            return Post(name, "bluesky", at, of, kind="like" if kind == _KINDS[2] else "repost", url=of or None)
        if not isinstance(record.get("text"), str):
            return None
        embed: Mapping[str, Any] = record["embed"] if isinstance(record.get("embed"), dict) else {}
        answered = _at(record, "reply", "parent", "uri")
        reply = bool(answered) and not answered.startswith(f"at://{self._did}/")
        return Post(
            name,
            "bluesky",
            at,
            _text(record, embed),
            media=tuple(MediaRef(None) for _ in _listed(embed.get("images") or _at(embed, "media", "images"))),
            reply_to=_web(answered) if reply else None,
            kind="reply" if reply else "post",
            url=f"https://bsky.app/profile/{self._did}/post/{name}" if self._did else None,
        )


def _text(record: Mapping[str, Any], embed: Mapping[str, Any]) -> str:
    """The words, with links in full: a facet gives the address for a range of UTF-8 bytes."""
    data = record["text"].encode("utf-8")
    links = []
    for facet in _listed(record.get("facets")):
        start, end = (_at(facet, "index", key) for key in ("byteStart", "byteEnd"))
        uri = next((f["uri"] for f in _listed(facet.get("features")) if isinstance(f.get("uri"), str)), None)
        if uri and isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(data):
            links.append((start, end, uri))
    for start, end, uri in sorted(links, reverse=True):  # from the end, so that places before it still hold
        data = data[:start] + uri.encode() + data[end:]
    text = data.decode("utf-8", "replace")
    card = _at(embed, "external", "uri") or _at(embed, "media", "external", "uri")
    return f"{text}\n{card}" if isinstance(card, str) and card and card not in text else text


def _web(uri: Any) -> str:
    """The page of an at:// address."""
    parts = uri.removeprefix("at://").split("/") if isinstance(uri, str) else []
    return f"https://bsky.app/profile/{parts[0]}/post/{parts[2]}" if len(parts) == 3 else ""


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if value is not None else ""


def _listed(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


SERVICE = Service("bluesky", "Bluesky", frozenset({"car"}), _recognise, _posts)
