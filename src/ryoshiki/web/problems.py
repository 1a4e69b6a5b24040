"""What goes wrong is told as RFC 9457 problem details, in words that never repeat what was sent."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ryoshiki.failing import place
from ryoshiki.model import RyoshikiError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = "application/problem+json"
_INTERNAL = "内部の誤りです (internal error)"
_UNUSABLE = "送られたものは使えません (cannot be used)"
_TITLES = {
    400: "送られたものが読めません (bad request)",
    401: "名乗ってください (unauthorized)",
    403: "許されていません (forbidden)",
    404: "見つかりません (not found)",
    405: "この方法では使えません (method not allowed)",
    406: "その形では返せません (not acceptable)",
    413: "大きすぎます (too large)",
    415: "この形は読めません (unsupported media type)",
    422: _UNUSABLE,
    500: _INTERNAL,
}
# What pydantic found, by the type of its error. Its own messages are not used: some of them quote the value.
_WHAT = {
    "missing": "要ります (required)",
    "extra_forbidden": "知らない項目です (unknown field)",
    "json_invalid": "JSON として読めません (no JSON)",
    "literal_error": "{expected} のどれかです (one of them)",
    "enum": "{expected} のどれかです (one of them)",
    "string_too_long": "{max_length} 文字までです (characters at most)",
    "string_too_short": "{min_length} 文字からです (characters at least)",
    "too_long": "{max_length} 個までです (items at most)",
    "too_short": "{min_length} 個からです (items at least)",
    "string_type": "文字列です (a string)",
    "bool_type": "true か false です (a boolean)",
    "bool_parsing": "true か false です (a boolean)",
    "int_type": "整数です (an integer)",
    "int_parsing": "整数です (an integer)",
    "list_type": "配列です (an array)",
    "dict_type": "オブジェクトです (an object)",
    "model_attributes_type": "オブジェクトです (an object)",
    "model_type": "オブジェクトです (an object)",
    "timezone_aware": "時差が要ります。例: +09:00 (the time needs an offset)",
}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", re.ASCII)


class Problem(Exception):  # noqa: N818  the standard's own word
    """A request that cannot be answered. ``title`` is short and of this kind of problem, ``detail`` of this one."""

    def __init__(self, status: int, title: str, detail: str = "", *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.headers = status, title, detail, headers


def answer(problem: Problem, **more: object) -> Response:
    """The problem as a response; ``more`` are further members of the JSON object."""
    told = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        **more,
    }
    if problem.status in (204, 304):  # they have no body
        return Response(status_code=problem.status, headers=problem.headers)
    # Half of a surrogate pair, which JSON can carry and UTF-8 cannot, must not turn a refusal into a failure.
    content = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, problem.status, dict(problem.headers or {}), MEDIA_TYPE)


def described(words: str) -> dict[str, Any]:
    """For the ``responses`` of a path in OpenAPI: a problem with this description."""
    members = {"type": "string", "title": "string", "status": "integer", "detail": "string"}
    schema = {
        "type": "object",
        "properties": {name: {"type": kind} for name, kind in members.items()},
        "required": list(members),
    }
    return {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}}


def install(app: FastAPI) -> None:
    """Let the app tell all that goes wrong in it as problem details."""
    for kind, handler in (
        (Problem, _plainly),
        (RyoshikiError, _plainly),
        (RequestValidationError, _invalid),
        (HTTPException, _plainly),
        (Exception, _broken),
    ):
        app.add_exception_handler(kind, handler)


class LastNet:
    """Catches what an app lets fall, so that no server writes a traceback, which could show words of the draft.

    ``write`` is given one line: the type of the exception and the place where it was raised, not its message.
    """

    def __init__(self, app: ASGIApp, write: Callable[[str], object] | None = None) -> None:
        self.app, self.write = app, write or _to_stderr

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Problem as problem:
            if started:
                return
            await answer(problem)(scope, receive, send)
        except Exception as reason:
            self.write(f"{_INTERNAL}: {place(reason)}\n")
            if not started:  # else the server sees an answer without an end, and closes the connection
                await answer(Problem(500, _INTERNAL))(scope, receive, send)


async def _plainly(request: Request, reason: Exception) -> Response:
    return answer(problem_of(reason))


async def _invalid(request: Request, reason: Exception) -> Response:
    assert isinstance(reason, RequestValidationError)
    errors = [{"where": _where(error["loc"]), "what": _what(error)} for error in reason.errors()]
    return answer(Problem(422, _UNUSABLE, "errors を見てください (see errors)"), errors=errors)


def problem_of(reason: Exception) -> Problem:
    """What stands in the way, of the three kinds that an app tells by itself."""
    if isinstance(reason, Problem):
        return reason
    if isinstance(reason, HTTPException):
        title = _TITLES.get(reason.status_code, f"できません (HTTP {reason.status_code})")
        return Problem(reason.status_code, title, headers=reason.headers)
    return Problem(422, _UNUSABLE, str(reason))


async def _broken(request: Request, reason: Exception) -> Response:
    return answer(Problem(500, _INTERNAL))


def _where(steps: Iterable[str | int]) -> str:
    """As ``body.photos.0.width``. A key that is no plain name was made up by the sender: it is not repeated."""
    return ".".join(str(s) if isinstance(s, int) or _PLAIN.fullmatch(s) else "?" for s in steps)


def _what(error: Mapping[str, Any]) -> str:
    try:
        return _WHAT[error["type"]].format_map(error.get("ctx", {}))
    except KeyError:
        return f"使えない値です (cannot be used: {error['type']})"


def _to_stderr(line: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(line)
