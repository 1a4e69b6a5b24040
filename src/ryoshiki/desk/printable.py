"""Whether words can stand on a line: names of people, sections and events as they are typed in Japanese."""

from __future__ import annotations


def printable(text: str) -> bool:
    """No control character and no half of a character; a full-width space, as in 汐入　花子, is none."""
    return text.replace("\u3000", " ").isprintable()
