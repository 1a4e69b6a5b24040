"""A private post in the author's working hours, unless the draft says that the author is on leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import ClassVar

from ryoshiki.model import Match, Span
from ryoshiki.reading import Reading
from ryoshiki.reading.clock import hours, read_clock
from ryoshiki.reading.date_forms import WEEKDAYS
from ryoshiki.reading.stretches import Stretches

_NOON = time(12)


@dataclass(frozen=True)
class ClockCheck:
    """Finds the draft as a whole when its time lies in the first shift of the organisation.

    Attributes:
        unless: word classes that state leave; one hit and nothing is found.
        despite: classes whose hits take back the ``unless`` hits that they overlap (来週から夏休み).
        anyway: classes that say the author is at work; one hit and no leave counts.
        mornings: classes that state leave until noon; such words do not count as leave for the whole day.
        afternoons: the same from noon on.
    """

    unless: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    anyway: tuple[str, ...] = ()
    mornings: tuple[str, ...] = ()
    afternoons: tuple[str, ...] = ()

    facts: ClassVar[frozenset[str]] = frozenset({"weekday", "time", "hours"})
    needs: ClassVar[tuple[frozenset[str], ...]] = ()  # read on demand, not from words

    @property
    def classes(self) -> tuple[str, ...]:
        return (*self.unless, *self.despite, *self.anyway, *self.mornings, *self.afternoons)

    def find(self, reading: Reading) -> Iterable[Match]:
        posted = reading.draft.posted_at
        if posted is None:
            return
        clock = read_clock(posted, reading.organisation)
        if clock.shift is None or self._on_leave(reading, clock.at.time()):
            return
        facts = {
            "weekday": WEEKDAYS[clock.at.weekday()],
            "time": f"{clock.at.hour}:{clock.at.minute:02}",
            "hours": hours(clock.shift),
        }
        yield Match(None, facts)

    def _on_leave(self, reading: Reading, now: time) -> bool:
        if _spans(reading, self.anyway):
            return False
        taken_back = _spans(reading, self.despite)
        mornings, afternoons = _spans(reading, self.mornings), _spans(reading, self.afternoons)
        half_days = mornings if now < _NOON else afternoons
        # 午後から年休 holds the word 年休, but says nothing of the morning.
        whole_days = _clear(_spans(reading, self.unless), [*mornings, *afternoons])
        return any(_clear([*whole_days, *half_days], taken_back))


def _spans(reading: Reading, classes: tuple[str, ...]) -> list[Span]:
    return [hit.span for name in classes for hit in reading.hits(name)]


def _clear(spans: list[Span], of: list[Span]) -> list[Span]:
    """The spans that none of the others touches."""
    blocks = Stretches(of)
    return [span for span in spans if not any(blocks.overlapping(span))]
