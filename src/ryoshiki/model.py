"""The nouns of ryoshiki: immutable values that every layer shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

from ryoshiki.gates import Gates
from ryoshiki.sight import Box, Sight

Severity = Literal["stop", "caution", "confirm"]
Verdict = Literal["stop", "caution", "confirm", "none"]
Account = Literal["private", "official"]
Origin = Literal["guideline", "general-law", "others-practice"]
Medium = Literal["draft", "photo"]  # what a reading reads: the draft's own words, or the letters in one of its photos

SEVERITIES: tuple[Severity, ...] = ("stop", "caution", "confirm")  # weightiest first
ACCOUNTS: tuple[Account, ...] = ("private", "official")
MEDIA: tuple[Medium, ...] = ("draft", "photo")
TEXT_LIMIT = 100_000  # code points of one draft; longer is refused, not cut

_HALF = re.compile("[\ud800-\udfff]")
_NO_FACTS: Mapping[str, str] = MappingProxyType({})


class RyoshikiError(Exception):
    """What a user can mend: the message is one line that says what is wrong and where."""


class GuidelineError(RyoshikiError):
    """A guideline folder that cannot be used: the message names file, line and reason."""


class Span(NamedTuple):
    """Half-open range ``[start, end)`` in code points of the draft's own text.

    A tuple, for a review makes and sorts hundreds.
    """

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that goes with a draft: the bytes of its file. Without them it is named, and not looked at.

    ``sight`` is what was seen in it, where it has been looked at before; it is not looked at again.
    """

    name: str
    data: bytes | None = field(default=None, repr=False)
    sight: Sight | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to post: words, photos or both.

    ``posted_at`` carries an offset; without it the clock is not read.
    """

    text: str
    platform: str = "x"
    account: Account = "private"
    posted_at: datetime | None = None
    reply_to: str | None = None
    handle: str | None = None
    display_name: str | None = None
    photos: tuple[Photo, ...] = ()
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, text in (("text", self.text), ("reply_to", self.reply_to or "")):
            if len(text) > TEXT_LIMIT:
                raise RyoshikiError(f"{name}: {len(text):,} characters, the limit is {TEXT_LIMIT:,}")
            if _HALF.search(text):
                raise RyoshikiError(f"{name}: half of a surrogate pair; the text was cut or wrongly decoded")
        if not self.text.strip() and not self.photos:
            raise RyoshikiError("text: the draft is empty")
        if self.account not in ACCOUNTS:
            raise RyoshikiError(f"account: {self.account!r} is none of {', '.join(ACCOUNTS)}")
        if self.posted_at is not None and self.posted_at.tzinfo is None:
            raise RyoshikiError("posted_at: the time needs an offset, such as +09:00")
        if self.posted_at is not None and not 1990 <= self.posted_at.year <= 2100:
            raise RyoshikiError(f"posted_at: the year {self.posted_at.year} cannot be meant")


@dataclass(frozen=True, slots=True)
class Match:
    """What a check saw: where (None for the draft as a whole), the facts for the message, a replacement.

    What was seen in a photo has its name, and boxes where it has a place in the picture.
    """

    span: Span | None
    facts: Mapping[str, str] = field(default_factory=lambda: _NO_FACTS)
    replacement: str | None = None
    photo: str | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """A one-step change: put ``text`` in the place of ``span``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A match with the rule's words. ``quote`` is the draft's own text at ``span``, never the folded one.

    Of a finding in a photo, ``photo`` is its name, ``boxes`` the places, ``quote`` the letters read; it has no span.
    """

    rule: str
    sign: str
    clause: str
    severity: Severity
    span: Span | None
    quote: str
    message: str
    advice: str
    question: str
    origin: Origin
    fix: Fix | None
    fingerprint: str
    photo: str | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that was not looked at, and why, so that silence is never taken for a clean bill."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to one draft. Of each rule one finding stands first, the weightiest before the others, then by
    place; further ones of the same rules follow in that order. ``photos`` is what was seen in each."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    photos: tuple[Sight, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return next((s for s in SEVERITIES if any(f.severity == s for f in self.findings)), "none")


class Check(Protocol):
    """A kind of check. Its dataclass fields are the parameters a sign may give it.

    ``needs``: groups of what `Reading.present` may name; unless each has one present, `find` need not be asked.
    ``find`` takes a `ryoshiki.reading.Reading`, which lies above the nouns and so is not named here.
    """

    facts: ClassVar[frozenset[str]]  # the slots that a sign's message may use besides {quote}

    @property
    def needs(self) -> tuple[frozenset[str], ...]: ...

    def find(self, reading: Any) -> Iterable[Match]: ...


@dataclass(frozen=True, slots=True)
class When:
    """The circumstances in which a sign speaks at all; None means any."""

    account: Account | None = None
    reply: bool | None = None
    platforms: tuple[str, ...] = ()

    def holds(self, draft: Draft) -> bool:
        return (
            (self.account is None or draft.account == self.account)
            and (self.reply is None or (draft.reply_to is not None) == self.reply)
            and (not self.platforms or draft.platform in self.platforms)
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """What gives a rule away, with its own proof: drafts that it flags and drafts that it passes.

    ``reads``: the draft's own words, the letters in its photos, or both.
    """

    id: str
    kind: str
    check: Check
    message: str
    advice: str
    severity: Severity
    origin: Origin
    fix: str | None
    when: When
    flags: tuple[Draft, ...]
    passes: tuple[Draft, ...]
    reads: tuple[Medium, ...] = ("draft",)


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    title: str
    title_en: str
    clause: str
    severity: Severity
    why: str
    advice: str
    question: str
    misses: str
    signs: tuple[Sign, ...]
    answer: str = ""  # what an author says who has settled the question; "": it takes a change of the draft
    heated: bool = False  # what it speaks about is better read again after a while


@dataclass(frozen=True, slots=True)
class Clause:
    """One item of the guideline, restated in our own words."""

    id: str
    section: str
    title: str
    title_en: str
    gist: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Platform:
    """A service: how far a post goes, what can be done about it afterwards, how it counts characters."""

    id: str
    name: str
    reach: str
    editing: str
    taking_back: str
    limit: int | None
    counting: Literal["characters", "weighted"]


@dataclass(frozen=True, slots=True)
class Shift:
    """Working hours of one kind of day: ``weekdays`` counts Monday as 0; breaks lie inside."""

    name: str
    start: time
    end: time
    breaks: tuple[tuple[time, time], ...]
    weekdays: frozenset[int]
    holidays: bool  # does this shift work on public holidays?


@dataclass(frozen=True, slots=True)
class OfficialAccount:
    """An account of the organisation's own. ``picture``: the hash of its picture in hex, or ""."""

    platform: str
    handle: str
    name: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What an organisation says of itself, so that its public facts are not taken for leaks."""

    name: str
    short_names: tuple[str, ...]
    domains: tuple[str, ...]
    sections: tuple[str, ...]
    offices: tuple[str, ...]
    public_phones: tuple[str, ...]
    public_addresses: tuple[str, ...]
    public_emails: tuple[str, ...]
    office_holders: tuple[str, ...]
    code_names: tuple[str, ...]
    words: tuple[str, ...]
    tell: str
    closed_days: tuple[tuple[int, int], ...]  # (month, day) every year
    closed_dates: tuple[date, ...]
    shifts: tuple[Shift, ...]
    timezone: str = "Asia/Tokyo"
    accounts: tuple[OfficialAccount, ...] = ()


@dataclass(frozen=True)
class Guideline:
    """A folder of clauses, rules, signs and words, read and found usable."""

    id: str
    title: str
    version: str
    source: str
    organisation: Organisation
    clauses: Mapping[str, Clause]
    rules: Mapping[str, Rule]
    platforms: Mapping[str, Platform]
    vocabulary: Any = field(repr=False)  # reading.words.Vocabulary: every word and pattern, compiled once
    reader: Any = field(default=None, repr=False)  # reading.meaning.LocalReader; None: words and patterns only
    links: Any = field(default=None, repr=False)  # reading.hosts.Lists; None: no list of hosts was taken in
    folder: Path | None = None  # where it was read from; the desk reads more of it when it is asked

    @cached_property
    def gates(self) -> Gates[str, tuple[Rule, Sign]]:
        """Every sign with its rule, rule by rule, behind what its check needs."""
        return Gates(((rule, sign), sign.check.needs) for rule in self.rules.values() for sign in rule.signs)

    @property
    def reads_meaning(self) -> bool:
        """Whether a rule asks what the local model read."""
        return any(sign.kind == "meaning" for rule in self.rules.values() for sign in rule.signs)
