"""The JSON interface under /api/v1: the library's road for whoever speaks HTTP. It keeps nothing between requests."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import anyio
from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from ryoshiki.cleaning import Cleaned, clean, places
from ryoshiki.counting import count
from ryoshiki.desk.questions import Questions
from ryoshiki.model import Draft, Guideline, Photo, Platform, Report
from ryoshiki.reading.furigana import furigana
from ryoshiki.reading.photo import see
from ryoshiki.report.json import as_dict
from ryoshiki.report.preview import preview
from ryoshiki.review import review
from ryoshiki.sight import Sight
from ryoshiki.web import schemas
from ryoshiki.web.cooling import cool_off
from ryoshiki.web.problems import Problem, described

T = TypeVar("T")

_MOST_WAITING = {"review": 200, "photo": 8}  # a photo that waits holds its bytes
_RETRY = 5  # seconds
_GONE = 499  # nobody waits for the answer any more
_GUARD: dict[int | str, dict[str, Any]] = {  # what stands before every path may say
    403: described("sent by another site"),
    421: described("asked under a name that is not this server's"),
    429: described("too often; try again after the seconds in Retry-After"),
}
_CLIENT: dict[int | str, dict[str, Any]] = {422: described("what was sent cannot be used")}
_BUSY: dict[int | str, dict[str, Any]] = {
    **_CLIENT,
    400: described("no JSON, or not in UTF-8"),
    408: described("the body came too slowly"),
    413: described("the body is too large"),
    503: described("too many at once; try again after the seconds in Retry-After"),
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "The bytes of the picture's file: JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP or TIFF",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
Name = Annotated[str, Query(min_length=1, max_length=200, description="What to call it in the report")]
Letters = Annotated[bool, Query(description="All letters; false: only those of concern")]
Keep = Annotated[
    list[int], Query(default_factory=list, max_length=1_000, description="Numbers of places to leave as they are")
]


class _Turns:
    """Who works when: reviews on every core, photos one by one, since one takes a second of all cores."""

    def __init__(self) -> None:
        self._limits = {
            "review": anyio.CapacityLimiter(os.cpu_count() or 1),
            "photo": anyio.CapacityLimiter(1),
        }

    async def take(self, kind: str, request: Request, work: Callable[[], T]) -> T:
        """The result of ``work``, done in a thread when its turn comes.

        Raises:
            Problem: too many wait already, or the client has gone while it waited.
        """
        limit = self._limits[kind]
        if limit.statistics().tasks_waiting >= _MOST_WAITING[kind]:
            raise Problem(503, "混み合っています (busy)", headers={"Retry-After": str(_RETRY)})
        async with limit:
            if await request.is_disconnected():
                raise Problem(_GONE, "待っている人がいません (nobody waits)")
            return await to_thread.run_sync(work)


def router(guideline: Guideline, asked: Questions, waivers: frozenset[str] = frozenset()) -> APIRouter:
    """All of /api/v1 for one guideline. ``waivers``: findings accepted on this machine, beside those of a request."""
    api = APIRouter(prefix="/api/v1", responses=_GUARD)
    turns = _Turns()
    _add_readings(api, guideline, waivers, turns)
    _add_questions(api, asked, turns)
    _add_photos(api, guideline, turns)
    _add_guideline(api, guideline)
    return api


def _add_readings(api: APIRouter, guideline: Guideline, waivers: frozenset[str], turns: _Turns) -> None:
    @api.post("/review", summary="Review a draft", responses=_BUSY)
    async def review_draft(request: Request, given: schemas.DraftIn) -> schemas.ReportOut:
        draft = given.draft()
        if guideline.platforms and draft.platform not in guideline.platforms:
            raise Problem(422, "知らないサービスです (unknown platform)", "GET /api/v1/platforms")

        def work() -> schemas.ReportOut:
            report = review(draft, guideline, waivers | frozenset(given.waivers))
            return _report(report, draft, guideline)

        return await turns.take("review", request, work)

    @api.post("/furigana", summary="How words are read", responses=_BUSY)
    async def read_aloud(request: Request, given: schemas.TextsIn) -> schemas.TextsOut:
        return await turns.take(
            "review", request, lambda: schemas.TextsOut(texts=[[*map(list, furigana(text))] for text in given.texts])
        )


def _add_questions(api: APIRouter, asked: Questions, turns: _Turns) -> None:
    @api.post("/ask", summary="Questions like one put in own words", responses=_BUSY)
    async def find_questions(request: Request, given: schemas.QuestionIn) -> schemas.AnswersOut:
        """Their answers; none where no question fits."""
        hits = await turns.take("review", request, lambda: asked.find(given.question))
        return schemas.AnswersOut(answers=[hit.question for hit in hits])


def _add_photos(api: APIRouter, guideline: Guideline, turns: _Turns) -> None:
    @api.post("/photos", summary="See what is in a photo", responses=_BUSY, openapi_extra=_BODY)
    async def see_photo(request: Request, name: Name = "photo", letters: Letters = True) -> schemas.PhotoOut:
        data = await request.body()

        def work() -> schemas.PhotoOut:
            sight = _seen(Photo(name, data))
            listed = places(Photo(name, data, sight), guideline, letters=letters)
            return schemas.PhotoOut(sight=sight, places=list(listed))

        return await turns.take("photo", request, work)

    @api.post("/photos/clean", summary="A copy that gives nothing away", responses=_BUSY, openapi_extra=_BODY)
    async def clean_photo(
        request: Request, keep: Keep, letters: Letters = True, name: Name = "photo"
    ) -> schemas.CleanedOut:
        data = await request.body()

        def work() -> schemas.CleanedOut:
            sight = _seen(Photo(name, data))
            cleaned = clean(Photo(name, data, sight), guideline, keep, letters=letters)
            return _cleaned(cleaned, sight)

        return await turns.take("photo", request, work)

    @api.post(
        "/photos/preview",
        summary="A JPEG of a picture that a browser cannot show",
        response_class=Response,
        responses={**_BUSY, 200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}},
        openapi_extra=_BODY,
    )
    async def show_photo(request: Request) -> Response:
        data = await request.body()
        shown = await turns.take("photo", request, lambda: preview(Photo("photo", data), ()))
        return Response(shown, media_type="image/jpeg")


def _add_guideline(api: APIRouter, guideline: Guideline) -> None:
    @api.get("/guideline", summary="The guideline in force")
    def show_guideline() -> schemas.GuidelineOut:
        return schemas.GuidelineOut.of(guideline)

    @api.get("/rules/{id}", summary="Explain a rule", responses={404: described("no such rule"), **_CLIENT})
    def explain_rule(id: str) -> schemas.RuleOut:
        if id not in guideline.rules:
            raise Problem(404, "その規則はありません (no such rule)", "GET /api/v1/guideline")
        return schemas.RuleOut.of(guideline.rules[id])

    @api.get("/platforms", summary="The services: how far a post goes, how long it may be")
    def list_platforms() -> list[Platform]:
        return list(guideline.platforms.values())


def _report(report: Report, draft: Draft, guideline: Guideline) -> schemas.ReportOut:
    platform = guideline.platforms.get(draft.platform)
    found: dict[str, Any] = {k: v for k, v in as_dict(report).items() if k != "photos"}
    length = schemas.Length(
        count=count(draft.text, platform) if platform else len(draft.text), limit=platform.limit if platform else None
    )
    return schemas.ReportOut(**found, length=length, cool_off=cool_off(report, draft, guideline))


def _seen(photo: Photo) -> Sight:
    """What the picture shows; one that cannot be opened is refused, with the reason."""
    sight = see(photo)
    if not sight.width:
        raise Problem(422, "この写真は読めません (the picture cannot be read)", " ".join(sight.unread))
    return sight


def _cleaned(cleaned: Cleaned, sight: Sight) -> schemas.CleanedOut:
    return schemas.CleanedOut(
        format=cleaned.format,
        data=base64.b64encode(cleaned.data).decode("ascii"),
        covered=list(cleaned.covered),
        left=list(cleaned.left),
        unread=list(sight.unread),
    )
