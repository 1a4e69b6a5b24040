"""Two roads to the served app: calls that say exactly what a server would pass on, and a real server with sockets."""

from __future__ import annotations

import asyncio
import json
import queue
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any
from unittest import mock

import uvicorn

from ryoshiki.web.serving import Serving, serve

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Scope

HOST = ("Host", "127.0.0.1:8417")
JSON = ("Content-Type", "application/json")
Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What came back; the names of ``headers`` in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def problem(self) -> dict[str, Any]:
        """The problem that it tells, which must be a whole one of its status."""
        told: dict[str, Any] = json.loads(self.body)
        assert self.headers["content-type"] == "application/problem+json"
        assert told["type"] == "about:blank"
        assert told["title"]
        assert told["status"] == self.status
        assert isinstance(told["detail"], str)
        return told


def ask(
    app: ASGIApp,
    method: str,
    path: str,
    headers: Fields = (HOST,),
    body: bytes | None = b"",
    *,
    scheme: str = "http",
    client: str = "127.0.0.1",
) -> Answer:
    """The app's answer to a request with just these headers. A body of None is announced and never comes."""
    route, _, query = path.partition("?")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": route,
        "raw_path": route.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
        "client": (client, 50000),
        "server": ("127.0.0.1", 8417),
    }
    sent: list[Message] = []
    coming: list[Message] = [] if body is None else [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not coming:
            await asyncio.Event().wait()
        return coming.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    given = [(name.decode().lower(), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    assert len(dict(given)) == len(given), "a header comes twice"
    return Answer(sent[0]["status"], dict(given), b"".join(message.get("body", b"") for message in sent[1:]))


@contextmanager
def live(app: ASGIApp, serving: Serving) -> Iterator[int]:
    """The app served as `serve` does it, in a thread; gives the port."""
    servers: list[uvicorn.Server] = []

    class Kept(uvicorn.Server):
        def __init__(self, config: uvicorn.Config) -> None:
            super().__init__(config)
            servers.append(self)

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            begun.set()

    told: queue.Queue[str] = queue.Queue()
    begun = threading.Event()
    with mock.patch.object(uvicorn, "Server", Kept):
        thread = threading.Thread(target=serve, args=(app, serving, told.put))
        thread.start()
        port = int(told.get(timeout=30).rpartition(":")[2])
        assert begun.wait(30)
    try:
        yield port
    finally:
        servers[0].should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def wire(port: int) -> Iterator[socket.socket]:
    """A connection to the server."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        yield connection


def head(method: str, path: str, *headers: tuple[str, str]) -> bytes:
    """The first lines of a request, up to the empty one."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in (("Host", "127.0.0.1"), *headers))]
    return "\r\n".join([*lines, "", ""]).encode()


def answered(connection: socket.socket) -> Answer:
    """The answer, read to its end; one that is cut off is an error."""
    response = HTTPResponse(connection)
    response.begin()
    body = response.read()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)
