"""The pages of the desk, which keep records: who asks is known, and a change comes from one of our own forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hmac import compare_digest
from threading import Lock
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from ryoshiki.desk.people import OWNER
from ryoshiki.web.multipart import form
from ryoshiki.web.problems import Problem

if TYPE_CHECKING:
    from fastapi import APIRouter
    from starlette.requests import Request

    from ryoshiki.desk.people import Actor
    from ryoshiki.desk.store.database import Store
    from ryoshiki.web.pages import Pages

TOKEN = "token"  # the field by which a form proves that we made it


class SignInNeeded(Exception):  # noqa: N818  no error: the person is shown the way
    """Nobody is signed in. ``fields`` and ``files``: the form that may be sent again, and whether it had files."""

    def __init__(self, fields: Mapping[str, str] | None = None, files: bool = False) -> None:
        super().__init__()
        self.fields, self.files = fields, files


class ForeignForm(Problem):
    """A form without the right token: another site made it, or this person before they signed in anew."""

    def __init__(self, fields: Mapping[str, str] | None, files: bool) -> None:
        super().__init__(403, "もう一度開いてから送ってください (open the page again, then send)")
        self.fields, self.files = fields, files


@dataclass(frozen=True)
class Desk:
    """The records (``opened`` opens them, once), and who asks for them.

    ``who`` raises `SignInNeeded` where nobody is signed in; ``token`` is what a form of this person carries against
    forgery; ``origin`` is the address that people type, None where only this machine is served; ``entrance`` makes the
    pages for signing in. On a machine of one's own everything is one's own, and the guard before the app sees to forged
    requests. ``who`` may ask the database: in a coroutine it is called by `asking`.
    """

    opened: Callable[[], Store]
    who: Callable[[Request], Actor] = lambda _: OWNER
    token: Callable[[Request], str] = lambda _: ""
    origin: str | None = None
    entrance: Callable[[Pages, Desk], APIRouter] | None = None
    _opening: Lock = field(default_factory=Lock, repr=False)

    @property
    def store(self) -> Store:
        """The records, opened when somebody first asks for them: most who check a draft never do.

        Raises:
            RyoshikiError: they cannot be had.
        """
        with self._opening:
            return self._store

    @cached_property
    def _store(self) -> Store:
        return self.opened()

    async def asking(self, request: Request) -> Actor:
        """``who``, beside the loop that serves."""
        return await run_in_threadpool(self.who, request)

    async def posted(self, request: Request, again: bool = True) -> tuple[Actor, dict[str, str], list[bytes]]:
        """Who sent a form, its texts, and its files. ``again``: what was typed may be shown, to be sent once more.

        Raises:
            SignInNeeded: nobody is signed in.
            ForeignForm: we did not make it for who is signed in.
            Problem: no form, or a broken one.
        """
        fields, files = await form(request)
        token = fields.pop(TOKEN, "")
        try:
            actor = await self.asking(request)
        except SignInNeeded:
            raise SignInNeeded(fields if again else None, bool(files)) from None
        if not compare_digest(token.encode(), self.token(request).encode()):
            raise ForeignForm(fields if again else None, bool(files))
        return actor, fields, files
