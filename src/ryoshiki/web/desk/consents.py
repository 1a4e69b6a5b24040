"""The pages of the consent ledger, and the one at which a person signs or takes back, with no account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter
from markupsafe import Markup
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ryoshiki.desk.consents import ledger, pictures, signing, uses
from ryoshiki.desk.consents.form import PROMISE, TITLE, sheet, term
from ryoshiki.desk.consents.ledger import Consent
from ryoshiki.desk.people import may
from ryoshiki.model import RyoshikiError
from ryoshiki.web.desk import Desk
from ryoshiki.web.multipart import form
from ryoshiki.web.pages import Pages
from ryoshiki.web.phrases import phrases

_AT_ONCE = 50  # consents on one page
_MOST_PAGES = 10_000
Result = TypeVar("Result")


def router(pages: Pages, desk: Desk) -> APIRouter:
    """/desk, /desk/consents and /consent."""
    routes = APIRouter(include_in_schema=False)
    _ledger(routes, pages, desk)
    _one(routes, pages, desk)
    _signing(routes, pages, desk)
    return routes


def _ledger(routes: APIRouter, pages: Pages, desk: Desk) -> None:
    """All consents: list, ask, add."""

    @routes.get("/desk")
    def home(request: Request) -> Response:
        return _page(pages, desk, request, "desk", actor=desk.who(request))

    @routes.get("/desk/consents")
    def listed(request: Request) -> Response:
        actor = desk.who(request)
        words = request.query_params.get("q", "")[:200]
        number = _number(request.query_params.get("page", ""))
        with desk.store.read() as db:
            found = ledger.listed(db, actor, words, (number - 1) * _AT_ONCE, _AT_ONCE + 1)
        further = {
            step: "/desk/consents?" + urlencode({"q": words, "page": number + step})
            for step, there in ((-1, number > 1), (1, len(found) > _AT_ONCE))
            if there
        }
        return _page(pages, desk, request, "consents", found=found[:_AT_ONCE], words=words, further=further)

    @routes.get("/desk/consents/new")
    def new(request: Request) -> Response:
        desk.who(request)
        return _page(pages, desk, request, "consent-new")

    @routes.post("/desk/consents")
    async def add(request: Request) -> Response:
        actor, fields, _ = await desk.posted(request)
        asking = ledger.Asking(
            fields.get("person", ""),
            fields.get("event", ""),
            tuple(fields.get("media", "").replace("、", "\n").splitlines()),
            _day(fields.get("until", "")),
            fields.get("guardian", ""),
            fields.get("how", "paper"),
        )
        made = await _written(desk, lambda db: ledger.add(db, actor, asking))
        return _to(pages, request, f"/desk/consents/{made.id}")

    @routes.post("/desk/consents/ask")
    async def ask(request: Request) -> Response:
        """Who agreed to this picture, or at this event: a page for people, JSON for the review's script.

        Nothing is changed, so that no token is needed, which the review's page has not.
        """
        actor = await desk.asking(request)
        fields, files = await form(request)
        event = fields.get("event", "")
        picture = await run_in_threadpool(pictures.fingerprint, files[0]) if files else None

        def asked() -> tuple[tuple[pictures.Bond, Consent], ...]:
            with desk.store.read() as db:
                return pictures.ask(db, actor, picture, event)

        found = await run_in_threadpool(asked)
        if "text/html" in request.headers.get("accept", ""):
            return _page(pages, desk, request, "consents-asked", found=found, event=event)
        say = phrases()[pages.spoken(request)]
        told = [{"person": c.person, "event": c.event, "holds": c.holds(date.today()), "bond": b} for b, c in found]
        return JSONResponse({"consents": told, "words": say["consent_found" if told else "consent_none"]})


def _one(routes: APIRouter, pages: Pages, desk: Desk) -> None:
    """One consent, and what is done to it."""

    @routes.get("/desk/consents/{id}")
    def shown(request: Request, id: str) -> Response:
        actor = desk.who(request)
        with desk.store.read() as db:
            consent = ledger.find(db, actor, id)
            places, count = uses.of(db, consent), pictures.attached(db, consent)
        mine = may(actor, "consent.change", consent.kept_by, consent.section)
        return _page(
            pages,
            desk,
            request,
            "consent",
            consent=consent,
            places=places,
            count=count,
            mine=mine,
            drawn=signing.drawn(consent.signature),
        )

    @routes.post("/desk/consents/{id}/form")
    async def printed(request: Request, id: str) -> Response:
        """The sheet to print; the address in it is new each time."""
        actor, _, _ = await desk.posted(request)

        def made(db: Connection) -> tuple[Consent, str]:
            consent = ledger.changeable(db, actor, id)
            return consent, signing.invite(db, actor, id)

        consent, token = await _written(desk, made)
        address = f"{desk.origin}/consent/{token}" if desk.origin else ""
        html = Markup(sheet(consent, pages.guideline, address))  # its parts are escaped there
        here = pages.address(f"/consent/{token}", pages.spoken(request))
        return _page(pages, desk, request, "consent-form", sheet=html, here=here, title=TITLE)

    def act(name: str, do: Callable[[Connection, Any, str, dict[str, str], Sequence[bytes]], object]) -> None:
        async def acted(request: Request, id: str) -> Response:
            actor, fields, files = await desk.posted(request)
            await _written(desk, lambda db: do(db, actor, id, fields, files))
            return _to(pages, request, f"/desk/consents/{id}")

        routes.add_api_route(f"/desk/consents/{{id}}/{name}", acted, methods=["POST"])

    act("answer", lambda db, who, id, f, _: ledger.answered(db, who, id, f.get("answer") == "agreed"))
    act("withdraw", lambda db, who, id, f, _: ledger.withdraw(db, who, id))
    act("use", lambda db, who, id, f, _: uses.add(db, who, id, f.get("place", ""), _day(f.get("on", "")) or _today()))
    act("removed", lambda db, who, id, f, _: uses.removed(db, who, id, f.get("use", ""), _today()))
    act("picture", lambda db, who, id, f, files: [pictures.attach(db, who, id, p) for p in _prints(files)])


def _signing(routes: APIRouter, pages: Pages, desk: Desk) -> None:
    """For whoever was given the address: no account, no record but this one."""

    @routes.get("/consent/{token}")
    def asked(request: Request, token: str) -> Response:
        with desk.store.read() as db:
            consent = signing.invited(db, token)
        return _asked(pages, request, token, consent)

    @routes.post("/consent/{token}")
    async def signed(request: Request, token: str) -> Response:
        fields, _ = await form(request)

        def do(db: Connection) -> Consent:
            if fields.get("answer") == "withdraw":
                return signing.withdraw(db, token)
            return signing.sign(
                db, token, fields.get("answer") == "agreed", fields.get("strokes", ""), fields.get("typed", "")
            )

        await _written(desk, do)
        return _to(pages, request, f"/consent/{token}")


def _asked(pages: Pages, request: Request, token: str, consent: Consent) -> Response:
    return pages.page(
        request, "consent-sign", consent=consent, token=token, promise=PROMISE, title=TITLE, term=term(consent.until)
    )


def _page(pages: Pages, desk: Desk, request: Request, name: str, **context: Any) -> Response:
    return pages.page(request, name, page="desk", token=desk.token(request), today=_today(), **context)


def _to(pages: Pages, request: Request, path: str) -> Response:
    """On to another page, so that going back or pressing "reload" sends nothing again."""
    return RedirectResponse(pages.address(path, pages.spoken(request)), 303)


async def _written(desk: Desk, do: Callable[[Connection], Result]) -> Result:
    """A change in one transaction, beside the loop that serves."""

    def work() -> Result:
        with desk.store.write() as db:
            return do(db)

    return await run_in_threadpool(work)


def _prints(files: Sequence[bytes]) -> list[pictures.Print]:
    if not files:
        raise RyoshikiError("写真を選んでください (choose a photo)")
    return [pictures.fingerprint(data) for data in files]


def _number(given: str) -> int:
    usable = given.isascii() and given.isdigit() and 0 < len(given) < 6
    return min(max(int(given), 1), _MOST_PAGES) if usable else 1


def _today() -> date:
    return date.today()


def _day(given: str) -> date | None:
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise RyoshikiError("日付の形ではありません。例: 2027-03-31 (no date)") from None
