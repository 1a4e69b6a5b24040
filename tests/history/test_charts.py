"""Charts as inline SVG: what they draw is what the numbers say."""

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history.charts import bar, bars, heat, round_up

LEVELS = ("stop", "caution")
DAYS = list("月火水木金土日")


def rects(svg: str) -> list[dict[str, str]]:
    return [element.attrib for element in ElementTree.fromstring(svg).iter("rect")]


def test_bars_are_as_high_as_their_numbers() -> None:
    """Stacked, the first level at the bottom; no number, no bar."""
    found = rects(bars([("一", Counter(stop=10, caution=5)), ("二", Counter()), ("<&", Counter(stop=5))], LEVELS, "題"))
    assert [r["class"] for r in found] == ["stop", "caution", "stop"]
    high = [float(r["height"]) for r in found]
    assert high[0] == pytest.approx(2 * high[1], abs=0.2)
    assert high[1] == pytest.approx(high[2], abs=0.2)
    assert float(found[1]["y"]) + high[1] == pytest.approx(float(found[0]["y"]), abs=0.2)


def test_few_names_stand_below_many_bars() -> None:
    """So that they do not run into each other."""
    svg = bars([(f"2020-{n}", Counter(stop=1)) for n in range(48)], LEVELS, "題")
    assert len(re.findall(r">2020-\d+</text>", svg)) <= 6


def test_the_heat_map() -> None:
    """168 cells, shaded by their share of the most; working time has frames of its own length."""
    found = rects(heat({(0, 9): 100, (6, 23): 1, (2, 0): 50}, [(0, 525, 1050)], DAYS, "題"))
    shades = Counter(r["class"] for r in found)
    assert shades == Counter({"h0": 165, "h5": 1, "h1": 1, "h3": 1, "duty": 1})
    (frame,) = (r for r in found if r["class"] == "duty")
    assert float(frame["width"]) == pytest.approx(14 * 525 / 60, abs=0.1)


@given(
    st.lists(st.integers(0, 10**6), max_size=60),
    st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 23)), st.integers(0, 10**6)),
)
def test_any_numbers_can_be_drawn(numbers: list[int], counts: dict[tuple[int, int], int]) -> None:
    """Within the picture, and as XML."""
    rows = [(str(n), Counter(stop=n)) for n in numbers]
    for rect in rects(bars(rows, LEVELS, "題")):
        assert float(rect["y"]) >= 11.9
    heat(counts, [], DAYS, "題")
    ElementTree.fromstring(bar(Counter(stop=3), LEVELS, max(numbers, default=0)))


@given(st.integers(0, 10**9))
def test_an_axis_ends_on_a_round_number(number: int) -> None:
    """At least the most, and less than three times it."""
    assert max(1, number) <= round_up(number) <= max(1, 2.5 * number)
