"""`ryoshiki trouble`: what to do when something went wrong. The first help needs no record."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import typer

from ryoshiki.cli import case, options
from ryoshiki.cli.console import emit, tell, width
from ryoshiki.cli.letter import letter, reply
from ryoshiki.cli.opening import has_records, settings, store_of
from ryoshiki.desk.trouble.paths import Said, Way
from ryoshiki.model import RyoshikiError
from ryoshiki.report.explanation import laid_out
from ryoshiki.report.phrases import PHRASES
from ryoshiki.settings import Settings

app = typer.Typer(rich_markup_mode=None, help="困ったことが起きたとき / When something went wrong")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "first": "はじめにすること: ryoshiki trouble steps ID",
        "mine": "記録している件",
        "steps": "すること（上から順に）",
        "keep": "残すもの",
        "avoid": "しないこと",
        "tell": "知らせる相手",
        "facts": "書きとめること",
        "deadlines": "期限",
        "work-yes": "市の仕事にかかわることが多い場面です。",
        "work-no": "市の仕事にはかかわらないことが多い場面です。",
        "work-depends": "市の仕事にかかわるかどうかは、場合によります。",
        "keep-case": "報告するかどうかは、ご自身で決められます。記録するとき: ryoshiki trouble start",
    },
    "en": {
        "first": "What to do first: ryoshiki trouble steps ID",
        "mine": "Cases on record",
        "steps": "What to do, in this order",
        "keep": "What to keep",
        "avoid": "What not to do",
        "tell": "Whom to tell",
        "facts": "What to write down",
        "deadlines": "Terms",
        "work-yes": "It is mostly about the city’s work.",
        "work-no": "It is mostly not about the city’s work.",
        "work-depends": "Whether it is about the city’s work depends.",
        "keep-case": "Whether you report it is yours to decide. To keep a record: ryoshiki trouble start",
    },
}


@app.callback(invoke_without_command=True)
def trouble(context: typer.Context, lang: options.Lang = None, folder: options.Folder = None) -> None:
    """困ったことが起きたときの道しるべ。何も付けなければ、一覧です / When something went wrong; lists the paths"""
    if context.invoked_subcommand is not None:
        return
    chosen = settings(lang=lang, guideline=folder)
    lines = [f"{way.id}  {_title(way, chosen.lang)}" for way in case.ways(chosen).ways]
    lines += ["", _WORDS[chosen.lang]["first"]]
    emit("".join(laid_out(line, width(sys.stdout)) for line in lines))
    try:  # what is on record comes second: the first help is there without
        emit("".join(_mine(chosen)))
    except RyoshikiError as reason:
        tell(f"{reason}\n")


def _mine(chosen: Settings) -> Iterator[str]:
    if not has_records(chosen):
        return
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    with store_of(chosen) as store, store.read() as db:
        listed = cases.listed(db, OWNER)
    if listed:
        yield f"\n{_WORDS[chosen.lang]['mine']}\n"
        yield from (f"  {case.line(found)}\n" for found in listed)


@app.command()
def steps(path: options.TroubleName, lang: options.Lang = None, folder: options.Folder = None) -> None:
    """はじめにすることを、順に示します。記録は要りません / First steps, in order; no record is needed"""
    chosen = settings(lang=lang, guideline=folder)
    way = case.ways(chosen).way(path)
    emit("".join(laid_out(line, width(sys.stdout)) for line in _whole(way, chosen.lang)))


def _whole(way: Way, lang: str) -> Iterator[str]:
    words, phrases = _WORDS[lang], PHRASES[lang]
    yield f"{_title(way, lang)}  {way.id}"
    yield f"  {way.fits if lang == 'ja' else way.fits_en}"
    yield f"  {words[f'work-{way.city_work}']}"
    yield ""
    yield words["steps"]
    for number, step in enumerate(way.steps, 1):
        yield f"  {number}  {step.spoken(lang)}"
        yield f"     {step.why if lang == 'ja' else step.why_en}"
        yield (
            f"     {phrases['clause']} {step.clause.id}  {step.clause.title}"
            if step.clause
            else (f"     （{phrases[step.origin]}）")
        )
    parts: tuple[tuple[str, tuple[Said, ...]], ...] = (
        ("keep", way.keep),
        ("avoid", way.avoid),
        ("facts", way.questions),
        ("tell", way.tell),
    )
    for name, said in parts:
        if said:
            yield ""
            yield words[name]
            yield from (f"  ・{each.spoken(lang)}" for each in said)
    if way.deadlines:
        yield ""
        yield f"{words['deadlines']}（{phrases['general-law']}）"
        yield from (f"  ・{each.spoken(lang)}" for each in way.deadlines)
    yield ""
    yield f"{words['keep-case']} {way.id}"


def _title(way: Way, lang: str) -> str:
    return way.title if lang == "ja" else way.title_en


for command in (
    case.start,
    case.show,
    case.tell,
    case.done,
    case.note,
    case.keep,
    case.export,
    case.move,
    case.close,
    reply,
    letter,
):
    app.command()(command)
