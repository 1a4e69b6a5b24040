"""Lawful speech and ordinary life are not interrupted: read by the whole road, words and model together."""

import pytest

from ryoshiki import Draft, load, review

MURORAN = load()
LAWFUL = [
    "市の新しい料金案には反対です。説明が足りないと思うので、意見募集に書いて出しました",
    "組合の集まりで、人手不足と賃金のことを話し合った。声を上げるのは大事だと思う",
    "不正を見つけたら公益通報の窓口に相談できる。知っておくと安心",
    "期日前投票に行ってきた。みんなも投票に行こう",
    "市長の答弁には納得できない。もっと具体的な数字を示してほしい",
    "デモの行進を沿道から見た。プラカードの言葉を読んで考えこんだ",
    "差別をなくすための講座に参加した。知らないことばかりだった",
    "残業が続いて限界。人を増やしてほしいと要望書を出した",
    "裁判の傍聴に行ってきた。ニュースで見るのと全然ちがう",
    "増税には反対。でも払うものは払っています",
]
ORDINARY = [
    "晩ごはんは肉じゃが。じゃがいもが溶けてほぼスープ",
    "雪かき終わった。腰が痛い。甘酒がしみる",
    "推しの新曲が最高すぎて、通勤の道が輝いて見える",
    "娘が逆上がりできたと電話をくれた。泣いた",
    "バカ売れしてたパン、最後の一個を買えた",
    "今日も眠い。コーヒー三杯目",
    "電車が遅れたおかげで本を一章読めた",
    "ベランダのトマトがやっと赤くなった🍅",
    "母の誕生日に花を送った。声がうれしそうだった",
    "死ぬほど笑った。腹筋が痛い",
]


@pytest.mark.parametrize("text", LAWFUL)
def test_lawful_speech_is_not_chilled(text: str) -> None:
    """Criticism, union matters, whistle-blowing and voting raise nothing."""
    assert review(Draft(text), MURORAN).findings == ()


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_life_is_not_interrupted(text: str) -> None:
    """A checker that speaks up at supper is switched off."""
    assert review(Draft(text), MURORAN).findings == ()
