"""`ryoshiki ask`: a question in one's own words, and the answers that fit."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, width
from ryoshiki.cli.opening import guideline, settings
from ryoshiki.desk.questions import Question, search
from ryoshiki.model import Guideline, RyoshikiError
from ryoshiki.report.explanation import laid_out
from ryoshiki.report.phrases import PHRASES

Phrases = Mapping[str, str]


def ask(question: options.Asked = None, lang: options.Lang = None, folder: options.Folder = None) -> None:
    """質問に答えます。質問がなければ、一覧を出します / Answer a question, or list them all

    終了コード: 0 答えがある、1 見つからない / Exit status: 0 answered, 1 no answer found
    """
    import typer

    chosen = settings(lang=lang, guideline=folder)
    loaded, phrases = guideline(chosen), PHRASES[chosen.lang]
    known = search(loaded)
    if not known.all:
        raise RyoshikiError(f"{loaded.title}: 質問集がありません (the guideline has no questions)")
    if question is None:
        lines, status = list(_list(known.all)), 0
    else:
        hits = known.find(question)
        lines = [line for hit in hits for line in _answer(hit.question, loaded, phrases)]
        lines += [phrases["no-answer" if not hits else "not-it"].format(tell=loaded.organisation.tell)]
        status = 0 if hits else 1
    emit("".join(laid_out(line, width(sys.stdout)) for line in lines))
    raise typer.Exit(status)


def _list(asked: Sequence[Question]) -> Iterator[str]:
    for topic in dict.fromkeys(question.topic for question in asked):
        yield topic
        yield from (f"  {q.ask}" for q in asked if q.topic == topic)
        yield ""


def _answer(question: Question, loaded: Guideline, phrases: Phrases) -> Iterator[str]:
    yield question.ask
    yield f"  {question.answer}"
    yield f"  {rests_on(question, loaded, phrases)}"
    yield ""


def rests_on(question: Question, loaded: Guideline, phrases: Phrases) -> str:
    """The clause that an answer rests on, or where else it is from."""
    clause = loaded.clauses.get(question.clause)
    named = f"{phrases['clause']}: {clause.id} {clause.title}" if clause else ""
    if question.origin == "guideline":
        return named
    return f"{named}（{phrases[question.origin]}）" if named else f"（{phrases[question.origin]}）"
