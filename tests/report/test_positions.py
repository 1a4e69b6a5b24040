"""Lines, columns and UTF-16 are computed from code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.report.positions import Lines, Place

FAMILY = "👨‍👩‍👧𠮷死ね"


def test_an_astral_character_counts_twice() -> None:
    """Eight code points are twelve UTF-16 code units."""
    assert (len(FAMILY), Lines(FAMILY).utf16(len(FAMILY))) == (8, 12)


@given(st.text(), st.integers(min_value=0, max_value=50))
def test_utf16_is_that_of_the_encoding(text: str, offset: int) -> None:
    """The count agrees with Python's own encoder."""
    offset = min(offset, len(text))
    assert Lines(text).utf16(offset) == len(text[:offset].encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, Place(1, 1)),
        ("ab", 2, Place(1, 3)),
        ("a\nb", 2, Place(2, 1)),
        ("a\r\nb", 3, Place(2, 1)),
        ("a\rb", 2, Place(2, 1)),
        ("a\n", 2, Place(2, 1)),
        ("一\n𠮷死", 3, Place(2, 3)),
    ],
)
def test_places(text: str, offset: int, place: Place) -> None:
    """Lines and columns begin at 1; columns count UTF-16."""
    assert Lines(text).place(offset) == place
