"""A pause is offered when words are heated or the night is deep, and not otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ryoshiki.model import Draft
from ryoshiki.review import review
from ryoshiki.web.cooling import cool_off
from tests.making import guideline, sign

GUIDELINE = guideline({"hot": ["ばか"]}, sign("lexicon", words=["hot"]))
HEATED = replace(GUIDELINE, rules={"a-rule": replace(GUIDELINE.rules["a-rule"], heated=True)})


def offered(text: str, at: str | None = None, by: object = HEATED) -> str | None:
    draft = Draft(text, posted_at=datetime.fromisoformat(at) if at else None)
    return cool_off(review(draft, by), draft, by)  # type: ignore[arg-type]


def test_a_finding_of_a_heated_rule_offers_a_pause() -> None:
    """The guideline's data says which rules are about heat."""
    assert offered("ばか") == "heated"
    assert offered("ばか", by=GUIDELINE) is None


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("2026-06-12T22:59+09:00", None),
        ("2026-06-12T23:00+09:00", "night"),
        ("2026-06-12T19:59+00:00", "night"),  # 04:59 in Japan
        ("2026-06-12T20:00+00:00", None),
        (None, None),
    ],
)
def test_the_night_is_that_of_the_organisation(at: str | None, reason: str | None) -> None:
    """From 23 to 5 o'clock where the organisation is, wherever the offset is from; without a time there is no night."""
    assert offered("眠れない", at) == reason


def test_heat_weighs_more_than_the_hour() -> None:
    """Of two reasons the first that an author can do something about is told."""
    assert offered("ばか", "2026-06-12T23:30+09:00") == "heated"
