"""Dates as a draft writes them: the forms, and what the words state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from ryoshiki.reading.deferred import Deferred

WEEKDAYS = "月火水木金土日"
# The Western year before each era's year 1, and the days on which the era began and ended.
ERAS: dict[str, tuple[int, date, date]] = {
    "明治": (1867, date(1868, 10, 23), date(1912, 7, 30)),
    "大正": (1911, date(1912, 7, 30), date(1926, 12, 25)),
    "昭和": (1925, date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (1988, date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (2018, date(2019, 5, 1), date.max),
}
_LETTERS = dict(zip("mtshr", ERAS, strict=True))
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_ERA_NUMBER = "(?:元|[0-9]{1,3}|[一二三四五六七八九十百]{1,5})"
_WESTERN = "(?:[12][0-9]{3}|[一二][〇一二三四五六七八九]{3})"
_NAMES = "|".join(ERAS)
_YEAR = (
    rf"(?:(?P<era>{_NAMES})\s?(?P<n>{_ERA_NUMBER})\s?(?:年(?P<fiscal>度)?)?"
    rf"(?:\s?[(/=]\s?(?:西暦)?(?P<w>{_WESTERN})\s?(?:年(?P<w_fiscal>度)?)?\s?\)?(?:年度?)?)?"
    rf"|(?:西暦)?(?P<w2>{_WESTERN})\s?(?:年(?P<w2_fiscal>度)?)?\s?[(/=]\s?(?P<era2>{_NAMES})\s?(?P<n2>{_ERA_NUMBER})"
    rf"\s?(?:年(?P<fiscal2>度)?)?\s?\)?(?:年度?)?"
    rf"|(?P<letter>[mtshr])(?P<n3>[0-9]{{1,2}})年(?P<fiscal3>度)?"
    rf"|(?:西暦)?(?P<w4>{_WESTERN})\s?年(?P<w4_fiscal>度)?)"
)
_WEEK = (
    rf"(?:\s?[(\[<【〔]\s?(?P<holiday>祝日?[・,、/]?)?(?P<boxed>[{WEEKDAYS}]|mon|tue|wed|thu|fri|sat|sun)"
    r"(?P<rest>[^()\[\]<>【】〔〕\n]{0,20})[)\]>】〕]"
    rf"|\s?(?P<link>[・,、はがの]?)\s?(?P<open>[{WEEKDAYS}])曜(?P<long>日)?"
    rf"|・(?P<dot>[{WEEKDAYS}])"
    r"|\s?(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})?"
)
# The forms of a date, each behind the letters of which it needs one.
_FORMS = tuple(
    (letters, Deferred("(?i)" + form))
    for letters, form in (
        ("月", rf"(?:{_YEAR}\s?の?\s?)?(?P<m>{_N})\s?月\s?(?P<d>{_N})\s?(?P<nichi>日)?{_WEEK}"),
        (
            "/.-",
            r"(?:(?:(?P<y>(?:19|20)[0-9]{2})|(?P<letter>[mtshr])(?P<n3>[0-9]{1,2}))(?P<s1>[/.-]))?"
            rf"(?P<m>[0-9]{{1,2}})(?P<s2>[/.-])(?P<d>[0-9]{{1,2}}){_WEEK}",
        ),
        ("日", rf"(?P<d>{_N})\s?日{_WEEK}"),
        ("年", _YEAR),
    )
)
_REST = Deferred(rf"^(?:曜日?)?(?:$|[・,、/ ]?(?:祝|休|振)|[・,、/~〜 ]\s?(?:[^{WEEKDAYS}]|$))")
_REST_HOLIDAY = Deferred("祝|振休|振替休|休日")
_AFTER_SLASH = Deferred(r"^(?:\s?(?:~|〜|から|まで|付|締|開催|発売|夜|朝|午[前後]|[0-9]{1,2}[:時])|\s|$)")
_AFTER_BRIEF = Deferred(r"^(?:$|[^\p{Han}\p{Katakana}]|[夜朝昼午深晩夕])")  # 土曜夜 is a day, 日曜大工 is not
_AFTER_IS = Deferred(r"^(?:の|授業|振替|ダイヤ|コース|時間割|休)")  # 21日は木曜日の時間割
_SEVERAL = Deferred(rf"^[・,、と~〜]?\s?[{WEEKDAYS}](?:曜|[)])")
_NOT_A_DAY = Deferred("(?:あと|残り|[週第約丸全計]|延べ|のべ|毎月|各月|[0-9一二三四五六七八九十.,]|[^先今来]月|^月)$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, or a bare year, at ``[start, end)`` of the text read.

    ``year`` is the Western year that the words state (by era or outright); ``western`` the one written in Western
    figures; ``fiscal`` tells that it is a business year. ``likely_years`` are the years it may belong to, stated
    or not, and ``candidates`` the days it may mean, likeliest first; empty when nothing can be said.
    """

    start: int
    end: int
    year: int | None = None
    era: tuple[str, int] | None = None
    western: int | None = None
    western_at: tuple[int, int] | None = None
    fiscal: bool = False
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    weekday_at: tuple[int, int] | None = None
    holiday: bool = False
    slashed: bool = False
    likely_years: tuple[int, ...] = ()
    candidates: tuple[date, ...] = ()

    @property
    def resolved(self) -> date | None:
        """The likeliest day, or None."""
        return self.candidates[0] if self.candidates else None


def number(word: str) -> int | None:
    """The value of 12, 十二, 二〇二六 or 元; None when it is no number."""
    if word.isdecimal():
        return int(word)
    if word == "元":
        return 1
    if not word or any(c not in "〇一二三四五六七八九十百" for c in word):
        return None
    digits = "〇一二三四五六七八九"
    if "十" not in word and "百" not in word:
        return int("".join(str(digits.index(c)) for c in word)) if len(word) in (1, 4) else None
    hundreds, _, below = word.rpartition("百")
    tens, ten, ones = below.rpartition("十")
    if any(len(part) > 1 or part in ("十", "百") for part in (hundreds, tens, ones)):
        return None
    hundred = digits.index(hundreds or "一") if "百" in word else 0
    return hundred * 100 + (digits.index(tens or "一") if ten else 0) * 10 + (digits.index(ones) if ones else 0)


def day_of(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ANY_FIGURE = re.compile("[0-9一二三四五六七八九十〇元] ?[月日年/.曜(-]")


def possible(text: str) -> bool:
    """Whether a folded text could hold a date. Most do not, and this tells so for a tenth of the price of the forms."""
    return _ANY_FIGURE.search(text) is not None


def mentions(text: str) -> tuple[DateMention, ...]:
    """Every date and bare year in NFKC-folded ``text``, in order and apart, not yet resolved."""
    if not possible(text):
        return ()
    found: list[DateMention] = []
    for letters, form in _FORMS:
        matches = form.finditer(text) if any(letter in text for letter in letters) else ()
        found += [mention for m in matches if (mention := _mention(text, m.start(), m.end(), _places(m)))]
    return tuple(_apart(sorted(found, key=lambda mention: (mention.start, -mention.end))))


def _apart(mentions: list[DateMention]) -> Iterator[DateMention]:
    end = 0
    for mention in mentions:
        if mention.start >= end:
            yield mention
            end = mention.end


def _places(m: Any) -> dict[str, tuple[int, int]]:
    """Where each named group stands; RE2's matches know groups by number only."""
    return {name: m.span(at) for name, at in m.re.groupindex.items() if m.start(at) >= 0}


def _mention(text: str, start: int, end: int, at: dict[str, tuple[int, int]]) -> DateMention | None:
    said = {name: text[slice(*place)] for name, place in at.items()}
    before, stated = text[max(0, start - 3) : start], _year(said, at)
    if _letter_or_figure(before[-1:]):
        return None
    if "d" not in said:
        return DateMention(start, end, **stated) if "年" in text[start:end] else None
    month, day = number(said.get("m", "0")), number(said["d"])
    if month is None or day is None:
        return None
    week = _week(text, end, said, at)
    if not week:  # what follows is no weekday: the date ends before it
        end = at["nichi"][1] if "nichi" in at else at["d"][1] + ("m" not in at)
    mention = DateMention(start, end, month=month if "m" in at else None, day=day, **week, **stated)
    if "s2" in said:
        holds = _slash_holds(text, said, mention)
        return replace(mention, slashed=True) if holds else None
    if "m" not in said:
        saying = (day, said.get("link")) == (13, "の")  # 13日の金曜日 is a film and a saying
        return None if mention.weekday is None or saying or _NOT_A_DAY.search(before) else mention
    if before and before[-1] in "一二三四五六七八九十.":
        return None
    return mention if "nichi" in said or mention.weekday is not None else None


def _letter_or_figure(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _slash_holds(text: str, said: dict[str, str], mention: DateMention) -> bool:
    """Whether 7/18 is a date and not a fraction, a score, a version or a part of an address."""
    before, after = text[max(0, mention.start - 1) : mention.start], text[mention.end : mention.end + 6]
    month, day = mention.month or 0, mention.day or 0
    if (before and before in "/.-:+=_#@") or not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    if "s1" in said:
        return said["s1"] == said["s2"] and not _letter_or_figure(after[:1]) and after[:1] != "/"
    if mention.weekday is not None:
        return True
    return said["s2"] == "/" and bool(_AFTER_SLASH.search(after)) and (not before or before in "\n 【「『(・:、。")


def _year(said: dict[str, str], at: dict[str, tuple[int, int]]) -> dict[str, Any]:
    stated: dict[str, Any] = {"fiscal": any("fiscal" in name for name in said)}
    western = next((name for name in ("w", "w2", "w4", "y") if name in said), None)
    if western:
        stated["western"] = stated["year"] = number(said[western])
        stated["western_at"] = at[western]
    era = said.get("era") or said.get("era2") or _LETTERS.get(said.get("letter", "").lower())
    count = number(next((said[name] for name in ("n", "n2", "n3") if name in said), "x")) if era else None
    if era and count is not None:
        stated["era"] = (era, count)
        stated["year"] = ERAS[era][0] + count
    return stated


def _week(text: str, end: int, said: dict[str, str], at: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """The weekday said beside a date; empty when none is, or when the bracket holds something else."""
    letter, after, holiday = "", text[end : end + 6], False
    if "boxed" in said:
        letter, rest, place = said["boxed"].lower(), said["rest"], at["boxed"]
        if letter not in WEEKDAYS:
            letter = _english((letter + rest).rstrip(". ").lower())
        elif not _REST.search(rest):
            return {}
        holiday = "holiday" in said or bool(_REST_HOLIDAY.search(rest))
    elif "open" in said:
        letter, place = said["open"], at["open"]
        other = ("long" not in said and not _AFTER_BRIEF.search(after)) or _SEVERAL.search(after)
        if other or (said.get("link") in ("は", "が") and _AFTER_IS.search(after)):
            return {}
    elif "dot" in said and (not after or after[0] in ")]」』】 \n、,~"):  # (8月10日・月)
        letter, place = said["dot"], at["dot"]
    elif "english" in said:
        place = (at["english"][0], end)
        letter = _english(text[slice(*place)].lower())
    return {"weekday": WEEKDAYS.index(letter), "weekday_at": place, "holiday": holiday} if letter else {}


@lru_cache(maxsize=64)
def _english(word: str) -> str:
    fits = [i for i, name in enumerate(_ENGLISH) if word == name or (3 <= len(word) <= 5 and name.startswith(word))]
    return WEEKDAYS[fits[0]] if fits else ""
