"""The report as Markdown, for a memo or a ticket. Everything from the draft is escaped."""

from __future__ import annotations

import re

from ryoshiki.model import Draft, Finding, Guideline, Report
from ryoshiki.report.frame import Frame, clause_line, fix_line, photo_line, sight_line
from ryoshiki.report.marking import segments, visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@$=])")
_LINE_END = re.compile(r"\r\n|\r|\n")


def render(report: Report, draft: Draft, guideline: Guideline, frame: Frame) -> str:
    """All findings, with the words of the draft marked by <b> and the number of the note."""
    phrases = frame.phrases
    parts = [f"# {phrases['title']}"]
    if report.findings:
        parts += [f"## {phrases['draft']}", _quoted(draft.text, report)]
        parts += [f"## {phrases['notes']}", phrases["found"].format(n=len(report.findings))]
        parts += [_note(n, f, draft, guideline, frame) for n, f in enumerate(report.findings, 1)]
    else:
        parts.append(phrases["nothing"])
    if report.waived:
        parts.append(phrases["waived"].format(n=len(report.waived)))
    if any(sight.width for sight in report.photos):
        items = "\n".join(f"- {_escaped(sight_line(sight, phrases))}" for sight in report.photos)
        parts += [f"## {phrases['photos']}", items]
    if report.unchecked:
        items = "\n".join(f"- {_escaped(u.what)}：{_escaped(u.why)}" for u in report.unchecked)
        parts += [f"## {phrases['unchecked']}", items]
    parts.append(phrases["decide"])
    return "\n\n".join(parts) + "\n"


def _quoted(text: str, report: Report) -> str:
    marked = []
    for s in segments(text, report.findings):
        words = _escaped(text[s.start : s.end], line_end="\0")
        marked.append("\0".join(f"<b>{w}</b>" if w else "" for w in words.split("\0")) if s.severity else words)
        marked += [f"<sup>{n}</sup>" for n in s.ending]
    # Two spaces end a line inside a paragraph; an empty line needs its own quotation mark.
    return "\n".join(f"> {line}  ".rstrip() + "  " if line else ">" for line in "".join(marked).split("\0"))


def _note(number: int, finding: Finding, draft: Draft, guideline: Guideline, frame: Frame) -> str:
    phrases = frame.phrases
    clause = _escaped(clause_line(finding, guideline, phrases))
    details = [
        ("photo", photo_line(finding, phrases)),
        ("advice", finding.advice),
        ("question", finding.question),
        ("fix", fix_line(finding, draft.text, phrases)),
    ]
    lines = [f"### {number}\\. {phrases[finding.severity]} — {clause}", "", _escaped(finding.message), ""]
    return "\n".join([*lines, *(f"- {phrases[name]}：{_escaped(words)}" for name, words in details if words)])


def _escaped(text: str, line_end: str = " ") -> str:
    lines = _LINE_END.split(text)
    return line_end.join(_SPECIAL.sub(r"\\\1", visible(line)) for line in lines)
