"""`ryoshiki scope`: whether a person is covered, and which duties of the law then hold; alone or by a staff list."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, keep_apart, sink, tell, width
from ryoshiki.cli.opening import settings
from ryoshiki.cli.source import opened
from ryoshiki.desk.scope import ANSWERS, Kind, find, kinds
from ryoshiki.desk.stafflist import Line, defused, read
from ryoshiki.model import RyoshikiError
from ryoshiki.report.explanation import laid_out
from ryoshiki.report.phrases import PHRASES

_SHOWN = 10  # numbers of bad lines in the summary; all stand in the answer
_AT_ONCE = 500  # lines written together
_BOM = "\ufeff"  # by which Excel knows UTF-8

_WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "yes": "対象です",
        "no": "対象ではありません",
        "depends": "場合によります",
        "applies-yes": "あてはまります",
        "applies-no": "あてはまりません",
        "applies-depends": "場合によります",
        "duties": "つとめ",
        "line": "行",
        "staff": "職員番号",
        "kind": "種類",
        "covered": "対象",
        "reason": "読めなかったわけ",
        "bad": "読めない行",
        "lines": "人の行",
    },
    "en": {
        "yes": "Covered",
        "no": "Not covered",
        "depends": "It depends",
        "applies-yes": "applies",
        "applies-no": "does not apply",
        "applies-depends": "it depends",
        "duties": "Duties",
        "line": "Line",
        "staff": "Staff number",
        "kind": "Kind",
        "covered": "Covered",
        "reason": "Why it could not be read",
        "bad": "Bad lines",
        "lines": "Lines of people",
    },
}


def scope(
    kind: options.KindName = None,
    staff_list: options.StaffFile = None,
    output: options.Output = None,
    lang: options.Lang = None,
    folder: options.Folder = None,
) -> None:
    """対象になる人か、どの法律上のつとめがあるかを答えます / Say who is covered, and which duties of the law hold

    終了コード: 0 よい、1 名簿に読めない行がある / Exit status: 0 good, 1 the list has bad lines
    """
    chosen = settings(lang=lang, guideline=folder)
    known = kinds(chosen.guideline)
    if not known:
        raise RyoshikiError("scope.toml がありません (the guideline does not say who is covered)")
    if staff_list is not None:
        if kind is not None:
            raise RyoshikiError("種類か --csv のどちらか一方を渡します (give KIND or --csv, not both)")
        raise typer.Exit(_list_answered(staff_list, output, known, chosen.lang))
    lines = _all(known, chosen.lang) if kind is None else _one(find(kind, known), chosen.lang)
    columns = 80 if output else width(sys.stdout)
    emit("".join(laid_out(line, columns) for line in lines), output)


def _all(known: tuple[Kind, ...], lang: str) -> Iterator[str]:
    for answer in ANSWERS:
        of_it = [kind for kind in known if kind.covered == answer]
        if of_it:
            yield _WORDS[lang][answer]
            yield from (f"  {kind.id}  {_title(kind, lang)}" for kind in of_it)
            yield ""


def _one(kind: Kind, lang: str) -> Iterator[str]:
    words, phrases = _WORDS[lang], PHRASES[lang]
    yield f"{kind.title}  {kind.id}"
    yield f"  {kind.title_en}"
    yield ""
    yield words[kind.covered]
    yield f"  {kind.why}"
    origin = "" if kind.clause.origin == "guideline" else f"（{phrases[kind.clause.origin]}）"
    yield f"  {phrases['clause']} {kind.clause.id}  {kind.clause.title}{origin}"
    for duty_origin in dict.fromkeys(duty.origin for duty in kind.duties):
        yield ""
        yield f"{words['duties']}（{phrases[duty_origin]}）"
        for duty in (d for d in kind.duties if d.origin == duty_origin):
            title = duty.title if lang == "ja" else duty.title_en
            yield f"  {title}: {words[f'applies-{duty.applies}']}"
            yield f"    {duty.words}"


def _title(kind: Kind, lang: str) -> str:
    return kind.title if lang == "ja" else kind.title_en


def _list_answered(source: Path, output: Path | None, known: tuple[Kind, ...], lang: str) -> int:
    """Answer every line of a staff list; the exit status."""
    words = _WORDS[lang]
    counts, bad = Counter[str](), list[int]()
    if output is not None:
        keep_apart(output, source)
    with opened(source) as file:
        staff_list = read(file, known)
        with sink(output) as write:
            heading = [words["line"], *([words["staff"]] if staff_list.numbered else []), words["kind"]]
            rows = [[*heading, words["covered"], words["reason"]]]
            write(_BOM.encode())
            for line in staff_list.lines:
                rows.append(_row(line, staff_list.numbered, lang))
                counts[line.kind.covered if line.kind else "bad"] += 1
                if line.kind is None and len(bad) < _SHOWN:
                    bad.append(line.number)
                if len(rows) == _AT_ONCE:
                    write(_encoded(rows))
                    rows = []
            write(_encoded(rows))
    tell("".join(f"{line}\n" for line in _summary(counts, bad, words)))
    return 1 if bad else 0


def _row(line: Line, numbered: bool, lang: str) -> list[str]:
    answer = [_title(line.kind, lang), _WORDS[lang][line.kind.covered]] if line.kind else ["", ""]
    return [str(line.number), *([line.staff] if numbered else []), *answer, line.reason]


def _encoded(rows: list[list[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _summary(counts: Counter[str], bad: list[int], words: Mapping[str, str]) -> Iterator[str]:
    yield f"{words['lines']}: {counts.total():,}"
    yield from (f"  {words[answer]}: {counts[answer]:,}" for answer in ANSWERS if counts[answer])
    if bad:
        places = ", ".join(map(str, bad)) + (" …" if counts["bad"] > len(bad) else "")
        yield f"  {words['bad']}: {counts['bad']:,}（{words['line']} {places}）"
