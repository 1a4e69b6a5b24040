"""The seven paths of Muroran's folder, and what a trouble.toml may say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ryoshiki import GuidelineError
from ryoshiki.desk.trouble.paths import Reply, Way, trouble
from ryoshiki.model import RyoshikiError
from tests.desk.test_scope import CLAUSE, HEAD

BUILT_IN = trouble()
PARTS = """[[step]]
id = "pause"
words = "止まります。"
words_en = "Stop."
why = "広がります。"
why_en = "It spreads."
clause = "3"
[[keep]]
id = "screen"
words = "画面"
words_en = "The screen"
[[deadline]]
id = "quick"
words = "速報"
words_en = "First report"
from = 3
days = 5
"""
PATH = """[[path]]
id = "leak"
title = "漏れた"
title_en = "A leak"
fits = "見えた。"
fits_en = "It was seen."
city_work = "yes"
steps = ["pause"]
keep = ["screen"]
avoid = []
questions = []
deadlines = ["quick"]
tell = []
"""
REPLY = """[[reply]]
id = "correction"
title = "訂正"
title_en = "Correct"
when = "誤り。"
when_en = "Wrong."
text = "誤：{wrong}"
fields = [{ id = "wrong", words = "誤り", words_en = "Wrong" }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "guideline.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "clauses/3.toml").write_text(CLAUSE, encoding="utf-8")
    (tmp_path / "trouble.toml").write_text(PARTS + PATH + REPLY, encoding="utf-8")
    return tmp_path


def test_the_seven_ways() -> None:
    """Each kind of trouble that the leaflet and the desk know has its way."""
    assert [way.id for way in BUILT_IN.ways] == [
        "wrong-information",
        "hurt-someone",
        "attacked",
        "flames",
        "leak",
        "lost-account",
        "impersonation",
    ]


@pytest.mark.parametrize("way", BUILT_IN.ways, ids=lambda way: way.id)
def test_a_way_begins_with_calm_and_evidence(way: Way) -> None:
    """First nothing more is posted; evidence is kept before anything is deleted or stopped; work is thought of."""
    steps = [step.id for step in way.steps]
    assert steps[0] == "pause"
    assert steps.index("keep") <= 2
    assert all(steps.index(later) > steps.index("keep") for later in ("then-delete", "stop-spread") if later in steps)
    assert {"tell-head", "tell-head-now"} & set(steps)
    assert way.keep
    assert way.avoid
    assert way.questions
    assert way.tell


@pytest.mark.parametrize("way", BUILT_IN.ways, ids=lambda way: way.id)
def test_only_the_leaflets_rules_are_its_own(way: Way) -> None:
    """A step rests on a clause of section 4-3, or says where else it is from; terms are of the law alone."""
    for step in way.steps:
        assert (step.clause is None) == (step.origin != "guideline")
        assert step.clause is None or step.clause.id.startswith("4-3-")
    assert all(deadline.origin == "general-law" for deadline in way.deadlines)


def test_the_terms_of_the_law_are_a_leaks() -> None:
    """Three to five days, thirty, and sixty where intent is suspected; the day of learning of it is the first."""
    terms = {deadline.id: deadline for way in BUILT_IN.ways for deadline in way.deadlines}
    assert [(d.soonest, d.days) for d in terms.values()] == [(3, 5), (None, 30), (None, 60)]
    assert [way.id for way in BUILT_IN.ways if way.deadlines] == ["leak"]
    assert terms["quick"].last(date(2026, 6, 12)) == date(2026, 6, 16)
    assert terms["full"].last(date(2026, 6, 12)) == date(2026, 7, 11)


def test_english_stands_beside() -> None:
    """No English text is Japanese, and no Japanese text is missing."""
    japanese = re.compile(r"[ぁ-ヿ一-鿿]")
    for way in BUILT_IN.ways:
        for said in (*way.steps, *way.keep, *way.avoid, *way.questions, *way.deadlines, *way.tell):
            assert japanese.search(said.spoken("ja")), said
            assert not japanese.search(said.spoken("en")), said
        assert not japanese.search(way.title_en + way.fits_en)


def test_the_replies() -> None:
    """A correction, an apology, an answer later; and to send none."""
    assert [reply.id for reply in BUILT_IN.replies] == ["correction", "apology", "later", "no-answer"]
    assert [reply.id for reply in BUILT_IN.replies if not reply.text] == ["no-answer"]


def test_by_id_or_title() -> None:
    """An unknown one is refused with what is near."""
    assert BUILT_IN.way("炎上した").id == BUILT_IN.way("flames").id == "flames"
    assert BUILT_IN.reply("apology").title == "おわびする"
    with pytest.raises(RyoshikiError, match="flames"):
        BUILT_IN.way("flame")
    with pytest.raises(RyoshikiError, match="correction"):
        BUILT_IN.reply("☆")


def test_a_folder_of_ones_own(folder: Path) -> None:
    """Parts are written once, and named by each path."""
    found = trouble(folder)
    (way,) = found.ways
    assert (way.steps[0].clause, way.steps[0].origin) == (way.steps[0].clause, "guideline")
    assert way.keep[0].spoken("en") == "The screen"
    assert isinstance(found.replies[0], Reply)


def test_a_base_lends_its_ways(folder: Path) -> None:
    """Without a trouble.toml those of the base hold, under the folder's own clauses; without a base there are none."""
    (folder / "trouble.toml").unlink()
    assert trouble(folder).ways == ()
    (folder / "guideline.toml").write_text('base = "muroran"\n' + HEAD, encoding="utf-8")
    more = "".join(CLAUSE.replace('"3"', f'"4-3-{n}"', 1) for n in (1, 2, 3))
    (folder / "clauses/3.toml").write_text(CLAUSE + more, encoding="utf-8")
    inherited = trouble(folder)
    assert [way.id for way in inherited.ways] == [way.id for way in BUILT_IN.ways]
    assert {step.clause.title for way in inherited.ways for step in way.steps if step.clause} == {"人"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('clause = "3"', 'clause = "9"', "trouble.toml:2: clause: there is no clause '9'"),
        ('clause = "3"', 'origin = "guideline"', "trouble.toml:2: origin: 'guideline' is none of"),
        ('clause = "3"', "", "trouble.toml:2: either clause or origin is needed"),
        ('clause = "3"', 'clause = "3"\norigin = "general-law"', "either clause or origin is needed"),
        ('why = "広がります。"', 'why = " "', "trouble.toml:2: why: a text is needed"),
        ('why = "広がります。"', 'wy = "広がります。"', "trouble.toml:2: wy: no such key"),
        ('id = "pause"', 'id = "Pause"', "trouble.toml:2: step id 'Pause' is not lower-case-with-hyphens"),
        ("[[keep]]", "[keep]", "keep: write it as [[keep]]"),
        ("days = 5", "days = 0", "trouble.toml:13: days: a whole number"),
        ("days = 5", "days = true", "trouble.toml:13: days: a whole number"),
        ("from = 3", "from = 6", "trouble.toml:13: from: a whole number"),
        ("days = 5", 'days = 5\norigin = "guideline"', "trouble.toml:13: origin: 'guideline' is none of"),
        ('city_work = "yes"', 'city_work = "often"', "trouble.toml:19: city_work: 'often' is none of"),
        ('steps = ["pause"]', 'steps = ["panic"]', "trouble.toml:19: steps: there is no 'panic'"),
        ('steps = ["pause"]', 'steps = ["pause", "pause"]', "trouble.toml:19: steps: an id is there twice"),
        ('steps = ["pause"]', 'steps = "pause"', "trouble.toml:19: steps: a list of ids is needed"),
        ('id = "leak"', 'id = "Leak"', "trouble.toml:19: path id 'Leak' is not"),
        ('"誤：{wrong}"', '"誤：{rong}"', "trouble.toml:32: text and fields"),
        ('"誤：{wrong}"', '"誤：{wrong.__class__}"', "trouble.toml:32: text and fields"),
        ('"誤：{wrong}"', '"誤：{wrong!r}"', "trouble.toml:32: text: write {id}"),
        ('"誤：{wrong}"', '"誤：{wrong"', "trouble.toml:32: text: "),
        ('"誤：{wrong}"', "7", "trouble.toml:32: text: a text is needed"),
        ('fields = [{ id = "wrong"', 'fields = [{ id = "w x"', "trouble.toml:32: field id 'w x'"),
        ('fields = [{ id = "wrong", ', "fields = [{ ", "trouble.toml:32: id: a text is needed"),
        (REPLY, REPLY + REPLY, "reply 'correction' is there twice"),
    ],
)
def test_bad_data_is_refused(folder: Path, old: str, new: str, reason: str) -> None:
    """The message names the file, the line where it can be told, and the reason."""
    whole = PARTS + PATH + REPLY
    assert old in whole
    (folder / "trouble.toml").write_text(whole.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuidelineError) as refused:
        trouble(folder)
    assert reason in str(refused.value)
    assert str(folder / "trouble.toml") in str(refused.value)
