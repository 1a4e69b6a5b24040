"""People known by the session in their cookie: who they are, what their forms carry, coming in and going out."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ryoshiki.desk import sessions
from ryoshiki.desk.sessions import Terms
from ryoshiki.desk.store.database import Store, now
from ryoshiki.web.desk import Desk, SignInNeeded
from ryoshiki.web.signin.cookies import Cookie

if TYPE_CHECKING:
    from ryoshiki.desk.people import Actor
    from ryoshiki.web.pages import Pages

SESSION = "ryoshiki"
HOME = "/desk"
# A page of the desk. Whatever else an address says, nobody is led to another host by signing in here.
_DESK = re.compile(r"/desk(?:[/?][!-\[\]-~]*)?")
_LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True)
class Signed:
    """The sessions of this server's people."""

    store: Store
    terms: Terms
    cookie: Cookie
    passwords: bool = False  # kept here, so that people can change them

    def who(self, request: Request) -> Actor:
        """Who asks, as the staff list has them now.

        Raises:
            SignInNeeded: nobody, or not any more.
        """
        token, at = self.cookie.read(request), now()
        with self.store.read() as db:
            session = sessions.find(db, token, self.terms, at) if token else None
        if session is None:
            raise SignInNeeded
        if session.stale:
            with self.store.write() as db:
                sessions.seen(db, token, at)
        told = {"name": session.person.name, "token": self.token(request), "password": self.passwords}
        request.state.signed_in = told  # for the head of the page
        return session.person.actor

    def token(self, request: Request) -> str:
        """What forms carry: it tells nothing of the session, and another session has another one."""
        return hmac.digest(self.cookie.read(request).encode(), b"ryoshiki form", hashlib.sha256).hex()

    def enter(self, request: Request, number: str, path: str) -> Response:
        """Let a person in whose number was proved, and on to ``path``. The session is new, whatever the browser had."""
        with self.store.write() as db:
            sessions.end(db, self.cookie.read(request))
            token = sessions.begin(db, number, self.terms, now())
        answer = RedirectResponse(path, 303)
        self.cookie.put(answer, token)
        return answer

    def leave(self, request: Request) -> None:
        """End the session of the browser that asks."""
        with self.store.write() as db:
            sessions.end(db, self.cookie.read(request))


def ours(path: str) -> str:
    """``path`` if it is a page of the desk, else its first page."""
    return path if len(path) <= _LONGEST and _DESK.fullmatch(path) else HOME


def add_sign_out(routes: APIRouter, signed: Signed, pages: Pages, desk: Desk) -> None:
    """POST /sign-out."""

    @routes.post("/sign-out")
    async def leave(request: Request) -> Response:
        await desk.posted(request)
        await run_in_threadpool(signed.leave, request)
        answer = RedirectResponse(pages.address("/sign-in?out=1", pages.spoken(request)), 303)
        signed.cookie.drop(answer)
        return answer
