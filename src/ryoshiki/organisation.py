"""The ``[organisation]`` table of a guideline: what an organisation says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from ryoshiki.model import GuidelineError, OfficialAccount, Organisation, Shift

_LISTS = (
    "short_names",
    "domains",
    "sections",
    "offices",
    "public_phones",
    "public_addresses",
    "public_emails",
    "office_holders",
    "code_names",
    "words",
)
_HASH = re.compile(r"[0-9a-f]{16}\Z")
_OTHERS = ("name", "tell", "timezone", "closed_days", "closed_dates", "shift", "account")


def organisation(table: Any, error: Callable[[str, str], GuidelineError]) -> Organisation:
    """Build the organisation from its table; ``error(reason, near)`` makes the exception to raise."""
    if not isinstance(table, Mapping) or not isinstance(table.get("name"), str):
        raise error("[organisation] with a name is needed", "[organisation]")
    unknown = set(table) - {*_LISTS, *_OTHERS}
    if unknown:
        key = sorted(unknown)[0]
        raise error(f"organisation: {key!r} is unknown", key)
    lists = {key: _texts(table, key, error) for key in _LISTS}
    try:
        zone = table.get("timezone", "Asia/Tokyo")
        _verify_zone(zone)
        return Organisation(
            name=table["name"],
            tell=str(table.get("tell", "")),
            timezone=zone,
            closed_days=tuple(_month_day(d) for d in table.get("closed_days", ())),
            closed_dates=tuple(
                d if isinstance(d, date) else date.fromisoformat(d) for d in table.get("closed_dates", ())
            ),
            shifts=tuple(_shift(s) for s in table.get("shift", ())),
            accounts=tuple(_account(a) for a in table.get("account", ())),
            **lists,
        )
    except (KeyError, TypeError, ValueError) as reason:
        raise error(f"organisation: {reason}", "[organisation]") from None


def _texts(table: Mapping[str, Any], key: str, error: Callable[[str, str], GuidelineError]) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise error(f"organisation.{key}: a list of texts is needed", key)
    return tuple(values)


def _month_day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2024-{text}")  # a leap year, so that 02-29 can be named
    return day.month, day.day


def _shift(table: Mapping[str, Any]) -> Shift:
    start, end = _time(table["start"]), _time(table["end"])
    breaks = tuple((_time(a), _time(b)) for a, b in table.get("breaks", ()))
    weekdays = frozenset(table.get("weekdays", range(5)))
    if start == end or any(a >= b for a, b in breaks) or not weekdays <= set(range(7)):
        raise ValueError(f"shift {table.get('name', '')!r}: start, end, breaks or weekdays do not fit")
    return Shift(str(table.get("name", "")), start, end, breaks, weekdays, bool(table.get("holidays", False)))


def _account(table: Mapping[str, Any]) -> OfficialAccount:
    given = {key: table.get(key, "") for key in ("platform", "handle", "name", "picture")}
    unknown = set(table) - set(given)
    if unknown or not all(isinstance(value, str) for value in given.values()):
        raise ValueError(f"account {given['handle']!r}: platform, handle, name and picture are texts; nothing else")
    if not given["platform"] or not given["handle"]:
        raise ValueError("account: platform and handle are needed")
    if given["picture"] and not _HASH.match(given["picture"]):
        raise ValueError(
            f"account {given['handle']!r}: picture is no hash (ryoshiki lookalikes --picture FILE tells it)"
        )
    return OfficialAccount(**given)


def _time(value: Any) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


def _verify_zone(zone: str) -> None:
    if zone == "Asia/Tokyo":  # needs no time zone data, which Windows lacks
        return
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        raise ValueError(f"timezone {zone!r} is not known on this machine") from None
