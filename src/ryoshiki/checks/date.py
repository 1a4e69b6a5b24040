"""Dates and times that cannot be right: seen from the words and the day of posting, never looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Match
from ryoshiki.reading import Reading
from ryoshiki.reading.date_faults import FAULTS, Fault
from ryoshiki.reading.date_forms import WEEKDAYS

_DATES = frozenset({"@date"})
_ON_THE_CLOCK = {"order": frozenset({"@date", "@time"}), "time": frozenset({"@time"})}  # and what shows such a fault
_SIGNS = ("㈪㈫㈬㈭㈮㈯㈰", "㊊㊋㊌㊍㊎㊏㊐")  # Monday first, as in WEEKDAYS


@dataclass(frozen=True)
class DateCheck:
    """Finds one kind of fault in the dates of a draft.

    Attributes:
        fault: "weekday" (it does not fit the date), "era" (it does not fit the Western year beside it),
            "impossible" (a day or an era year that never was), "order" (a period that ends before it starts)
            or "time" (no clock shows it).
    """

    fault: str

    facts: ClassVar[frozenset[str]] = frozenset({"said", "right"})

    def __post_init__(self) -> None:
        if self.fault not in FAULTS:
            raise ValueError(f"fault: {self.fault!r} is none of {', '.join(FAULTS)}")

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        return (_ON_THE_CLOCK.get(self.fault, _DATES),)

    def find(self, reading: Reading) -> Iterable[Match]:
        text = reading.folded.text
        clock = reading.times if self.fault in _ON_THE_CLOCK else ()
        for fault in FAULTS[self.fault](text, reading.dates, clock):
            span = reading.folded.span(fault.start, fault.end)
            yield Match(span, {"said": fault.said, "right": fault.right}, _mended(reading, fault))


def _mended(reading: Reading, fault: Fault) -> str | None:
    """The draft's own text at the fault, with only the wrong part replaced."""
    if fault.edit is None:
        return None
    start, end, right = fault.edit
    whole, part = reading.folded.span(fault.start, fault.end), reading.folded.span(start, end)
    if part.start < whole.start or part.end > whole.end:
        return None
    sign = part.of(reading.text)
    row = next((row for row in _SIGNS if sign in row), None)
    if row is not None:  # one sign for several letters: ㈭ is (木)
        right = row[WEEKDAYS.index(right)]
    elif len(sign) != end - start:
        return None
    return reading.text[whole.start : part.start] + right + reading.text[part.end : whole.end]
