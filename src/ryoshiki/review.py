"""The one road: a draft in, a cited report out. Nothing is written, logged or fetched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ryoshiki.checks.meaning import Meaning
from ryoshiki.model import (
    SEVERITIES,
    Draft,
    Finding,
    Fix,
    Guideline,
    Match,
    Report,
    Rule,
    RyoshikiError,
    Sign,
    Span,
    Unchecked,
)
from ryoshiki.reading import Reading
from ryoshiki.reading.further import further
from ryoshiki.reading.meaning import LEAST, UnreadableError
from ryoshiki.reading.stretches import Apart
from ryoshiki.sight import Box
from ryoshiki.waivers import fingerprint

if TYPE_CHECKING:
    from ryoshiki.second_reader import SecondReader

MEANING = "文意 (meaning)"
NO_CLOCK = Unchecked("就業時間 (working hours)", "投稿する日時が分からないため、見ていません。")
# What a person sees in a picture, and no reader here.
_NOT_SEEN = Unchecked(
    "写真 (photos)", "鍵、制服、景色や持ち物から分かる場所、顔の見えない人、くずした手書きの字は、見分けません。"
)

# Kinds of check that go by words alone: where the local model reads a draft as harmless, they are overruled.
# Numbers with a checksum, the clock, the calendar and the address of a link are facts, and stand.
WORDS = frozenset({"lexicon", "pattern", "together"})


def review(
    draft: Draft,
    guideline: Guideline,
    waivers: frozenset[str] = frozenset(),
    second: SecondReader | None = None,
) -> Report:
    """Read a draft by a guideline. The same draft gives the same report.

    ``waivers`` are fingerprints of findings that the author has accepted; they stand in ``Report.waived``.
    A check that breaks becomes an entry of ``Report.unchecked``, so that nothing is lost in silence.
    ``second`` sends the draft to an endpoint of the organisation: only where the author asks for it.
    """
    return _reports([draft], guideline, waivers, second)[0]


def review_all(drafts: Sequence[Draft], guideline: Guideline, waivers: frozenset[str] = frozenset()) -> list[Report]:
    """Reports of many drafts, in order, each as `review` gives it; the local model reads several at a time."""
    return _reports(drafts, guideline, waivers, None)


def _reports(
    drafts: Sequence[Draft], guideline: Guideline, waivers: frozenset[str], second: SecondReader | None
) -> list[Report]:
    unread = "設定により、文意は読んでいません。"
    if guideline.reads_meaning and guideline.reader is not None:
        try:
            views = guideline.reader.views(drafts)
            pairs = zip(drafts, views, strict=True)
            return [_report(Reading(draft, guideline, view), (), waivers, second) for draft, view in pairs]
        except UnreadableError as reason:
            unread = str(reason)
    missing = (Unchecked(MEANING, unread),) if guideline.reads_meaning else ()
    return [_report(Reading(draft, guideline), missing, waivers, second) for draft in drafts]


def _report(
    reading: Reading, missing: tuple[Unchecked, ...], waivers: frozenset[str], second: SecondReader | None
) -> Report:
    unchecked = list(missing)
    found = list(_findings(reading, unchecked))
    for page in reading.pages:
        found += _findings(page, unchecked)
    if second is not None:
        found += _opinions(second, reading, unchecked)
    unchecked += _not_looked_at(reading)
    settled = _ranked(_merged(found, reading))
    return Report(
        findings=tuple(f for f in settled if f.fingerprint not in waivers),
        waived=tuple(f for f in settled if f.fingerprint in waivers),
        unchecked=tuple(unchecked),
        photos=reading.sights,
    )


def _findings(reading: Reading, unchecked: list[Unchecked]) -> Iterator[Finding]:
    draft, medium = reading.draft, reading.medium
    for rule, asked in groupby(reading.guideline.gates.let_in(reading.present), itemgetter(0)):
        found: list[tuple[Sign, Match]] = []
        for _, sign in asked:
            if medium in sign.reads and sign.when.holds(draft):
                found += ((sign, match) for match in _matches(sign, reading, unchecked))
        for sign, match in _weighed(rule, found, reading) if found else ():
            yield _bind(match, rule, sign, reading)


def _matches(sign: Sign, reading: Reading, unchecked: list[Unchecked]) -> Iterator[Match]:
    try:
        yield from sign.check.find(reading)
    except Exception as reason:  # one broken check must not hide what the others see
        said = str(reason) if isinstance(reason, RyoshikiError) else type(reason).__name__
        unchecked.append(Unchecked(sign.id, f"この確認は途中で止まりました（{said}）。"))


def _weighed(rule: Rule, found: list[tuple[Sign, Match]], reading: Reading) -> list[tuple[Sign, Match]]:
    """What words saw against what the model read.

    It drops what it reads as harmless. Where it agrees, words say more exactly what was seen, so that it points only
    at sentences in which they saw nothing; what it reads on from such a sentence into the next is parted there.
    Where it does not read, a small table finds the sentences that go on about what words saw.
    """
    meaning = next((s for s in rule.signs if isinstance(s.check, Meaning) and reading.medium in s.reads), None)
    if meaning is None:
        return found
    assert isinstance(meaning.check, Meaning)
    head = meaning.check.head
    if reading.meaning is None:
        seen = [match.span for sign, match in found if match.span and _by_words(sign)]
        spans = further(head, seen, reading) if meaning.when.holds(reading.draft) else ()
        return found + [(meaning, match) for match in meaning.check.matches(spans, reading)]
    said = [(sign, match) for sign, match in found if sign is not meaning]
    read = [match.span for sign, match in found if sign is meaning and match.span]
    if any(_by_words(sign) for sign, _ in said):
        if reading.meaning.supports(head):
            read = reading.meaning.spans(head)
        else:
            said = [(sign, match) for sign, match in said if not _by_words(sign)]
    taken = {number for _, match in said if match.span for number in reading.sentence_numbers(match.span)}
    rests = (rest for span in read for rest in _outside(span, taken, reading))
    return said + [(meaning, Match(rest)) for rest in rests if not taken or rest.end - rest.start >= LEAST]


def _by_words(sign: Sign) -> bool:
    """Does it go by words alone? What an organisation lists as its own (a code name) is a fact: no model knows it."""
    own = getattr(sign.check, "words", ())
    return sign.kind in WORDS and not (own and all(name.startswith("organisation/") for name in own))


def _outside(span: Span, taken: Set[int], reading: Reading) -> Iterator[Span]:
    """The stretches of a span that lie in none of these sentences."""
    for is_taken, run in groupby(reading.sentence_numbers(span), taken.__contains__):
        sentences = [reading.sentences[number] for number in run]
        if not is_taken:
            yield Span(max(span.start, sentences[0].start), min(span.end, sentences[-1].end))


def _opinions(second: SecondReader, reading: Reading, unchecked: list[Unchecked]) -> Iterator[Finding]:
    from ryoshiki.second_reader import NoOpinionError  # seldom wanted, and http.client takes time to import

    try:
        opinions = second.read(reading.draft, reading.guideline)
    except NoOpinionError as reason:
        unchecked.append(Unchecked("第二の読み手 (second reader)", str(reason)))
        return
    for opinion in opinions:
        rule = reading.guideline.rules[opinion.rule]
        quote = opinion.span.of(reading.text)
        sign = f"{rule.id}/second-opinion"
        yield Finding(
            rule=rule.id,
            sign=sign,
            clause=rule.clause,
            severity=rule.severity,
            span=opinion.span,
            quote=quote,
            message=f"第二の読み手（{second.model}）は、「{quote}」を「{rule.title}」にかかわると読みました。",
            advice=rule.advice,
            question=rule.question,
            origin=reading.guideline.clauses[rule.clause].origin,
            fix=None,
            fingerprint=fingerprint(sign, quote),
        )


def _bind(match: Match, rule: Rule, sign: Sign, reading: Reading) -> Finding:
    """Give a match its rule's words and its clause."""
    quote = match.span.of(reading.text) if match.span else ""
    replacement = match.replacement if match.replacement is not None else sign.fix
    about: dict[str, Any] = {"span": match.span, "photo": match.photo, "boxes": match.boxes, "fix": None}
    if reading.page is not None:  # letters in a picture have a place there, and none in the draft
        about |= {"span": None, "photo": reading.page.sight.name, "boxes": _boxes(match, sign, reading)}
    elif match.span and replacement is not None:
        about["fix"] = Fix(match.span, replacement)
    return Finding(
        rule=rule.id,
        sign=sign.id,
        clause=rule.clause,
        severity=sign.severity,
        quote=quote,
        message=sign.message.format_map({**match.facts, "quote": quote}),
        advice=sign.advice,
        question=rule.question,
        origin=sign.origin,
        # Without words of its own, a finding is about the whole picture, or the whole draft.
        fingerprint=fingerprint(sign.id, quote or _digest(match, reading) or reading.text),
        **about,
    )


def _boxes(match: Match, sign: Sign, reading: Reading) -> tuple[Box, ...]:
    """The lines of the words; where several things together tell it, the sheets on which such things stand."""
    assert reading.page is not None
    if match.span is None:
        return ()
    if sign.kind != "together":
        return reading.page.boxes(match.span)
    entities = [name for name in getattr(sign.check, "classes", ()) if name.startswith("@")]
    return reading.page.sheets([match.span, *(hit.span for name in entities for hit in reading.hits(name))])


def _digest(match: Match, reading: Reading) -> str:
    return next((s.digest for s in reading.sights if s.name == match.photo), "") if match.photo else ""


def _merged(findings: Iterable[Finding], reading: Reading) -> list[Finding]:
    """Of the findings of one rule that overlap or share a sentence, keep the weightiest, then the narrowest.

    In one photo a rule speaks once, and points at all its places: a form has a dozen of them.
    """
    kept: list[Finding] = []
    pictured: dict[tuple[str, str | None], int] = {}  # what is kept of a rule in a photo, or on the whole draft
    told: dict[str, _Told] = defaultdict(_Told)
    for finding in sorted(findings, key=_weight):
        if finding.span is not None and finding.photo is None:
            if told[finding.rule].takes(finding.span, finding.fix is not None, reading.sentence_number(finding.span)):
                kept.append(finding)
            continue
        at = pictured.setdefault((finding.rule, finding.photo), len(kept))
        if at == len(kept):
            kept.append(finding)
        elif finding.photo is not None:
            more = (box for box in finding.boxes if box not in kept[at].boxes)
            kept[at] = replace(kept[at], boxes=(*kept[at].boxes, *more))
    return kept


class _Told:
    """Where a rule speaks in a draft."""

    def __init__(self) -> None:
        self._spans = Apart()
        self._sentences: set[tuple[int, bool]] = set()  # in which it begins, and whether with a fix

    def takes(self, span: Span, mends: bool, sentence: int) -> bool:
        """Take in another place, unless it is told already: two fixes are two steps, even in one sentence."""
        if self._spans.overlap(span) or (sentence, False) in self._sentences:
            return False
        if not mends and (sentence, True) in self._sentences:
            return False
        self._spans.take(span)
        self._sentences.add((sentence, mends))
        return True


def _ranked(findings: list[Finding]) -> list[Finding]:
    """The weightiest first, then by place; further places of a rule last, for what is shown first should differ."""
    ordered = sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.span or Span(-1, -1), f.sign))
    first = {finding.rule: finding for finding in reversed(ordered)}
    return sorted(ordered, key=lambda finding: finding is not first[finding.rule])


def _weight(finding: Finding) -> tuple[int, bool, int, str, Span]:
    span = finding.span or Span(0, 0)
    return SEVERITIES.index(finding.severity), finding.fix is None, span.end - span.start, finding.sign, span


def _not_looked_at(reading: Reading) -> Iterator[Unchecked]:
    draft = reading.draft
    if reading.meaning is not None and reading.meaning.end < len(draft.text):
        yield Unchecked(MEANING, f"長い下書きのため、文意は、はじめの {reading.meaning.end:,} 文字だけを読みました。")
    if draft.posted_at is None and draft.account == "private":
        yield NO_CLOCK
    for sight in reading.sights:
        yield from (Unchecked(f"写真 {sight.name}", sentence) for sentence in sight.unread)
    if any(sight.width for sight in reading.sights):
        yield _NOT_SEEN
