"""What a reading says may be there: a check that needs more is not asked at all."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ryoshiki import Draft, Photo, Span
from ryoshiki.reading import Reading, date_forms, links, times
from ryoshiki.reading.folding import Folded, fold
from tests.making import guideline, sign

GUIDELINE = guideline({"w": ["ぺけぺけ"]}, sign("lexicon", words=["w"]))


@pytest.mark.parametrize(
    ("draft", "present"),
    [
        (Draft("いい天気"), set()),
        (Draft("ぺけぺけな天気"), {"w"}),
        (Draft("詳しくは https://www.example.jp/a へ"), {"@url"}),
        (Draft("詳しくは www[dot]example[dot]jp へ"), {"@url"}),
        (Draft("いい天気……。本当に"), set()),
        (Draft("6月12日は晴れ"), {"@date"}),
        (Draft("正午と25時に"), {"@time"}),
        (Draft("9:30から"), {"@time"}),
        (Draft("いい天気", photos=(Photo("空.jpg"),)), {"@photo"}),
    ],
)
def test_present(draft: Draft, present: set[str]) -> None:
    assert Reading(draft, GUIDELINE).present == present


PIECES = st.sampled_from([*"0159一十元年月日時分曜(火)/.-: 　間前後の", "令和", "午後", "土曜", "mon", "R6", "１２"])
ADDRESSES = st.sampled_from([*"ab1.:/[]() だ…\\¥", "http", "hxxp", "://", "[.]", "dot", "(dot)", ".jp", ".com", "例え"])


@pytest.mark.parametrize(
    ("where", "read", "pieces"),
    [
        (date_forms, lambda folded: date_forms.mentions(folded.text), PIECES),
        (times, lambda folded: times.times(folded.text), PIECES),
        (links, links.links, ADDRESSES),
    ],
)
def test_the_first_look_misses_nothing(where: Any, read: Callable[[Folded], object], pieces: Any) -> None:
    """What it rules out would not be found by reading."""

    @given(st.lists(pieces, max_size=12).map("".join).map(fold))
    @settings(max_examples=300)
    def alike(folded: Folded) -> None:
        found = read(folded)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(where, "possible", lambda text: True)
            assert read(folded) == found

    alike()


def test_a_pattern_that_is_asked_often_finds_the_same() -> None:
    """It gets more room after some runs; nothing else changes."""
    busy = guideline({"w": ["/ぺけ(?:ぺけ|ぽこ)/"]}, sign("lexicon", words=["w"]))
    found = {tuple(hit.span for hit in Reading(Draft("あのぺけぽこ"), busy).hits("w")) for _ in range(50)}
    assert found == {(Span(2, 6),)}
