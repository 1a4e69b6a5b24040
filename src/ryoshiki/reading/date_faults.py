"""What can be seen to be wrong with dates and times, from the words alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ryoshiki.reading.date_forms import ERAS, WEEKDAYS, DateMention, day_of, number
from ryoshiki.reading.deferred import Deferred
from ryoshiki.reading.times import TimeMention

# A wrong date that is quoted to be corrected, asked about or joked about is no fault of the draft.
_TAKEN_BACK = Deferred(
    r"^[」』)\]'\"]?(?:[^。\n]{0,20}?(?:の誤り|は誤り|が誤り|ではなく|でなく|じゃなく|の間違い|は誤記|の誤植|と誤っ|とあるのは|とありました)"
    r"|という日|という年|[^。\n]{0,10}(?:存在し|存在する|実在)|(?:って|なんて|とか)[^。\n]{0,12}(?:ない|無い|ある|何|なに|いつ|変|おかし)"
    r"|は(?:ありません|ないよ|ないです|ないん|無い|来ない)|換算|相当|にあたる|に当たる|だったら|なら)"
)
_PUT_RIGHT = Deferred(r"正しくは|正:|\(正\)|【正】|→|⇒|⇨|➡|=>")
_WRONGLY = Deferred(r"(?:誤:|誤\)|【誤】|誤 |×|✕|❌|取り消し線)\s?$")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NO_DAY_NAMED = frozenset({(8, 32)})  # 8月32日 is a well-known joke about a game
_BORN = Deferred(r"生まれ|誕生日|うるう|閏|平年|4年に|四年に")
_MONTHS_OLD = Deferred(r"生後|月齢|歳")
# Counts that go on past an era's end on purpose: 昭和100年, 明治150年.
_COUNTED_ON = {"明治": 100, "大正": 100, "昭和": 90, "平成": 100, "令和": 1000}

_TO = Deferred(r"^\s?(?:から|より|[~\-–—―ー])\s?$")
_SINCE = Deferred("から|より")
_UNTIL = Deferred(
    r"^\s?(?:の?(?:午前|午後)?\s?[0-9]{1,2}(?:時(?:半|[0-9]{1,2}分)?|:[0-9]{2}))?\s?(?:まで|迄|の間|の期間)"
)
_MOVED = Deferred(r"^\s?(?:に|へ)(?:[^。\n]{0,6})(?:変|延|順延|前倒|繰|移|ずら|なり)")
_BARE_END = Deferred(r"^(?P<to>\s?(?:から|[~\-–—―ー])\s?)(?P<d>[0-9]{1,2})日(?P<until>まで)?")
_NOT_A_DATE = Deferred("^[間目後前分程ほ以]")
_CLOCK_CUE = Deferred(r"^\s?(?:[~から]|まで|に?(?:開|集合|受付|スタート|start|発|着|終了|締)|より|に)")
_CLOCK_BEFORE = Deferred(
    rf"(?:午前|午後|[)日~]|から|開場|開演|開始|集合|受付|時間|時刻|日時|[{WEEKDAYS}]曜日?)[:はが、 ]?$"
)
_RATIO = Deferred("割合|比率|対|スコア|得点|アスペクト|比")


@dataclass(frozen=True, slots=True)
class Fault:
    """``said`` and ``right`` are words for the message; ``edit`` (start, end, text) mends it, if one step can."""

    start: int
    end: int
    said: str
    right: str
    edit: tuple[int, int, str] | None = None


def wrong_weekdays(text: str, mentions: tuple[DateMention, ...]) -> Iterator[Fault]:
    """Weekdays that fit none of the days that the date may mean."""
    for m in mentions:
        if m.weekday is None or m.weekday_at is None or not m.candidates:
            continue
        if any(day.weekday() == m.weekday for day in m.candidates) or _excused(text, m.start, m.end):
            continue
        right = WEEKDAYS[m.candidates[0].weekday()]
        # Another letter beside a 祝 that no longer holds would only be another mistake.
        edit = None if m.holiday or text[slice(*m.weekday_at)].isascii() else (*m.weekday_at, right)
        yield Fault(m.start, m.end, WEEKDAYS[m.weekday], right, edit)


def mismatched_eras(text: str, mentions: tuple[DateMention, ...]) -> Iterator[Fault]:
    """Era years with another Western year beside them: 令和8年(2027年)."""
    for m in mentions:
        if m.era is None or m.western is None or m.western_at is None or m.year is None:
            continue
        fits = (m.year, m.year + 1) if m.fiscal else (m.year,)
        if m.western in fits or m.era[1] == 0 or _excused(text, m.start, m.end):
            continue
        yield Fault(m.start, m.end, f"{m.western}年", f"{m.year}年", (*m.western_at, str(m.year)))


def impossible_dates(text: str, mentions: tuple[DateMention, ...]) -> Iterator[Fault]:
    """Days that no calendar has, and years that an era never reached. ``right`` says what holds."""
    for m in mentions:
        right = _era_limit(m) or _calendar_limit(m)
        if right is None or _excused(text, m.start, m.end):
            continue
        around = text[max(0, m.start - 40) : m.end + 40]
        if not (_BORN.search(around) and m.day == 29) and not (_MONTHS_OLD.search(around) and (m.month or 0) > 12):
            yield Fault(m.start, m.end, text[m.start : m.end], right)


def _era_limit(m: DateMention) -> str | None:
    if m.era is None:
        return None
    name, count = m.era
    before, first, last = ERAS[name]
    if count == 0:
        return f"{name}は元年から"
    if count >= _COUNTED_ON[name]:
        return None
    if before + count > last.year:
        # Plans of those days did count on: 平成32年度.
        return None if m.fiscal and name == "平成" else f"{name}は{last.year - before}年まで"
    if m.month and m.day and 1 <= m.month <= 12:
        if (before + count, m.month) < (first.year, first.month):
            return f"{name}は{first.year}年{first.month}月{first.day}日から"
        if (before + count, m.month) > (last.year, last.month):
            return f"{name}は{last.year - before}年{last.month}月{last.day}日まで"
    return None


def _calendar_limit(m: DateMention) -> str | None:
    month, day = m.month, m.day
    if month is None or day is None or m.candidates or (m.slashed and m.year is None and m.weekday is None):
        return None
    if month == 0 or (month, day) in _NO_DAY_NAMED or month == day > 31:  # 0月0日 and 99月99日 stand for any date
        return None
    if month > 12:
        return "月は12月まで"
    if day == 0:
        return "日は1日から"
    if day > _DAYS[month - 1]:
        return f"{month}月は{_DAYS[month - 1] if month != 2 else '28日か29'}日まで"
    if day == 29 and month == 2 and m.likely_years:  # none of them is a leap year, or there were candidates
        return f"{m.likely_years[0]}年の2月は28日まで"
    return None


def reversed_periods(text: str, mentions: tuple[DateMention, ...], clock: tuple[TimeMention, ...]) -> Iterator[Fault]:
    """Periods whose end lies before their start, in days or on one day's clock."""
    for a, b in pairwise(mentions):
        # Between the two a time may stand: 6月10日10時から5月29日17時まで.
        between = _without_times(text, a.end, b.start, clock) if b.start - a.end <= 16 else ""
        if not _TO.search(between) or not a.month or not a.day or not b.month or not b.day or a.slashed != b.slashed:
            continue
        after = text[b.end : b.end + 24]
        if (_SINCE.search(between) and not _UNTIL.search(after)) or _MOVED.search(after) or _unsure(a, b):
            continue
        if _days_reversed(a, b) and not _excused(text, a.start, b.end):
            yield _swapped(text, (a.start, a.end), (b.start, b.end))
    for a in mentions:
        yield from _reversed_in_month(text, a)
    for x, y in pairwise(clock):
        if _TO.search(text[x.end : y.start]) and _hours_reversed(x, y) and not _excused(text, x.start, y.end):
            yield _swapped(text, (x.start, x.end), (y.start, y.end))


def _without_times(text: str, start: int, end: int, clock: tuple[TimeMention, ...]) -> str:
    at = bisect_left(clock, start, key=lambda t: t.start)
    if at < len(clock) and clock[at].end <= end and text[start : clock[at].start] in ("", " ", "の"):
        start = clock[at].end
    return text[start:end]


def _unsure(a: DateMention, b: DateMention) -> bool:
    """3/4~1/2 may be anything; a weekday or a year makes it a date."""
    return a.slashed and a.year is None and a.weekday is None and b.weekday is None


def _days_reversed(a: DateMention, b: DateMention) -> bool:
    if not (1 <= (a.month or 0) <= 12 and 1 <= (b.month or 0) <= 12):
        return False
    if a.year is not None and b.year is not None:
        return (a.year, a.month, a.day) > (b.year, b.month, b.day)
    if b.year is not None or (a.month, a.day) <= (b.month, b.day):
        return False
    start, end = day_of(2001, a.month or 0, a.day or 0), day_of(2001, b.month or 0, b.day or 0)
    if start is None or end is None:
        return False
    if a.weekday is not None and b.weekday is not None and a.candidates:
        years = {day.year for day in a.candidates if day.weekday() == a.weekday}
        fits = [(y, roll) for y in years for roll in (0, 1) if _falls(y + roll, b)]
        if fits:
            return all(roll == 0 for _, roll in fits)
    # Without more to go by, a period may run into the next year, but hardly for the best part of one,
    # except for whole years and business years.
    gap = (start - end).days
    return 2 <= gap <= 60 and (b.month, b.day) not in ((3, 31), (12, 31))


def _falls(year: int, m: DateMention) -> bool:
    day = day_of(year, m.month or 0, m.day or 0)
    return day is not None and day.weekday() == m.weekday


def _reversed_in_month(text: str, a: DateMention) -> Iterator[Fault]:
    """6月20日~10日: the month is said once."""
    m = _BARE_END.search(text[a.end : a.end + 12]) if a.month and a.day and not a.slashed else None
    if m is None or (_SINCE.search(m.group("to")) and not m.group("until")):
        return
    day, end, stop = number(m.group("d")), a.end + m.end(), a.end + m.end(2) + 1
    if day is None or _NOT_A_DATE.search(text[end : end + 1]) or _MOVED.search(text[end : end + 12]):
        return
    if 1 <= day < (a.day or 0) and (a.day or 0) - day < 15 and not _excused(text, a.start, end):
        yield _swapped(text, (a.start, a.end), (a.end + m.start(2), stop))


def _hours_reversed(x: TimeMention, y: TimeMention) -> bool:
    """13時~10時. Nights (22時~5時), hotels (15時~10時) and the 12-hour clock (9時~5時) are read kindly."""
    if y.minutes >= x.minutes or x.hour > 29 or y.hour > 29:
        return False
    if x.half and (y.half == x.half):
        return True
    if x.half or y.half:
        return False
    if x.hour == y.hour:
        return x.hour >= 13
    if x.padded or y.padded:
        return y.hour >= 6 and x.hour < 15
    return 13 <= x.hour <= 14 and y.hour >= 7


def _swapped(text: str, a: tuple[int, int], b: tuple[int, int]) -> Fault:
    first, second = text[slice(*a)], text[slice(*b)]
    return Fault(a[0], b[1], f"{first}から{second}", f"{second}から{first}")


def odd_times(text: str, clock: tuple[TimeMention, ...]) -> Iterator[Fault]:
    """Times that no clock shows: 10時75分, 31時, 午後15時. Up to 29 o'clock is the hour after midnight."""
    for t in clock:
        said = text[t.start : t.end]
        if t.colon and not t.half and not _clock_written(text, t):
            continue
        if t.minute > 59:
            right = "分は59まで"
        elif t.half and t.hour > 12:
            right = f"午後{t.hour - 12}時、または{t.hour}時" if _after_noon(t) else "「午前」「午後」の後は12時まで"
        elif t.hour > 29:
            right = "時刻は24時まで"
        else:
            continue
        if not _excused(text, t.start, t.end):
            yield Fault(t.start, t.end, said, right, _plain_hour(said, t))


def _after_noon(t: TimeMention) -> bool:
    return t.half == "pm" and 12 < t.hour < 24


def _plain_hour(said: str, t: TimeMention) -> tuple[int, int, str] | None:
    """午後15時 becomes 午後3時."""
    if not _after_noon(t) or t.minute > 59 or str(t.hour) not in said:
        return None
    return t.start, t.end, said.replace(str(t.hour), str(t.hour - 12), 1)


def _clock_written(text: str, t: TimeMention) -> bool:
    """Whether 25:70 is meant as a time: figures with a colon may be a score or a ratio."""
    before, after = text[max(0, t.start - 12) : t.start], text[t.end : t.end + 8]
    return bool(_CLOCK_BEFORE.search(before) or _CLOCK_CUE.search(after)) and not _RATIO.search(before + after)


def _excused(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 6) : start], text[end : end + 60]
    if _TAKEN_BACK.search(after) or _WRONGLY.search(before):
        return True
    return bool(_PUT_RIGHT.search(after)) and not _PUT_RIGHT.search(before)


FAULTS: dict[str, Callable[[str, tuple[DateMention, ...], tuple[TimeMention, ...]], Iterator[Fault]]] = {
    "weekday": lambda text, days, _: wrong_weekdays(text, days),
    "era": lambda text, days, _: mismatched_eras(text, days),
    "impossible": lambda text, days, _: impossible_dates(text, days),
    "order": reversed_periods,
    "time": lambda text, _, clock: odd_times(text, clock),
}
