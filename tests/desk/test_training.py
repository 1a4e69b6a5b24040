"""Cases that train good sense, and the rules by which they come back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki import Draft, GuidelineError, RyoshikiError, load, review
from ryoshiki.cli.guideline import begin
from ryoshiki.desk.training import (
    CHOICES,
    INTERVALS,
    NEW,
    ROUND,
    SITUATION_LIMIT,
    Card,
    Case,
    Progress,
    Round,
    cases,
    completed,
    edition,
    round_of,
    shuffled,
)
from ryoshiki.model import Guideline

MURORAN = load()
ALL = cases(MURORAN)
IDS = [case.id for case in ALL]
TODAY = date(2026, 6, 12)
LAWFUL = [case for case in ALL if case.may]

DAYS = st.dates(TODAY - timedelta(90), TODAY + timedelta(90))
CARDS = st.builds(Card, st.integers(0, len(INTERVALS) - 1), DAYS)
RECORDS = st.builds(Progress, st.dictionaries(st.sampled_from([*IDS, "gone-by-now"]), CARDS, max_size=60))


# The cases


def test_every_rule_is_trained() -> None:
    """At least ninety cases, four or more of each rule, and some on what no rule speaks of."""
    counts = Counter(case.rule for case in ALL)
    assert len(ALL) >= 90
    assert all(counts[rule] >= 4 for rule in MURORAN.rules)
    assert counts[""] >= 5


@pytest.mark.parametrize("case", ALL, ids=IDS)
def test_a_case_is_short_and_has_one_best_choice(case: Case) -> None:
    """One to three sentences, three different choices, each with a reason of one sentence, and a clause there is."""
    assert len(case.situation) <= SITUATION_LIMIT
    assert case.clause in MURORAN.clauses
    assert len({choice.say for choice in case.choices}) == CHOICES
    assert sum(choice.best for choice in case.choices) == 1
    for choice in case.choices:
        assert choice.why.count("。") == 1, choice
        assert choice.why.endswith("。")
        assert len(choice.say) <= 35
        assert len(choice.why) <= 70


def test_nobody_is_taught_to_be_silent() -> None:
    """In one of four or five cases the answer is to go ahead; for twenty and more, over many rules."""
    assert len(LAWFUL) >= 20
    assert len(LAWFUL) * 5 >= len(ALL)
    assert len({case.rule for case in LAWFUL}) >= 15
    for case in LAWFUL:
        assert "かまいません" in next(choice.say for choice in case.choices if choice.best), case.id


def test_the_review_agrees_on_what_one_may_write() -> None:
    """A draft that the training calls fine raises nothing when it is checked."""
    drafts = [draft for case in LAWFUL for draft in re.findall(r"「([^「」]{8,})」", case.situation)]
    assert len(drafts) >= 20
    assert [draft for draft in drafts if review(Draft(draft), MURORAN).findings] == []


def test_the_form_of_a_choice_does_not_give_it_away() -> None:
    """ "Go ahead" is wrong as often as right, and the longest choice is best no more often than by chance, roughly."""
    ahead = Counter(choice.best for case in ALL for choice in case.choices if "かまいません" in choice.say)
    assert ahead[False] >= ahead[True]
    longest = sum(max(case.choices, key=lambda choice: len(choice.say)).best for case in ALL)
    assert len(ALL) * 0.2 <= longest <= len(ALL) * 0.45


def test_no_case_promises_or_threatens() -> None:
    """Neither safety nor punishment is foretold, and nobody real is named."""
    for case in ALL:
        words = case.situation + "".join(choice.say + choice.why for choice in case.choices)
        for never in ("絶対に安全", "懲戒", "処分", "免職", "逮捕", "違法です", "室蘭"):
            assert never not in words, case.id


# Reading them

GOOD = """
[[case]]
id = "a-case"
rule = "insult"
situation = "腹が立ちました。"
situation_en = "Anger."
choices = [
  { say = "待つ", why = "落ち着きます。", best = true },
  { say = "書く", why = "傷つきます。" },
  { say = "消す", why = "残ります。" },
]
"""


def ours(tmp_path: Path, content: str) -> Guideline:
    """The built-in guideline with these cases instead of its own."""
    (tmp_path / "guideline.toml").write_text('base = "muroran"', encoding="utf-8")
    (tmp_path / "cases.toml").write_text(content, encoding="utf-8")
    return replace(MURORAN, folder=tmp_path)


def test_a_folder_has_cases_of_its_own(tmp_path: Path) -> None:
    """They take the place of those of its base; the clause is that of the rule unless the case says otherwise."""
    (case,) = cases(ours(tmp_path, GOOD))
    assert (case.id, case.clause, case.ask, case.may) == ("a-case", "5-2-1", "どうしますか", False)
    assert [choice.best for choice in case.choices] == [True, False, False]


def test_without_a_file_those_of_the_base_are_used(tmp_path: Path) -> None:
    """A case rests on a rule and a clause; where both are inherited or restated, so is the case."""
    begin(tmp_path / "ours", "汐入市")
    assert [case.id for case in cases(load(tmp_path / "ours"))] == IDS


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "a-case"', 'id = "A case"', "lower-case-with-hyphens"),
        (GOOD, GOOD + GOOD, "there twice"),
        ('rule = "insult"', 'rule = "insults"', "no rule 'insults'"),
        ('rule = "insult"', 'rule = ["insult"]', "rule, clause: a text is needed"),
        ('rule = "insult"', "", "no clause ''"),
        ('rule = "insult"', 'rule = "insult"\nclause = "9-9"', "no clause '9-9'"),
        ('rule = "insult"', 'rule = "insult"\nmay = "yes"', "may: true or false"),
        ('rule = "insult"', 'rule = "insult"\ntitle = "x"', "title: no such key"),
        ("腹が立ちました。", "腹" * (SITUATION_LIMIT + 1), "at most 160 characters"),
        (", best = true", "", "one of them with best"),
        ('why = "傷つきます。"', 'why = "傷つきます。", best = true', "one of them with best"),
        ('  { say = "消す", why = "残ります。" },\n', "", "3 are needed"),
        ('why = "残ります。"', 'why = ""', "why: a text is needed"),
        ('why = "残ります。"', 'why = "残ります。", note = "x"', "note: no such key"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """File, line and reason in one line."""
    with pytest.raises(GuidelineError, match=r"cases\.toml:\d+: ") as refused:
        cases(ours(tmp_path, GOOD.replace(old, new)))
    assert said in str(refused.value)


# Coming back


def test_a_right_answer_comes_back_later_and_later() -> None:
    """After a mistake: 1, 3, 7, 21, 60 days, and 60 from then on."""
    progress, day = Progress().answered("a-case", False, TODAY), TODAY
    assert progress.cards["a-case"] == Card(0, TODAY)
    pauses = []
    for _ in range(6):
        progress = progress.answered("a-case", True, day)
        pauses.append((progress.cards["a-case"].due - day).days)
        day = progress.cards["a-case"].due
    assert pauses == [*INTERVALS, 60]


def test_a_mistake_is_asked_again_the_same_day() -> None:
    """From whatever box, it goes back to the first."""
    progress = Progress({"a-case": Card(4, TODAY)}).answered("a-case", False, TODAY)
    assert progress.cards["a-case"] == Card(0, TODAY)


def test_what_was_known_at_once_rests_for_a_week() -> None:
    """Only what went wrong comes back tomorrow."""
    assert Progress().answered("a-case", True, TODAY).cards["a-case"] == Card(NEW + 1, TODAY + timedelta(7))


def test_an_answer_leaves_the_earlier_record_as_it_was() -> None:
    """Records are values."""
    before = Progress()
    before.answered("a-case", True, TODAY)
    assert before == Progress()


@given(RECORDS, st.sampled_from(IDS), st.booleans())
def test_a_record_survives_being_written(progress: Progress, case: str, right: bool) -> None:
    """What is written is read again, with cases that have since gone; and it holds no word of an answer."""
    after = progress.answered(case, right, TODAY).passed(MURORAN, TODAY)
    assert Progress.from_json(after.as_json()) == after
    assert after.as_json().isascii()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"version": 1, "cases": {}}',
        '{"version": 2, "cases": {}, "completed": {}}',
        '{"version": 1, "cases": [], "completed": {}}',
        '{"version": 1, "cases": {}, "completed": {}, "answers": {}}',
        '{"version": 1, "cases": {"A case": {"box": 1, "due": "2026-06-12"}}, "completed": {}}',
        '{"version": 1, "cases": {"a": {"box": 5, "due": "2026-06-12"}}, "completed": {}}',
        '{"version": 1, "cases": {"a": {"box": true, "due": "2026-06-12"}}, "completed": {}}',
        '{"version": 1, "cases": {"a": {"box": 1, "due": "soon"}}, "completed": {}}',
        '{"version": 1, "cases": {"a": {"box": 1, "due": "2026-06-12", "chosen": 2}}, "completed": {}}',
        '{"version": 1, "cases": {"a": {"box": 1}}, "completed": {}}',
        '{"version": 1, "cases": {}, "completed": {"muroran 2013": 8}}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_no_record(text: str) -> None:
    """One clear refusal."""
    with pytest.raises(RyoshikiError, match="no training record"):
        Progress.from_json(text)


# A round


@given(RECORDS, st.integers(), st.integers(1, 40))
def test_a_round_asks_the_most_urgent_first(progress: Progress, seed: int, size: int) -> None:
    """Mistakes that are due, then new ones, then what else is due, then the rest; each once, the same for a seed."""
    asked = round_of(ALL, progress, TODAY, seed, size)
    assert asked == round_of(ALL, progress, TODAY, seed, size)
    assert len({case.id for case in asked}) == len(asked) == size

    def urgency(case: Case) -> int:
        card = progress.cards.get(case.id)
        if card is None:
            return 1
        return 3 if card.due > TODAY else 0 if card.box <= NEW else 2

    assert [urgency(case) for case in asked] == sorted(map(urgency, ALL))[:size]


@given(st.integers(), st.integers(1, len(ALL)))
def test_no_rule_comes_twice_before_every_other(seed: int, size: int) -> None:
    """Among new cases the rules take turns, until one has no case left."""
    taken = Counter[str]()
    there = Counter(case.rule for case in ALL)
    for case in round_of(ALL, Progress(), TODAY, seed, size):
        assert all(taken[rule] >= min(taken[case.rule], n) for rule, n in there.items())
        taken[case.rule] += 1


def test_rounds_differ() -> None:
    """Another seed asks other cases; a small collection is asked whole."""
    assert round_of(ALL, Progress(), TODAY, 1) != round_of(ALL, Progress(), TODAY, 2)
    assert len(round_of(ALL, Progress(), TODAY, 1)) == ROUND
    assert set(round_of(ALL[:3], Progress(), TODAY, 1)) == set(ALL[:3])


def test_the_best_choice_stands_anywhere() -> None:
    """Each place about a third of the time; the same for the same seed, and none is lost."""
    places = Counter([choice.best for choice in shuffled(case, seed)].index(True) for case in ALL for seed in range(9))
    assert all(0.28 < places[place] / places.total() < 0.39 for place in range(CHOICES))
    assert set(shuffled(ALL[0], 1)) == set(ALL[0].choices)
    assert shuffled(ALL[0], 1) == shuffled(ALL[0], 1)


@pytest.mark.parametrize(
    ("rounds", "earned"),
    [
        ([], False),
        ([Round(10, 10, 0)], True),
        ([Round(10, 8, 2)], True),
        ([Round(10, 8, 1)], False),
        ([Round(10, 7, 3)], False),
        ([Round(5, 5, 0)], False),
        ([Round(20, 15, 5)], False),
        ([Round(10, 2, 8), Round(10, 9, 1)], True),
    ],
)
def test_a_certificate_is_earned_by_one_good_round(rounds: list[Round], earned: bool) -> None:
    """Ten cases, eight right at once, every other one when asked again."""
    assert completed(rounds) is earned


def test_a_completion_belongs_to_a_version() -> None:
    """Of the guideline: a new version is trained anew."""
    assert Progress().passed(MURORAN, TODAY).completed == {edition(MURORAN): TODAY}
    assert edition(MURORAN) == "muroran 2013-08-09"
