"""DAG-CBOR, the strict and bounded part of CBOR (RFC 8949) that Bluesky's repositories are written in."""

from __future__ import annotations

import struct
from typing import Any

DEPTH = 64  # lists and maps within each other
ITEMS = 200_000  # values in one block


class CborError(Exception):
    """Bytes that are no DAG-CBOR."""


class Link(bytes):
    """A link to another block: its CID in binary form."""


def decode(data: bytes) -> Any:
    """The one value that ``data`` holds: None, bool, int, float, str, bytes, `Link`, list or dict.

    Raises:
        CborError: it is no DAG-CBOR, holds too much, or goes on after the value.
    """
    reader = _Reader(data)
    value = reader.value(0)
    if reader.at != len(data):
        raise CborError("more than one value")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self.at, self._count = data, 0, 0

    def value(self, depth: int) -> Any:
        self._count += 1
        if depth > DEPTH or self._count > ITEMS:
            raise CborError("too deep or too many values")
        first = self._take(1)[0]
        kind, low = first >> 5, first & 31
        if kind == 7:
            return self._simple(low)
        number = self._number(low)
        match kind:
            case 0:
                return number
            case 1:
                return -1 - number
            case 2:
                return self._take(number)
            case 3:
                return self._text(number)
            case 4:
                return [self.value(depth + 1) for _ in range(self._bounded(number))]
            case 5:
                return {self._key(): self.value(depth + 1) for _ in range(self._bounded(number))}
            case _:
                return self._link(number)

    def _number(self, low: int) -> int:
        if low < 24:
            return low
        if low > 27:
            raise CborError("a length that is not stated")
        return int.from_bytes(self._take(1 << (low - 24)), "big")

    def _simple(self, low: int) -> Any:
        if low == 27:
            return struct.unpack(">d", self._take(8))[0]
        try:
            return {20: False, 21: True, 22: None}[low]
        except KeyError:
            raise CborError("a simple value that is not allowed") from None

    def _text(self, length: int) -> str:
        try:
            return self._take(length).decode("utf-8")
        except UnicodeDecodeError:
            raise CborError("a text that is not UTF-8") from None

    def _key(self) -> str:
        first = self._take(1)[0]
        if first >> 5 != 3:
            raise CborError("a key that is no text")
        return self._text(self._number(first & 31))

    def _link(self, tag: int) -> Link:
        cid = self.value(DEPTH) if tag == 42 else None
        if not isinstance(cid, bytes) or not cid.startswith(b"\0"):
            raise CborError("a tag that is no link")
        return Link(cid[1:])

    def _bounded(self, count: int) -> int:
        if count > len(self._data) - self.at:  # every item takes a byte at least
            raise CborError("cut off")
        return count

    def _take(self, length: int) -> bytes:
        end = self.at + length
        if end > len(self._data):
            raise CborError("cut off")
        taken = self._data[self.at : end]
        self.at = end
        return taken
