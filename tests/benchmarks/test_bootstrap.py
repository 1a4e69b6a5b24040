"""The headline measures and their intervals."""

from math import isnan

import pytest

from benchmarks.bootstrap import Outcome, f1_of, false_alarms, interval, macro_f1, stop_recall


def outcome(expected: str, got: str) -> Outcome:
    return Outcome(frozenset(expected.split()), frozenset(got.split()))


def test_macro_f1_is_the_mean_over_the_rules_that_are_labelled() -> None:
    """A rule that is only found by mistake lowers no mean of its own."""
    outcomes = [outcome("insult", "insult"), outcome("insult", ""), outcome("rumor", "rumor"), outcome("", "obscene")]
    assert macro_f1(outcomes) == pytest.approx((2 / 3 + 1) / 2)


def test_stop_recall_asks_for_any_prohibited_rule() -> None:
    """Another prohibited rule stops the author too; a rule of caution does not."""
    outcomes = [outcome("insult", "rumor"), outcome("rumor", "accuracy"), outcome("accuracy", "")]
    assert stop_recall(outcomes) == 0.5


def test_false_alarms_look_at_clean_drafts_only() -> None:
    """A wrong rule in a draft with a problem is no false alarm."""
    assert false_alarms([outcome("", ""), outcome("", "rumor"), outcome("insult", "rumor")]) == 0.5


def test_f1_of_a_rule_that_never_occurs_is_no_number() -> None:
    """Nothing to find and nothing found is neither good nor bad."""
    assert isnan(f1_of("rumor", [outcome("insult", "insult")]))


def test_the_interval_holds_the_value_and_is_the_same_every_time() -> None:
    """The draws are seeded."""
    outcomes = [outcome("", "rumor")] * 3 + [outcome("", "")] * 27
    low, high = interval(false_alarms, outcomes, resamples=200)
    assert 0 <= low < 0.1 < high < 0.5
    assert (low, high) == interval(false_alarms, outcomes, resamples=200)


def test_without_drafts_of_a_sort_there_is_no_interval() -> None:
    """No clean draft, no share of false alarms."""
    assert all(isnan(v) for v in interval(false_alarms, [outcome("insult", "")], resamples=20))
