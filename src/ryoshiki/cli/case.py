"""The commands of `ryoshiki trouble` that keep records of one's own machine, each of one case."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ryoshiki.cli import options
from ryoshiki.cli.check import moment
from ryoshiki.cli.console import emit, put, width
from ryoshiki.cli.letter import pairs
from ryoshiki.cli.opening import guideline, settings, store_of
from ryoshiki.cli.source import picture_bytes
from ryoshiki.desk.trouble.paths import Trouble, Way
from ryoshiki.desk.trouble.paths import trouble as read
from ryoshiki.model import RyoshikiError
from ryoshiki.report.explanation import laid_out
from ryoshiki.settings import Settings

if TYPE_CHECKING:
    from ryoshiki.desk.trouble.cases import Case

STATES = {
    "opened": "開いたところ (opened)",
    "steps": "手順の途中 (steps)",
    "reported": "報告した (reported)",
    "settled": "収まった (settled)",
    "closed": "終えた (closed)",
}
_DONE = {
    "opened": "開いた (opened)",
    "step": "した手順 (step)",
    "step-open": "手順を戻した (step undone)",
    "facts": "事実を書いた (facts)",
    "note": "記録 (note)",
    "evidence": "証拠 (evidence)",
    "reply": "返事の下書き (reply)",
    "letter": "手紙を書いた (letter written)",
    "letter-sending": "手紙を送り始めた (letter sending)",
    "letter-sent": "手紙を送った (letter sent)",
    "letter-failed": "手紙は送れなかった (letter failed)",
    "letter-unknown": "手紙は届いたか分からない (letter unknown)",
    "letter-out": "手紙をファイルで渡した (letter handed over)",
    "moved": "進めた (moved)",
    "closed": "終えた (closed)",
}


def start(
    path: options.TroubleName,
    title: options.CaseTitle = None,
    known_at: options.KnownAt = None,
    folder: options.Folder = None,
) -> None:
    """一件の記録を始めます / Begin a record"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    chosen = settings(guideline=folder)
    way = ways(chosen).way(path)
    at = moment(known_at, guideline(chosen)) if known_at is not None else None
    with store_of(chosen) as store, store.write() as db:
        case = cases.start(db, OWNER, way, title or "", at)
    emit(f"{case.id[:8]}  記録を始めました。次は ryoshiki trouble steps {way.id} (begun)\n")


def show(case: options.CaseId, folder: options.Folder = None) -> None:
    """一件の記録を示します / Show a case"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases, evidence, letters, log

    chosen = settings(guideline=folder)
    with store_of(chosen) as store, store.read() as db:
        found = cases.find(db, OWNER, case)
        way = way_of(found, ways(chosen))
        entries, pieces = log.entries(db, found.id), evidence.pieces(db, found)
        written = letters.of(db, found)
    lines = [*_case(found, way), *_ticks(way, log.done(entries))]
    for piece in pieces:
        hash = f"  {piece.file_name} SHA-256 {piece.sha256}" if piece.file_name else ""
        lines.append(f"  証拠 (evidence)  {piece.seen_at.astimezone():%Y-%m-%d %H:%M}  {piece.address}{hash}")
        lines += [f"    {part}" for part in piece.words.splitlines()]
    for one in written:
        unsure = f"  {letters.UNSURE}" if one.state in ("sending", "unknown") else ""
        lines.append(f"  手紙 (letter)  {one.to_mail or '—'}  {one.state}{unsure}  {one.reason}".rstrip())
    lines += [f"  {e.at.astimezone():%Y-%m-%d %H:%M}  {_DONE.get(e.what, e.what)}  {e.words}".rstrip() for e in entries]
    emit("".join(laid_out(line, width(sys.stdout)) for line in lines))


def tell(
    case: options.CaseId,
    fact: options.Facts = None,
    city_work: options.CityWork = None,
    known_at: options.KnownAt = None,
    title: options.CaseTitle = None,
    folder: options.Folder = None,
) -> None:
    """事実、市の仕事にかかわるか、気づいた日時を書きます / Say what happened"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    chosen = settings(guideline=folder)
    given = pairs(fact or (), "--fact")
    work = {None: None, "yes": True, "no": False, "unknown": None}
    if city_work not in work:
        raise RyoshikiError("--city-work: yes, no, unknown のどれかです (one of them)")
    with store_of(chosen) as store, store.write() as db:
        found = cases.changeable(db, OWNER, case)
        way = way_of(found, ways(chosen))
        known = [question.id for question in way.questions] if way else list(given)
        if unknown := [name for name in given if name not in known]:
            raise RyoshikiError(
                f"--fact: {unknown[0][:40]!r} という問いはありません。あるもの (there are): {', '.join(known)}"
            )
        told = cases.Told(
            title or found.title,
            {**found.facts, **given},
            found.city_work if city_work is None else work[city_work],
            (moment(known_at, guideline(chosen)) if known_at else None) or found.known_at,
        )
        emit(f"{line(cases.tell(db, OWNER, found.id, found.version, told))}\n")


def done(case: options.CaseId, steps: options.Steps, undo: options.Undo = False, folder: options.Folder = None) -> None:
    """した手順に印を付けます / Tick steps off"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    chosen = settings(guideline=folder)
    with store_of(chosen) as store, store.write() as db:
        found = cases.changeable(db, OWNER, case)
        way = ways(chosen).way(found.way)
        for step in steps:
            cases.step(db, OWNER, found.id, way, step, not undo)
        emit(f"{line(cases.find(db, OWNER, found.id))}\n")


def note(case: options.CaseId, words: options.NoteWords) -> None:
    """したことを記録します / Enter what was done"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    with store_of(settings()) as store, store.write() as db:
        cases.note(db, OWNER, case, words)
    emit("記録しました (entered)\n")


def keep(
    case: options.CaseId,
    address: options.Address = "",
    at: options.SeenAt = "now",
    text: options.SeenWords = "",
    photo: options.Screen = None,
    folder: options.Folder = None,
) -> None:
    """証拠を残します。画像は、投稿の写真と同じように確かめます / Keep evidence"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import evidence

    chosen = settings(guideline=folder)
    loaded = guideline(chosen)
    picture = evidence.picture(picture_bytes(photo), loaded) if photo is not None else None
    seen_at = None if at == "now" else moment(at, loaded)
    with store_of(chosen) as store, store.write() as db:
        kept = evidence.add(db, OWNER, case, address, text, seen_at, picture)
    emit(f"{kept.id[:8]}  残しました (kept)\n")
    if picture is not None:
        emit(f"  SHA-256 {picture.sha256}\n" + "".join(f"  ・{said}\n" for said in picture.notes))


def export(case: options.CaseId, file: options.Archive, folder: options.Folder = None) -> None:
    """一件の記録と証拠を、渡せる一つのファイルにします / Put a case into one file to hand over"""
    from hashlib import sha256

    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases, evidence, log
    from ryoshiki.desk.trouble.handover import packed
    from ryoshiki.reading.clock import zone

    chosen = settings(guideline=folder)
    clock = zone(guideline(chosen).organisation.timezone)
    with store_of(chosen) as store, store.read() as db:
        found = cases.find(db, OWNER, case)
        lines, pieces = log.entries(db, found.id), evidence.pieces(db, found)
        data = packed(found, way_of(found, ways(chosen)), lines, pieces, evidence.reader(db), clock)
    put(data, file)
    emit(
        f"{file}  SHA-256 {sha256(data).hexdigest()}\n人の情報が入ります。渡す相手を確かめてください (it is personal)\n"
    )


def move(case: options.CaseId, state: options.ToState) -> None:
    """いまの段階を進めます。終えた件は steps で開き直します / Move a case on"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    to = next((known for known in cases.STATES if known == state), None)
    if to is None:
        raise RyoshikiError(f"STATE: {', '.join(cases.STATES[1:4])} のどれかです (one of them)")
    with store_of(settings()) as store, store.write() as db:
        found = cases.changeable(db, OWNER, case)
        emit(f"{line(cases.move(db, OWNER, found.id, found.version, to))}\n")


def close(case: options.CaseId, lessons: options.Lessons) -> None:
    """次に生かすことを書いて、終えます / End a case with what was learned"""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    with store_of(settings()) as store, store.write() as db:
        found = cases.changeable(db, OWNER, case)
        emit(f"{line(cases.close(db, OWNER, found.id, found.version, lessons))}\n")


def ways(chosen: Settings) -> Trouble:
    """What the guideline in force says of trouble.

    Raises:
        RyoshikiError: it says nothing.
    """
    found = read(chosen.guideline)
    if not found.ways:
        raise RyoshikiError("trouble.toml がありません (the guideline does not say what to do)")
    return found


def way_of(case: Case, known: Trouble) -> Way | None:
    """The way that a case was opened for; None where the guideline has it no longer."""
    return next((way for way in known.ways if way.id == case.way), None)


def line(case: Case) -> str:
    return f"{case.id[:8]}  {STATES[case.state]}  {case.title}  {case.opened_at.astimezone():%Y-%m-%d}"


def _case(case: Case, way: Way | None) -> Iterator[str]:
    yield line(case)
    yield f"  できごと (kind): {way.title if way else case.way}"
    yield f"  気づいた日時 (known): {case.known_at.astimezone():%Y-%m-%d %H:%M}"
    work = {True: "はい (yes)", False: "いいえ (no)", None: "まだ分からない (not yet known)"}[case.city_work]
    yield f"  市の仕事にかかわるか (city work): {work}"
    asked = {question.id: question.words for question in way.questions} if way else {}
    for id, words in case.facts.items():
        yield f"  {asked.get(id, id)}"
        yield from (f"    {part}" for part in words.splitlines())
    for deadline in way.deadlines if way else ():
        last = deadline.last(case.known_at.astimezone().date())
        left = (last - date.today()).days
        yield f"  期限 (term, {deadline.origin}): {deadline.words}  {last}（あと {left} 日）"
    if case.lessons:
        yield "  次に生かすこと (lessons)"
        yield from (f"    {part}" for part in case.lessons.splitlines())


def _ticks(way: Way | None, ticked: frozenset[str]) -> Iterator[str]:
    for step in way.steps if way else ():
        yield f"  [{'x' if step.id in ticked else ' '}] {step.id}  {step.words}"
