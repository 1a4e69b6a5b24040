"""Terminal cells: a Japanese letter takes two. Lines are cut by cells, not by characters."""

from __future__ import annotations

import unicodedata

_NOT_FIRST = frozenset("、。，．・：；！？!?,.:;）)」』】〕〉》］]｝}ーっゃゅょぁぃぅぇぉッャュョァィゥェォ々〜～…‥")
_JOINER = "\u200d"
_WORD_LOOK_BACK = 24  # how far back a Latin word or a number may be carried to the next line whole


def cells(text: str) -> int:
    """Width of ``text`` in terminal cells."""
    return len(text) if text.isascii() else sum(_cell(text, i) for i in range(len(text)))


def _cell(text: str, i: int) -> int:
    c = text[i]
    if c < "\x7f":
        return 1
    if i and text[i - 1] == _JOINER:  # the family 👨‍👩‍👧 is one picture
        return 0
    if unicodedata.east_asian_width(c) in ("W", "F"):
        return 2
    return 0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 1


def wrap(text: str, width: int) -> tuple[tuple[int, int], ...]:
    """Ranges of ``text``, one a line, each at most ``width`` cells (at least two); line ends stand in none.

    No line begins with a closing mark or a small kana, and no Latin word or number of usual length is cut.
    """
    lines: list[tuple[int, int]] = []
    start, used, i = 0, 0, 0
    while i < len(text):
        if text[i] == "\n":
            lines.append((start, i))
            i += 1
            start, used = i, 0
            continue
        wide = _cell(text, i)
        if used + wide > width and i > start:
            i = _break(text, start, i)
            lines.append((start, i))
            start, used = i, 0
            continue
        used += wide
        i += 1
    return (*lines, (start, len(text)))


def _break(text: str, start: int, full: int) -> int:
    """Where to cut a line that is full at ``full``: there, or a little before it."""
    at = full
    while at > start + 1 and full - at < 8 and (text[at] in _NOT_FIRST or _cell(text, at) == 0):
        at -= 1
    if text[at] in _NOT_FIRST or _cell(text, at) == 0:
        at = full
    word = at
    while word > start and at - word < _WORD_LOOK_BACK and _in_word(text[word - 1]) and _in_word(text[word]):
        word -= 1
    return word if start < word and not (_in_word(text[word - 1]) and _in_word(text[word])) else at


def _in_word(c: str) -> bool:
    return c.isascii() and (c.isalnum() or c in "_@#.-/:?=&%+~")
