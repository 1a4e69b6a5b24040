"""The elements of a long JSON list, one at a time; a damaged one costs itself, not the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

ELEMENT_LIMIT = 8_000_000  # characters of one element
_TRIES = 2_000  # places at which to look for the next whole element after a damaged one
_FIRST_LIMIT = 2_000_000  # characters before the list
_SKIP = re.compile(r"[\s,;]*")
_NEXT = re.compile(r",\s*(?=[{\"])")
_DECODER = json.JSONDecoder()

TRUNCATED = "途中で切れています (cut off)"
DAMAGED = "読めない要素をとばしました (a damaged element was passed over)"
NO_LIST = "投稿の並びが見つかりません (no list of posts)"


class _Text:
    """What has been read of a stream and is not done with."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.text, self.at, self.ended = "", 0, False

    def more(self) -> bool:
        """Read on; False at the end."""
        piece = next(self._pieces, None)
        if piece is None:
            self.ended = True
            return False
        self.text, self.at = self.text[self.at :] + piece, 0
        return True


def elements(
    pieces: Iterator[str], note: Callable[[str], None], fits: Callable[[Any], bool], keys: tuple[str, ...] = ()
) -> Iterator[Any]:
    """Elements of the first list, or of the list under one of ``keys``; an object alone is one element.

    ``note`` hears what could not be read. After a damaged element it goes on with the next that ``fits``.
    """
    text = _Text(pieces)
    opening = _begin(text, keys)
    if opening is None:
        note(NO_LIST)
        return
    while True:
        text.at = _SKIP.match(text.text, text.at).end()  # type: ignore[union-attr]
        if text.at >= len(text.text):
            if text.more():
                continue
            note(TRUNCATED)
            return
        if text.text[text.at] == "]":
            return
        try:
            element, text.at = _DECODER.raw_decode(text.text, text.at)
        except (ValueError, RecursionError) as reason:
            cut_off = _incomplete(reason, text)
            if cut_off and text.more():
                continue
            # What is cut off runs to the end: a whole element behind it could only be words inside it.
            going_on = opening != "{" and not cut_off and _resume(text, fits)
            note(DAMAGED if going_on or not text.ended else TRUNCATED)
            if not going_on:
                return
            continue
        yield element
        if opening == "{":
            return


def _begin(text: _Text, keys: tuple[str, ...]) -> str | None:
    """Go to the first element; what opens there: a list, an object alone, or nothing."""
    named = re.compile(rf'"(?:{"|".join(map(re.escape, keys))})"\s*:\s*(\[)') if keys else re.compile(r"([\[{])")
    while True:
        found = named.search(text.text)
        if found:
            text.at = found.end() - (found[1] == "{")
            return found[1]
        if len(text.text) > _FIRST_LIMIT or not text.more():
            return None


def _incomplete(reason: Exception, text: _Text) -> bool:
    """Whether it may be only that the rest of the element has not been read."""
    if not isinstance(reason, json.JSONDecodeError) or len(text.text) - text.at > ELEMENT_LIMIT:
        return False
    return reason.pos >= len(text.text) - 8 or reason.msg.startswith("Unterminated string")


def _resume(text: _Text, fits: Callable[[Any], bool]) -> bool:
    """Go to the next whole element that fits; False where there is none near."""
    text.at += 1
    for _ in range(_TRIES):
        found = _NEXT.search(text.text, text.at)
        if found is None:
            text.at = max(text.at, len(text.text) - 64)
            if not text.more():
                return False
            continue
        try:
            element, end = _DECODER.raw_decode(text.text, found.end())
        except (ValueError, RecursionError) as reason:
            if not (_incomplete(reason, text) and text.more()):
                text.at = found.end()
            continue
        if fits(element):
            text.at = found.end()
            return True
        text.at = end
    return False
