"""The sheet says what is asked; its code leads to the place where one answers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from ryoshiki.desk.consents.form import render
from ryoshiki.desk.consents.ledger import Consent
from ryoshiki.guideline import load

NOW = datetime(2026, 6, 12, tzinfo=UTC)
CHILD = Consent(
    "0123456789abcdef" * 2, "岬<b>", "汐入花子", "港まつり", ("広報", "X"), date(2027, 3, 31),
    "paper", "港湾課", "1", "asked", NOW, None, None, "",
)  # fmt: skip
ADDRESS = "https://desk.city.example/consent/abc-DEF_123"


def test_a_sheet_for_a_guardian() -> None:
    """Who asks, what, where, until when; the name of a person cannot become markup."""
    sheet = render(CHILD, load(), ADDRESS)
    for words in (
        "汐入花子 様",
        "室蘭市 港湾課です",
        "岬&lt;b&gt; さんが写った",
        "広報、X",
        "2027年3月31日まで",
        ADDRESS,
        "01234567",
    ):
        assert words in sheet
    assert "保護者のお名前" in sheet
    assert "<b>" not in sheet


def test_nothing_is_fetched() -> None:
    """The sheet is whole by itself."""
    assert not re.findall(r"(?:src|href)=", render(CHILD, load(), ADDRESS))


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_the_code_can_be_read(address: str) -> None:
    """By a reader that is not its writer; without an address it is the number of the record."""
    zxing = pytest.importorskip("zxingcpp")
    from PIL import Image, ImageDraw

    path = re.search(r'viewBox="0 0 (\d+) \d+".*? d="([^"]+)"', render(CHILD, load(), address), re.S)
    assert path
    side = int(path[1])
    image = Image.new("L", (side + 8, side + 8), 255)
    draw = ImageDraw.Draw(image)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmhv]+)", path[2]):
        values = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            for n in range(int(values[0])):
                draw.point((int(x) + n + 4, int(y) + 4), 0)
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    read = zxing.read_barcodes(image.resize((side * 8, side * 8), Image.Resampling.NEAREST))
    assert [code.text for code in read] == [address or CHILD.id]
