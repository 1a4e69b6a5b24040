"""The moment of a post, from the many ways in which services write it, in Japan's time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

JST = timezone(timedelta(hours=9), "JST")  # no summer time, and Windows has no zone table of its own

_YEARS = range(1990, 2101)
_X = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-]\d{4}) (\d{4})")
_RFC = re.compile(r"(?:[A-Z][a-z]{2}, *)?\d{1,2} [A-Z][a-z]{2} \d{4} ")
_NUMBER = re.compile(r"\d{9,16}(?:\.\d{1,9})?")
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_DAY = r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?|(?P<m2>\d{1,2})/(?P<d2>\d{1,2})/(?P<y2>\d{4})"
_TIME = (
    r"(?P<half>午前|午後)?(?P<hour>\d{1,2})[:時](?:(?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})(?:\.\d{1,9})?秒?)?)?"
    r"\s*(?P<half2>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|JST|[+-]\d\d:?\d\d)?"
)
_GENERAL = re.compile(rf"(?:{_DAY})(?:\s*[(（][月火水木金土日][)）])?(?:[T\s,、]*{_TIME})?")


def at_seconds(value: object) -> datetime | None:
    """Seconds, or milliseconds or microseconds where there are so many, since 1970; None if that cannot be meant."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    value /= 1_000_000 if value > 1e14 else 1_000 if value > 1e11 else 1
    try:
        return _meant(datetime.fromtimestamp(value, UTC))
    except (ValueError, OSError, OverflowError):
        return None


def moment(text: object, zone: tzinfo = JST) -> datetime | None:
    """The moment that ``text`` names, in Japan's time; None if it names none.

    Read are ISO 8601, RFC 2822, X's own form, seconds, and what people write (2026/6/12 21:14, 6/12/2026 9:14 PM,
    2026年6月12日 21時14分). Without an offset it is of ``zone``; a day alone is its midnight.
    """
    if not isinstance(text, str) or len(text) > 80:
        return at_seconds(text)
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return at_seconds(text)
    try:
        if found := _X.fullmatch(text):
            month, day, hour, minute, second, offset, year = found.groups()
            return _meant(
                datetime.fromisoformat(
                    f"{year}-{_MONTHS.index(month) // 3 + 1:02}-{day}T{hour}:{minute}:{second}{offset}"
                )
            )
        if _RFC.match(text):
            return _meant(_aware(parsedate_to_datetime(text), zone))
        return _general(text, zone)
    except (ValueError, OverflowError, TypeError):
        return None


def _general(text: str, zone: tzinfo) -> datetime | None:
    found = _GENERAL.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    day = [int(part[key] or part[key + "2"]) for key in "ymd"]
    hour = int(part["hour"] or 0)
    half = (part["half2"] or "").replace(".", "").lower() or {"午前": "am", "午後": "pm"}.get(part["half"] or "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    local = datetime(day[0], day[1], day[2], hour, int(part["minute"] or 0), int(part["second"] or 0))
    return _meant(local.replace(tzinfo=_offset(part["zone"], zone)))


def _offset(named: str | None, zone: tzinfo) -> tzinfo:
    if named is None:
        return zone
    if named == "JST":
        return JST
    if named in ("Z", "UTC", "GMT"):
        return UTC
    minutes = int(named[1:3]) * 60 + int(named[-2:])
    return timezone(timedelta(minutes=-minutes if named[0] == "-" else minutes))


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _meant(moment: datetime) -> datetime | None:
    local = moment.astimezone(JST)
    return local if local.year in _YEARS else None
