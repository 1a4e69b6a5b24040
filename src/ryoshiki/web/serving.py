"""How the page is served: what the server is told, its access log, and its run."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from ryoshiki.model import RyoshikiError
from ryoshiki.web.guard.bodies import Limits

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_LAST_PORT = 65_535
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
        """Whether only people at this machine can reach the page."""
        return self.host in LOOPBACK

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
            path = scope["path"] if status not in (0, 404, 405) else "-"
            now = datetime.now().astimezone().isoformat(timespec="seconds")
            self.write(f"{now} {client} {scope['method']} {path} {status} {(monotonic() - began) * 1000:.0f}ms\n")


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
        app,
        host=serving.host,
        port=serving.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        proxy_headers=bool(serving.proxies),
        forwarded_allow_ips=list(serving.proxies),
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_GRACE,
    )
    try:
        if serving.port > _LAST_PORT:
            raise OSError
        listening = config.bind_socket()
    except (SystemExit, OSError):  # uvicorn ends the process where it cannot listen
        raise RyoshikiError(
            f"{serving.host}:{serving.port} では開けません。ほかで使われていないか確かめ、--port を変えてください"
            " (cannot listen there; is it in use? try another --port)"
        ) from None
    with listening:
        listening.listen()  # who opens the address at once waits, and is not refused
        ready(replace(serving, port=listening.getsockname()[1]).address)  # port 0 lets the system choose one
        with suppress(KeyboardInterrupt):  # which ends it as it should
            uvicorn.Server(config).run(sockets=[listening])
