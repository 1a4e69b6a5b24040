"""Moments from what services and people write."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history.times import JST, at_seconds, moment

AT = datetime(2026, 6, 12, 21, 14, 5, tzinfo=JST)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Fri Jun 12 12:14:05 +0000 2026",
            "2026-06-12T12:14:05Z",
            "2026-06-12T12:14:05.123Z",
            "2026-06-12 12:14:05 UTC",
        ),
        *("2026-06-12 12:14:05 +0000", "2026-06-12T21:14:05+09:00", "Fri, 12 Jun 2026 12:14:05 +0000", "1781266445"),
        *(
            "2026/06/12 21:14:05",
            "2026-6-12 21:14:05",
            "06/12/2026 09:14:05 PM",
            "06/12/2026 21:14:05",
            "1781266445000",
        ),
        *(
            "2026年6月12日 21時14分5秒",
            "2026年6月12日（金）午後9時14分5秒",
            "2026.06.12 21:14:05",
            "2026年06月12日21:14:05 JST",
        ),
    ],
)
def test_one_moment_in_many_forms(text: str) -> None:
    """All in Japan's time."""
    found = moment(text)
    assert found == AT
    assert found.utcoffset() == JST.utcoffset(None)


@pytest.mark.parametrize(
    ("text", "hour"), [("12:30 AM", 0), ("12:30 PM", 12), ("1:30 am", 1), ("午前0時30分", 0), ("13:30 PM", 13)]
)
def test_halves_of_the_day(text: str, hour: int) -> None:
    """Midnight and noon are twelve; what has 24 hours keeps them."""
    found = moment(f"2026/06/12 {text}")
    assert found is not None
    assert (found.hour, found.minute) == (hour, 30)


def test_without_an_offset_it_is_the_zone_given() -> None:
    """Japan's unless another is; a day alone is its midnight."""
    assert moment("2026-06-12 12:14:05", UTC) == AT
    assert moment("2026-06-12") == datetime(2026, 6, 12, tzinfo=JST)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "soon",
        "0000-00-00 00:00:00",
        "13/45/2020 10:00",
        "Foo Bar 10 20:19:24 +0000 2018",
        "1850-01-01",
        True,
        -5,
        1e300,
        float("nan"),
        [1],
        "2026-06-12 25:00",
        "9" * 90,
    ],
)
def test_what_is_no_moment(value: object) -> None:
    """None, never an error."""
    assert moment(value) is None


@given(st.text(max_size=90) | st.floats() | st.integers() | st.binary())
def test_nothing_breaks_it(value: object) -> None:
    """Whatever stands there."""
    assert moment(value) is None or at_seconds(value) is not None or isinstance(value, str)
