"""When something went wrong: the first steps and a calm reply, for everybody. No sign-in, no record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ryoshiki.desk.trouble.paths import Reply
from ryoshiki.desk.trouble.replies import Checked, check, filled
from ryoshiki.model import RyoshikiError
from ryoshiki.web.multipart import form
from ryoshiki.web.pages import Pages
from ryoshiki.web.serving import Serving

if TYPE_CHECKING:
    from ryoshiki.web.desk import Desk

_ID_LIMIT = 32  # letters of a case's id


def router(pages: Pages, serving: Serving, desk: Desk | None) -> APIRouter:
    """/trouble, /trouble/WAY and /trouble/reply/KIND."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    known = pages.trouble

    @routes.get("/trouble")
    def listed(request: Request) -> Response:
        if not known.ways:
            raise HTTPException(404)
        return pages.page(request, "trouble")

    @routes.get("/trouble/reply/{kind}")
    def asked(request: Request, kind: str) -> Response:
        return _reply(request, _named(kind), {}, request.query_params.get("case", ""))

    @routes.post("/trouble/reply/{kind}")
    async def answered(request: Request, kind: str) -> Response:
        """The draft and its review, in the page itself: nothing is kept in between."""
        fields, _ = await form(request)
        reply, case, to = _named(kind), fields.get("case", ""), fields.get("reply_to", "")
        given = {field.id: fields.get(field.id, "") for field in reply.fields}
        text = filled(reply, given)
        checked = await run_in_threadpool(check, text, pages.guideline, to, serving.platform)
        return _reply(request, reply, {**given, "reply_to": to}, case, checked)

    @routes.get("/trouble/{id}")
    def shown(request: Request, id: str) -> Response:
        way = next((way for way in known.ways if way.id == id), None)
        if way is None:
            raise HTTPException(404)
        return pages.page(request, "trouble-way", page="trouble", way=way)

    def _named(kind: str) -> Reply:
        try:
            return known.reply(kind)
        except RyoshikiError:
            raise HTTPException(404) from None

    def _reply(
        request: Request, reply: Reply, given: Mapping[str, str], case: str, checked: Checked | None = None
    ) -> Response:
        """``case``: where the draft may be kept, if its author wants to."""
        case = case if desk is not None and case.isalnum() and len(case) <= _ID_LIMIT else ""
        token = desk.token(request) if desk is not None and case else ""
        return pages.page(
            request,
            "trouble-reply",
            page="trouble",
            reply=reply,
            given=given,
            case=case,
            checked=checked,
            token=token,
        )

    return routes
