"""What the table of further places is learned from."""

from __future__ import annotations

from typing import Any

from training.further import sentences

ROW: dict[str, Any] = {
    "id": "a-0",
    "text": "今日は晴れ。ﾑﾛﾗﾝの予算は三億円に決まりそう。まだ内緒だけど。",
    "platform": "x",
    "account": "private",
    "labels": ["confidential", "working-hours"],
    "quotes": [["confidential", "ﾑﾛﾗﾝの予算は三億円に決まりそう"], ["confidential", "まだ内緒だけど"]],
}


def test_sentences_are_folded_and_told_apart_by_the_quotes() -> None:
    """Those of the rules that the draft touches, and no others; the clock has no place."""
    found = {rule: pair for rule, pair in sentences([ROW]).items() if pair[0]}
    assert found == {
        "confidential": (
            ["今日は晴れ。", "ムロランの予算は三億円に決まりそう。", "まだ内緒だけど。"],
            [False, True, True],
        )
    }


def test_a_clean_draft_shows_nothing() -> None:
    """It is no sentence of any rule."""
    assert not any(texts for texts, _ in sentences([ROW | {"labels": [], "quotes": []}]).values())
