"""The report for the terminal: the words marked in place, then the notes, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ryoshiki.model import Draft, Finding, Guideline, Report
from ryoshiki.report.cells import cells, wrap
from ryoshiki.report.frame import Frame, clause_line, fix_line, photo_line, sight_line
from ryoshiki.report.marking import visible

Line = list[tuple[str, str]]  # pieces of (text, style)

_STYLES = {"stop": "bold red", "caution": "bold yellow", "confirm": "bold cyan"}
_SHORT_DRAFT = 12  # lines; a longer draft is shown only around its marks
_NARROWEST = 24


def render(report: Report, draft: Draft, guideline: Guideline, frame: Frame) -> str:
    """Lines of at most ``frame.width`` cells; with ``frame.colour``, ANSI colours besides the words."""
    lines = list(_lines(report, draft, guideline, frame))
    return _painted(lines, frame.width) if frame.colour else "".join(_plain(line) for line in lines)


def _lines(report: Report, draft: Draft, guideline: Guideline, frame: Frame) -> Iterator[Line]:
    phrases, width = frame.phrases, max(frame.width, _NARROWEST)
    shown = report.findings if frame.notes is None else report.findings[: frame.notes]
    if report.findings:
        yield [(phrases["draft"], "bold")]
        yield from _marked(draft.text, shown, width)
        yield []
        yield from _said(phrases["found"].format(n=len(report.findings)), width, "bold")
        for number, finding in enumerate(shown, 1):
            yield []
            yield from _note(number, finding, draft, guideline, frame)
        if len(report.findings) > len(shown):
            yield []
            yield from _said(phrases["more"].format(n=len(report.findings) - len(shown)), width)
    else:
        yield from _said(phrases["nothing"], width, "bold")
    if report.waived:
        yield []
        yield from _said(phrases["waived"].format(n=len(report.waived)), width)
    if any(sight.width for sight in report.photos):
        yield []
        yield [(phrases["photos"], "bold")]
        for sight in report.photos:
            yield from _hanging("・", "", sight_line(sight, phrases), width, indent=2)
    if report.unchecked:
        yield []
        yield [(phrases["unchecked"], "bold")]
        for item in report.unchecked:
            yield from _hanging("・", "", f"{item.what}：{item.why}", width, indent=2)
    yield []
    yield from _said(phrases["decide"], width)


def _note(number: int, finding: Finding, draft: Draft, guideline: Guideline, frame: Frame) -> Iterator[Line]:
    phrases, width = frame.phrases, max(frame.width, _NARROWEST)
    head = f"{number}  {phrases[finding.severity]}  "
    first, *others = _folded(visible(clause_line(finding, guideline, phrases)), width - cells(head))
    yield [(f"{number}  ", "bold"), (phrases[finding.severity], _STYLES[finding.severity]), ("  ", ""), (first, "")]
    yield from ([(" " * cells(head) + part, "")] for part in others)
    yield from _hanging("", "", finding.message, width, indent=3)
    details = [
        ("photo", photo_line(finding, phrases) or ""),
        ("advice", finding.advice),
        ("question", finding.question if finding.severity == "confirm" or frame.notes is None else ""),
        ("fix", fix_line(finding, draft.text, phrases) or ""),
        ("fingerprint", finding.fingerprint if frame.notes is None else ""),
    ]
    for name, words in details:
        if words:
            yield from _hanging(f"{phrases[name]}  ", "dim", words, width, indent=3)


def _hanging(label: str, style: str, words: str, width: int, indent: int) -> Iterator[Line]:
    """``words`` behind ``label``; further lines stand under the first word, not under the label."""
    room = cells(label)
    for i, part in enumerate(_folded(visible(words), width - indent - room)):
        yield [(" " * indent, ""), (label if i == 0 else " " * room, style if i == 0 else ""), (part, "")]


def _said(words: str, width: int, style: str = "") -> Iterator[Line]:
    yield from ([(part, style)] for part in _folded(words, width))


def _folded(words: str, width: int) -> list[str]:
    return [words[start:end].rstrip() for start, end in wrap(words, max(width, 2))]


def _marked(text: str, findings: Sequence[Finding], width: int) -> Iterator[Line]:
    """The draft's lines, each with rows of ``~~~1`` under the words that note 1 speaks of."""
    seen = visible(text)
    ranges = wrap(seen, width - 8)  # room for the indent and for a number behind the last mark
    while len(ranges) > 1 and not seen[slice(*ranges[-1])].strip():
        ranges = ranges[:-1]
    rows = [_rows(seen, start, end, findings) for start, end in ranges]
    near = {j for i, marks in enumerate(rows) if marks for j in (i - 1, i, i + 1)}
    skipped = False
    for i, (start, end) in enumerate(ranges):
        if len(ranges) > _SHORT_DRAFT and i not in near and not (i == 0 and not near):
            if not skipped:
                yield [("  …", "dim")]
            skipped = True
            continue
        skipped = False
        yield [("  " + seen[start:end], "")]
        yield from rows[i]


def _rows(seen: str, start: int, end: int, findings: Sequence[Finding]) -> list[Line]:
    """Rows of marks for one line; marks that would touch stand in rows of their own."""
    rows: list[Line] = []
    used: list[int] = []
    placed = [(f.span, n, f.severity) for n, f in enumerate(findings, 1) if f.span and f.span.start < f.span.end]
    for span, number, severity in sorted(placed, key=lambda mark: mark[0]):
        left, right = max(span.start, start), min(span.end, end)
        if left >= right:
            continue
        column, wide = cells(seen[start:left]), max(cells(seen[left:right]), 1)
        mark = "~" * wide + str(number)
        row = next((r for r, until in enumerate(used) if until < column), len(rows))
        if row == len(rows):
            rows.append([("  ", "")])
            used.append(-1)
        rows[row] += [(" " * (column - max(used[row], 0)), ""), (mark, _STYLES[severity])]
        used[row] = column + len(mark)
    return rows


def _plain(line: Line) -> str:
    return "".join(piece for piece, _ in line).rstrip() + "\n"


def _painted(lines: Sequence[Line], width: int) -> str:
    # Imported here: without colour, and in batch mode, rich is never loaded.
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    paper = StringIO()
    console = Console(
        file=paper, force_terminal=True, color_system="standard", legacy_windows=False, no_color=False, width=width
    )
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True, highlight=False)
    return paper.getvalue()
