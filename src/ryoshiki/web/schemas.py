"""What goes in and out of the JSON interface. The library's own values are used as they are wherever they fit."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
)
from pydantic_core import PydanticCustomError

from ryoshiki.cleaning import Place
from ryoshiki.desk.questions import QUESTION_LIMIT, Question
from ryoshiki.model import (
    TEXT_LIMIT,
    Account,
    Clause,
    Draft,
    Guideline,
    Origin,
    Photo,
    Rule,
    Severity,
    Sign,
    Verdict,
)
from ryoshiki.sight import Box, Sight

MOST_PHOTOS = 10
MOST_TEXTS = 200
_Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
_Words = Annotated[str, Field(max_length=1_000)]


class _Strict(BaseModel):
    """A misspelt field is told, not passed over in silence."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


_SIGHTS = TypeAdapter(list[Sight], config=ConfigDict(allow_inf_nan=False, extra="forbid"))


def _as_json(given: Any) -> list[Sight]:
    """Sights as JSON means them: no number from a text or a truth value, tuples from arrays."""
    return _SIGHTS.validate_json(json.dumps(given), strict=True)


def _written(given: Any) -> Any:
    """A time is a text: a bare number could mean seconds or milliseconds."""
    if given is not None and not isinstance(given, str):
        raise PydanticCustomError("string_type", "a string")
    return given


class DraftIn(_Strict):
    """A draft. Its photos are what `POST /photos` saw in them, so that a picture is read once."""

    text: str = Field(max_length=TEXT_LIMIT, description="The draft's words; empty only where there are photos")
    platform: str = Field("x", max_length=100, description="An id of `GET /platforms`")
    account: Account = "private"
    posted_at: Annotated[AwareDatetime | None, BeforeValidator(_written)] = Field(
        None, description="With an offset; null: the clock is not read"
    )
    reply_to: str | None = Field(None, max_length=TEXT_LIMIT)
    handle: _Words | None = None
    display_name: _Words | None = None
    tags: list[_Words] = Field(default=[], max_length=100)
    photos: Annotated[list[Sight], BeforeValidator(_as_json)] = Field(default=[], max_length=MOST_PHOTOS)
    waivers: list[_Fingerprint] = Field(default=[], max_length=1_000, description="Fingerprints of accepted findings")

    def draft(self) -> Draft:
        """The library's draft.

        Raises:
            RyoshikiError: what a draft cannot be.
        """
        return Draft(
            text=self.text,
            platform=self.platform,
            account=self.account,
            posted_at=self.posted_at,
            reply_to=self.reply_to,
            handle=self.handle,
            display_name=self.display_name,
            photos=tuple(Photo(sight.name, sight=sight) for sight in self.photos),
            tags=tuple(self.tags),
        )


class FixOut(_Strict):
    start: int
    end: int
    text: str


class FindingOut(_Strict):
    """As `ryoshiki check --format json` gives it. Places count code points of the draft's own text."""

    rule: str
    sign: str
    clause: str
    severity: Severity
    start: int | None
    end: int | None
    quote: str
    message: str
    advice: str
    fix: FixOut | None
    question: str
    origin: Origin
    fingerprint: str
    photo: str | None
    boxes: list[Box]


class UncheckedOut(_Strict):
    what: str
    why: str


class Length(_Strict):
    """How long the draft is as its platform counts; ``limit`` null: none, or none that is known."""

    count: int
    limit: int | None


class ReportOut(_Strict):
    """The report but for its photos, which the caller gave, and what a page shows beside it.

    ``cool_off``: why the draft is better read again after a while.
    """

    verdict: Verdict
    findings: list[FindingOut]
    unchecked: list[UncheckedOut]
    waived: list[str]
    length: Length
    cool_off: Literal["heated", "night"] | None


class PhotoOut(_Strict):
    """What is seen in a photo, and what a cleaned copy covers: places are numbered from 1 as they stand."""

    sight: Sight
    places: list[Place]


class CleanedOut(_Strict):
    """``data`` is the copy in base64; ``left`` what the readers still saw in it, ``unread`` what nobody looked for."""

    format: Literal["JPEG", "PNG", "WEBP"]
    data: str
    covered: list[Place]
    left: list[Place]
    unread: list[str]


class QuestionIn(_Strict):
    question: str = Field(min_length=1, max_length=QUESTION_LIMIT, pattern=r"\S")


class AnswersOut(_Strict):
    """The questions that fit, best first, with their answers; empty where none does."""

    answers: list[Question]


class TextsIn(_Strict):
    texts: list[Annotated[str, Field(max_length=5_000)]] = Field(max_length=MOST_TEXTS)


class TextsOut(_Strict):
    """Each text cut into pieces: the letters and their reading, which is empty where none is needed."""

    texts: list[list[Annotated[list[str], Field(min_length=2, max_length=2)]]]


class SignOut(_Strict):
    id: str
    message: str
    advice: str
    severity: Severity
    origin: Origin
    flags: list[str]
    passes: list[str]

    @classmethod
    def of(cls, sign: Sign) -> SignOut:
        proofs: dict[str, Any] = {key: [draft.text for draft in getattr(sign, key)] for key in ("flags", "passes")}
        return cls(**_fields(sign, cls, *proofs), **proofs)


class RuleBrief(_Strict):
    id: str
    title: str
    title_en: str
    clause: str
    severity: Severity


class RuleOut(RuleBrief):
    """A rule explained: ``misses`` says what it does not see."""

    why: str
    advice: str
    question: str
    misses: str
    signs: list[SignOut]

    @classmethod
    def of(cls, rule: Rule) -> RuleOut:
        return cls(**_fields(rule, cls, "signs"), signs=[SignOut.of(sign) for sign in rule.signs])


class GuidelineOut(_Strict):
    """``tell`` is whom to tell when trouble comes."""

    id: str
    title: str
    version: str
    source: str
    organisation: str
    tell: str
    clauses: list[Clause]
    rules: list[RuleBrief]

    @classmethod
    def of(cls, guideline: Guideline) -> GuidelineOut:
        given: dict[str, Any] = {
            "organisation": guideline.organisation.name,
            "tell": guideline.organisation.tell,
            "clauses": list(guideline.clauses.values()),
            "rules": [RuleBrief(**_fields(rule, RuleBrief)) for rule in guideline.rules.values()],
        }
        return cls(**_fields(guideline, cls, *given), **given)


def _fields(value: object, model: type[BaseModel], *but: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in model.model_fields if name not in but}
