"""How a text is read aloud."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import TEXT_LIMIT, RyoshikiError
from ryoshiki.reading.furigana import furigana

japanese = st.text("今日一人々市役所書換確〆ヶヵ二月（日）私𠮷野家かえるめきおヒトー 0年3a。\n", max_size=30)
anything = st.text(st.characters(exclude_categories=()), max_size=60)


def shown(text: str) -> str:
    """Readings in brackets behind what they are for."""
    return "".join(f"{letters}[{reading}]" if reading else letters for letters, reading in furigana(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("書き換える", "書[か]き換[か]える"),
        ("確かめる", "確[たし]かめる"),
        ("お知らせ", "お知[し]らせ"),
        ("引っ越し", "引[ひ]っ越[こ]し"),
        ("取扱い", "取扱[とりあつか]い"),
        ("読み、聞いた", "読[よ]み、聞[き]いた"),
    ],
)
def test_kana_stand_for_themselves(text: str, read: str) -> None:
    """A reading stands over the kanji only."""
    assert shown(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("市役所", "市役所[しやくしょ]"),
        ("一人", "一人[ひとり]"),
        ("今日", "今日[きょう]"),
        ("大人", "大人[おとな]"),
        ("人々", "人々[ひとびと]"),
        ("関ヶ原", "関ヶ原[せきがはら]"),
        ("〆切", "〆切[しめきり]"),
        ("珈琲", "珈琲[こーひー]"),
    ],
)
def test_kanji_side_by_side_keep_one_reading(text: str, read: str) -> None:
    """Also where the word is not read kanji by kanji."""
    assert shown(text) == read


@pytest.mark.parametrize("text", ["", "ひらがな", "カタカナ", "ﾃﾞｰﾀ", "SNS 2026", "ヶ", "👨‍👩‍👧", "、。\n"])
def test_what_is_no_kanji_needs_no_reading(text: str) -> None:
    """Kana, Latin letters, digits and signs are left as they are."""
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("20日", "20日"),
        ("10分", "10分"),
        ("3人", "3人"),
        ("二〇二六年", "二〇二六年[ねん]"),
        ("6月", "6月[がつ]"),
        ("100円", "100円[えん]"),
        ("第1条", "第[だい]1条[じょう]"),
        ("10 枚まで", "10 枚[まい]まで"),
    ],
)
def test_numbers_are_left_to_the_reader(text: str, read: str) -> None:
    """A counter has a reading only where it is the same after every number."""
    assert shown(text) == read


@pytest.mark.parametrize("text", ["行った", "市場", "裕子", "𠮷野家", "好き嫌い"])
def test_no_reading_is_better_than_a_wrong_one(text: str) -> None:
    """What is read in several ways, given names, unknown words and what cannot be lined up have none."""
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [("（月）", "（月[げつ]）"), ("(火)", "(火[か])"), ("月と火", "月[つき]と火[ひ]"), ("私", "私[わたし]")],
)
def test_the_usual_word_is_meant(text: str, read: str) -> None:
    """Days of the week in brackets, and the plain word where the dictionary has the stiff one."""
    assert shown(text) == read


def test_the_readings_of_a_draft() -> None:
    """Pieces in order; what has no reading is not cut."""
    assert furigana("今日は窓口で確かめる") == (
        ("今日", "きょう"),
        ("は", ""),
        ("窓口", "まどぐち"),
        ("で", ""),
        ("確", "たし"),
        ("かめる", ""),
    )


@given(st.one_of(japanese, anything))
def test_no_letter_is_lost(text: str) -> None:
    """The pieces make up the text, code point for code point, halves of surrogate pairs as well."""
    pieces = furigana(text)
    assert "".join(letters for letters, _ in pieces) == text
    assert all(letters for letters, _ in pieces)


@given(st.one_of(japanese, anything))
def test_only_kanji_have_readings(text: str) -> None:
    """Readings are hiragana, and stand over kanji and their marks alone."""
    for letters, reading in furigana(text):
        if reading:
            assert re.fullmatch("[ぁ-ゖー]+", reading)
            assert re.fullmatch("[㐀-鿿豈-\ufaff\U00020000-\U0003fffd々〆ヶヵ]+", letters)


@pytest.mark.parametrize("unit", ["今日は市役所に行きました。", "漢", "ヶ", "々", "𠮷"])
def test_a_long_draft_is_read_whole(unit: str) -> None:
    """The longest draft is cut without loss."""
    text = unit * (TEXT_LIMIT // len(unit))
    assert "".join(letters for letters, _ in furigana(text)) == text


def test_longer_texts_are_refused() -> None:
    """The limit is that of a draft."""
    with pytest.raises(RyoshikiError, match="100,001"):
        furigana("あ" * (TEXT_LIMIT + 1))
