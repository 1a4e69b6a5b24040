"""Words, patterns and acrostics."""

from typing import Any

import pytest

from ryoshiki.model import Draft
from ryoshiki.reading import Reading
from tests.making import guideline, sign

CLASSES = {"abuse": ["~ばか", "!死ね"], "love": ["大好き"]}


def found(kind: str, text: str, **parameters: Any) -> list[tuple[str, dict[str, str]]]:
    one = sign(kind, **parameters)
    reading = Reading(Draft(text), guideline(CLASSES, one))
    return [(m.span.of(text), dict(m.facts)) for m in one.check.find(reading) if m.span]


def test_a_lexicon_finds_each_word() -> None:
    """Every sentence's word is found; a silencing word works in its own sentence."""
    assert [q for q, _ in found("lexicon", "バカめ。死ね。", words=["abuse"])] == ["バカ", "死ね"]
    assert [q for q, _ in found("lexicon", "バカ大好き。死ね。", words=["abuse"], unless=["love"])] == ["死ね"]
    assert found("lexicon", "バカ大好き。死ね。", words=["abuse"], never=["love"]) == []


def test_a_pattern_gives_its_groups_as_facts() -> None:
    """Named groups fill the slots of the message, folded as they were matched."""
    assert found("pattern", "予定価格は４８００万円", pattern="(?P<sum>[0-9]+)万円") == [
        ("４８００万円", {"sum": "4800"})
    ]


@pytest.mark.parametrize("pattern", ["(", "(?=a)", r"(a)\1"])
def test_a_pattern_that_cannot_run_in_linear_time_is_refused(pattern: str) -> None:
    """RE2 refuses lookaround and backreferences; the sign is refused with its reason."""
    with pytest.raises(ValueError, match="cannot be compiled"):
        sign("pattern", pattern=pattern)


def test_an_acrostic_is_read_downwards() -> None:
    """The lines that spell the word are the place."""
    text = "ばら色の空\nかえり道\n死ぬほどきれい\nねむい"
    assert found("acrostic", text, words=["abuse"], shortest=2) == [("ばら色の空\nかえり道", {"word": "ばか"})]
    assert found("acrostic", text, words=["abuse"]) == []
