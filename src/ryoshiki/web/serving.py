"""How the page is served: what the server is told, its access log, and its run."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ryoshiki.model import RyoshikiError
from ryoshiki.web.guard.bodies import Limits

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PEER = "ryoshiki.peer"  # in a request's scope: the address at the other end of the connection, be it a proxy's
_GRACE = 3  # seconds that a review in progress has to end


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the page is served, and for whom.

    ``origin``: the address that people type where a proxy stands before the server; ``proxies``: addresses of proxies
    whose word about the client counts; ``platform`` and ``account`` are chosen at first; ``waivers``: findings that the
    one author of this machine has accepted.
    """

    host: str = "127.0.0.1"
    port: int = 8417
    origin: str | None = None
    proxies: tuple[str, ...] = ()
    lang: str = "ja"
    platform: str = "x"
    account: str = "private"
    waivers: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)

    @property
    def alone(self) -> bool:
        """Whether only people at this machine can reach the page. Where a proxy stands before it, others do."""
        named = urlsplit(self.origin).hostname if self.origin else "localhost"
        return self.host in LOOPBACK and named in LOOPBACK and not self.proxies

    @property
    def address(self) -> str:
        """What to type into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.origin or f"http://{host}:{self.port}"


class AccessLog:
    """One line a request: time, client, method, path, status, milliseconds. Never a query, a body or a header.

    A path that leads nowhere is not written either: somebody may have pasted words of a draft into the address.
    """

    def __init__(self, app: ASGIApp, write: Callable[[str], object] | None = None) -> None:
        self.app, self.write = app, write or _to_stderr

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = monotonic(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            client = (scope.get("client") or ("-",))[0]
            # The router notes the endpoint that a path leads to; who was refused before has not shown that it does.
            path = scope["path"] if "endpoint" in scope and status not in (404, 405) else "-"
            if token := scope.get("path_params", {}).get("token"):  # who reads it could sign in another's place
                path = path.replace(token, "-")
            now = datetime.now().astimezone().isoformat(timespec="seconds")
            self.write(f"{now} {client} {scope['method']} {path} {status} {(monotonic() - began) * 1000:.0f}ms\n")


class Peer:
    """Notes who is at the other end, and only then believes what a proxy among ``proxies`` says of its client."""

    def __init__(self, app: ASGIApp, proxies: tuple[str, ...]) -> None:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        self.app: Any = ProxyHeadersMiddleware(app, list(proxies)) if proxies else app  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[PEER] = (scope.get("client") or ("",))[0]
        await self.app(scope, receive, send)


def _to_stderr(line: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(line)


def serve(app: ASGIApp, serving: Serving, ready: Callable[[str], object]) -> None:
    """Serve until interrupted; ``ready`` is called with the address once it can be opened.

    Raises:
        RyoshikiError: the address cannot be had.
    """
    import uvicorn

    logging.getLogger("uvicorn").addHandler(logging.NullHandler())  # a traceback could show words of a draft
    logging.getLogger("uvicorn").propagate = False
    config = uvicorn.Config(
        Peer(app, serving.proxies),
        host=serving.host,
        port=serving.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        proxy_headers=False,  # by Peer
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_GRACE,
    )
    listening = _listening(serving)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            # Now, when Ctrl-C ends the server and no longer breaks off whatever is being loaded.
            ready(replace(serving, port=listening.getsockname()[1]).address)  # port 0 lets the system choose one

    with listening, suppress(KeyboardInterrupt):  # which ends it as it should
        Server(config).run(sockets=[listening])


def _listening(serving: Serving) -> socket.socket:
    """Not by uvicorn's own way: where it cannot listen, it ends the process and leaves the socket open."""
    listening = socket.socket(socket.AF_INET6 if ":" in serving.host else socket.AF_INET)
    try:
        if sys.platform != "win32":  # there it would take the port away from who has it
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((serving.host, serving.port))
        listening.listen()
    except (OSError, OverflowError):
        listening.close()
        raise RyoshikiError(
            f"{serving.host}:{serving.port} では開けません。ほかで使われていないか確かめ、--port を変えてください"
            " (cannot listen there; is it in use? try another --port)"
        ) from None
    return listening
