"""The report as one page that asks for nothing from outside: to keep, to print, to hand on."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from ryoshiki.model import Draft, Finding, Guideline, Report
from ryoshiki.report.frame import Frame, clause_line, fix_line, photo_line, sight_line
from ryoshiki.report.marking import segments, visible

_STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1c;--paper:#fff;--line:#767676;
--stop:#a80000;--caution:#7a4b00;--confirm:#00488f;--stop-b:#ffe3e3;--caution-b:#fff0c7;--confirm-b:#e0efff}
@media (prefers-color-scheme:dark){:root{--ink:#f1f1f1;--paper:#16181c;--line:#949494;
--stop:#ff9c9c;--caution:#ffcf70;--confirm:#9ccbff;--stop-b:#4d1616;--caution-b:#453200;--confirm-b:#12335c}}
body{margin:0 auto;max-width:44rem;padding:1.5rem;background:var(--paper);color:var(--ink);
font:1rem/1.8 "Noto Sans JP","Hiragino Sans","Yu Gothic UI",Meiryo,sans-serif}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:0}
.draft{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:.5rem;padding:1rem}
mark{color:inherit;background:var(--b);border-bottom:.2em solid var(--c)}sup{font-weight:700}
.stop{--c:var(--stop);--b:var(--stop-b)}.caution{--c:var(--caution);--b:var(--caution-b)}
.confirm{--c:var(--confirm);--b:var(--confirm-b)}
ol{list-style:none;padding:0}ol>li{border-left:.4rem solid var(--c);padding:.2rem 0 .2rem 1rem;margin:1.2rem 0}
.label{color:var(--c)}dl{margin:.3rem 0 0;display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
dt{font-weight:700}dd{margin:0;overflow-wrap:anywhere}p{margin:.3rem 0}
@media print{:root{--ink:#000;--paper:#fff;--stop:#000;--caution:#000;--confirm:#000;
--stop-b:#ddd;--caution-b:#eee;--confirm-b:#fff}
body{max-width:none;padding:0}li,.draft{break-inside:avoid}}
"""


def policy(style: str) -> str:
    """A content security policy that allows this style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def render(report: Report, draft: Draft, guideline: Guideline, frame: Frame) -> str:
    """A whole HTML document; every finding stands in it, none is folded away."""
    phrases = frame.phrases
    title = f"<title>{escape(phrases['title'])}</title>"
    parts = [f"<h1>{_framed(phrases['title'], frame)}</h1>", f"<p>{_escaped(guideline.title)}</p>"]
    if report.findings:
        notes = "".join(_note(n, f, draft, guideline, frame) for n, f in enumerate(report.findings, 1))
        parts += [f"<h2>{_framed(phrases['draft'], frame)}</h2>", f'<div class="draft">{_marked(draft, report)}</div>']
        parts += [f"<h2>{_framed(phrases['notes'], frame)}</h2>"]
        parts += [f"<p>{_framed(phrases['found'].format(n=len(report.findings)), frame)}</p>", f"<ol>{notes}</ol>"]
    else:
        parts.append(f"<p>{_framed(phrases['nothing'], frame)}</p>")
    if report.waived:
        parts.append(f"<p>{_framed(phrases['waived'].format(n=len(report.waived)), frame)}</p>")
    if any(sight.width for sight in report.photos):
        items = "".join(f"<li>{_escaped(sight_line(sight, phrases))}</li>" for sight in report.photos)
        parts += [f"<h2>{_framed(phrases['photos'], frame)}</h2>", f"<ul>{items}</ul>"]
    if report.unchecked:
        items = "".join(f"<li>{_escaped(u.what)}：{_escaped(u.why)}</li>" for u in report.unchecked)
        parts += [f"<h2>{_framed(phrases['unchecked'], frame)}</h2>", f"<ul>{items}</ul>"]
    parts.append(f"<p>{_framed(phrases['decide'], frame)}</p>")
    head = _HEAD.format(policy=policy(_STYLE), title=title, style=_STYLE)
    return head + "\n".join(parts) + "\n</main></body></html>\n"


_HEAD = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">{title}<style>{style}</style></head><body><main>
"""


def _note(number: int, finding: Finding, draft: Draft, guideline: Guideline, frame: Frame) -> str:
    phrases = frame.phrases
    details = [
        ("photo", photo_line(finding, phrases)),
        ("advice", finding.advice),
        ("question", finding.question),
        ("fix", fix_line(finding, draft.text, phrases)),
    ]
    rows = "".join(f"<dt>{_framed(phrases[k], frame)}</dt><dd>{_escaped(words)}</dd>" for k, words in details if words)
    label = f'<span class="label">{_framed(phrases[finding.severity], frame)}</span>'
    clause = _escaped(clause_line(finding, guideline, phrases))
    return (
        f'<li class="{finding.severity}" id="note-{number}"><h3>{number}. {label} {clause}</h3>'
        f"<p>{_escaped(finding.message)}</p><dl>{rows}</dl></li>\n"
    )


def _marked(draft: Draft, report: Report) -> str:
    marked = []
    for s in segments(draft.text, report.findings):
        words = _escaped(draft.text[s.start : s.end])
        marked.append(f'<mark class="{s.severity}">{words}</mark>' if s.severity else words)
        marked += [f'<sup><a href="#note-{n}">{n}</a></sup>' for n in s.ending]
    return "".join(marked)


def _framed(words: str, frame: Frame) -> str:
    """The frame's own words; where they are not Japanese, screen readers are told so."""
    return escape(words) if frame.lang == "ja" else f'<span lang="{frame.lang}">{escape(words)}</span>'


def _escaped(text: str) -> str:
    return escape(visible(text))
