"""What a whole archive shows: counts over time, by rule and by hour, and which posts to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ryoshiki.history.posts import KINDS, Post
from ryoshiki.history.state import Note
from ryoshiki.model import SEVERITIES, Guideline, Organisation, Rule, Sign
from ryoshiki.reading.clock import local, working

ON_DUTY = "on-duty"  # what is told by the clock alone, apart from what the words say
LEVELS = (*SEVERITIES, ON_DUTY)
_MONTHS_SHOWN, _QUARTERS_SHOWN = 36, 48


@dataclass(frozen=True, slots=True)
class Looked:
    """A post and the notes on it."""

    post: Post
    notes: tuple[Note, ...]


@dataclass
class Survey:
    """Counts of what was looked at; `add` each post once. Times are the organisation's."""

    guideline: Guideline
    posts: int = 0
    on_duty: int = 0
    undated: int = 0
    photos: int = 0
    first: datetime | None = None
    last: datetime | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    hours: Counter[tuple[int, int]] = field(default_factory=Counter)  # (weekday from Monday 0, hour): posts
    months: Counter[tuple[int, int]] = field(default_factory=Counter)  # (year, month): posts
    by_month: Counter[tuple[tuple[int, int], str]] = field(default_factory=Counter)  # with a level: notes
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)  # rule and level: notes
    noted: list[Looked] = field(default_factory=list)

    def __post_init__(self) -> None:
        pairs = [(sign, rule) for rule in self.guideline.rules.values() for sign in rule.signs]
        self.signs: Mapping[str, tuple[Sign, Rule]] = {sign.id: (sign, rule) for sign, rule in pairs}

    def add(self, post: Post, notes: tuple[Note, ...]) -> None:
        """Count a post, and keep it if there are notes on it. Notes of signs that the guideline lacks do not count."""
        notes = tuple(note for note in notes if note.sign in self.signs)
        self.posts += 1
        self.kinds[post.kind] += 1
        self.photos += sum(ref.kind == "photo" for ref in post.media)
        month = self._timed(post)
        for note in notes:
            level = self.level(note)
            self.by_rule[self.signs[note.sign][1].id, level] += 1
            if month:
                self.by_month[month, level] += 1
        if notes:
            self.noted.append(Looked(post, notes))

    def level(self, note: Note) -> str:
        sign = self.signs[note.sign][0]
        return ON_DUTY if sign.kind == "clock" else sign.severity

    def _timed(self, post: Post) -> tuple[int, int] | None:
        if post.posted_at is None:
            self.undated += 1
            return None
        at = local(post.posted_at, self.guideline.organisation)
        self.first, self.last = min(self.first or at, at), max(self.last or at, at)
        self.months[at.year, at.month] += 1
        if post.kind not in ("like", "draft"):
            self.hours[at.weekday(), at.hour] += 1
            self.on_duty += working(at, self.guideline.organisation) is not None
        return at.year, at.month

    def worst(self, looked: Looked) -> str:
        """The weightiest level of a post; the clock's is the least."""
        return min((self.level(note) for note in looked.notes), key=LEVELS.index)

    def first_to_look_at(self, most: int) -> list[Looked]:
        """What is still there, weighs most and shows most, the author's own before others', the newest first."""
        return sorted(self.noted, key=self._rank)[:most]

    def _rank(self, looked: Looked) -> tuple[bool, int, int, int, float, str]:
        post = looked.post
        rules = {self.signs[note.sign][1].id for note in looked.notes if self.level(note) != ON_DUTY}
        own = min(KINDS.index(post.kind), KINDS.index("repost"))
        newest = -post.posted_at.timestamp() if post.posted_at else 0.0
        return (post.deleted, LEVELS.index(self.worst(looked)), -len(rules), own, newest, post.id)

    def levels(self) -> Counter[str]:
        """Posts by their weightiest level."""
        return Counter(map(self.worst, self.noted))

    def over_time(self) -> list[tuple[str, int, Counter[str]]]:
        """By month, quarter or year, as long as the archive is: its name, posts, and notes by level; none left out."""
        if not self.months:
            return []
        numbers = [year * 12 + month - 1 for year, month in self.months]
        low, high = min(numbers), max(numbers)
        step = 1 if high - low < _MONTHS_SHOWN else 3 if high - low < 3 * _QUARTERS_SHOWN else 12
        rows: dict[int, tuple[int, Counter[str]]] = {n: (0, Counter()) for n in range(low // step, high // step + 1)}
        for (year, month), count in self.months.items():
            at = (year * 12 + month - 1) // step
            rows[at] = (rows[at][0] + count, rows[at][1])
        for ((year, month), level), count in self.by_month.items():
            rows[(year * 12 + month - 1) // step][1][level] += count
        return [(_name(n * step, step), posts, levels) for n, (posts, levels) in rows.items()]

    def rules(self) -> list[tuple[Rule, Counter[str]]]:
        """Rules with notes, the most first."""
        counts: dict[str, Counter[str]] = {}
        for (rule, level), count in self.by_rule.items():
            counts.setdefault(rule, Counter())[level] += count
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1].total(), pair[0]))
        return [(self.guideline.rules[rule], count) for rule, count in ordered]


def _name(month: int, step: int) -> str:
    year, left = divmod(month, 12)
    return {1: f"{year}-{left + 1:02}", 3: f"{year} Q{left // 3 + 1}", 12: f"{year}"}[step]


def duty(organisation: Organisation) -> Iterable[tuple[int, int, int]]:
    """The first shift as (weekday, start, end) in minutes of the day, those past midnight on the day after."""
    for shift in organisation.shifts[:1]:
        start, end = (t.hour * 60 + t.minute for t in (shift.start, shift.end))
        for day in sorted(shift.weekdays):
            if start < end:
                yield day, start, end
            else:
                yield day, start, 24 * 60
                yield (day + 1) % 7, 0, end
