"""Stretches of a text, asked by halving."""

from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Span
from ryoshiki.reading.stretches import Apart, Stretches, beginning_in

SPAN = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda place: Span(place[0], sum(place)))
SPANS = st.lists(SPAN, max_size=12)


@given(SPANS, SPAN)
def test_as_if_each_were_looked_at(spans: list[Span], asked: Span) -> None:
    """In order of place, however they were given."""
    stretches = Stretches(spans)
    assert list(stretches.overlapping(asked)) == [span for span in sorted(spans) if span.overlaps(asked)]
    assert stretches.cover(asked) == any(span.start <= asked.start and asked.end <= span.end for span in spans)
    begun = [span for span in sorted(spans) if asked.start <= span.start < asked.end]
    assert list(beginning_in(asked, sorted(spans))) == begun


@given(SPANS)
def test_what_is_taken_in_stays_apart(spans: list[Span]) -> None:
    """A span that shares a letter with one of them is told."""
    apart, taken = Apart(), list[Span]()
    for span in spans:
        assert apart.overlap(span) == any(map(span.overlaps, taken))
        if not apart.overlap(span):
            apart.take(span)
            taken.append(span)
