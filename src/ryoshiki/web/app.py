"""The application: the checking page, the reading pages and the JSON interface behind one guard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from ryoshiki import __version__
from ryoshiki.desk.people import DeniedError
from ryoshiki.desk.questions import Questions, questions
from ryoshiki.desk.training import cases
from ryoshiki.model import Guideline, RyoshikiError
from ryoshiki.web import api, check, pages, training
from ryoshiki.web.guard import Guard, guarded
from ryoshiki.web.guard.rates import Rates
from ryoshiki.web.problems import Problem, answer, install, problem_of
from ryoshiki.web.serving import LOOPBACK, Serving

if TYPE_CHECKING:
    from ryoshiki.web.desk import Desk

_ABOUT = """\
Reads a Japanese draft before it is posted, as a careful colleague who knows the guideline would. Nothing that is sent
here is kept, logged or passed on. Places count code points of the draft's own text; boxes count pixels of the upright
picture. Errors are problem details (RFC 9457).
"""


def create_app(guideline: Guideline, serving: Serving | None = None, desk: Desk | None = None) -> ASGIApp:
    """Everything that is served, for one guideline; ``desk``: the records, where they are kept."""
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
    asked = questions(guideline)
    made = pages.Pages(guideline, serving.lang, asked, cases(guideline), desk is not None)
    install(app)
    for kind in (HTTPException, Problem, RyoshikiError):
        app.exception_handler(kind)(_told(made))
    app.include_router(api.router(guideline, Questions(asked), serving.waivers))
    app.include_router(check.router(made, serving))
    app.include_router(pages.router(made))
    app.include_router(training.router(made))
    if desk is not None:
        _add_desk(app, made, desk)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    hosts = LOOPBACK if serving.host in LOOPBACK else None
    guard = Guard(hosts, serving.origin, serving.limits, None if serving.alone else Rates())
    return guarded(app, guard)


def _add_desk(app: FastAPI, made: pages.Pages, desk: Desk) -> None:
    """The pages that keep records; their parts are loaded only where they are wanted."""
    from ryoshiki.web.desk import ForeignForm, SignInNeeded, completions, consents

    def again(request: Request, status: int, reason: SignInNeeded | ForeignForm, token: str = "") -> Response:
        """What was typed is shown once more rather than lost."""
        form = {"fields": reason.fields or {}, "files": reason.files, "token": token}
        return made.page(request, "again", status, page="desk", action=request.url.path, **form)

    @app.exception_handler(ForeignForm)
    async def asked_again(request: Request, reason: ForeignForm) -> Response:
        token = desk.token(request)
        if reason.fields is None or not token or not _for_people(request):
            return await _told(made)(request, reason)
        return again(request, 403, reason, token)

    @app.exception_handler(SignInNeeded)
    async def shown_the_way(request: Request, reason: SignInNeeded) -> Response:
        if reason.fields and _for_people(request):
            return again(request, 403, reason)
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = f"?next={quote(here, safe='')}" if request.method == "GET" else ""
        return RedirectResponse(f"/sign-in{back}", 303)

    for part in (consents, completions):
        app.include_router(part.router(made, desk))
    if desk.entrance is not None:
        app.include_router(desk.entrance(made, desk))


def _told(made: pages.Pages) -> Callable[[Request, Exception], Awaitable[Response]]:
    """People whose request cannot be answered get a page; programs get a problem."""

    async def told(request: Request, reason: Exception) -> Response:
        problem = Problem(404, str(reason)) if isinstance(reason, DeniedError) else problem_of(reason)
        if not _for_people(request) or problem.status < 400:
            return answer(problem)
        if isinstance(reason, HTTPException) and problem.status == 404:
            return made.page(request, "missing", 404)
        return made.page(request, "problem", problem.status, problem=problem)

    return told


def _for_people(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
