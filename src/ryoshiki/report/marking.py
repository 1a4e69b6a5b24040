"""The draft cut at the borders of the findings, so that a renderer can mark words in place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ryoshiki.model import SEVERITIES, Finding, Severity

_KEPT = frozenset("\n\u200d\u200c")  # the joiners hold emoji and some scripts together
_SHOWN = {0x7F: "␡", 0x09: " ", **{c: chr(0x2400 + c) for c in range(0x20) if c not in (0x09, 0x0A)}}


def visible(text: str) -> str:
    """``text`` of the same length without anything that could steer a terminal or turn the reading order.

    A control character becomes its picture (␛), other hidden or unpaired ones become U+FFFD.
    """
    if text.isprintable():
        return text
    return "".join(_visible(c) for c in text)


def _visible(c: str) -> str:
    if c.isprintable() or c in _KEPT:
        return c
    if ord(c) in _SHOWN:
        return _SHOWN[ord(c)]
    return " " if unicodedata.category(c) == "Zs" else "\ufffd"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the draft: the weightiest note over it (None: no note), and the notes that end with it."""

    start: int
    end: int
    severity: Severity | None
    ending: tuple[int, ...]


def segments(text: str, findings: Sequence[Finding]) -> tuple[Segment, ...]:
    """Every code point of ``text`` once, in order; findings are numbered from 1 as they stand."""
    starting: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    for n, finding in enumerate(findings, 1):
        if finding.span is not None and finding.span.start < finding.span.end:
            starting.setdefault(finding.span.start, []).append(n)
            ending.setdefault(finding.span.end, []).append(n)
    over: set[int] = set()
    found: list[Segment] = []
    for start, end in pairwise(sorted({0, len(text), *starting, *ending})):
        over = over.difference(ending.get(start, ())).union(starting.get(start, ()))
        weights = {findings[n - 1].severity for n in over}
        weightiest = next((s for s in SEVERITIES if s in weights), None)
        found.append(Segment(start, end, weightiest, tuple(sorted(ending.get(end, ())))))
    return tuple(found)
