"""Use is not mention: how the words at a place are used. デマに注意 warns, 「死ね」と言われた quotes.

Cue tables hold RE2 patterns. What only looks like a cue stands in a table of its own: the leftmost match wins, and
among those that begin together the exception, which so eats its cue.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

import re2

from ryoshiki.model import Span

STANCES: Final = frozenset({"negated", "warned", "denied", "quoted", "asked", "conditional", "attributed"})

# Bounds in characters: a draft without stops is one sentence, and each of its hits would read it all.
_BEFORE: Final = 100
_AFTER: Final = 200
_NEAR: Final = {"negated": 24, "conditional": 16}  # further off, the cue belongs to other words

_NEGATED: Final = (
    r"ない|なかった|(?:では|じゃ)なく|なくて|ません|(?:じゃ|さ|ら)ね[えぇ]|こと[はがも]?(?:でき|出来)(?:ない|ません)",
    r"[せさ]ず|おらず|ならず|あらず|[らわか]ずに",
    r"反対|否定",
)
_NOT_NEGATED: Final = (
    # asking for assent: お前バカじゃないの？
    r"(?:ない|ね[えぇー]|ません)(?:の|ん|です|だろう|でしょう|か|な|よ|ね)*[?？]",
    r"(?:じゃ|では|く)(?:ない|ね[えぇー])(?:の|ん|です|だろう|でしょう)*か|じゃないの(?:[。!！wｗ笑]|$)|ませんか",
    # certainty and duty
    r"かもしれ(?:ない|ません)|違い(?:ない|ありません)|間違いな[いく]|しか(?:な[いく]|ありません)",
    r"な(?:ければ|きゃ|くては|くちゃ|いと)(?:なら|いけ)?(?:ない|ません)?|ねば(?:なら|いけ)(?:ない|ません)",
    r"(?:ざる|やむ)を得(?:ない|ません)",
    # adjectives, and faults found with somebody
    r"(?:つまら|くだら|情け|なさけ|仕方|しょうが|しょうも|しょーも|もったい|とんでも|みっとも|たまら|どうしようも|ろくでも)な[いくか]",
    r"(?:だらし|だらしが|えげつ|頼り|申し訳|危|少|すく|幼|切|汚|使え|使い物になら|役に?立た|いら|要ら|存在価値が)な[いくか]",
    r"(?:でき|出来|わから|分から|知ら|働か|足り|価値が?|能力が?|センスが?|頭が?|やる気が?|話になら)(?:ない|ねえ|ません)",
    r"す[みい]ません|申し訳(?:ありません|ございません)",
    r"少なからず|かかわらず|関わらず|のみならず|思わず|相変わらず|必ず|反対[派側]",
)
_CLAUSE_ENDS: Final = (r"[、，,。．！？!?\n]|ぞ|けど|けれど|から|ので|のに|くせに",)

_WARNED: Final = (
    r"注意|気を[つ付]け|用心|警戒|だまされ|騙され|惑わされ|流されない|うのみに|鵜呑みに|見抜|見破",
    r"[や止辞]め(?:よう|ましょう|て)",
    r"ない(?:で(?:ください|下さい|ほしい|欲しい|ね|[。!！]|$)|よう(?:に|お願い)|こと[がは]?(?:大切|大事|重要))",
    r"禁止|厳禁|[はをも][^、。]{0,8}許(?:さな|されな|されま|しま|せな|せま)",
    r"なくそう|無くそう|[な無]くしましょう|[な無]くした?い?(?:ため|べき|取り組み)|ゼロ(?:へ|を目|に)",
    r"撲滅|根絶|解消|防止|予防|防[ごぐぎ]|対策|啓発|相談|被害|通報(?:を|して|くだ|願|お願)",
    r"[はも][^、。]{0,4}(?:犯罪|違法|人権侵害)",
    r"(?:は|ゃ)(?:いけな|いけま|なりま|ならな|なら[ぬん])",
    r"(?:ては|では|ちゃ|じゃ|たら|のは|運転は|絶対に?|ゼッタイに?)(?:ダメ|だめ|駄目|NG)",
)
_NOT_WARNED: Final = (
    r"被害(?:者(?:面|づら|ヅラ|ぶ|ビジネス)|妄想)|[や辞]めて(?:しまえ|くれ)|無対策",
    r"[はも][^、。]{0,4}犯罪(?:者|予備|集団|組織|率|民族|ばか|しか|が多)",
    r"なく(?:ては|ちゃ)(?:いけ|なら|なり|だめ|ダメ|駄目)",  # a duty, not a ban
)
# Cries stand before what they warn of: ストップ！飲酒運転
_CRIED: Final = (
    r"(?:(?:^|[^a-z])(?:stop|no)|ストップ|ノー|なくそう|無くそう|なくせ|やめよう|許すな|防ごう|防げ|注意喚起|【注意|撲滅|根絶)"
    r"[!！、:：\s・】〕》」]*$",
)

_FALSEHOOD: Final = r"(?:デマ|嘘|うそ|ウソ|ガセ|誤報|誤り|誤情報|偽情報|間違い|虚偽|フェイク)"
_DENIED: Final = (
    rf"(?:という|といった|等の|などの)(?:{_FALSEHOOD}|誤解)",
    rf"[はがも](?:全くの|まったくの|真っ赤な|単なる|完全な)?{_FALSEHOOD}(?:です|でし|だ|と|で[あ、すし]|なの|[。!！、\s]|$)",
    rf"{_FALSEHOOD}(?:です|でした|だった|だと[判分わ]|であ)",
    r"事実(?:では|じゃ)(?:な|あり|ござ)|事実(?:と|とは)異な|事実無根|事実誤認|訂正(?:し|いた|です)",
    r"(?:根拠|証拠|予定|計画|事実)[はがもの]?[^、。]{0,8}(?:な[いくし]|無[いくし]|ありません|ございません)",
)
_NOT_DENIED: Final = (r"[はがも](?:嘘|うそ|ウソ)(?:つき|吐き|くさ|臭)|[はがも]?間違いな[いく]|予定(?:で|し)はな",)

_QUOTE_PAIRS: Final = (("「", "」"), ("『", "』"), ("“", "”"), ("《", "》"))
_QUOTED: Final = (
    r"^[^、。！？!?\n]{0,8}(?:と|って|とか|などと|なんて)(?:か|も|は|まで)?"
    r"(?:言われ|いわれ|書かれ|呼ばれ|叫ばれ|怒鳴られ|どなられ|罵られ|脅され|絡まれ|聞かされ|聞かれ|書いて(?:あ|い)[っるた])",
    r"^[^、。！？!?\n]{0,8}(?:という|っていう|って|なんて|との)(?:言葉|単語|語|字|表現|用語|文言|本|映画|曲|歌|漫画|小説|ドラマ|アニメ"
    r"|作品|番組|タイトル|題|記事|ニュース|声|意見|投稿|ツイート|書き込み|文字|看板|貼り紙|ゲーム|電話|コメント|メール|手紙)",
    r"^[」』”\"]?の(?:語源|意味|読み方|漢字|言い換え|英訳)",
)

_ASKED: Final = (
    r"(?:[?？⁉⁇]|(?:です|ます|ません|でした|ました|でしょう|だろう)か(?:ね|な)?|かな[あぁー]?|かしら|っけ)"
    r"[!！?？。．.…\s」』）)wｗ笑\x{2600}-\x{27BF}\x{1F000}-\x{1FAFF}\x{FE0F}]*$",
)

_CONDITIONAL: Final = (r"たら|[れえけせてねめげべ]ば|なら|ても|場合|とすれば|としたら|と仮定",)
_NOT_CONDITIONAL: Final = (
    r"とても|ても(?:ら|う|ろ|いい|良い|よい|構)|ってば|たらしい|ふしだら",
    r"(?:たら|[れえけせてねめげべ]?ば)(?:いい|良い|よかった|良かった)",  # a wish: 死ねばいい
    r"(?:なけれ|ね)ば(?:なら|いけ)|(?:例え|たとえ)ば|[れえけせてねめげべ]ば[かれら]",
    r"なら[なんぬずびべぶうしれ]|さよ(?:う)?なら|場合[がも](?:多|あ|ご)",
)
_SUPPOSED: Final = (r"(?:^|[、。\s「『（(])もしも?|仮に|万が?一|たとえ",)
_NOT_SUPPOSED: Final = (r"(?:^|[、。\s「『（(])もし(?:か|もし)|たとえ[ばるて]",)

_ATTRIBUTED: Final = (
    r"によ(?:ると|れば|りますと)|発表|出典|引用元|情報源|ソース[はがも:：]|参照|報道|公表",
    r"公式(?:サイト|HP|ＨＰ|ホームページ|アカウント|発表|情報)|プレスリリース|報告書|白書|論文",
    r"気象庁|気象台|消防庁|警察庁|内閣府|総務省|厚生労働省|厚労省|文部科学省|文科省|国土交通省|国交省|環境省|防衛省|法務省|外務省|経産省",
    r"NHK|ＮＨＫ|新聞(?:に|が|の|で|社)|共同通信|時事通信|ロイター",
)


class _Cues:
    """The cue tables for one side of the words: a first pass over all of them, then the exceptions of those seen.

    Compiled when first asked: many drafts hold no word in question.
    """

    def __init__(self, *tables: tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> None:
        self._tables = tables
        self._names = [name for name, _, _, _ in tables]

    @cached_property
    def _seen(self) -> Any:
        seen = re2.Set.SearchSet()
        for _, cues, _, _ in self._tables:
            seen.Add(f"(?i){'|'.join(cues)}".encode())
        seen.Compile()
        return seen

    @cached_property
    def _exact(self) -> dict[str, Any]:
        made = {}
        for name, cues, exceptions, ends in self._tables:
            if exceptions:
                parts = [*exceptions, f"({'|'.join(cues)})", *(f"({end})" for end in ends)]
                made[name] = re2.compile(f"(?i){'|'.join(parts)}".encode())
        return made

    def found(self, said: str) -> Iterable[str]:
        for number in self._seen.Match(_bytes(said)) or ():
            name = self._names[number]
            exact = self._exact.get(name)
            if exact is None or _holds(exact, _bytes(said[: _NEAR.get(name)])):
                yield name


def _bytes(said: str) -> bytes:
    # A lone surrogate has no encoding of its own, and must not stop the review.
    return said.encode("utf-8", "surrogatepass")


def _holds(exact: Any, said: bytes) -> bool:
    """Is the first match that is no exception a cue (group 1), rather than the end of the clause (group 2)?"""
    return next((match[1] is not None for match in exact.finditer(said) if match.lastindex), False)


_FOLLOWING: Final = _Cues(
    ("negated", _NEGATED, _NOT_NEGATED, _CLAUSE_ENDS),
    ("warned", _WARNED, _NOT_WARNED, ()),
    ("denied", _DENIED, _NOT_DENIED, ()),
    ("quoted", _QUOTED, (), ()),
    ("asked", _ASKED, (), ()),
    ("conditional", _CONDITIONAL, _NOT_CONDITIONAL, ()),
    ("attributed", _ATTRIBUTED, (), ()),
)
_PRECEDING: Final = _Cues(
    ("warned", _CRIED, (), ()),
    ("supposed", _SUPPOSED, _NOT_SUPPOSED, ()),
    ("attributed", _ATTRIBUTED, (), ()),
)


def stance(text: str, sentence: Span, span: Span) -> frozenset[str]:
    """Return which of ``STANCES`` hold for ``span``; its ``sentence`` and it are offsets of the same ``text``."""
    before = text[max(sentence.start, span.start - _BEFORE, 0) : span.start]
    after = text[span.end : min(sentence.end, span.end + _AFTER)]
    held: set[str] = set()
    if after:
        held.update(_FOLLOWING.found(after))
    if before:
        held.update("conditional" if name == "supposed" else name for name in _PRECEDING.found(before))
        if after and "quoted" not in held and _in_quotes(before, after):
            held.add("quoted")
    # A cry is a sentence of its own: 飲酒運転 is warned of by the ストップ！ before it.
    if not before.strip("「『【（(") and "warned" not in held and sentence.start > 0:
        cry = text[max(0, sentence.start - 12) : span.start]
        if "warned" in _PRECEDING.found(cry):
            held.add("warned")
    return frozenset(held)


def _in_quotes(before: str, after: str) -> bool:
    for opening, closing in _QUOTE_PAIRS:
        if opening in before and closing in after and _depth(before, opening, closing):
            return True
    return before.count('"') % 2 == 1 and '"' in after


def _depth(before: str, opening: str, closing: str) -> int:
    depth = 0
    for char in before:
        if char == opening:
            depth += 1
        elif char == closing and depth:
            depth -= 1
    return depth
