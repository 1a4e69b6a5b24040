"""A case as files to hand over: a page to read, the pictures as they were kept, and the hash of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from hashlib import sha256
from html import escape
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from ryoshiki.desk.trouble.cases import Case
from ryoshiki.desk.trouble.evidence import Piece
from ryoshiki.desk.trouble.log import Entry
from ryoshiki.desk.trouble.paths import Way

_HEAD = """\
<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body{{font-family:sans-serif;line-height:1.7;max-width:48rem;margin:2rem auto;padding:0 1rem}}
th,td{{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;overflow-wrap:anywhere}}
pre{{white-space:pre-wrap}}</style>
"""
_DONE = {
    "opened": "開いた",
    "step": "した手順",
    "step-open": "手順を取り消した",
    "facts": "事実を書いた",
    "note": "記録",
    "evidence": "証拠を残した",
    "reply": "返事の下書き",
    "letter": "報告書を書いた",
    "letter-sending": "報告書を送り始めた",
    "letter-sent": "報告書を送った",
    "letter-failed": "報告書は送れなかった",
    "letter-unknown": "報告書は届いたか分からない",
    "letter-out": "報告書をファイルで渡した",
    "moved": "進めた",
    "closed": "終えた",
}


def packed(
    case: Case,
    way: Way | None,
    lines: Sequence[Entry],
    pieces: Sequence[Piece],
    read: Callable[[Piece], bytes],
    zone: tzinfo,
) -> bytes:
    """A ZIP file of ``index.html``, ``evidence/…`` and ``sha256.txt``, which holds the hash of each of them."""
    held, sums = BytesIO(), []
    with ZipFile(held, "w", ZIP_STORED) as archive:  # pictures are packed already

        def put(name: str, data: bytes, at: datetime) -> None:
            archive.writestr(ZipInfo(name, max(at.astimezone(zone).timetuple()[:6], (1980, 1, 1, 0, 0, 0))), data)
            sums.append(f"{sha256(data).hexdigest()}  {name}\n")

        put("index.html", "".join(_page(case, way, lines, pieces, zone)).encode(), case.opened_at)
        for piece in pieces:
            if piece.file_name and f"evidence/{piece.file_name}" not in archive.namelist():
                put(f"evidence/{piece.file_name}", read(piece), piece.seen_at)
        archive.writestr("sha256.txt", "".join(sums))
    return held.getvalue()


def _page(case: Case, way: Way | None, lines: Sequence[Entry], pieces: Sequence[Piece], zone: tzinfo) -> Iterator[str]:
    questions = {question.id: question.words for question in way.questions} if way else {}
    steps = {step.id: step.words for step in way.steps} if way else {}
    yield _HEAD.format(title=escape(case.title))
    yield f"<h1>{escape(case.title)}</h1>\n"
    work = {True: "はい", False: "いいえ", None: "まだ分からない"}[case.city_work]
    facts = [("できごと", way.title if way else case.way), ("気づいた日時", stamp(case.known_at, zone))]
    facts += [("市の仕事にかかわるか", work)]
    facts += [(questions.get(id, id), words) for id, words in case.facts.items()]
    yield _table(facts)
    yield "<h2>証拠</h2>\n"
    for number, piece in enumerate(pieces, 1):
        yield f"<h3>{number}</h3>\n"
        yield _table(_told(piece, zone))
    yield "<h2>したこと</h2>\n"
    shown = {**steps, **{piece.id: str(number) for number, piece in enumerate(pieces, 1)}}
    yield _table(
        (
            f"{stamp(entry.at, zone)} {entry.by}",
            f"{_DONE.get(entry.what, entry.what)} {shown.get(entry.words, entry.words)}",
        )
        for entry in lines
    )
    if case.lessons:
        yield f"<h2>次に生かすこと</h2>\n<pre>{escape(case.lessons)}</pre>\n"


def _told(piece: Piece, zone: tzinfo) -> Iterator[tuple[str, str]]:
    yield "見た日時", stamp(piece.seen_at, zone)
    for title, value in (("アドレス", piece.address), ("言葉", piece.words)):
        if value:
            yield title, value
    if piece.file_name:
        yield "ファイル", f"evidence/{piece.file_name}"
        yield "SHA-256", piece.sha256


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><th scope=row>{escape(a)}<td><pre>{escape(b)}</pre>\n" for a, b in rows)
    return f"<table>\n{cells}</table>\n"


def stamp(moment: datetime, zone: tzinfo) -> str:
    """A moment as the organisation's clocks show it."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
