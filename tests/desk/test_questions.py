"""A question in one's own words finds its answer, and a strange one finds none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki import GuidelineError, RyoshikiError, load
from ryoshiki.cli.guideline import begin
from ryoshiki.desk.questions import QUESTION_LIMIT, Question, Questions, questions, search

MURORAN = load()
ALL = questions(MURORAN)
QUESTIONS = search(MURORAN)
BY_WORDS = search(replace(MURORAN, reader=None))
OTHERS = {"pets": "ペットをバスに乗せてもよいですか", "fares": "定期券を払い戻せますか", "lost": "バスに傘を忘れました"}
BOTH = pytest.mark.parametrize("by", [QUESTIONS, BY_WORDS], ids=["meaning", "words"])


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
@BOTH
def test_other_words_find_the_same_question(by: Questions, asked: str, words: str) -> None:
    """The right one is among the first three, with the local model or without."""
    assert any(words in hit.question.ask for hit in by.find(asked))


@pytest.mark.parametrize(
    ("asked", "id"),
    [("ランチタイムに呟くのはあり？", "lunch-break"), ("誰かに叩かれている最中です", "flames")],
)
def test_meaning_finds_what_words_do_not(asked: str, id: str) -> None:
    """Hardly a word in common with any way to ask that stands in the file."""
    assert id in [hit.question.id for hit in QUESTIONS.find(asked)]
    assert id not in [hit.question.id for hit in BY_WORDS.find(asked)]


def test_another_guidelines_questions_profit() -> None:
    """Questions that nothing was learned from are told apart by meaning too."""
    made = [Question(id, "窓口", ask, "", (), "答え", "", "ask", ()) for id, ask in OTHERS.items()]
    ranked = Questions(tuple(made), QUESTIONS.vectors).ranked("愛犬と一緒に乗れる乗り物は")
    assert ranked[0].question.id == "pets"


@BOTH
@pytest.mark.parametrize(
    "asked", ["カレーの作り方", "明日の天気は", "給料はいつ振り込まれますか", "住民票を取りたい", "？？？"]
)
def test_a_strange_question_has_no_answer(by: Questions, asked: str) -> None:
    """Nothing is better than something beside the point."""
    assert by.find(asked) == ()


@BOTH
@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_every_question_finds_itself(by: Questions, question: Question) -> None:
    """Asked as it stands, it comes first."""
    hit = by.find(question.ask)[0]
    assert hit.question == question
    assert hit.score > 0.9


@BOTH
@given(asked=st.text(min_size=1, max_size=60).filter(str.strip))
def test_the_best_comes_first(by: Questions, asked: str) -> None:
    """Whatever is asked: at most three, by score, and none where the first is below the limit."""
    scores = [hit.score for hit in by.find(asked)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 3
    assert all(by.sure <= score <= 1 for score in scores[:1])


@pytest.mark.parametrize("asked", ["", " \n", "あ" * (QUESTION_LIMIT + 1)])
def test_no_question_and_a_novel_are_refused(asked: str) -> None:
    """In words, with the limit."""
    with pytest.raises(RyoshikiError):
        QUESTIONS.find(asked)


def test_the_guideline_answers_enough() -> None:
    """At least sixty questions; each rests on a clause or says where else it is from, and promises nothing."""
    assert len(ALL) >= 60
    for question in ALL:
        assert question.clause or question.origin != "guideline", question.id
        assert len(question.also) >= 3, question.id
        assert "絶対に安全" not in question.answer, question.id


GOOD = """
[[question]]
id = "may-i"
topic = "はじめに"
ask = "書いてもよいですか"
ask_en = "May I write?"
also = ["書きたい"]
answer = "書けます。"
clause = "1-1"
origin = "guideline"
see = ["accuracy"]
"""


def folder(tmp_path: Path, content: str) -> Path:
    """A guideline on the built-in one, with these questions of its own."""
    begin(tmp_path / "ours", "汐入市")
    (tmp_path / "ours" / "questions.toml").write_text(content, encoding="utf-8")
    return tmp_path / "ours"


def test_a_folder_has_questions_of_its_own(tmp_path: Path) -> None:
    """They take the place of those of its base."""
    assert [q.id for q in questions(load(folder(tmp_path, GOOD)))] == ["may-i"]


def test_another_guidelines_answers_are_not_inherited(tmp_path: Path) -> None:
    """Without a file of its own a folder has the questions of its base, but for what Muroran's guideline says."""
    begin(tmp_path / "ours", "汐入市")
    inherited = questions(load(tmp_path / "ours"))
    assert inherited
    assert {q.origin for q in inherited} == {q.origin for q in ALL} - {"guideline"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "may-i"', 'id = "May I"', "lower-case-with-hyphens"),
        (GOOD, GOOD + GOOD, "there twice"),
        ('answer = "書けます。"', "", "answer: a text is needed"),
        ('clause = "1-1"', 'clause = "9-9"', "no clause '9-9'"),
        ('origin = "guideline"', 'origin = "rumour"', "'rumour' is none of"),
        ('see = ["accuracy"]', 'see = ["acuracy"]', "no rule 'acuracy'"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """File, line and reason in one line."""
    with pytest.raises(GuidelineError, match=r"questions\.toml:\d+: ") as refused:
        questions(load(folder(tmp_path, GOOD.replace(old, new))))
    assert said in str(refused.value)
