"""Signing in with a number and a password of our own, and changing that password."""

from __future__ import annotations

from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ryoshiki.desk import accounts
from ryoshiki.desk.people import Actor
from ryoshiki.desk.store.database import now
from ryoshiki.model import RyoshikiError
from ryoshiki.web.desk import Desk
from ryoshiki.web.multipart import form
from ryoshiki.web.pages import Pages
from ryoshiki.web.signin.signed import HOME, Signed, add_sign_out, ours

_AT_ONCE = 2  # passwords verified at a time: each takes 64 MiB and a core, and reviews want some too


def router(signed: Signed) -> Callable[[Pages, Desk], APIRouter]:
    """Makes /sign-in, /sign-out and /desk/password."""

    def made(pages: Pages, desk: Desk) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        slowly = CapacityLimiter(_AT_ONCE)
        _add_sign_in(routes, signed, pages, slowly)
        _add_password(routes, signed, pages, desk, slowly)
        add_sign_out(routes, signed, pages, desk)
        return routes

    return made


def _add_sign_in(routes: APIRouter, signed: Signed, pages: Pages, slowly: CapacityLimiter) -> None:
    @routes.get("/sign-in")
    def asked(request: Request) -> Response:
        path = ours(request.query_params.get("next", ""))
        out = "out" in request.query_params
        return pages.page(request, "sign-in", page="desk", way="local", next=path, out=out, refused=False, number="")

    @routes.post("/sign-in")
    async def told(request: Request) -> Response:
        fields, _ = await form(request)
        number, path = fields.get("number", "").strip()[:32], ours(fields.get("next", ""))

        def proved() -> Response | None:
            if not accounts.verify(signed.store, number, fields.get("password", ""), now()):
                return None
            return signed.enter(request, number, pages.address(path, pages.spoken(request)))

        answer = await to_thread.run_sync(proved, limiter=slowly)
        # One answer for a wrong number, a wrong password and a wait: none tells which numbers there are.
        return answer or pages.page(
            request, "sign-in", 403, page="desk", way="local", next=path, out=False, refused=True, number=number
        )


def _add_password(routes: APIRouter, signed: Signed, pages: Pages, desk: Desk, slowly: CapacityLimiter) -> None:
    def shown(request: Request, wrong: str = "") -> Response:
        status = 422 if wrong else 200
        return pages.page(request, "password", status, page="desk", token=desk.token(request), wrong=wrong)

    @routes.get("/desk/password")
    def asked(request: Request) -> Response:
        desk.who(request)
        return shown(request)

    @routes.post("/desk/password")
    async def told(request: Request) -> Response:
        """Who changes it shows once more that they know it: the browser may have been left open."""
        actor, fields, _ = await desk.posted(request, again=False)
        if fields.get("new", "") != fields.get("again", ""):
            return shown(request, "新しいパスワードが、二つで違います (the two new ones differ)")

        def changed() -> Response:
            if not accounts.verify(signed.store, actor.number, fields.get("old", ""), now()):
                raise RyoshikiError("今のパスワードが違います (the present one is wrong)")
            _change(signed, actor, fields.get("new", ""))
            return signed.enter(request, actor.number, pages.address(HOME, pages.spoken(request)))

        try:
            return await to_thread.run_sync(changed, limiter=slowly)
        except RyoshikiError as reason:
            return shown(request, str(reason))


def _change(signed: Signed, actor: Actor, new: str) -> None:
    hash = accounts.hashed(new, actor.number)
    with signed.store.write() as db:
        accounts.keep(db, actor, actor.number, hash)
