"""Who is let in: requests to this server's own name, and changes only from its own pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from ryoshiki.web.problems import Problem, answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

SHARE = "/share"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_USUAL_PORTS = {"http": ":80", "https": ":443"}
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^:\[\]]+))(?::[0-9]*)?")
_POLICY_VIOLATION = 1008  # as a websocket is told


class Origin:
    """Refuses requests that another site made a browser send.

    ``hosts``: names under which the server is asked, without port; None: any. A name that another site made to lead
    here (DNS rebinding) is not among them. ``origin``: the address that people type, where a proxy stands before.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, origin: str | None = None) -> None:
        self.app = app
        self.origin = _plain(origin.rstrip("/")) if origin else None
        public = _name(self.origin.partition("://")[2]) if self.origin else None
        own = {host.lower().strip("[]") for host in hosts or ()} | ({public} if public else set())
        self.hosts = None if hosts is None else own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        problem = self._problem(scope) if scope["type"] == "http" else None
        await (answer(problem) if problem else self.app)(scope, receive, send)

    def _problem(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        asked = headers.getlist("host")
        if self.hosts is not None and (len(asked) != 1 or _name(asked[0]) not in self.hosts):
            return Problem(421, "この名前では開けません (misdirected request)", "Host が違います (wrong Host)")
        own = _plain(f"{scope['scheme']}://{asked[0]}") if asked else None
        if scope["method"] in _READING or self._ours(headers, own, scope["path"]):
            return None
        return Problem(403, "ほかのサイトからは送れません (cross-site request)", "このページから送ってください")

    def _ours(self, headers: Headers, own: str | None, path: str) -> bool:
        """Whether one of our pages sent it, or no page at all: a program, or the share menu of a telephone."""
        sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        if any(site not in ("same-origin", "none") for site in sites) or len(sites) > 1 or len(origins) > 1:
            return False
        if not origins:
            return True
        if origins[0] == "null":
            # "null" comes from our own forms (our Referrer-Policy hides their origin) and from the share menu, but
            # from sandboxed frames of other sites too. Only Sec-Fetch-Site, which no page can forge, tells them apart.
            return sites == ["same-origin"] or (sites == ["none"] and path == SHARE)
        return _plain(origins[0]) in {own, self.origin} - {None}


def _name(host: str) -> str | None:
    """The host without its port and brackets: ``[::1]:80`` is ``::1``. None: that is no host."""
    parts = _HOST.fullmatch(host.lower())
    return parts and (parts["six"] or parts["name"])


def _plain(origin: str) -> str:
    """As browsers write an origin: lower case, without the scheme's usual port."""
    origin = origin.lower()
    return origin.removesuffix(_USUAL_PORTS.get(origin.partition("://")[0], "\n"))
