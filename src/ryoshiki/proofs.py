"""The proofs of a guideline's signs: drafts, and what a photo shows, as a guideline's author writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ryoshiki.model import Draft, Guideline, Photo, Sign
from ryoshiki.reading import Reading
from ryoshiki.sight import Box, Code, Face, Line, Sight, Trace

_SHOWN = ("faces", "lines", "codes", "nudity", "traces")
_SIDE = 1000  # pixels of an imagined picture


def draft_of(given: Any) -> Draft:
    """The draft of one proof: its text alone, or a table of the fields of `Draft`.

    ``photo = { faces = 3, lines = ["氏名"], codes = ["https://…"], nudity = 90, traces = { place = "42.3, 141.0" } }``
    says what a picture shows, so that a sign can be proved without one.

    Raises:
        ValueError, TypeError, RyoshikiError: no draft can be made of it.
    """
    if isinstance(given, str):
        return Draft(given)
    table: dict[str, Any] = dict(given)
    if isinstance(table.get("posted_at"), str):
        table["posted_at"] = datetime.fromisoformat(table["posted_at"])
    if "photo" in table:
        table["photos"] = (Photo("photo.jpg", sight=_imagined(table.pop("photo"))),)
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    return Draft(**fields)


def _imagined(shown: Mapping[str, Any]) -> Sight:
    unknown = set(shown) - set(_SHOWN)
    if unknown:
        raise ValueError(f"photo: {', '.join(sorted(unknown))} is none of {', '.join(_SHOWN)}")
    rows = [Box(0, at, _SIDE, at + 20) for at in range(0, _SIDE, 20)]
    faces = tuple(Face(Box(at * 10, 0, at * 10 + 10, 10), 1.0) for at in range(shown.get("faces", 0)))
    lines = tuple(Line(text, box) for text, box in zip(shown.get("lines", ()), rows, strict=False))
    codes = tuple(Code("QRCode", text, rows[-1]) for text in shown.get("codes", ()))
    traces = tuple(Trace(kind, value) for kind, value in shown.get("traces", {}).items())
    return Sight("photo.jpg", _SIDE, _SIDE, traces, faces, lines, codes, shown.get("nudity", 0) / 100)


def prove(guideline: Guideline) -> list[str]:
    """Run every sign on its own proofs; each line returned names a proof that does not hold."""
    broken = []
    for rule in guideline.rules.values():
        for sign in rule.signs:
            for wanted, drafts in ((True, sign.flags), (False, sign.passes)):
                views = guideline.reader.views(drafts) if sign.kind == "meaning" else [None] * len(drafts)
                for draft, view in zip(drafts, views, strict=True):
                    if _speaks(sign, Reading(draft, guideline, view)) != wanted:
                        broken.append(f"{sign.id}: {'does not flag' if wanted else 'does not pass'} {draft.text!r}")
    return broken


def _speaks(sign: Sign, reading: Reading) -> bool:
    """Does the sign speak of the draft, or, where it reads photos, of the letters in one?

    Of a sign that reads nothing but photos, the text of a proof stands for the letters.
    """
    readings = [reading] if "draft" in sign.reads or not reading.draft.photos else []
    if "photo" in sign.reads:
        readings += reading.pages
    return sign.when.holds(reading.draft) and any(True for each in readings for _ in sign.check.find(each))
