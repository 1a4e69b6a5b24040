"""How large a body may be and how long it may take. It is read whole into memory before the app is asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anyio
from starlette.datastructures import Headers

from ryoshiki.web.problems import Problem, answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIB = 1024 * 1024
_PIECE = 64 * 1024
_RETRY = 5  # seconds
_SLOW = 408


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds.

    ``idle``: between two chunks; ``whole``: for all of a body; ``drained``: how much of a body that is too large is
    read and thrown away, so that the sender gets the answer and not a reset; ``together``: all bodies held at a time.
    """

    json: int = 4 * MIB
    photo: int = 30 * MIB
    share: int = 40 * MIB
    idle: float = 10.0
    whole: float = 120.0
    drained: int = 64 * MIB
    together: int = 512 * MIB


class _GoneError(Exception):
    """The client went away: nobody waits for an answer."""


class Bodies:
    """Reads the body, within the limits, and only then asks the app. ``size``: the bytes that a path may be sent."""

    def __init__(self, app: ASGIApp, limits: Limits, size: Callable[[str], int]) -> None:
        self.app, self.limits, self.size = app, limits, size
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(receive, self.limits)
        limit = self.size(scope["path"])
        try:
            await self._read(body, limit, Headers(scope=scope))
            await self.app(scope, body.give, send)
        except _GoneError:
            return
        except _RefusedError as refused:
            self._held -= body.let_go()  # now: the rest may take long to drain
            await _refuse(refused.problem, body, scope, send)
        finally:
            self._held -= body.let_go()

    async def _read(self, body: _Body, limit: int, headers: Headers) -> None:
        # Answered before a byte is read: a client that sent "Expect: 100-continue" then sends none.
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            raise _RefusedError(_too_large(limit))
        while body.more:
            chunk = await body.next()
            if body.held + len(chunk) > limit:
                raise _RefusedError(_too_large(limit))
            if self._held + len(chunk) > self.limits.together:
                raise _RefusedError(_busy())
            body.keep(chunk)
            self._held += len(chunk)


class _Body:
    """What the client sends, kept in pieces of one size: a chunk of a few bytes must not cost many."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self.receive, self.limits = receive, limits
        self.until = anyio.current_time() + limits.whole
        self.more = True
        self.held = 0
        self._pieces: deque[bytes] = deque()
        self._tail: bytearray | None = bytearray()  # None: all was given

    async def next(self) -> bytes:
        """The next chunk as it comes.

        Raises:
            _RefusedError: it did not come in time.
            _GoneError: the client went away.
        """
        left = min(self.limits.idle, self.until - anyio.current_time())
        message: Message | None = None
        with anyio.move_on_after(max(0.0, left)):
            message = await self.receive()
        if message is None:
            raise _RefusedError(_too_slow())
        if message["type"] == "http.disconnect":
            raise _GoneError
        self.more = message.get("more_body", False)
        chunk: bytes = message.get("body", b"")
        return chunk

    def keep(self, chunk: bytes) -> None:
        assert self._tail is not None, "kept after it was given"
        self.held += len(chunk)
        self._tail += chunk
        if len(self._tail) >= _PIECE:
            self._pieces.append(bytes(self._tail))
            self._tail.clear()

    def let_go(self) -> int:
        """Forget what was kept; how many bytes that was."""
        held, self.held = self.held, 0
        self._pieces.clear()
        self._tail = None
        return held

    async def give(self) -> Message:
        """The app's ``receive``: the body piece by piece, each let go as it is given, then what the server says."""
        if self._pieces:
            return {"type": "http.request", "body": self._pieces.popleft(), "more_body": True}
        if self._tail is None:
            return await self.receive()
        last, self._tail = bytes(self._tail), None
        return {"type": "http.request", "body": last, "more_body": False}


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


async def _refuse(problem: Problem, body: _Body, scope: Scope, send: Send) -> None:
    """Answer first, so that a client that listens while it sends can stop; end the answer when the rest is drained."""
    held_back: list[Message] = []

    async def all_but_the_end(message: Message) -> None:
        if message["type"] == "http.response.body":
            held_back.append({**message, "body": b"", "more_body": False})
            message = {**message, "more_body": True}
        await send(message)

    await answer(problem)(scope, body.receive, all_but_the_end)
    waits = Headers(scope=scope).get("expect", "").lower() == "100-continue"  # for a sign to send, which never comes
    if not waits and problem.status != _SLOW:
        await _drain(body)
    for message in held_back:
        await send(message)


async def _drain(body: _Body) -> None:
    drained = 0
    try:
        while body.more and drained <= body.limits.drained:
            drained += len(await body.next())
    except (_RefusedError, _GoneError):
        return


def _too_large(limit: int) -> Problem:
    said = f"{limit / MIB:g} MiB までです (at most {limit / MIB:g} MiB)"
    return Problem(413, "大きすぎます (too large)", said, headers={"Connection": "close"})


def _too_slow() -> Problem:
    return Problem(
        _SLOW,
        "送るのに時間がかかりすぎました (took too long)",
        "もう一度送ってください (please send it again)",
        headers={"Connection": "close"},
    )


def _busy() -> Problem:
    return Problem(
        503,
        "混み合っています (busy)",
        f"{_RETRY} 秒たったら、もう一度送ってください (try again in {_RETRY} s)",
        headers={"Connection": "close", "Retry-After": str(_RETRY)},
    )
