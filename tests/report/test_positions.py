"""Lines, columns and UTF-16 are computed from code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.report.positions import Lines, Place, from_utf16, to_utf16, utf16_length

FAMILY = "👨‍👩‍👧𠮷死ね"


def test_an_astral_character_counts_twice() -> None:
    """Eight code points are twelve UTF-16 code units."""
    assert (len(FAMILY), utf16_length(FAMILY)) == (8, 12)


@given(st.text())
def test_utf16_length_is_that_of_the_encoding(text: str) -> None:
    """The count agrees with Python's own encoder."""
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(st.text(), st.integers(min_value=0, max_value=50))
def test_offsets_come_back(text: str, offset: int) -> None:
    """To UTF-16 and back is the same place."""
    offset = min(offset, len(text))
    assert from_utf16(text, to_utf16(text, offset)) == offset


def test_an_offset_inside_a_pair_is_that_of_the_character() -> None:
    """Half a character belongs to the character."""
    assert from_utf16("𠮷a", 1) == 0


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
