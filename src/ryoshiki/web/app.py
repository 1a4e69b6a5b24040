"""The application: the checking page, the reading pages and the JSON interface behind one guard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from ryoshiki import __version__
from ryoshiki.desk.questions import search
from ryoshiki.model import Guideline
from ryoshiki.web import api, check, pages
from ryoshiki.web.guard import Guard, guarded
from ryoshiki.web.guard.rates import Rates
from ryoshiki.web.problems import install, refused
from ryoshiki.web.serving import LOOPBACK, Serving

_ABOUT = """\
Reads a Japanese draft before it is posted, as a careful colleague who knows the guideline would. Nothing that is sent
here is kept, logged or passed on. Places count code points of the draft's own text; boxes count pixels of the upright
picture. Errors are problem details (RFC 9457).
"""


def create_app(guideline: Guideline, serving: Serving | None = None) -> ASGIApp:
    """Everything that is served, for one guideline."""
    serving = serving or Serving()
    app = FastAPI(
        title="ryoshiki",
        summary="Good sense, before you post",
        description=_ABOUT,
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the usual ones load their scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    known = search(guideline)
    made = pages.Pages(guideline, serving.lang, known.all)
    install(app)
    app.exception_handler(HTTPException)(_missing(made))
    app.include_router(api.router(guideline, known, serving.waivers))
    app.include_router(check.router(made, serving))
    app.include_router(pages.router(made))
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    alone = serving.alone
    guard = Guard(LOOPBACK if alone else None, serving.origin, serving.limits, None if alone else Rates())
    return guarded(app, guard)


def _missing(made: pages.Pages) -> Callable[[Request, HTTPException], Awaitable[Response]]:
    """People who came to a page that is not there get a page; programs get a problem."""

    async def told(request: Request, reason: HTTPException) -> Response:
        people = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
        if reason.status_code == 404 and people:
            return made.page(request, "missing", 404)
        return await refused(request, reason)

    return told
