"""Who completed the training, as those may see it who have to know; and the form by which a person enters it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ryoshiki.desk import completions
from ryoshiki.web.desk import Desk
from ryoshiki.web.pages import Pages

_AT_ONCE = 100


def router(pages: Pages, desk: Desk) -> APIRouter:
    """/desk/training."""
    routes = APIRouter(include_in_schema=False)
    guideline = pages.guideline.id

    @routes.get("/desk/training")
    def listed(request: Request) -> Response:
        actor = desk.who(request)
        after = request.query_params.get("after", "")[:32]
        with desk.store.read() as db:
            mine = completions.last(db, actor, guideline)
            found = completions.listed(db, actor, guideline, after, _AT_ONCE + 1)
        further = found[_AT_ONCE - 1].number if len(found) > _AT_ONCE else ""
        return pages.page(
            request,
            "completions",
            page="desk",
            token=desk.token(request),
            mine=mine,
            found=found[:_AT_ONCE],
            further=further,
        )

    @routes.post("/desk/training")
    async def completed(request: Request) -> Response:
        actor, _, _ = await desk.posted(request)
        await desk.written(lambda db: completions.add(db, actor, guideline, date.today()))
        return pages.to(request, "/desk/training")

    return routes
