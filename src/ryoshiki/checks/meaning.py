"""What the local model reads in the draft as a whole, where no single word gives it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Match, Span
from ryoshiki.reading import Reading
from ryoshiki.reading.meaning import LEAST


@dataclass(frozen=True)
class Meaning:
    """Finds the places that the model reads as showing a rule.

    Beside the signs of its rule that rest on words, it has a say on them too: see `ryoshiki.review`.

    Attributes:
        head: the rule's name in the model.
        calendar: leave a place alone in which a date names its weekday rightly: there the calendar knows better.
    """

    head: str
    calendar: bool = False

    facts: ClassVar[frozenset[str]] = frozenset()
    needs: ClassVar[tuple[frozenset[str], ...]] = (frozenset({"@meaning"}),)

    def find(self, reading: Reading) -> Iterable[Match]:
        view = reading.meaning
        if view is not None and view.speaks(self.head):
            # A syllable tells an author nothing: then the sentence that it stands in.
            shown = (s if s.end - s.start >= LEAST else reading.sentence_of(s) for s in view.shown(self.head))
            yield from self.matches(shown, reading)

    def matches(self, spans: Iterable[Span], reading: Reading) -> Iterator[Match]:
        """Places of this rule, whoever read them, as far as the calendar does not know better."""
        right = _right_dates(reading) if self.calendar else ()
        yield from (Match(span) for span in spans if not any(map(span.overlaps, right)))


def _right_dates(reading: Reading) -> list[Span]:
    """Dates that name their weekday, and the right one."""
    from ryoshiki.reading.date_faults import wrong_weekdays

    wrong = {fault.start for fault in wrong_weekdays(reading.folded.text, reading.dates)}
    named = (date for date in reading.dates if date.weekday is not None and date.candidates)
    return [reading.folded.span(date.start, date.end) for date in named if date.start not in wrong]
