"""What a reading says may be there: a check that needs more is not asked at all."""

import pytest

from ryoshiki import Draft, Photo, Span
from ryoshiki.reading import Reading
from tests.making import guideline, sign

GUIDELINE = guideline({"w": ["ぺけぺけ"]}, sign("lexicon", words=["w"]))


@pytest.mark.parametrize(
    ("draft", "present"),
    [
        (Draft("いい天気"), set()),
        (Draft("ぺけぺけな天気"), {"w"}),
        (Draft("詳しくは https://www.example.jp/a へ"), {"@url"}),
        (Draft("詳しくは www[dot]example[dot]jp へ"), {"@url"}),
        (Draft("いい天気", photos=(Photo("空.jpg"),)), {"@photo"}),
    ],
)
def test_present(draft: Draft, present: set[str]) -> None:
    assert Reading(draft, GUIDELINE).present == present


def test_a_pattern_that_is_asked_often_finds_the_same() -> None:
    """It gets more room after some runs; nothing else changes."""
    busy = guideline({"w": ["/ぺけ(?:ぺけ|ぽこ)/"]}, sign("lexicon", words=["w"]))
    found = {tuple(hit.span for hit in Reading(Draft("あのぺけぽこ"), busy).hits("w")) for _ in range(50)}
    assert found == {(Span(2, 6),)}
