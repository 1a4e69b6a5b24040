"""Word classes: what counts as a word of its own, and how it may be disguised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Draft, Span
from ryoshiki.reading import Reading
from ryoshiki.reading.words import Vocabulary, WordError, parse
from tests.making import guideline


def found(text: str, *lines: str) -> list[str]:
    """The words of the draft that a class with these lines hits."""
    reading = Reading(Draft(text), guideline({"some/class": lines}))
    return [hit.span.of(text) for hit in reading.hits("some/class")]


@pytest.mark.parametrize(
    ("line", "text", "hits"),
    [
        ("窓口", "窓口に来た人", ["窓口"]),
        ("人事", "他人事とは思えない", []),
        ("人事", "来年の人事が漏れた", ["人事"]),
        ("バカ", "バカンスに行く", []),
        ("バカ", "お前はバカだ", ["バカ"]),
        ("バカ", "あのバカー！", ["バカ"]),
        ("デマ", "デマンド交通が始まる", []),
        ("ばか", "そればかり食べる", []),
        ("ばか", "ほんとばか", ["ばか"]),
        ("pin", "Pinterestで見た", []),
        ("pin", "ＰＩＮは1234", ["ＰＩＮ"]),
        ("!なう", "会議なうです", ["なう"]),
        ("/[0-9]+万円/", "予定価格は４８００万円", ["４８００万円"]),
    ],
)
def test_a_plain_term_stands_alone(line: str, text: str, hits: list[str]) -> None:
    """A term inside a longer word is no hit, in any script or width."""
    assert found(text, line) == hits


@pytest.mark.parametrize("text", ["しね", "シネ", "ｼﾈ", "し/ね", "しーね", "お前しね", "しね！", "し ね"])
def test_any_spelling_finds_disguises(text: str) -> None:
    """A term marked ~ is found in other kana, stretched and separated."""
    assert found(text, "~しね")


@pytest.mark.parametrize("text", ["いいし ねむい", "話しねえ", "そうでしね", "おいしねこ", "シネマに行く"])
def test_any_spelling_leaves_innocent_text(text: str) -> None:
    """The same letters met by chance are no hit."""
    assert found(text, "~しね") == []


def test_a_masked_letter_is_read() -> None:
    """One letter of three may be hidden, two of five; a word of two letters cannot be told any more."""
    assert found("このク○バ○アが", "~くそばばあ") == ["ク○バ○ア"]
    assert found("あ○んだら", "~あほんだら") == ["あ○んだら"]
    assert found("○ね", "~しね") == []


def test_an_innocent_word_eats_what_lies_inside() -> None:
    """Longest first: 必死ね must eat 死ね."""
    assert found("必死ねらい", "!死ね", "-必死ね") == []
    assert found("必死だな、死ね", "!死ね", "-必死ね") == ["死ね"]


def test_a_quote_is_the_original_text() -> None:
    """Hits are given in the draft's own letters, not the folded ones."""
    assert found("👨‍👩‍👧𠮷ﾊﾞｶ", "バカ") == ["ﾊﾞｶ"]


def test_a_class_can_include_another() -> None:
    """A + line brings the other class's words, through any chain, innocents too."""
    vocabulary = {"a/a": ["+b/b"], "b/b": ["+c/c", "窓口"], "c/c": ["課長", "-課長風"]}
    reading = Reading(Draft("窓口の課長と課長風を吹かす人"), guideline(vocabulary))
    assert [h.span for h in reading.hits("a/a")] == [Span(0, 2), Span(3, 5)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [("+no/class", "no word class"), ("/(/", "cannot be compiled"), (r"/(a)\1/", "cannot be compiled")],
)
def test_a_bad_line_is_refused(line: str, reason: str) -> None:
    """The error names class, line and reason; what RE2 cannot run in linear time is refused."""
    with pytest.raises(WordError, match=reason) as caught:
        Vocabulary({"some/class": ["# comment", line]})
    assert (caught.value.name, caught.value.line) == ("some/class", 2)


def test_comments_and_empty_lines_say_nothing() -> None:
    """Only entries are read, each with its line."""
    assert [(e.mode, e.text, e.line) for e in parse(["# a", "", "~しね", " 窓口 "])] == [
        ("~", "しね", 3),
        ("", "窓口", 4),
    ]


@given(st.text(max_size=80), st.text(alphabet="ばかバカ死ね窓口ー/○ab1 ", min_size=1, max_size=6))
def test_hits_lie_inside_the_draft(around: str, word: str) -> None:
    """Whatever the text, spans are inside it and not empty."""
    text = around + word + around
    if not text.strip():
        return
    reading = Reading(Draft(text), guideline({"some/class": ["~ばか", "死ね", "窓口", "!a", "/[a-z0-9]+/"]}))
    for hit in reading.hits("some/class"):
        assert 0 <= hit.span.start < hit.span.end <= len(text)


def test_a_pattern_that_can_match_nothing_matches_what_it_can() -> None:
    """Between the bytes of a letter is no place."""
    assert found("あaaい", "/a*/") == ["aa"]
