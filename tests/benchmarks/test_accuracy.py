"""What is said of accuracy besides the scorer's table."""

from pathlib import Path

import pytest

from benchmarks.accuracy import agree, reckoned, section
from benchmarks.bootstrap import Outcome
from benchmarks.child import BrokenError


def test_without_labelled_drafts_it_says_where_to_put_them(tmp_path: Path) -> None:
    """One line, and no failure."""
    (line,) = section(tmp_path).parts
    assert line.startswith("Not scored:")
    assert "dev.jsonl" in line
    assert "--bench DIR" in line


def test_a_finding_of_a_date_sign_is_right_where_accuracy_is_labelled() -> None:
    """Other signs of the rule do not count."""
    cases = [{"id": "a", "labels": ["accuracy"]}, {"id": "b", "labels": []}]
    found = {
        "a": [{"rule": "accuracy", "sign": "accuracy/wrong-weekday"}, {"rule": "accuracy", "sign": "accuracy/certain"}],
        "b": [{"rule": "accuracy", "sign": "accuracy/era-year"}],
    }
    assert reckoned(cases, found, []).rows[1][1] == "1 of 2 (50 %)"


def test_another_count_than_the_scorers_is_refused() -> None:
    """Intervals of another measure would mislead."""
    outcomes = [Outcome(frozenset({"rumor"}), frozenset({"rumor"})), Outcome(frozenset(), frozenset())]
    agree("macro_f1 1.000\nstop_recall 1.000\nfalse_alarms 0.000\n", outcomes)
    with pytest.raises(BrokenError, match="macro_f1"):
        agree("macro_f1 0.500\nstop_recall 1.000\nfalse_alarms 0.000\n", outcomes)
