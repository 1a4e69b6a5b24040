"""The pages of the desk, which keep records: who asks is known, and a change comes from one of our own forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest
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
    """The records, and who asks for them.

    ``who`` raises `SignInNeeded` where nobody is signed in; ``token`` is what a form of this person carries against
    forgery. On a machine of one's own everything is one's own, and the guard before the app sees to forged requests.
    """

    store: Store
    who: Callable[[Request], Actor] = lambda _: OWNER
    token: Callable[[Request], str] = lambda _: ""

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
