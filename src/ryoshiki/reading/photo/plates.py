"""Number plates among the lines of letters: what stands on one plate becomes one line, as people read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ryoshiki.sight import Box, Line, around

# The office that registered it and the class of the vehicle; below, a kana and the number.
_UPPER = re.compile(r"([一-龠々ぁ-んァ-ヶ]{1,4}) ?([0-9]{2}[0-9A-Z]|[0-9]{1,2})")
_NUMBER = re.compile(r"([ぁ-んA-Za-z]?) ?((?:[0-9]{2}|[・.·。][0-9])[-‐ー一–—~][0-9]{2}|[・.·。]{2,3} ?[0-9]{1,2})")
_KANA = re.compile(r"[ぁ-んA-Za-z]")
_UNREAD = "○"  # a kana that was too small to read


def joined(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with those of a plate in one: 「室蘭 500」「さ」「12-34」 become 「室蘭 500 さ 12-34」."""
    rest, plates = list(lines), []
    for upper in lines:
        head = _UPPER.fullmatch(upper.text)
        lower = next(
            (line for line in rest if head and _below(line.box, upper.box) and _NUMBER.fullmatch(line.text)), None
        )
        if head is None or lower is None:
            continue
        number = _NUMBER.fullmatch(lower.text)
        assert number is not None
        beside = next((line for line in rest if _KANA.fullmatch(line.text) and _left_of(line.box, lower.box)), None)
        kana = number[1] or (beside.text if beside else _UNREAD)
        digits = re.sub(r"[‐ー一–—~]", "-", number[2]).replace("·", "・").replace("。", "・")
        parts = [line for line in (upper, lower, None if number[1] else beside) if line is not None]
        rest = [line for line in rest if line not in parts]
        area = head[1] if len(head[1]) > 1 else _UNREAD * 2  # no area has one letter but 津 and 堺: two ran together
        plates.append(_line(f"{area} {head[2]} {kana} {digits}", parts))
    return (*rest, *plates)


def _line(text: str, parts: Sequence[Line]) -> Line:
    return Line(text, around(part.box for part in parts), min(part.score for part in parts))


def _below(lower: Box, upper: Box) -> bool:
    """Close under it, under its middle, and larger: the number is the largest thing on a plate."""
    gap = lower.top - upper.bottom
    middle = (upper.left + upper.right) / 2
    return -upper.height < gap < upper.height and lower.left < middle < lower.right and lower.height > upper.height


def _left_of(kana: Box, number: Box) -> bool:
    gap = number.left - kana.right
    return -number.height / 2 < gap < number.height and kana.top < (number.top + number.bottom) / 2 < kana.bottom
