"""Times of day as a draft writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ryoshiki.reading.date_forms import number
from ryoshiki.reading.deferred import Deferred

_TIME = Deferred(
    r"(?:(?P<half>午前|午後|am|pm)\s?)?(?P<h>[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?:時(?:(?P<thirty>半)|\s?(?P<min>[0-9]{1,2}|[一二三四五六七八九十]{1,3})分)?|:(?P<colon>[0-9]{2}))"
)
_ANY_TIME = re.compile("[0-9一二三四五六七八九十](?:時|:[0-9])")
_NO_TIME = Deferred("^[間代給短計限期効空折刻系差速化]")  # 3時間, 50時代, 5時限 …; 時 as a part of another word


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time at ``[start, end)`` of the text read, with the figures as written (25 and 70 are kept)."""

    start: int
    end: int
    hour: int
    minute: int
    half: Literal["am", "pm"] | None = None
    colon: bool = False
    padded: bool = False  # 09:30: written by the 24-hour clock

    @property
    def minutes(self) -> int:
        """Minutes after midnight, 午後 reckoned in."""
        return (self.hour + (12 if self.half == "pm" and self.hour < 12 else 0)) * 60 + self.minute


def possible(text: str) -> bool:
    """Whether a folded text could hold a time. Cheap."""
    return _ANY_TIME.search(text) is not None


def times(text: str) -> tuple[TimeMention, ...]:
    """Every time of day in folded ``text``, in order, the impossible ones too."""
    if not possible(text):
        return ()
    found = []
    for m in _TIME.finditer(text):
        g = m.groupdict()
        before, after = text[max(0, m.start() - 1) : m.start()], text[m.end() : m.end() + 1]
        if (before.isascii() and before.isalnum()) or (before and before in ".:,第約何数一二三四五六七八九十"):
            continue
        if (g["colon"] and ((after.isascii() and after.isalnum()) or after == ":")) or _NO_TIME.search(after):
            continue
        hour, minute = number(g["h"]), 30 if g["thirty"] else number(g["colon"] or g["min"] or "0")
        if hour is None or minute is None:
            continue
        half: Literal["am", "pm"] | None = None if g["half"] is None else "am" if g["half"] in ("午前", "am") else "pm"
        found.append(TimeMention(m.start(), m.end(), hour, minute, half, bool(g["colon"]), g["h"].startswith("0")))
    return tuple(found)
