"""Letters of a picture become a text, and the words of the text lead back to places in the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Draft, Span
from ryoshiki.reading.photo.page import Page, blocks
from ryoshiki.reading.photo.plates import joined
from ryoshiki.sight import Box, Code, Line, Sight

NAME = Line("氏名 室山 花子", Box(100, 100, 300, 130))
BIRTH = Line("生年月日 昭和58年4月12日", Box(100, 150, 400, 180))
MENU = Line("コーヒー", Box(800, 100, 900, 130))


def page(*lines: Line, codes: tuple[Code, ...] = ()) -> Page:
    return Page(Sight("a.jpg", 1000, 800, lines=lines, codes=codes))


def test_a_sheet_is_read_as_a_whole() -> None:
    """Lines of one sheet follow each other, whatever stands beside it at the same height."""
    assert page(NAME, MENU, BIRTH).text == "氏名 室山 花子\n生年月日 昭和58年4月12日\nコーヒー"


def test_words_lead_back_to_their_lines() -> None:
    found = page(NAME, BIRTH, MENU)
    at = found.text.index("昭和")
    assert found.boxes(Span(at, at + 2)) == (BIRTH.box,)
    assert found.boxes(Span(3, at + 2)) == (NAME.box, BIRTH.box)


def test_a_sheet_has_a_box_of_its_own() -> None:
    """Around the lines that stand together, and none of the others."""
    assert page(NAME, MENU, BIRTH).sheets([Span(0, 2)]) == (Box(100, 100, 400, 180),)


def test_codes_are_read_as_letters() -> None:
    code = Code("QRCode", "https://city.example/", Box(500, 500, 600, 600))
    found = page(NAME, codes=(code,))
    assert found.text.endswith("https://city.example/")
    assert found.boxes(Span(len(found.text) - 5, len(found.text))) == (code.box,)


def test_letters_are_a_draft_on_the_same_account() -> None:
    whole = Draft("昼", platform="facebook", account="official")
    letters = page(NAME).draft(whole)
    assert letters is not None
    assert (letters.text, letters.platform, letters.account) == (NAME.text, "facebook", "official")
    assert page().draft(whole) is None
    assert page(Line("\0\ud800", NAME.box)).draft(whole) is None


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 200), st.integers(1, 60)), max_size=20)
)
def test_every_box_stands_in_one_block(given_boxes: list[tuple[int, int, int, int]]) -> None:
    boxes = list({Box(x, y, x + w, y + h) for x, y, w, h in given_boxes})
    assert sorted(box for block in blocks(boxes) for box in block) == sorted(boxes)


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["室蘭500", "さ12-34"], "室蘭 500 さ 12-34"),
        (["室蘭 500", "さ 12-34"], "室蘭 500 さ 12-34"),
        (["札幌 33A", "す・・12"], "札幌 33A す ・・12"),
        (["函館300", "63-08"], "函館 300 ○ 63-08"),
    ],
)
def test_a_plate_becomes_one_line(lines: list[str], read: str) -> None:
    """As a reader gives it: the kana with the number, or lost."""
    upper, lower = Line(lines[0], Box(140, 100, 260, 130)), Line(lines[1], Box(110, 135, 290, 200))
    assert [line.text for line in joined([upper, MENU, lower])] == ["コーヒー", read]


def test_the_kana_may_stand_by_itself() -> None:
    upper, kana = Line("函館300", Box(140, 100, 260, 130)), Line("た", Box(80, 150, 105, 180))
    (plate,) = joined([upper, kana, Line("63-08", Box(110, 135, 290, 200))])
    assert (plate.text, plate.box) == ("函館 300 た 63-08", Box(80, 100, 290, 200))


def test_prices_and_dates_are_no_plates() -> None:
    """Nothing is joined that is not one above the other, or is written otherwise."""
    menu = [Line("定食 500", Box(100, 100, 200, 130)), Line("10-12", Box(600, 135, 700, 170))]
    assert joined(menu) == tuple(menu)
    small = [Line("定食 500", Box(100, 100, 200, 130)), Line("10-12", Box(120, 135, 180, 150))]
    assert joined(small) == tuple(small)
