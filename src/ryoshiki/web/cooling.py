"""Whether a draft is better read again after a while: it reads heated, or it is deep in the night."""

from __future__ import annotations

from typing import Literal

from ryoshiki.model import Draft, Guideline, Report
from ryoshiki.reading.clock import local

Reason = Literal["heated", "night"]

_NIGHT = frozenset({23, 0, 1, 2, 3, 4})  # hours in which people write what they would not write in the morning


def cool_off(report: Report, draft: Draft, guideline: Guideline) -> Reason | None:
    """Why the author is offered a pause; None where there is no reason. A pause is offered, never asked for."""
    if any(rule.heated for rule in (guideline.rules.get(f.rule) for f in report.findings) if rule is not None):
        return "heated"
    if draft.posted_at is not None and local(draft.posted_at, guideline.organisation).hour in _NIGHT:
        return "night"
    return None
