"""The training page: a round that works as it is served, and one that remembers, which a script makes of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ryoshiki.desk.training import INTERVALS, NEW, PASSED, ROUND, Case, Progress, edition, round_of, shuffled
from ryoshiki.model import Guideline
from ryoshiki.report.phrases import PHRASES
from ryoshiki.web.pages import Pages
from ryoshiki.web.phrases import phrases


def router(pages: Pages) -> APIRouter:
    """The page at /training. What is chosen on it stays in the browser: there is nowhere to send it."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @routes.get("/training")
    def training(request: Request) -> Response:
        if not pages.cases:
            raise HTTPException(404)
        today = date.today()
        seed = today.toordinal()
        asked = round_of(pages.cases, Progress(), today, seed)
        return pages.page(
            request,
            "training",
            asked=[(case, shuffled(case, seed)) for case in asked],
            data=_data(pages.guideline, pages.cases, pages.spoken(request)),
        )

    return routes


def _data(guideline: Guideline, cases: tuple[Case, ...], lang: str) -> dict[str, Any]:
    """What the page's script knows: its words, the cases, and by which rules they come back."""
    origins = PHRASES[lang]
    clauses = {
        clause.id: f"{clause.id} {clause.title}"
        + ("" if clause.origin == "guideline" else f"（{origins[clause.origin]}）")
        for clause in guideline.clauses.values()
    }
    return {
        "lang": lang,
        "words": {key: words for key, words in phrases()[lang].items() if key.startswith("training_")},
        "edition": edition(guideline),
        "intervals": INTERVALS,
        "new_box": NEW,
        "round": ROUND,
        "passed": PASSED,
        "cases": [asdict(case) | {"clause": clauses[case.clause]} for case in cases],
    }
