"""Use is not mention: how the words at a place are used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Span
from ryoshiki.reading.sentences import sentences
from ryoshiki.reading.stance import STANCES, stance

CASES = [
    # text, the words hit, what holds
    ("デマに注意してください", "デマ", "warned"),
    ("偽アカウントにご注意ください", "偽アカウント", "warned"),
    ("差別をなくそう", "差別", "warned"),
    ("部落差別をなくしましょう", "差別", "warned"),
    ("いじめは許されません", "いじめ", "warned negated"),
    ("差別を絶対に許さない", "差別", "warned negated"),
    ("飲酒運転は絶対にやめましょう", "飲酒運転", "warned"),
    ("飲酒運転は犯罪です", "飲酒運転", "warned"),
    ("ながら運転、絶対にダメ", "ながら運転", "warned"),
    ("ストップ！飲酒運転", "飲酒運転", "warned"),
    ("STOP！ 詐欺", "詐欺", "warned"),
    ("【注意喚起】還付金詐欺", "還付金詐欺", "warned"),
    ("噂に惑わされないようにしましょう", "噂", "warned negated"),
    ("もうけ話にだまされないで", "もうけ話", "warned negated"),
    ("薬物乱用防止教室を開きました", "薬物", "warned"),
    ("詐欺の手口を見抜くコツ", "詐欺", "warned"),
    ("ハラスメントの相談窓口です", "ハラスメント", "warned"),
    ("個人情報を書き込まないでください", "個人情報", "warned negated"),
    ("無断転載禁止", "無断転載", "warned"),
    ("誹謗中傷を書き込んではいけません", "誹謗中傷", "warned negated"),
    ("地震で動物が逃げたというのはデマです", "逃げた", "denied"),
    ("断水するというデマが流れています", "断水する", "denied"),
    ("橋が落ちたとの投稿は事実ではありません", "橋が落ちた", "denied negated quoted"),
    ("値上げの予定はありません", "値上げ", "denied negated"),
    ("水が毒という話に根拠はない", "水が毒", "denied negated"),
    ("閉店という話は誤りです", "閉店", "denied"),
    ("閉店は嘘でした", "閉店", "denied"),
    ("「税金泥棒」と言われた", "税金泥棒", "quoted"),
    ("税金泥棒と言われた", "税金泥棒", "quoted"),
    ("壁に死ねと書かれていた", "死ね", "quoted"),
    ("バカという言葉の語源を調べた", "バカ", "quoted"),
    ("殺すという映画を見た", "殺す", "quoted"),
    ("『死ね』は重い", "死ね", "quoted"),
    ('彼は"バカ"を連発した', "バカ", "quoted"),
    ("「おまえ「だけ」は死ね」だって", "死ね", "quoted"),
    ("殺すわけがない", "殺す", "negated"),
    ("バカではない", "バカ", "negated"),
    ("バカじゃないよ", "バカ", "negated"),
    ("殺しません", "殺し", "negated"),
    ("漏らすことはできない", "漏らす", "negated"),
    ("名前は出さずに書く", "名前", "negated"),
    ("増税に反対", "増税", "negated"),
    ("明日は休みですか", "休み", "asked"),
    ("本当に閉店？", "閉店", "asked"),
    ("雨かな。", "雨", "asked"),
    ("お前バカじゃないの？", "バカ", "asked"),
    ("バカじゃね？", "バカ", "asked"),
    ("一緒に殺しませんか", "殺し", "asked"),
    ("もし地震が来たらどうする", "地震", "conditional"),
    ("事故に遭ったら連絡を", "事故", "conditional"),
    ("事故の場合は連絡を", "事故", "conditional"),
    ("気象庁によると津波の心配はない", "津波", "attributed negated"),
    ("津波警報（気象庁発表）", "津波警報", "attributed"),
    ("ＮＨＫで断水を知った", "断水", "attributed"),
]

# What looks like a cue and is none.
PLAIN = [
    ("お前は死ねばいい", "死ね"),
    ("死ねばいいのに", "死ね"),
    ("あいつバカかもしれない", "バカ"),
    ("殺すしかない", "殺す"),
    ("バカに違いない", "バカ"),
    ("無能で使えない", "無能"),
    ("無能で仕事ができない", "無能"),
    ("殺すぞ、逃げられないからな", "殺す"),
    ("殺すぞ逃がさない", "殺す"),
    ("死ね、つまらない", "死ね"),
    ("クズだから来ないでくれ", "クズ"),
    ("外国人は犯罪者だ", "外国人"),
    ("税金泥棒は辞めてしまえ", "税金泥棒"),
    ("殺さなくてはならない", "殺さ"),
    ("とてもバカ、とても無能", "バカ"),
    ("お前は嘘つき", "お前"),
    ("クズさよなら", "クズ"),
    ("バカ", "バカ"),
    ("「そうか」と思った。バカが", "バカ"),
    ("バカだよねー", "バカ"),
    ("話もした無能", "無能"),
]


def stances_of(text: str, words: str) -> frozenset[str]:
    start = text.index(words)
    sentence = next(s for s in sentences(text) if s.start <= start < s.end)
    return stance(text, sentence, Span(start, start + len(words)))


@pytest.mark.parametrize(("text", "words", "held"), CASES)
def test_what_holds(text: str, words: str, held: str) -> None:
    """A cue near the words tells how they are used."""
    assert stances_of(text, words) == set(held.split())


@pytest.mark.parametrize(("text", "words"), PLAIN)
def test_what_only_looks_like_a_cue(text: str, words: str) -> None:
    """An adjective, a duty, a wish or another clause does not excuse the words."""
    assert stances_of(text, words) == frozenset()


def test_only_its_own_sentence() -> None:
    """A cue of the next sentence says nothing of this one."""
    assert stances_of("死ね。差別をなくそう。", "死ね") == frozenset()


def test_far_cues() -> None:
    """A draft without stops is not read to its end for each hit."""
    assert stances_of("死ね" + "あ" * 500 + "に注意", "死ね") == frozenset()


@given(st.text(st.characters(), max_size=60), st.data())
def test_any_text(text: str, data: st.DataObject) -> None:
    """Any text, lone surrogates too, gives known stances."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert stance(text, Span(0, len(text)), Span(start, end)) <= STANCES


def test_a_lone_surrogate() -> None:
    """A lone surrogate beside the words is no error."""
    assert stance("\ud800死ね\udfffに注意", Span(0, 7), Span(1, 3)) == {"warned"}
