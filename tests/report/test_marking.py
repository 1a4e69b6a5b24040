"""The draft is cut at the borders of the findings."""

from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.report.marking import Segment, segments, visible
from tests.report.conftest import Maker


@given(st.text())
def test_visible_keeps_every_offset(text: str) -> None:
    """A shown text is as long as the text, and steers no terminal."""
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(c < " " and c != "\n" for c in shown)


def test_hidden_characters_are_seen() -> None:
    """What turns the reading order or starts a terminal command is made visible; emoji stay whole."""
    assert visible("\x1b[31m死\u202eね\u200b👨‍👩‍👧") == "␛[31m死\ufffdね\ufffd👨‍👩‍👧"


def test_a_draft_without_findings_is_one_segment() -> None:
    """Nothing is marked."""
    assert segments("abc", []) == (Segment(0, 3, None, ()),)


def test_overlapping_findings_share_a_segment(making: type[Maker]) -> None:
    """Where two overlap the weightier shows, and each ends with its own number."""
    made = making("abcdef").note("abcd", "caution").note("cdef", "stop").note(None, "confirm")
    assert segments("abcdef", made.findings) == (
        Segment(0, 2, "caution", ()),
        Segment(2, 4, "stop", (1,)),
        Segment(4, 6, "stop", (2,)),
    )
