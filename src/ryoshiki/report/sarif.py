"""The report as SARIF 2.1.0, for editors and code hosts. Columns and offsets count UTF-16 code units."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from ryoshiki.model import Draft, Finding, Guideline, Report, Severity, Span
from ryoshiki.report.frame import Frame, clause_line
from ryoshiki.report.positions import Lines

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: dict[Severity, str] = {"stop": "error", "caution": "warning", "confirm": "note"}
_FINGERPRINT = "ryoshiki/v1"


def render(report: Report, draft: Draft, guideline: Guideline, frame: Frame) -> str:
    """One SARIF log with one run; findings that were accepted earlier stand in it as suppressed."""
    findings = (*report.findings, *report.waived)
    signs = list(dict.fromkeys(f.sign for f in findings))
    page = _Page(draft.text, {"uri": _uri(frame.source)})
    results = [_result(f, signs.index(f.sign), page, frame) for f in findings]
    for result in results[len(report.findings) :]:
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    notices = [{"level": "note", "message": {"text": f"{u.what}: {u.why}"}} for u in report.unchecked]
    run = {
        "tool": {"driver": _driver(signs, findings, guideline, frame)},
        "columnKind": "utf16CodeUnits",
        "artifacts": [{"location": page.artifact}],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _uri(name: str) -> str:
    return quote(name.replace("\\", "/"), safe="/")


class _Page:
    """The draft as an artifact, with regions cut out of it."""

    def __init__(self, text: str, artifact: dict[str, str]) -> None:
        self.artifact = artifact
        self._lines = Lines(text)

    def region(self, span: Span) -> dict[str, Any]:
        start, end = self._lines.place(span.start), self._lines.place(span.end)
        return {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "charOffset": self._lines.utf16(span.start),
            "charLength": self._lines.utf16(span.end) - self._lines.utf16(span.start),
        }


def _driver(signs: list[str], findings: tuple[Finding, ...], guideline: Guideline, frame: Frame) -> dict[str, Any]:
    from ryoshiki import __version__

    first = {f.sign: f for f in reversed(findings)}
    return {
        "name": "ryoshiki",
        "version": __version__,
        "language": "ja",
        "properties": {"guideline": {"id": guideline.id, "version": guideline.version, "source": guideline.source}},
        "rules": [_rule(first[sign], guideline, frame) for sign in signs],
    }


def _rule(finding: Finding, guideline: Guideline, frame: Frame) -> dict[str, Any]:
    rule = guideline.rules.get(finding.rule)
    why = rule.why if rule else finding.message
    return {
        "id": finding.sign,
        "shortDescription": {"text": rule.title if rule else finding.rule},
        "fullDescription": {"text": why},
        "help": {"text": "\n".join(filter(None, (why, finding.advice, finding.question)))},
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
        "properties": {
            "rule": finding.rule,
            "clause": clause_line(finding, guideline, frame.phrases),
            "origin": finding.origin,
        },
    }


def _result(finding: Finding, index: int, page: _Page, frame: Frame) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": page.artifact}
    if finding.span is not None:
        place["region"] = page.region(finding.span)
    if finding.photo is not None:
        place["artifactLocation"] = {"uri": _uri(finding.photo)}
    result: dict[str, Any] = {
        "ruleId": finding.sign,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{frame.phrases[finding.severity]}: {finding.message}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
    }
    if finding.boxes:
        result["properties"] = {"boxes": [[b.left, b.top, b.right, b.bottom] for b in finding.boxes]}
    if finding.fix is not None:
        change = {"deletedRegion": page.region(finding.fix.span), "insertedContent": {"text": finding.fix.text}}
        result["fixes"] = [
            {
                "description": {"text": finding.advice},
                "artifactChanges": [{"artifactLocation": page.artifact, "replacements": [change]}],
            }
        ]
    return result
