"""`ryoshiki scope`: whether a person is covered, and which duties of the law then hold; alone or by a staff list."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, keep_apart, sink, tell, width
from ryoshiki.cli.opening import settings
from ryoshiki.cli.source import opened
from ryoshiki.desk.scope import ANSWERS, Kind, find, kinds
from ryoshiki.desk.stafflist import Line, answers, read
from ryoshiki.model import RyoshikiError
from ryoshiki.report.explanation import laid_out
from ryoshiki.report.phrases import PHRASES

_SHOWN = 10  # numbers of bad lines in the summary; all stand in the answer


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
            yield PHRASES[lang][f"scope-{answer}"]
            yield from (f"  {kind.id}  {kind.called(lang)}" for kind in of_it)
            yield ""


def _one(kind: Kind, lang: str) -> Iterator[str]:
    phrases = PHRASES[lang]
    yield f"{kind.title}  {kind.id}"
    yield f"  {kind.title_en}"
    yield ""
    yield phrases[f"scope-{kind.covered}"]
    yield f"  {kind.why}"
    origin = "" if kind.clause.origin == "guideline" else f"（{phrases[kind.clause.origin]}）"
    yield f"  {phrases['clause']} {kind.clause.id}  {kind.clause.title}{origin}"
    for duty_origin in dict.fromkeys(duty.origin for duty in kind.duties):
        yield ""
        yield f"{phrases['scope-duties']}（{phrases[duty_origin]}）"
        for duty in (d for d in kind.duties if d.origin == duty_origin):
            title = duty.title if lang == "ja" else duty.title_en
            yield f"  {title}: {phrases[f'scope-applies-{duty.applies}']}"
            yield f"    {duty.words}"


def _list_answered(source: Path, output: Path | None, known: tuple[Kind, ...], lang: str) -> int:
    """Answer every line of a staff list; the exit status."""
    counts, bad = Counter[str](), list[int]()

    def seen(line: Line) -> None:
        counts[line.kind.covered if line.kind else "bad"] += 1
        if line.kind is None and len(bad) < _SHOWN:
            bad.append(line.number)

    if output is not None:
        keep_apart(output, source)
    with opened(source) as file:
        staff_list = read(file, known)
        with sink(output) as write:
            for part in answers(staff_list, lang, seen):
                write(part)
    tell("".join(f"{line}\n" for line in _summary(counts, bad, PHRASES[lang])))
    return 1 if bad else 0


def _summary(counts: Counter[str], bad: list[int], words: Mapping[str, str]) -> Iterator[str]:
    yield f"{words['scope-lines']}: {counts.total():,}"
    yield from (f"  {words[f'scope-{answer}']}: {counts[answer]:,}" for answer in ANSWERS if counts[answer])
    if bad:
        places = ", ".join(map(str, bad)) + (" …" if counts["bad"] > len(bad) else "")
        yield f"  {words['scope-bad']}: {counts['bad']:,}（{words['scope-line']} {places}）"
