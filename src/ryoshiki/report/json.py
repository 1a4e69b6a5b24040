"""The report as JSON: the contract that scripts rely on. A place counts code points of the draft's own text."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ryoshiki.model import Draft, Finding, Guideline, Report
from ryoshiki.report.frame import Frame


def render(report: Report, draft: Draft, guideline: Guideline, frame: Frame) -> str:
    """One JSON object, indented, with a line end."""
    return json.dumps(as_dict(report), ensure_ascii=False, indent=2) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The object of a report; its keys and their order are the contract."""
    return {
        "verdict": report.verdict,
        "findings": [_finding(f) for f in report.findings],
        "unchecked": [{"what": u.what, "why": u.why} for u in report.unchecked],
        "waived": [f.fingerprint for f in report.waived],
        "photos": [asdict(sight) for sight in report.photos],
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "rule": f.rule,
        "sign": f.sign,
        "clause": f.clause,
        "severity": f.severity,
        "start": f.span.start if f.span else None,
        "end": f.span.end if f.span else None,
        "quote": f.quote,
        "message": f.message,
        "advice": f.advice,
        "fix": {"start": f.fix.span.start, "end": f.fix.span.end, "text": f.fix.text} if f.fix else None,
        "question": f.question,
        "origin": f.origin,
        "fingerprint": f.fingerprint,
        "photo": f.photo,
        "boxes": [asdict(box) for box in f.boxes],
    }
