"""A guideline folder is read whole, or refused with file, line and reason."""

import shutil
from pathlib import Path

import pytest

from ryoshiki import Draft, GuidelineError, load, review
from ryoshiki.guideline import DEFAULT

HEAD = """
id = "test"
title = "試し"
version = "1"
source = "https://city.example/"
[organisation]
name = "汐入市"
code_names = ["青い鳥計画"]
words = ["ばか踊り"]
"""
CLAUSE = '[[clause]]\nid = "1"\nsection = "1"\ntitle = "条"\ntitle_en = "c"\ngist = "要"\norigin = "guideline"\n'
RULE = """[rule]
id = "abuse"
title = "悪口"
title_en = "Abuse"
clause = "1"
severity = "stop"
why = "理由"
advice = "助言"
question = "問い"
misses = "限り"

[[sign]]
id = "word"
kind = "lexicon"
message = "「{quote}」は悪口です。"
words = ["abuse/words"]
flags = ["ばか"]
passes = ["よい天気"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "guideline.toml": HEAD,
        "clauses/1.toml": CLAUSE,
        "rules/abuse.toml": RULE,
        "words/abuse/words.txt": "ばか\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_folder_becomes_a_guideline(folder: Path) -> None:
    """What the files say is what the review says."""
    (finding,) = review(Draft("このばか"), load(folder)).findings
    assert (finding.sign, finding.message) == ("abuse/word", "「ばか」は悪口です。")


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("guideline.toml", 'id = "test"', "id = 3", "id: a text is needed"),
        ("guideline.toml", "[organisation]", "[organisation", ""),
        ("guideline.toml", "code_names = [", "code_nmaes = [", "'code_nmaes' is unknown"),
        ("guideline.toml", 'code_names = ["青い鳥計画"]', 'code_names = "青い鳥計画"', "a list of texts"),
        ("clauses/1.toml", 'origin = "guideline"', 'origin = "elsewhere"', "origin"),
        ("clauses/1.toml", 'gist = "要"', 'gist = ""', "gist"),
        ("clauses/1.toml", CLAUSE, CLAUSE + CLAUSE, "twice"),
        ("rules/abuse.toml", 'clause = "1"', 'clause = "9"', "no clause '9'"),
        ("rules/abuse.toml", 'severity = "stop"', 'severity = "halt"', "'halt'"),
        ("rules/abuse.toml", 'kind = "lexicon"', 'kind = "lexikon"', "'lexikon'"),
        ("rules/abuse.toml", "words = [", "wordz = [", "no such parameter"),
        ("rules/abuse.toml", '["abuse/words"]', '"abuse/words"', "a tuple is needed"),
        ("rules/abuse.toml", '["abuse/words"]', '["abuse/nothing"]', "no word class 'abuse/nothing'"),
        ("rules/abuse.toml", "{quote}", "{number}", "no such fact"),
        ("rules/abuse.toml", "{quote}", "{quote", "message"),
        ("rules/abuse.toml", 'flags = ["ばか"]', 'flags = [""]', "flags/passes"),
        ("rules/abuse.toml", 'flags = ["ばか"]', 'flags = ["ばか"]\nwhen = { acount = "private" }', "acount"),
        ("words/abuse/words.txt", "ばか", "/(/", "cannot be compiled"),
        ("words/abuse/words.txt", "ばか", "+abuse/other", "no word class"),
    ],
)
def test_a_bad_folder_is_refused(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    """The message is one line that begins with the file."""
    change(folder / file, old, new)
    with pytest.raises(GuidelineError) as caught:
        load(folder)
    said = str(caught.value)
    assert said.startswith(str(folder / file))
    assert reason in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("rules/abuse.toml", 'kind = "lexicon"', 'kind = "lexikon"', 13),
        ("words/abuse/words.txt", "ばか", "# 注\n/(/", 2),
        ("guideline.toml", "code_names", "code_nmaes", 8),
    ],
)
def test_the_line_is_named(folder: Path, file: str, old: str, new: str, line: int) -> None:
    """A person can go to the line and mend it."""
    change(folder / file, old, new)
    with pytest.raises(GuidelineError, match=rf"{Path(file).name}:{line}: "):
        load(folder)


def test_a_folder_without_a_guideline_is_refused(tmp_path: Path) -> None:
    """A folder that is something else is told so."""
    with pytest.raises(GuidelineError, match="no such file"):
        load(tmp_path)


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    """A words file in another encoding names itself."""
    (folder / "words/abuse/words.txt").write_bytes("ばか".encode("cp932"))
    with pytest.raises(GuidelineError, match="UTF-8"):
        load(folder)


def test_an_organisations_own_words_are_never_flagged(folder: Path) -> None:
    """A word that the organisation lists eats hits inside it, in every class."""
    assert not review(Draft("夏のばか踊り"), load(folder)).findings


def test_settings_of_the_organisation_are_word_classes(folder: Path) -> None:
    """Its code names, sections, offices and names can be used by signs."""
    change(folder / "rules/abuse.toml", '["abuse/words"]', '["organisation/code-names"]')
    assert review(Draft("例の青い鳥計画"), load(folder)).findings


def test_a_base_lends_rules_and_words_but_not_its_clauses(folder: Path) -> None:
    """Another organisation's guideline is never shown as one's own; the files that are present win."""
    shutil.rmtree(folder / "rules")
    change(folder / "guideline.toml", 'id = "test"', 'id = "test"\nbase = "muroran"')
    with pytest.raises(GuidelineError, match="there is no clause"):
        load(folder)
    shutil.rmtree(folder / "clauses")
    shutil.copytree(DEFAULT / "clauses", folder / "clauses")
    inherited = load(folder)
    assert set(inherited.rules) == set(load().rules)
    assert inherited.organisation.name == "汐入市"


def test_an_unknown_base_is_refused(folder: Path) -> None:
    """A base is the name of a built-in guideline, never a path."""
    change(folder / "guideline.toml", 'id = "test"', 'id = "test"\nbase = "../muroran"')
    with pytest.raises(GuidelineError, match="no built-in guideline"):
        load(folder)


def test_code_names_of_an_organisation_are_flagged(folder: Path) -> None:
    """The built-in sign for code names speaks as soon as an organisation lists one."""
    shutil.rmtree(folder / "rules")
    shutil.rmtree(folder / "clauses")
    shutil.copytree(DEFAULT / "clauses", folder / "clauses")
    change(folder / "guideline.toml", 'id = "test"', 'id = "test"\nbase = "muroran"')
    found = review(Draft("例の青い鳥計画の件で残業"), load(folder)).findings
    assert "confidential/code-name" in [f.sign for f in found]
