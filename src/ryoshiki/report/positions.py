"""Places in other units than the engine's: lines, columns and UTF-16, computed from code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")


def utf16_length(text: str) -> int:
    """UTF-16 code units of ``text``: what JavaScript and SARIF count."""
    return len(text) + sum(1 for c in text if c > "\uffff")


def to_utf16(text: str, offset: int) -> int:
    """The UTF-16 offset of a code point offset."""
    return utf16_length(text[:offset])


def from_utf16(text: str, units: int) -> int:
    """The code point offset of a UTF-16 offset; inside a surrogate pair, that of the pair's start."""
    seen = 0
    for offset, c in enumerate(text):
        seen += 2 if c > "\uffff" else 1
        if seen > units:
            return offset
    return len(text)


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, both from 1; the column counts UTF-16 code units."""

    line: int
    column: int


class Lines:
    r"""The lines of a text (``\n``, ``\r\n`` or ``\r`` ends one), to turn offsets into places."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(m.end() for m in _LINE_END.finditer(text))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self._starts, offset) - 1
        return Place(line + 1, utf16_length(self._text[self._starts[line] : offset]) + 1)
