"""The words of the report to the section head: a business letter in plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ryoshiki.desk.trouble.cases import Case
from ryoshiki.desk.trouble.evidence import Piece
from ryoshiki.desk.trouble.log import Entry, done
from ryoshiki.desk.trouble.paths import Way
from ryoshiki.model import Organisation
from ryoshiki.reading.clock import zone

SUBJECT = "ソーシャルメディアでのできごとについて（報告）"  # tells nothing of the case: a list of mails shows it
_WORK = {True: "かかわりがあります。", False: "かかわりはありません。", None: "まだ分かりません。"}
_BLANK = "（所属と氏名を書いてください）"


def report(
    case: Case,
    way: Way | None,
    lines: Sequence[Entry],
    pieces: Sequence[Piece],
    names: tuple[str, str],
    organisation: Organisation,
    at: datetime,
) -> str:
    """The letter's text. ``names``: to whom, and from whom; "" leaves a place to write it."""
    to, author = names
    sections = _sections(case, way, lines, pieces, organisation)
    numbered = (f"{number}　{title}\n{body}" for number, (title, body) in enumerate(sections, 1))
    return "\n".join(
        (
            _day(at, organisation),
            "",
            f"{to or organisation.tell or '所属長'}　様",
            "",
            f"　　　　　　　　　　　　　　　　{author or _BLANK}",
            "",
            f"　　　　{SUBJECT}",
            "",
            "次のできごとがありましたので、報告します。",
            "",
            *numbered,
            "以上",
            "",
        )
    )


def _sections(
    case: Case, way: Way | None, lines: Sequence[Entry], pieces: Sequence[Piece], organisation: Organisation
) -> Iterator[tuple[str, str]]:
    kind = way.title if way else case.way
    yield "できごと", _under((kind, *([case.title] if case.title != kind else [])))
    yield "気づいた日時", _under([_moment(case.known_at, organisation)])
    yield "市の仕事とのかかわり", _under([_WORK[case.city_work]])
    questions = {question.id: question.words for question in way.questions} if way else {}
    if case.facts:
        yield "事実", _listed((questions.get(id, id), words) for id, words in case.facts.items())
    if pieces:
        yield "残してある証拠", _listed(_evidence(pieces, organisation))
    ticked = done(lines)
    if way is not None and ticked:
        yield "済ませた手順", _under(step.words for step in way.steps if step.id in ticked)
    if way is not None and way.deadlines:
        heading = "個人情報が漏れたときの、一般の法律による期限（報告が要るかどうかは担当課が決めます）"
        known_on = case.known_at.astimezone(zone(organisation.timezone)).date()
        yield heading, _under(f"{d.words}（{d.last(known_on):%Y-%m-%d}まで）" for d in way.deadlines)
    yield "お願い", _under(["これからの対応について、ご指示をお願いします。"])


def _evidence(pieces: Sequence[Piece], organisation: Organisation) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        parts = [("アドレス", piece.address), ("言葉", piece.words), ("ファイル", piece.file_name)]
        parts.append(("SHA-256", piece.sha256))
        said = "\n".join(f"{title}：{value}" for title, value in parts if value)
        yield _moment(piece.seen_at, organisation), said


def _under(lines: Iterable[str]) -> str:
    return "".join(f"　　{part}\n" for line in lines for part in line.splitlines())


def _listed(items: Iterable[tuple[str, str]]) -> str:
    numbered = enumerate(items, 1)
    return "".join(
        f"　({number}) {title}\n" + "".join(f"　　　{part}\n" for part in words.splitlines())
        for number, (title, words) in numbered
    )


def _day(at: datetime, organisation: Organisation) -> str:
    local = at.astimezone(zone(organisation.timezone))
    return f"{local.year}年{local.month}月{local.day}日"


def _moment(at: datetime, organisation: Organisation) -> str:
    return f"{_day(at, organisation)} {at.astimezone(zone(organisation.timezone)):%H:%M}"
