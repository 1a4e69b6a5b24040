"""A question in one's own words finds its answer, and a strange one finds none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki import RyoshikiError, load
from ryoshiki.desk.questions import QUESTION_LIMIT, SURE, Questions

MURORAN = load()
QUESTIONS = Questions(MURORAN.questions)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("昼休みにスマホで書き込んでいい？", "昼休み"),
        ("うちの子の運動会の写真を載せたいんだけど", "子どもの写真"),
        ("アカウントを乗っ取られた！どうしよう", "乗っ取られ"),
        ("新聞の切り抜きを撮って上げるのは？", "新聞"),
        ("AIで作った絵を使いたい", "AI"),
        ("定年で辞めたあとも守らないとだめ？", "退職"),
    ],
)
def test_other_words_find_the_same_question(asked: str, words: str) -> None:
    """The right one is among the first three."""
    assert any(words in hit.question.ask for hit in QUESTIONS.find(asked))


@pytest.mark.parametrize(
    "asked", ["カレーの作り方", "明日の天気は", "給料はいつ振り込まれますか", "住民票を取りたい", "？？？"]
)
def test_a_strange_question_has_no_answer(asked: str) -> None:
    """Nothing is better than something beside the point."""
    assert QUESTIONS.find(asked) == ()


@pytest.mark.parametrize("question", MURORAN.questions, ids=lambda question: question.id)
def test_every_question_finds_itself(question: object) -> None:
    """Asked as it stands, it comes first."""
    hit = QUESTIONS.find(question.ask)[0]  # type: ignore[attr-defined]
    assert hit.question == question
    assert hit.score > 0.9


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_the_best_comes_first(asked: str) -> None:
    """Whatever is asked: at most three, by score, none below the limit."""
    scores = [hit.score for hit in QUESTIONS.find(asked)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 3
    assert all(SURE <= score <= 1 for score in scores)


@pytest.mark.parametrize("asked", ["", " \n", "あ" * (QUESTION_LIMIT + 1)])
def test_no_question_and_a_novel_are_refused(asked: str) -> None:
    """In words, with the limit."""
    with pytest.raises(RyoshikiError):
        QUESTIONS.find(asked)


def test_the_guideline_answers_enough() -> None:
    """At least sixty questions; each rests on a clause or says where else it is from, and promises nothing."""
    assert len(MURORAN.questions) >= 60
    for question in MURORAN.questions:
        assert question.clause or question.origin != "guideline", question.id
        assert len(question.also) >= 3, question.id
        assert "絶対に安全" not in question.answer, question.id
