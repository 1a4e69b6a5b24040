"""Lines are cut by terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.report.cells import cells, wrap


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("漢字", 4), ("ｶﾞ", 2), ("e\u0301", 1), ("👨‍👩‍👧", 2), ("あ\u200bい", 4)]
)
def test_a_japanese_letter_takes_two_cells(text: str, width: int) -> None:
    """Full-width letters take two cells, combining and hidden ones none."""
    assert cells(text) == width


@given(st.text(), st.integers(min_value=2, max_value=40))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    """Every character but the line ends stands in one line, and no line is too wide."""
    ranges = wrap(text, width)
    assert "".join(text[a:b] for a, b in ranges) == text.replace("\n", "")
    assert all(cells(text[a:b]) <= width or b - a == 1 for a, b in ranges)


def test_no_line_begins_with_a_closing_mark() -> None:
    """The letter before a full stop goes to the next line with it."""
    text = "これは。それは"
    assert [text[a:b] for a, b in wrap(text, 6)] == ["これ", "は。そ", "れは"]


def test_a_number_is_not_cut() -> None:
    """A telephone number goes to the next line whole."""
    text = "番号は090-0000-1234です"
    assert [text[a:b] for a, b in wrap(text, 16)] == ["番号は", "090-0000-1234で", "す"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    """There is no way to keep it whole."""
    assert wrap("a" * 10, 4) == ((0, 4), (4, 8), (8, 10))
