"""Cookies that no script reads, no other site sends along, and no other host of the domain can set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie by its whole name. ``secure``: it goes over HTTPS alone."""

    name: str
    secure: bool

    def read(self, request: Request) -> str:
        """What the browser sent; empty: nothing."""
        return request.cookies.get(self.name, "")

    def put(self, response: Response, value: str, seconds: int | None = None) -> None:
        """Have the browser keep it for so long (None: until it is closed)."""
        # Lax, for coming back from the identity provider is another site's doing.
        response.set_cookie(self.name, value, seconds, secure=self.secure, httponly=True, samesite="lax", path="/")

    def drop(self, response: Response) -> None:
        """Have the browser forget it."""
        response.delete_cookie(self.name, secure=self.secure, httponly=True, samesite="lax", path="/")


def cookie(name: str, origin: str | None) -> Cookie:
    """The cookie of a server that people reach at ``origin``.

    The prefix binds it to this very host over HTTPS, which the loopback of one's own machine does not have.
    """
    secure = (origin or "").lower().startswith("https://")
    return Cookie(f"__Host-{name}" if secure else name, secure)
