"""Where a draft's sentences stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.reading.sentences import PAIR_LIMIT, sentences

CASES = {
    "今日は晴れ。明日は雨！！www そうか？笑": ["今日は晴れ。", "明日は雨！！www", "そうか？笑"],
    "すごい😀！🎉🎉明日": ["すごい😀！🎉🎉", "明日"],
    "うそ！（笑）本当": ["うそ！（笑）", "本当"],
    "楽しい♪明日も": ["楽しい♪", "明日も"],
    "一行目\n二行目\r\n\n三行目": ["一行目", "二行目", "三行目"],
    "　前後の空白　\n\t次　": ["前後の空白", "次"],
    "「死ね。」と言われた。悲しい": ["「死ね。」と言われた。", "悲しい"],
    "「一行\n二行」と書いた。次": ["「一行\n二行」と書いた。", "次"],
    "（嘘！）はい。次": ["（嘘！）はい。", "次"],
    "「外（内！）も。」まで。次": ["「外（内！）も。」まで。", "次"],
    "「やあ！」！次": ["「やあ！」！", "次"],
    "「開いたまま。次の文！": ["「開いたまま。", "次の文！"],
    "まじ！」と言う。": ["まじ！」", "と言う。"],
    "(´・ω・`)。え": ["(´・ω・`)。", "え"],
    "1.5倍。Ver.2の3. 項目": ["1.5倍。", "Ver.2の3. 項目"],
    "値は３．５です．次": ["値は３．５です．", "次"],
    "It works. Yes... really.": ["It works.", "Yes...", "really."],
    '"It works." Yes': ['"It works."', "Yes"],
    "https://city.example/?q=1!a を見て。次": ["https://city.example/?q=1!a を見て。", "次"],
    "www.city.example/?a=b です。次": ["www.city.example/?a=b です。", "次"],
    "": [],
    " \n　": [],
}


@pytest.mark.parametrize("text", CASES)
def test_sentences(text: str) -> None:
    """A sentence ends with its stop and what clings to it, or with its line."""
    assert [s.of(text) for s in sentences(text)] == CASES[text]


def test_a_long_bracket_does_not_swallow_the_draft() -> None:
    """A pair longer than the limit is no pair."""
    text = "「" + "あ。" * PAIR_LIMIT + "」"
    assert len(sentences(text)) == PAIR_LIMIT


@given(st.text(st.characters() | st.sampled_from("あ。！？!?.「」（）()『』\n 　wｗ笑♪1a/:"), max_size=60))
def test_cover(text: str) -> None:
    """Sentences stand in order, apart, stripped, and cover all that is not white space."""
    spans = sentences(text)
    at = 0
    for span in spans:
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "unit",
    [
        "「",
        "「」",
        "「。」",
        "（",
        "。",
        ".",
        ".)",
        "a",
        "a.",
        "a-",
        "!w",
        "w!",
        "https://",
        "a.b.",
        "\n",
        ". ",
        "(笑",
        "!（",
    ],
)
def test_hostile_input(unit: str) -> None:
    """A hundred thousand hostile characters finish."""
    text = (unit * 100_000)[:100_000]
    assert bool(sentences(text)) == bool(text.strip())
