"""Who is covered, which duties hold, and what a scope.toml may say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki import GuidelineError
from ryoshiki.desk.scope import Duty, Kind, find, kinds, known
from ryoshiki.model import RyoshikiError

HEAD = 'id = "ours"\ntitle = "試し"\nversion = "1"\nsource = "https://city.example/"\n[organisation]\nname = "汐入市"\n'
CLAUSE = '[[clause]]\nid = "3"\nsection = "3"\ntitle = "人"\ntitle_en = "c"\ngist = "要"\norigin = "guideline"\n'
SCOPE = """[[article]]
id = "34"
title = "第34条"
title_en = "Art. 34"
words = "もらしません。"

[[kind]]
id = "regular"
title = "正規の職員"
title_en = "Regular"
aliases = ["正規"]
covered = "yes"
clause = "3"
why = "身分があります。"
duties = ["34"]
"""
BUILT_IN = kinds()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "guideline.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "clauses/3.toml").write_text(CLAUSE, encoding="utf-8")
    (tmp_path / "scope.toml").write_text(SCOPE, encoding="utf-8")
    return tmp_path


def applies(name: str) -> dict[str, str]:
    return {duty.article: duty.applies for duty in find(name, BUILT_IN).duties}


@pytest.mark.parametrize(
    ("written", "id", "covered"),
    [
        ("正規", "regular", "yes"),
        ("任期の定めのない職員", "regular", "yes"),
        ("再任用", "reappointed", "yes"),
        ("暫定再任用", "reappointed", "yes"),
        ("定年前再任用短時間", "reappointed", "yes"),
        ("会計年度任用職員（フルタイム）", "fiscal-year-full-time", "yes"),
        ("会計年度任用職員 (ﾊﾟｰﾄﾀｲﾑ)", "fiscal-year-part-time", "yes"),
        ("パートタイム会計年度任用職員", "fiscal-year-part-time", "yes"),
        ("臨時的任用", "temporary", "yes"),
        ("任期付", "fixed-term", "yes"),
        ("派遣（出向元）", "seconded-out", "yes"),
        ("派遣(受入)", "seconded-in", "yes"),
        ("委託", "contractor", "no"),
        ("指定管理者", "designated-manager", "no"),
        ("退職者", "retired", "no"),
        ("ｏｂ", "retired", "no"),
        ("議員", "council-member", "no"),
        ("特別職", "special-service", "depends"),
        ("国への派遣", "seconded-out-nation", "depends"),
        ("REGULAR", "regular", "yes"),
    ],
)
def test_as_staff_lists_write_it(written: str, id: str, covered: str) -> None:
    """A kind is found by id, title or alias; width, case, spaces and brackets do not count."""
    found = find(written, BUILT_IN)
    assert (found.id, found.covered) == (id, covered)


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.id)
def test_only_the_coverage_is_the_guidelines(kind: Kind) -> None:
    """Coverage rests on clause 3; the five articles are told of everybody, and come from general law."""
    assert (kind.clause.id, kind.clause.origin) == ("3", "guideline")
    assert {duty.article for duty in kind.duties} >= {"33", "34", "35", "36", "38"}
    assert {duty.origin for duty in kind.duties} == {"general-law"}


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.id)
def test_what_is_open_says_whom_to_ask(kind: Kind) -> None:
    """Where coverage depends, somebody is named who knows."""
    assert kind.covered != "depends" or "聞きましょう" in kind.why


def test_side_jobs_go_by_the_kind_of_appointment() -> None:
    """Art. 38 spares part-time fiscal-year appointees, not those who work short hours in a regular post."""
    assert applies("会計年度任用職員（パートタイム）")["38"] == "no"
    assert applies("会計年度任用職員（フルタイム）")["38"] == "yes"
    assert applies("会計年度任用職員")["38"] == "depends"
    assert applies("再任用短時間")["38"] == "yes"


def test_secrecy_lasts_after_retirement() -> None:
    """Of the Local Public Service Act, art. 34 alone holds for who has left."""
    found = applies("退職者")
    assert found.pop("34") == found.pop("privacy-67") == "yes"
    assert set(found.values()) == {"no"}


def test_the_act_is_not_for_the_special_service() -> None:
    """Neither for those of special service, nor for a contractor, whose duty comes from the contract."""
    assert set(applies("特別職").values()) == set(applies("議員").values()) == {"no"}
    secrecy = find("委託", BUILT_IN).duties[0]
    assert (secrecy.article, secrecy.applies) == ("34", "no")
    assert "契約" in secrecy.words


def test_an_unknown_kind_gets_the_nearest() -> None:
    """派遣 alone may mean people of several kinds, so it is none; they are offered."""
    with pytest.raises(RyoshikiError, match="派遣会社から来ている人"):
        find("派遣", BUILT_IN)
    with pytest.raises(RyoshikiError, match="ryoshiki scope"):
        find("☆", BUILT_IN)


@given(st.text())
def test_any_text_is_known_or_not(text: str) -> None:
    """No text breaks the search, and one without letters is nobody."""
    found = known(text, BUILT_IN)
    assert found is None or any(c.isalnum() for c in text)


def test_a_folder_of_ones_own(folder: Path) -> None:
    """An article named by its id alone holds as it stands."""
    (kind,) = kinds(folder)
    assert (kind.id, kind.clause.title) == ("regular", "人")
    assert kind.duties == (Duty("34", "第34条", "Art. 34", "もらしません。", "yes", "general-law"),)


def test_a_base_lends_its_kinds(folder: Path) -> None:
    """Without a scope.toml those of the base hold, under the folder's own clause; without a base there are none."""
    (folder / "scope.toml").unlink()
    assert kinds(folder) == ()
    (folder / "guideline.toml").write_text('base = "muroran"\n' + HEAD, encoding="utf-8")
    inherited = kinds(folder)
    assert [kind.id for kind in inherited] == [kind.id for kind in BUILT_IN]
    assert {kind.clause.title for kind in inherited} == {"人"}


_OTHER = SCOPE[SCOPE.index("[[kind]]") :].replace('"regular"', '"other"')


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('covered = "yes"', 'covered = "maybe"', "scope.toml:8: covered: 'maybe' is none of yes, no, depends"),
        ('clause = "3"', 'clause = "9"', "scope.toml:8: clause: there is no clause '9'"),
        ('why = "身分があります。"', 'why = ""', "scope.toml:8: why: a text is needed"),
        ('why = "身分があります。"', 'whi = ""', "scope.toml:8: whi: no such key"),
        ('id = "regular"', 'id = "Regular"', "scope.toml:8: kind id 'Regular' is not lower-case-with-hyphens"),
        ('id = "regular"', "", "scope.toml: id: a text is needed"),
        ('aliases = ["正規"]', 'aliases = "正規"', "scope.toml:8: aliases: a list of names is needed"),
        ('aliases = ["正規"]', 'aliases = ["・"]', "scope.toml:8: aliases: a list of names is needed"),
        ('duties = ["34"]', "", "scope.toml:8: duties: a list is needed"),
        ('duties = ["34"]', "duties = [34]", "scope.toml:8: duties: an article's id or a table is needed"),
        ('duties = ["34"]', 'duties = ["35"]', "scope.toml:8: duties: there is no article '35'"),
        ('["34"]', '[{ article = "34", applies = "so" }]', "duty 34: applies: 'so' is none of yes, no, depends"),
        ('["34"]', '[{ article = "34", applies = "no" }]', "scope.toml:8: words: a text is needed"),
        ('["34"]', '[{ article = "34", origin = "guideline" }]', "duty 34: origin: 'guideline' is none of"),
        ('["34"]', '[{ article = "34", applys = "no" }]', "scope.toml:8: applys: no such key"),
        ("[[article]]", "[article]", "article: write it as [[article]]"),
        ('words = "もらしません。"', "", "scope.toml:2: words: a text is needed"),
        ("[[kind]]", f"{_OTHER}[[kind]]", "is a name of other too"),
        ("[[kind]]", f"{SCOPE[SCOPE.index('[[kind]]') :]}[[kind]]", "kind 'regular' is there twice"),
    ],
)
def test_bad_data_is_refused(folder: Path, old: str, new: str, reason: str) -> None:
    """The message names the file, the line where it can be told, and the reason."""
    (folder / "scope.toml").write_text(SCOPE.replace(old, new), encoding="utf-8")
    with pytest.raises(GuidelineError) as refused:
        kinds(folder)
    assert reason in str(refused.value)
    assert str(folder / "scope.toml") in str(refused.value)
