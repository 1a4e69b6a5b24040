"""Places in other units than the engine's: lines, columns and UTF-16, computed from code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, both from 1; the column counts UTF-16 code units."""

    line: int
    column: int


class Lines:
    r"""The lines of a text (``\n``, ``\r\n`` or ``\r`` ends one), to turn offsets into places."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in _LINE_END.finditer(text))]
        self._pairs = [offset for offset, c in enumerate(text) if c > "\uffff"]  # two code units each

    def place(self, offset: int) -> Place:
        line = bisect_right(self._starts, offset) - 1
        return Place(line + 1, self.utf16(offset) - self.utf16(self._starts[line]) + 1)

    def utf16(self, offset: int) -> int:
        """The UTF-16 offset of a code point offset."""
        return offset + bisect_left(self._pairs, offset)
