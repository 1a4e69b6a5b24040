"""`ryoshiki ask`: answers with their clause, the list, and an honest "not found"."""

from __future__ import annotations

from pathlib import Path

import pytest

from ryoshiki.cli import run
from tests.cli.conftest import Command


def said(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = run(["ask", *arguments])
    return status, capfd.readouterr().out


def test_an_answer_names_what_it_rests_on(capfd: pytest.CaptureFixture[str]) -> None:
    """The question that fits, its answer, the clause, and whom to ask otherwise."""
    status, out = said(capfd, "同僚が写った写真を載せたい")
    assert status == 0
    assert "写真" in out
    assert "条項: " in out
    assert "所属長" in out


def test_a_strange_question_is_told_as_such(capfd: pytest.CaptureFixture[str]) -> None:
    """Exit status 1, and whom to ask."""
    status, out = said(capfd, "カレーの作り方")
    assert (status, "所属長" in out) == (1, True)


def test_without_a_question_all_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    """By topic; English labels on request."""
    status, out = said(capfd)
    assert status == 0
    assert out.count("\n") > 97
    assert "If none" in said(capfd, "昼休みにスマホで書き込んでいい？", "--lang", "en")[1]


def test_a_guideline_without_questions_says_so(ryoshiki: Command, folder: Path) -> None:
    """One line and exit status 2."""
    outcome = ryoshiki("ask", "何でも", "--guideline", str(folder))
    assert outcome.status == 2
    assert "質問集がありません" in outcome.err
