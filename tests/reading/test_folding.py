"""Folded views and their maps back to the draft's own text."""

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ryoshiki.model import Span
from ryoshiki.reading.folding import MARKS_LIMIT, Folded, fold, loosen

FAMILY = "👨\u200d👩\u200d👧"

FOLDS = {
    "今日は晴れ": "今日は晴れ",
    "ＡＢＣ１２３！？　（）": "abc123!? ()",
    "Hello": "hello",
    "ﾊﾞｶ": "バカ",
    "ﾊﾟ": "パ",
    "ｻｰﾋﾞｽ": "サービス",
    "か゛": "が",
    "か\u3099": "が",
    "か\u200b\u3099": "が",
    "死゛": "死\u3099",
    "①㈱…": "1(株)...",
    "ǆ": "dž",
    "İ": "i",
    "é": "é",
    "e\u0301": "é",
    "ﷺ": "صلى الله عليه وسلم",
    "死\u200bね": "死ね",
    "死\u00ad\u2060\ufeff\u3164\u202eね": "死ね",
    "死\U000e0041ね": "死ね",
    "死\u0336ね\u0336": "死ね",
    "1\ufe0f\u20e3": "1",
    f"{FAMILY}𠮷死ね": "👨👩👧𠮷死ね",
    "サ―ビス": "サービス",
    "サ一ビス": "サービス",
    "ア－カイブ": "アーカイブ",
    "アーカイブ—一覧": "アーカイブ—一覧",
    "一つ―二つ": "一つ―二つ",
    "ア―――イ": "アーーーイ",
    "10〜20～30": "10~20~30",
    "こゝろ": "こころ",
    "すゞめ": "すずめ",
    "づゝ": "づつ",
    "バナヽ": "バナナ",
    "いすゞ": "いすず",
    "あゞ": "ああ",
    "人々": "人々",
    "一行\n二行\r\n三行\u2028四行": "一行\n二行\r\n三行\n四行",
    "\ud800死\udfff": "\ufffd死\ufffd",
    "각": "각",
    "\u200b": "",
    "": "",
}

LOOSE = {
    "バカ": "ばか",
    "ﾊﾞｶ": "ばか",
    "しーねー": "しね",
    "シネ〜": "しね",
    "ばぁぁか": "ばか",
    "ばーぁか": "ばか",
    "うるせぇぇ": "うるせ",
    "ファック": "ふぁっく",
    "ばあか": "ばあか",
    "し/ね": "しね",
    "し・ね": "しね",
    "し ・ ね": "しね",
    "し|_ね": "しね",
    "バ☆カ": "ばか",
    "死　ね": "死ね",
    "死\nね": "死\nね",
    "死゛ね": "死ね",
    "1.5倍と2026/1/2": "1.5倍と2026/1/2",
    "終わり。/次": "終わり。/次",
    "f.u.c.k": "fuck",
    "city.example": "city.example",
    "死●": "死○",
    "＊ね": "○ね",
    "セ×××": "せ○○○",
    "二〇二四": "二○二四",
    "タヒね": "死ね",
    "ﾀﾋね": "死ね",
    "夕ヒね": "死ね",
    "タヒネ": "死ね",
    "タヒチ": "たひち",
    "シタヒト": "したひと",
    "バ力": "ばか",
    "力ス": "かす",
    "工口い": "えろい",
    "二八": "二八",
    "人口": "人口",
    "入口": "入口",
    "ѕex": "sex",
    "реn": "pen",
    "Россия": "россия",
    "sh1t": "shit",
    "@ss": "ass",
    "4g": "4g",
    "時々": "時時",
    "死々々": "死死死",
    "死̶/ね": "死ね",
}

MIXED = st.text(
    st.characters()
    | st.sampled_from(
        "あかガｶﾞﾟー一―-ゝゞヾ々死ね○*/・ ~ぁぃ\n1a\u3099\u0301\u0336\u200b\u200d\ufe0fﷺǆİ㈱…タヒ力口еs@𠮷👨゛"
    ),
    max_size=40,
)


@pytest.mark.parametrize("text", FOLDS)
def test_fold(text: str) -> None:
    """Width, case, dashes and what hides are folded; the script of kana is kept."""
    assert fold(text).text == FOLDS[text]


@pytest.mark.parametrize("text", LOOSE)
def test_loosen(text: str) -> None:
    """One kana script, no long vowels, separators or spaces, one mask, the letters that are meant."""
    assert loosen(fold(text)).text == LOOSE[text]


def test_plain_text_has_no_map() -> None:
    """A text whose characters each fold to one needs no map."""
    assert fold("ＡＢＣの日！") == Folded("abcの日!")


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        (f"{FAMILY}𠮷死ね", "死ね", "死ね"),
        ("あﾊﾞｶだ", "バカ", "ﾊﾞｶ"),
        ("あか゛い", "が", "か゛"),
        ("あ死\u200bね\u200b。", "死ね", "死\u200bね"),
        ("あ\u200b死ね", "死ね", "死ね"),
        ("（㈱）", "株", "㈱"),
        ("…ね", "..", "…"),
        ("死\u0336ね\u0336よ", "死ね", "死\u0336ね\u0336"),
    ],
)
def test_a_span_covers_whole_clusters(text: str, words: str, quote: str) -> None:
    """A range of folded text leads to the characters that made it, with what hides between them."""
    folded = fold(text)
    start = folded.text.index(words)
    assert folded.span(start, start + len(words)).of(text) == quote


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        ("あ、し／ね！", "しね", "し／ね"),
        ("お前ｼｰﾈｰ", "しね", "ｼｰﾈ"),
        ("お前タヒね", "死ね", "タヒね"),
        ("お前ﾀ\u200bﾋね", "死", "ﾀ\u200bﾋ"),
        ("ば ぁ ぁ か", "ばか", "ば ぁ ぁ か"),
    ],
)
def test_a_loose_span_leads_to_the_original(text: str, words: str, quote: str) -> None:
    """The map of a loose view is composed with that of the folded one."""
    loose = loosen(fold(text))
    start = loose.text.index(words)
    assert loose.span(start, start + len(words)).of(text) == quote


def test_index() -> None:
    """An original offset leads to the first folded character that begins at or after it."""
    folded = fold("ｶﾞ\u200b…い")
    assert folded.text == "ガ...い"
    assert [folded.index(at) for at in range(6)] == [0, 1, 1, 1, 4, 5]
    assert [fold("あい").index(at) for at in (0, 1, 2, 9)] == [0, 1, 2, 2]


def test_empty_ranges() -> None:
    """An empty range stands where the next character begins, or where the last one ends."""
    folded = fold("ｶﾞい\u200b")
    assert [folded.span(at, at) for at in range(3)] == [Span(0, 0), Span(2, 2), Span(3, 3)]
    assert fold("\u200b").span(0, 0) == Span(0, 0)


@pytest.mark.parametrize("plane", range(4))
def test_every_character_folds_once(plane: int) -> None:
    """Folding what is folded changes nothing, and leaves nothing for NFKC to do."""
    for char in map(chr, range(plane * 0x10000, (plane + 1) * 0x10000)):
        folded = fold(char).text
        assert fold(folded).text == folded == normalize("NFKC", folded), hex(ord(char))


def check_map(text: str, view: Folded) -> None:
    spans = [view.span(at, at + 1) for at in range(len(view.text))]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for one, other in pairwise(spans):
        assert one.start <= other.start
        assert one.end <= other.end
        assert one == other or one.end <= other.start
    for at, span in enumerate(spans):
        assert view.span(0, at + 1) == Span(spans[0].start, span.end)
        assert spans[view.index(span.start)].start == span.start


@given(MIXED)
@example(FAMILY)
def test_maps(text: str) -> None:
    """Each folded range leads to a span inside the text, and spans keep their order."""
    folded = fold(text)
    check_map(text, folded)
    check_map(text, loosen(folded))


@given(MIXED)
def test_fold_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing."""
    folded = fold(text).text
    assert fold(folded).text == folded


@given(MIXED)
def test_a_folded_text_can_be_encoded(text: str) -> None:
    """No lone surrogate is left for the matchers to stumble over."""
    assert fold(text).text.encode().decode() == fold(text).text


@given(*[st.text(st.sampled_from("あいう漢字ＡＢ①㈱…ﾊｶé😀、。\n"), max_size=20)] * 2)
def test_parts_fold_alone(head: str, tail: str) -> None:
    """Where no mark leans on the letter before it, the whole folds as its parts do."""
    assert fold(head + tail).text == fold(head).text + fold(tail).text


def test_marks_are_bounded() -> None:
    """Of marks heaped on one letter only some are kept, and the span covers them all."""
    text = "ก" + "\u0e31" * 1000
    folded = fold(text)
    assert len(folded.text) == 1 + MARKS_LIMIT
    assert folded.span(0, 1) == Span(0, len(text))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "力",
        "二",
        "ー",
        "/ ",
        " /",
        "あー/ ",
        "ア一",
        "ゝ",
        "々",
        "タヒ",
        "a1",
        "aя",
        "a.",
        "あぁ",
        "死\u200b",
        "\u3099",
        "\u0301",
        "か\u3099",
        "ﾞ",
        "ﷺ",
        "ﾊﾞ",
        FAMILY,
        " ",
        "\u0e31",
        "\ud800",
    ],
)
@pytest.mark.parametrize("head", ["", "あ", "ア", "a"])
def test_hostile_input(head: str, unit: str) -> None:
    """A hundred thousand hostile characters finish."""
    text = (head + unit * 100_000)[: 20_000 if unit == "ﷺ" else 100_000]
    loose = loosen(fold(text))
    assert loose.span(0, len(loose.text)).end <= len(text)
