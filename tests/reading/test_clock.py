"""The clock knows the author's shift, its breaks, holidays and closed days, in the organisation's own zone."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Organisation, RyoshikiError, Shift
from ryoshiki.reading.clock import hours, public_holiday, read_clock, working, zone

DAY = Shift("標準", time(8, 45), time(17, 30), ((time(12), time(13)),), frozenset(range(5)), holidays=False)
NIGHT = Shift("夜間", time(22), time(6), ((time(1), time(2)),), frozenset(range(7)), holidays=True)
NEW_YEAR = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))


def organisation(*shifts: Shift, closed: tuple[date, ...] = (), timezone: str = "Asia/Tokyo") -> Organisation:
    return Organisation(
        name="試験市",
        **dict.fromkeys(
            (
                *("short_names", "domains", "sections", "offices", "public_phones", "public_addresses"),
                *("public_emails", "office_holders", "code_names", "words"),
            ),
            (),
        ),
        tell="所属長",
        closed_days=NEW_YEAR,
        closed_dates=closed,
        shifts=shifts,
        timezone=timezone,
    )


CITY = organisation(DAY, NIGHT, closed=(date(2026, 7, 9),))


@pytest.mark.parametrize(
    ("moment", "on_duty"),
    [
        ("2026-07-08T08:44+09:00", False),
        ("2026-07-08T08:45+09:00", True),
        ("2026-07-08T11:59+09:00", True),
        ("2026-07-08T12:00+09:00", False),
        ("2026-07-08T12:59+09:00", False),
        ("2026-07-08T13:00+09:00", True),
        ("2026-07-08T17:29+09:00", True),
        ("2026-07-08T17:30+09:00", False),
        ("2026-07-08T01:00+00:00", True),
        ("2026-07-07T20:00-05:00", True),
        ("2026-07-11T10:00+09:00", False),
        ("2026-07-20T10:00+09:00", False),
        ("2026-09-22T10:00+09:00", False),
        ("2025-05-06T10:00+09:00", False),
        ("2026-12-28T10:00+09:00", True),
        ("2026-12-29T10:00+09:00", False),
        ("2027-01-04T10:00+09:00", True),
        ("2026-07-09T10:00+09:00", False),
    ],
)
def test_the_first_shift_is_the_authors(moment: str, on_duty: bool) -> None:
    """Hours are half-open; breaks, weekends, holidays (the substitute and the bridging ones too) are free."""
    assert (working(datetime.fromisoformat(moment), CITY) is DAY) == on_duty


@pytest.mark.parametrize(
    ("moment", "on_duty"),
    [
        ("2026-07-08T21:59+09:00", False),
        ("2026-07-08T22:00+09:00", True),
        ("2026-07-09T01:30+09:00", False),
        ("2026-07-09T05:59+09:00", True),
        ("2026-07-09T06:00+09:00", False),
        ("2027-01-01T23:00+09:00", True),
    ],
)
def test_a_night_shift_runs_into_the_next_morning(moment: str, on_duty: bool) -> None:
    """One that works on holidays works at New Year as well."""
    assert (working(datetime.fromisoformat(moment), CITY, "夜間") is NIGHT) == on_duty


def test_an_unknown_shift_is_refused() -> None:
    """The message names the ones there are."""
    with pytest.raises(RyoshikiError, match="標準, 夜間"):
        working(datetime.fromisoformat("2026-07-08T10:00+09:00"), CITY, "早番")


def test_without_shifts_nobody_is_on_duty() -> None:
    """The clock still tells the local time."""
    clock = read_clock(datetime.fromisoformat("2026-07-08T01:05+00:00"), organisation())
    assert (clock.at.hour, clock.shift) == (10, None)


def test_another_zone_is_read_by_its_own_hours() -> None:
    """Ten in the morning in London is evening in Tokyo."""
    london = organisation(DAY, timezone="Europe/London")
    assert working(datetime.fromisoformat("2026-07-08T18:00+09:00"), london) is DAY


def test_an_unknown_zone_is_refused() -> None:
    """Tokyo needs no zone table; others must be known."""
    assert zone("Asia/Tokyo").utcoffset(None) is not None
    with pytest.raises(ValueError, match="Nowhere"):
        zone("Asia/Nowhere")


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(zone("Asia/Tokyo"))))
def test_nobody_is_on_duty_on_a_day_off(moment: datetime) -> None:
    """Whatever the hour."""
    day = moment.date()
    off = day.weekday() > 4 or public_holiday(day) or (day.month, day.day) in NEW_YEAR
    assert not (off and working(moment, CITY))


def test_hours_are_shown_as_people_write_them() -> None:
    """No leading zero on the hour."""
    assert hours(DAY) == "8:45〜17:30"
