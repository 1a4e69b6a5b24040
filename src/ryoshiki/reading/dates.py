"""Which days the dates of a draft may mean, from the words around them and the day of posting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ryoshiki.reading.date_forms import DateMention, day_of, mentions
from ryoshiki.reading.deferred import Deferred

# Without a stated year a date means the coming one or a recent one: these are the days that count as so.
_BACK, _RECENT, _AHEAD = -270, -60, 305
_RELATIVE = Deferred(r"(?P<which>一昨年|おととし|昨年|去年|今年|本年|再来年|来年|先月|今月|来月)(?:の|は|も|、|,|\s)?$")
_YEARS_AWAY = {"一昨年": -2, "おととし": -2, "昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "再来年": 2}
_MONTHS_AWAY = {"先月": -1, "今月": 0, "来月": 1}
_CARRIED = 4  # so many of the years stated last may stand for a date without one
_SENTENCE = Deferred(r"[^。!?\n]+")
_LONG_AGO = Deferred(r"あの日|当時|年前|誕生日|生まれ|思い出|懐かし|なつかし|昔の|命日|震災|空襲|うるう|閏")
_LAST_YEAR = Deferred(r"(?:昨年|去年)(?:$|[^にとはも度比同よ好])")  # not 昨年に続き, 昨年度, 昨年より
_TO_COME = Deferred(
    r"開催し?ま|行います|募集|申し?込|締め?切|お越し|予定|開[演場]|集合|受付|参加|お待ち|予約|必着|期限"
)
_OVER = Deferred(r"ました|でした|だった|行った")


def dates(text: str, posted: date | None) -> tuple[DateMention, ...]:
    """Every date in NFKC-folded ``text``, in order; offsets are those of ``text``. ``posted`` is the local day."""
    stated = mentions(text)
    return tuple(_resolved(text, stated, posted)) if stated else ()


def sentence_starts(text: str) -> list[int]:
    return [m.start() for m in _SENTENCE.finditer(text)]


@dataclass(frozen=True, slots=True)
class _Tone:
    """What a sentence says of the time it speaks about."""

    long_ago: bool
    last_year: bool
    to_come: bool
    over: bool

    @classmethod
    def of(cls, sentence: str) -> _Tone:
        to_come, over = bool(_TO_COME.search(sentence)), bool(_OVER.search(sentence))
        long_ago = not to_come and bool(_LONG_AGO.search(sentence))
        return cls(long_ago, bool(_LAST_YEAR.search(sentence)), to_come and not over, over)


def _resolved(text: str, stated: tuple[DateMention, ...], posted: date | None) -> Iterator[DateMention]:
    starts = sentence_starts(text)
    tones: dict[int, _Tone] = {}
    last: DateMention | None = None
    years: list[tuple[DateMention, int]] = []  # the ones that stated a year, and up to where it may be carried on
    for mention in stated:
        if mention.day is not None:
            at = bisect_right(starts, mention.start)
            if at not in tones:
                tones[at] = _Tone.of(text[starts[at - 1] if at else 0 : starts[at] if at < len(starts) else len(text)])
            carried = [year for known, to in years if mention.start <= to for year in _carried(known, mention)]
            mention = _Meaning(text, tones[at], mention, last, posted, carried).read()
            last = mention
        if mention.year is not None:
            years = [*years[1 - _CARRIED :], (mention, len(text) if mention.day is not None else mention.end + 60)]
        yield mention


def _carried(known: DateMention, mention: DateMention) -> Iterator[int]:
    """The years that a date takes over from one before it: the same, or the next across the turn of the year."""
    if known.year is not None:
        yield known.year
        if known.fiscal or (known.month or 0) - (mention.month or 0) >= 6:
            yield known.year + 1


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One mention among what stands around it."""

    text: str
    tone: _Tone  # of its sentence
    mention: DateMention
    last: DateMention | None  # the date before it, resolved
    posted: date | None
    carried: list[int]  # years taken over from dates before it

    def read(self) -> DateMention:
        mention = self.mention
        if mention.month is None:
            mention = replace(mention, candidates=tuple(dict.fromkeys(self._bare_days())))
            best = mention.resolved
            return replace(mention, month=best.month) if best else mention
        years = tuple(dict.fromkeys(self._likely_years(mention.month)))
        days = (day_of(year, mention.month, mention.day or 0) for year in years)
        return replace(mention, likely_years=years, candidates=tuple(day for day in days if day))

    def _relative(self) -> str:
        m = _RELATIVE.search(self.text[max(0, self.mention.start - 5) : self.mention.start])
        return str(m.group("which")) if m else ""

    def _bare_days(self) -> Iterator[date]:
        """10日(水): of the month of the date before it or the next one, else of the months around the posting."""
        day, last = self.mention.day or 0, self.last
        months: list[tuple[int, int]] = []
        if last and last.month:
            turned = day < (last.day or 0)  # 30日・31日・1日: a smaller number means the month after
            months = [
                (known.year, known.month + roll) for roll in (turned, not turned) for known in last.candidates[:2]
            ]
        if self.posted and (last is None or self.mention.start - last.end > 40):
            away = _MONTHS_AWAY.get(self._relative())
            rolls = (away,) if away is not None else (1, 0, -1) if day < self.posted.day - 7 else (0, 1, -1)
            months += [(self.posted.year, self.posted.month + roll) for roll in rolls]
        for year, month in months:
            if found := day_of(year + (month - 1) // 12, (month - 1) % 12 + 1, day):
                yield found

    def _likely_years(self, month: int) -> list[int]:
        mention = self.mention
        if mention.year is not None:
            both = [mention.year, mention.western or mention.year]
            return [year + (month <= 3) for year in both] + both if mention.fiscal else both
        away = _YEARS_AWAY.get(self._relative())
        if away is not None:
            return [self.posted.year + away] if self.posted else []
        if self.tone.long_ago or self.text[max(0, mention.start - 1) : mention.start] == "年":
            return []
        near = self._near_years(month) if self.posted else []
        if self.posted and self.tone.last_year:
            near.append(self.posted.year - 1)
        close = self.last is not None and self.last.year is not None and mention.start - self.last.end <= 30
        return self.carried + near if close else near + (self.carried if self.posted else [])

    def _near_years(self, month: int) -> list[int]:
        """The years that put the date near the day of posting, the coming one first."""
        assert self.posted is not None
        away = {}
        for year in (self.posted.year - 1, self.posted.year, self.posted.year + 1):
            around = day_of(year, month, min(self.mention.day or 1, 28)) if 1 <= month <= 12 else None
            days = (around - self.posted).days if around else _AHEAD + 1
            if (-365 if self.tone.over else _BACK) <= days <= _AHEAD:
                away[year] = days
        coming = {year: days for year, days in away.items() if days >= _RECENT}
        if coming and self.tone.to_come:
            away = coming
        return sorted(away, key=lambda year: (away[year] < _RECENT, abs(away[year])))
