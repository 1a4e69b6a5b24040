"""The pages of a case: steps, facts, evidence, the report to the section head, its states and its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ryoshiki.desk.people import Actor, may
from ryoshiki.desk.staff import find as person
from ryoshiki.desk.store.database import now
from ryoshiki.desk.trouble import cases, evidence, letters, log
from ryoshiki.desk.trouble.cases import MOVES, Case, Told
from ryoshiki.desk.trouble.handover import packed
from ryoshiki.desk.trouble.paths import Way
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.clock import zone
from ryoshiki.web.desk import Desk
from ryoshiki.web.pages import Pages

_AT_ONCE = 50  # cases on one page
_MOST_PAGES = 10_000
_WORK = {"yes": True, "no": False}
Fields = Mapping[str, str]


def router(pages: Pages, desk: Desk) -> APIRouter:
    """/desk/cases."""
    routes = APIRouter(include_in_schema=False)
    _all(routes, pages, desk)
    _one(routes, pages, desk)
    _files(routes, pages, desk)
    _letters(routes, pages, desk)
    return routes


def _all(routes: APIRouter, pages: Pages, desk: Desk) -> None:
    """The list, and the beginning of a case."""

    @routes.get("/desk/cases")
    def listed(request: Request) -> Response:
        actor = desk.who(request)
        number = _number(request.query_params.get("page", ""))
        with desk.store.read() as db:
            found = cases.listed(db, actor, (number - 1) * _AT_ONCE, _AT_ONCE + 1)
        further = {
            step: "/desk/cases?" + urlencode({"page": number + step})
            for step, there in ((-1, number > 1), (1, len(found) > _AT_ONCE))
            if there
        }
        return _page(pages, desk, request, "cases", found=found[:_AT_ONCE], actor=actor, further=further)

    @routes.get("/desk/cases/new")
    def new(request: Request) -> Response:
        desk.who(request)
        return _page(pages, desk, request, "case-new", chosen=request.query_params.get("way", ""))

    @routes.post("/desk/cases")
    async def start(request: Request) -> Response:
        actor, fields, _ = await desk.posted(request)
        way = pages.trouble.way(fields.get("way", ""))
        known_at = _moment(pages, fields.get("known_at", ""))
        case = await desk.written(lambda db: cases.start(db, actor, way, fields.get("title", ""), known_at))
        return pages.to(request, f"/desk/cases/{case.id}")


def _one(routes: APIRouter, pages: Pages, desk: Desk) -> None:
    """One case, and what is done to it."""

    @routes.get("/desk/cases/{id}")
    def shown(request: Request, id: str) -> Response:
        actor = desk.who(request)
        with desk.store.read() as db:
            case = cases.find(db, actor, id)
            lines, pieces = log.entries(db, case.id), evidence.pieces(db, case)
            sent = letters.of(db, case)
            read_by = [found for number in cases.readers(db, case) if (found := person(db, number))]
        way = _way(pages, case)
        return _page(
            pages,
            desk,
            request,
            "case",
            case=case,
            way=way,
            lines=lines,
            ticked=log.done(lines),
            pieces=pieces,
            numbers={piece.id: number for number, piece in enumerate(pieces, 1)},
            letters=sent,
            readers=[who.name for who in read_by],
            others={who.number: who.name for who in read_by if who.number != case.opened_by},
            mine=may(actor, "case.change", case.opened_by),
            moves=[to for to in MOVES[case.state] if to != "closed"],
            due=_terms(pages, case, way),
            post=desk.post is not None,
        )

    def act(name: str, do: Callable[[Connection, Actor, str, Fields], object], part: str = "") -> None:
        async def acted(request: Request, id: str) -> Response:
            actor, fields, _ = await desk.posted(request)
            await desk.written(lambda db: do(db, actor, id, fields))
            return pages.to(request, f"/desk/cases/{id}{part}")

        routes.add_api_route(f"/desk/cases/{{id}}/{name}", acted, methods=["POST"])

    def tick(db: Connection, actor: Actor, id: str, fields: Fields) -> None:
        way = pages.trouble.way(cases.find(db, actor, id).way)
        cases.step(db, actor, id, way, fields.get("step", ""), fields.get("done") == "yes")

    def tell(db: Connection, actor: Actor, id: str, fields: Fields) -> None:
        case = cases.find(db, actor, id)
        way = _way(pages, case)
        facts = {q.id: fields[f"fact-{q.id}"] for q in (way.questions if way else ()) if f"fact-{q.id}" in fields}
        known_at = _moment(pages, fields.get("known_at", "")) or case.known_at
        told = Told(fields.get("title", ""), {**case.facts, **facts}, _WORK.get(fields.get("city_work", "")), known_at)
        cases.tell(db, actor, id, _version(fields), told)

    act("step", tick, "#steps")
    act("facts", tell, "#letters")
    act("note", lambda db, who, id, f: cases.note(db, who, id, f.get("words", "")), "#log")
    act("reply", lambda db, who, id, f: cases.note(db, who, id, f.get("words", ""), "reply"), "#log")
    act("move", lambda db, who, id, f: cases.move(db, who, id, _version(f), f.get("to", "")))  # type: ignore[arg-type]
    act("close", lambda db, who, id, f: cases.close(db, who, id, _version(f), f.get("lessons", "")))


def _files(routes: APIRouter, pages: Pages, desk: Desk) -> None:
    """Evidence in, evidence and the whole case out."""

    @routes.post("/desk/cases/{id}/evidence")
    async def keep(request: Request, id: str) -> Response:
        actor, fields, files = await desk.posted(request)
        if len(files) > 1:
            raise RyoshikiError("画像は一つずつ残します (one picture at a time)")
        seen_at = _moment(pages, fields.get("at", ""))

        def work() -> None:
            with desk.store.read() as db:  # before the picture is looked at, which takes its time
                cases.open_case(db, actor, id)
            picture = evidence.picture(files[0], pages.guideline) if files else None
            with desk.store.write() as db:
                evidence.add(db, actor, id, fields.get("address", ""), fields.get("words", ""), seen_at, picture)

        await run_in_threadpool(work)
        return pages.to(request, f"/desk/cases/{id}#evidence")

    @routes.get("/desk/cases/{id}/evidence/{piece}")
    def file(request: Request, id: str, piece: str) -> Response:
        actor = desk.who(request)
        with desk.store.read() as db:
            found, data = evidence.data(db, actor, id, piece)
        return _download(data, found.file_name)

    @routes.get("/desk/cases/{id}/export")
    def export(request: Request, id: str) -> Response:
        actor = desk.who(request)
        with desk.store.read() as db:
            case = cases.find(db, actor, id)
            lines, pieces = log.entries(db, case.id), evidence.pieces(db, case)
            clock = zone(pages.guideline.organisation.timezone)
            data = packed(case, _way(pages, case), lines, pieces, evidence.reader(db), clock)
        return _download(data, f"case-{case.id[:8]}.zip", "application/zip")


def _letters(routes: APIRouter, pages: Pages, desk: Desk) -> None:
    """The report to the section head."""
    organisation = pages.guideline.organisation

    @routes.get("/desk/cases/{id}/letter")
    def preview(request: Request, id: str) -> Response:
        actor = desk.who(request)
        with desk.store.read() as db:
            case = cases.open_case(db, actor, id)
            heads = letters.heads(db, actor)
            to = letters.To("／".join(f"{head.section}　{head.name}" for head in heads[:1]))
            text = letters.text(db, actor, id, _way(pages, case), to, organisation)
        own = actor.role == "owner"
        return _page(pages, desk, request, "case-letter", case=case, heads=heads, text=text, own=own)

    @routes.post("/desk/cases/{id}/letters")
    async def write(request: Request, id: str) -> Response:
        actor, fields, _ = await desk.posted(request)
        to = letters.To(fields.get("name", ""), fields.get("number", ""), fields.get("mail", "").strip())

        def do(db: Connection) -> None:
            letters.write(db, actor, id, _way(pages, cases.find(db, actor, id)), to, organisation)

        await desk.written(do)
        return pages.to(request, f"/desk/cases/{id}#letters")

    @routes.post("/desk/letters/{letter}/send")
    async def send(request: Request, letter: str) -> Response:
        actor, _, _ = await desk.posted(request)
        if desk.post is None:
            raise RyoshikiError("メールサーバーの設定がありません。ファイルで渡せます (no mail server is set)")
        gone = await run_in_threadpool(letters.send, desk.store, actor, letter, desk.post)
        return pages.to(request, f"/desk/cases/{gone.case_id}#letters")

    @routes.post("/desk/letters/{letter}/settle")
    async def settle(request: Request, letter: str) -> Response:
        actor, fields, _ = await desk.posted(request)
        arrived = fields.get("arrived") == "yes"
        known = await desk.written(lambda db: letters.settle(db, actor, letter, arrived))
        return pages.to(request, f"/desk/cases/{known.case_id}#letters")

    @routes.post("/desk/letters/{letter}/out")
    async def out(request: Request, letter: str) -> Response:
        actor, _, _ = await desk.posted(request)
        gone = await desk.written(lambda db: letters.handed_over(db, actor, letter))
        return pages.to(request, f"/desk/cases/{gone.case_id}#letters")

    @routes.get("/desk/letters/{name}")
    def download(request: Request, name: str) -> Response:
        letter, _, kind = name.partition(".")
        actor = desk.who(request)
        with desk.store.read() as db:
            found = letters.get(db, actor, letter)
        data = bytes(letters.message(found)) if kind == "eml" else found.body.encode()
        return _download(data, f"report-{found.id[:8]}.{'eml' if kind == 'eml' else 'txt'}")


def _page(pages: Pages, desk: Desk, request: Request, name: str, **context: Any) -> Response:
    clock = zone(pages.guideline.organisation.timezone)
    stamp = partial(_stamp, clock=clock)
    return pages.page(request, name, page="desk", token=desk.token(request), stamp=stamp, now=now(), **context)


def _stamp(moment: datetime, form: str = "%Y-%m-%d %H:%M", *, clock: Any) -> str:
    return moment.astimezone(clock).strftime(form)


def _download(data: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """A file to save: never shown, so that nothing in it is run here."""
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=kind)


def _way(pages: Pages, case: Case) -> Way | None:
    """None where the guideline has it no longer."""
    return next((way for way in pages.trouble.ways if way.id == case.way), None)


def _terms(pages: Pages, case: Case, way: Way | None) -> Sequence[tuple[Any, date, int]]:
    """The terms of the law, their last days, and how many days are left."""
    clock = zone(pages.guideline.organisation.timezone)
    known_on, today = case.known_at.astimezone(clock).date(), now().astimezone(clock).date()
    lasts = [(deadline, deadline.last(known_on)) for deadline in (way.deadlines if way else ())]
    return [(deadline, last, (last - today).days) for deadline, last in lasts]


def _moment(pages: Pages, given: str) -> datetime | None:
    """A moment as a browser's field gives it, by the organisation's clocks; None where it was left empty."""
    if not given.strip():
        return None
    try:
        return datetime.fromisoformat(given.strip()).replace(tzinfo=zone(pages.guideline.organisation.timezone))
    except ValueError:
        raise RyoshikiError("日時の形ではありません。例: 2026-06-12T21:14 (no date and time)") from None


def _version(fields: Fields) -> int:
    given = fields.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _number(given: str) -> int:
    usable = given.isascii() and given.isdigit() and 0 < len(given) < 6
    return min(max(int(given), 1), _MOST_PAGES) if usable else 1
