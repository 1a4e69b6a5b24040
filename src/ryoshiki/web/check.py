"""The checking page, and the door by which a phone's "share" brings a text and photos to it."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ryoshiki.model import Guideline, Rule
from ryoshiki.report.phrases import PHRASES
from ryoshiki.web.multipart import form
from ryoshiki.web.pages import Pages
from ryoshiki.web.phrases import phrases
from ryoshiki.web.schemas import MOST_PHOTOS
from ryoshiki.web.serving import Serving


def router(pages: Pages, serving: Serving) -> APIRouter:
    """The page at / and what is shared at /share."""
    routes = APIRouter(include_in_schema=False)
    fixed = _fixed(pages.guideline, serving, pages.desk)

    def page(request: Request, shared: dict[str, Any] | None = None) -> Response:
        return pages.page(
            request,
            "check",
            data={**fixed, "lang": pages.spoken(request), "shared": shared},
            chosen_platform=serving.platform,
            chosen_account=serving.account,
            most_photos=MOST_PHOTOS,
        )

    @routes.get("/")
    def check(request: Request) -> Response:
        return page(request)

    @routes.post("/share")
    async def share(request: Request) -> Response:
        """What was shared goes back in the page itself: nothing is kept in between."""
        return page(request, _shared(*await form(request)))

    @routes.get("/share")
    def share_again() -> Response:
        return RedirectResponse("/", 303)

    return routes


def _fixed(guideline: Guideline, serving: Serving, desk: bool) -> dict[str, Any]:
    """What the page's scripts know from the start, whoever asks."""
    return {
        "phrases": {lang: {**PHRASES[lang], **words} for lang, words in phrases().items()},
        "tell": guideline.organisation.tell,
        "ledger": desk,
        "most_photos": MOST_PHOTOS,
        "photo_limit": serving.limits.photo,
        "platforms": [asdict(platform) for platform in guideline.platforms.values()],
        "rules": {rule.id: {"answer": rule.answer, "clock": _by_the_clock(rule)} for rule in guideline.rules.values()},
        "clauses": {clause.id: clause.title for clause in guideline.clauses.values()},
    }


def _by_the_clock(rule: Rule) -> bool:
    """Whether posting at another time is a way out."""
    return any(sign.kind == "clock" for sign in rule.signs)


def _shared(fields: Mapping[str, str], photos: Sequence[bytes]) -> dict[str, Any]:
    words = [fields.get(name, "").strip() for name in ("title", "text", "url")]
    return {
        "text": "\n".join(dict.fromkeys(filter(None, words))),
        "photos": [base64.b64encode(data).decode("ascii") for data in photos],
    }
