"""What a rule, a sign or a clause is."""

import pytest

from tests.cli.conftest import Command, complaint


def test_without_a_name_it_lists(ryoshiki: Command) -> None:
    """Clauses, rules and signs stand under one another."""
    outcome = ryoshiki("explain")
    assert outcome.status == 0
    assert "5-1  人をおとしめること\n      insult  人をおとしめる言葉\n          insult/abuse\n" in outcome.out


def test_a_rule(ryoshiki: Command) -> None:
    """Why, advice, question, what it misses, its clause and its examples."""
    shown = ryoshiki("explain", "insult").out
    for words in ("読んだ人が傷つきます。", "言いかえましょう。", "本人の前で言えますか。", "皮肉は見つけられません。"):
        assert words in shown
    assert "条項 5-1  人をおとしめること" in shown
    assert "+ あいつはぺけぺけだ" in shown
    assert "- いい天気" in shown


@pytest.mark.parametrize("name", ["insult/abuse", "abuse"])
def test_a_sign(ryoshiki: Command, name: str) -> None:
    """A sign is found by its full name, or by its own where that is enough."""
    shown = ryoshiki("explain", name).out
    assert shown.startswith("しるし insult/abuse\n")
    assert "「{quote}」は人をおとしめる言葉です。" in shown
    assert "・あいつはぺけぺけだ" in shown


def test_a_clause(ryoshiki: Command) -> None:
    """A clause in our own words, with its source and its rules."""
    shown = ryoshiki("explain", "5-1", "--lang", "en").out
    assert shown.startswith("Clause 5-1  人をおとしめること\n")
    assert "Source: https://www.city.example/" in shown
    assert "Rule: insult" in shown


def test_an_unknown_name_gets_the_nearest(ryoshiki: Command) -> None:
    """A slip of the finger is met with suggestions."""
    assert "insult" in complaint(ryoshiki("explain", "insalt"))
    assert "insult/coarse" in complaint(ryoshiki("explain", "coars"))
    assert "ryoshiki explain" in complaint(ryoshiki("explain", "ぺけ"))
