"""The one road: a draft in, a cited report out. Nothing is written, logged or fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ryoshiki.model import SEVERITIES, Draft, Finding, Fix, Guideline, Match, Report, Rule, Sign, Span, Unchecked
from ryoshiki.reading import Reading
from ryoshiki.waivers import fingerprint

_NO_CLOCK = Unchecked("就業時間 (working hours)", "投稿する日時が分からないため、見ていません。")
_NO_PHOTO = "この版は写真の中身をまだ読みません。写っている人・書類・位置情報はご自身で確かめてください。"


def review(draft: Draft, guideline: Guideline, waivers: frozenset[str] = frozenset()) -> Report:
    """Read a draft by a guideline. The same draft gives the same report.

    ``waivers`` are fingerprints of findings that the author has accepted; they stand in ``Report.waived``.
    A check that breaks becomes an entry of ``Report.unchecked``, so that nothing is lost in silence.
    """
    reading = Reading(draft, guideline)
    unchecked: list[Unchecked] = []
    found = list(_findings(reading, unchecked))
    unchecked += _not_looked_at(draft)
    settled = _ranked(_merged(found, reading))
    return Report(
        findings=tuple(f for f in settled if f.fingerprint not in waivers),
        waived=tuple(f for f in settled if f.fingerprint in waivers),
        unchecked=tuple(unchecked),
    )


def _findings(reading: Reading, unchecked: list[Unchecked]) -> Iterator[Finding]:
    draft, present = reading.draft, reading.present
    for rule in reading.guideline.rules.values():
        for sign in rule.signs:
            for group in sign.check.needs:
                if present.isdisjoint(group):
                    break
            else:
                if not sign.when.holds(draft):
                    continue
                try:
                    for match in sign.check.find(reading):
                        yield _bind(match, rule, sign, reading.text)
                except Exception as reason:  # one broken check must not hide what the others see
                    unchecked.append(Unchecked(sign.id, f"この確認は途中で止まりました（{type(reason).__name__}）。"))


def _bind(match: Match, rule: Rule, sign: Sign, text: str) -> Finding:
    """Give a match its rule's words and its clause."""
    quote = match.span.of(text) if match.span else ""
    fix = None
    replacement = match.replacement if match.replacement is not None else sign.fix
    if match.span and replacement is not None:
        fix = Fix(match.span, replacement)
    return Finding(
        rule=rule.id,
        sign=sign.id,
        clause=rule.clause,
        severity=sign.severity,
        span=match.span,
        quote=quote,
        message=sign.message.format_map({**match.facts, "quote": quote}),
        advice=sign.advice,
        question=rule.question,
        origin=sign.origin,
        fix=fix,
        fingerprint=fingerprint(sign.id, quote or text),  # a finding without a place is about the whole draft
    )


def _merged(findings: Iterable[Finding], reading: Reading) -> list[Finding]:
    """Of the findings of one rule that overlap or share a sentence, keep the weightiest, then the narrowest."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=_weight):
        if not any(f.rule == finding.rule and _same_place(f, finding, reading) for f in kept):
            kept.append(finding)
    return kept


def _same_place(one: Finding, other: Finding, reading: Reading) -> bool:
    if one.span is None or other.span is None:
        return one.span == other.span
    if one.fix is not None and other.fix is not None:
        return one.span.overlaps(other.span)  # two fixes are two steps, even in one sentence
    return one.span.overlaps(other.span) or reading.sentence_number(one.span) == reading.sentence_number(other.span)


def _ranked(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.span or Span(-1, -1), f.sign))


def _weight(finding: Finding) -> tuple[int, bool, int, str, Span]:
    span = finding.span or Span(0, 0)
    return SEVERITIES.index(finding.severity), finding.fix is None, span.end - span.start, finding.sign, span


def _not_looked_at(draft: Draft) -> Iterator[Unchecked]:
    if draft.posted_at is None and draft.account == "private":
        yield _NO_CLOCK
    for photo in draft.photos:
        yield Unchecked(f"写真 {photo}", _NO_PHOTO)
