"""The pages of the desk, which keep records: who asks is known, and a change comes from one of our own forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hmac import compare_digest
from threading import Lock
from typing import TYPE_CHECKING

from ryoshiki.desk.people import OWNER
from ryoshiki.web.multipart import form
from ryoshiki.web.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request

    from ryoshiki.desk.people import Actor
    from ryoshiki.desk.store.database import Store

TOKEN = "token"  # the field by which a form proves that we made it


class SignInNeeded(Exception):  # noqa: N818  no error: the person is shown the way
    """Nobody is signed in."""


@dataclass(frozen=True)
class Desk:
    """The records (``opened`` opens them, once), and who asks for them.

    ``who`` raises `SignInNeeded` where nobody is signed in; ``token`` is what a form of this person carries against
    forgery; ``origin`` is the address that people type, None where only this machine is served. On a machine of one's
    own everything is one's own, and the guard before the app sees to forged requests.
    """

    opened: Callable[[], Store]
    who: Callable[[Request], Actor] = lambda _: OWNER
    token: Callable[[Request], str] = lambda _: ""
    origin: str | None = None
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

    async def posted(self, request: Request) -> tuple[Actor, dict[str, str], list[bytes]]:
        """Who sent a form, its texts, and its files.

        Raises:
            SignInNeeded: nobody is signed in.
            Problem: no form, a broken one, or one that another site made.
        """
        actor = self.who(request)
        fields, files = await form(request)
        if not compare_digest(fields.pop(TOKEN, "").encode(), self.token(request).encode()):
            raise Problem(403, "もう一度開いてから送ってください (open the page again, then send)")
        return actor, fields, files
