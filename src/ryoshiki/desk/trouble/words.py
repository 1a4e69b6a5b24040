"""Words as the records may hold them: bounded, whole letters, no control characters."""

from __future__ import annotations

from unicodedata import category

from ryoshiki.model import RyoshikiError

TITLE_LIMIT, WORDS_LIMIT = 200, 4000  # characters of a line, and of an answer, a note, the lessons


def plain(text: str, what: str, most: int = WORDS_LIMIT) -> str:
    """``text`` without white space around it; ``what`` names it where it is refused.

    Raises:
        RyoshikiError: nothing is left, it is too long, or there are control characters or halves of letters.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words or len(words) > most:
        raise RyoshikiError(f"{what}: {most:,} 文字までで書きます (write something, {most:,} characters at most)")
    if any(category(c) in ("Cc", "Cs") and c not in "\n\t" for c in words):
        raise RyoshikiError(f"{what}: 使えない文字があります (with characters that cannot be kept)")
    return words


def line(text: str, what: str, most: int = TITLE_LIMIT) -> str:
    """As `plain`, on one line.

    Raises:
        RyoshikiError: as `plain` says, or there are several lines.
    """
    words = plain(text, what, most)
    if "\n" in words or "\t" in words:
        raise RyoshikiError(f"{what}: 一行で書きます (write it on one line)")
    return words
