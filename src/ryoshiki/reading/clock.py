"""The author's working time: shifts, breaks, public holidays and closed days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from ryoshiki.model import Organisation, RyoshikiError, Shift

_JAPAN = timezone(timedelta(hours=9), "JST")  # no summer time, and Windows has no zone table of its own


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of posting in the organisation's zone, and the shift that was on duty then, if any."""

    at: datetime
    shift: Shift | None


def read_clock(posted_at: datetime, organisation: Organisation, shift: str | None = None) -> Clock:
    """Read ``posted_at`` (any offset) by the author's shift; see `working`."""
    return Clock(local(posted_at, organisation), working(posted_at, organisation, shift))


def zone(name: str) -> tzinfo:
    """The zone by its IANA name.

    Raises:
        ValueError: no such zone on this machine (zoneinfo's KeyError among them).
    """
    if name == "Asia/Tokyo":
        return _JAPAN
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as reason:
        raise ValueError(f"timezone: {name!r} is not known on this machine") from reason


def local(moment: datetime, organisation: Organisation) -> datetime:
    return moment.astimezone(zone(organisation.timezone))


def working(posted_at: datetime, organisation: Organisation, shift: str | None = None) -> Shift | None:
    """The author's shift if ``posted_at`` lies in its hours, outside its breaks, on a day it works; else None.

    The author's shift is the one called ``shift``, or the organisation's first. A shift that ends at or before
    its start runs into the next morning, which still belongs to the day it began on.

    Raises:
        RyoshikiError: the organisation has no shift of that name.
    """
    own = _own(organisation, shift)
    if own is None:
        return None
    at = local(posted_at, organisation)
    day, now = at.date(), at.time()
    if own.end <= own.start and now < own.end:
        day -= timedelta(days=1)
    elif not (own.start <= now and (own.end <= own.start or now < own.end)):
        return None
    if any(_within(now, start, end) for start, end in own.breaks) or not works_on(day, own, organisation):
        return None
    return own


def works_on(day: date, shift: Shift, organisation: Organisation) -> bool:
    """Whether a shift works on that day. One that works on public holidays works on closed days too."""
    if day.weekday() not in shift.weekdays:
        return False
    if shift.holidays:
        return True
    closed = (day.month, day.day) in organisation.closed_days or day in organisation.closed_dates
    return not closed and not public_holiday(day)


@lru_cache(maxsize=1024)
def public_holiday(day: date) -> bool:
    """Whether ``day`` is a public holiday in Japan, substitute holidays included."""
    import jpholiday  # loaded only when a draft has a time

    return bool(jpholiday.is_holiday(day))


def hours(shift: Shift) -> str:
    """The hours as a message shows them: 8:45〜17:30."""
    return f"{_shown(shift.start)}〜{_shown(shift.end)}"


def _own(organisation: Organisation, name: str | None) -> Shift | None:
    if name is None:
        return organisation.shifts[0] if organisation.shifts else None
    for shift in organisation.shifts:
        if shift.name == name:
            return shift
    raise RyoshikiError(f"shift: {name!r} is none of {', '.join(s.name for s in organisation.shifts) or 'no shifts'}")


def _within(now: time, start: time, end: time) -> bool:
    return start <= now < end if start <= end else now >= start or now < end


def _shown(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"
