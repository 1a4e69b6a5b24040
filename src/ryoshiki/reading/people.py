"""Names of people and places, from the tokeniser's parts of speech.

A general recogniser of names invents people, so a surname counts only beside a given name, an honorific or a title.
Names without any of these (「あやのが」) and names that the dictionary does not know are missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from ryoshiki.model import Organisation, Span
from ryoshiki.reading.tokens import Token

Role = Literal["honorific", "full-name", "title"]
_Sort = Literal["full", "surname", "given", "letter", "initial", "word"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HONORIFICS = _words("さん くん 君 ちゃん 様 さま 氏 殿 先生 先輩 後輩 嬢")
_FAMILIAR = _words("ちゃん くん 君")
# Where the name alone may be a common word, only a familiar honorific makes it a name.
_WORDS_THAT_ARE_NAMES = _words(
    "さくら ひまり あおい みらい つばさ ひなた はな ゆり もも すみれ かえで のぞみ ひかる ひかり こころ そら うみ "
    "りく はる なつ あき れん らん かすみ しずく つむぎ りん いつき たいが だいち あかり あさひ いぶき かなえ "
    "まこと みのり めぐみ めぐる わかば 太郎 桜 翼 葵 光 蓮 凛 楓 陽菜 陽向 結衣 大地 海斗 碧 湊 樹 蒼"
)
_PUBLIC_TITLES = _words(
    "市長 副市長 町長 副町長 村長 副村長 区長 知事 副知事 議員 市議 町議 村議 区議 県議 道議 府議 都議 大臣 副大臣 "
    "首相 総理 総理大臣 大統領 官房長官 衆院議員 参院議員 衆議院議員 参議院議員 市議会議員 教育長 代議士 議長 "
    "副議長 候補 選手 投手 監督 アナ アナウンサー キャスター"
)
_TITLES = _words(
    "課長 部長 係長 局長 次長 室長 館長 所長 園長 校長 教頭 副校長 主任 主査 主幹 主事 補佐 課長補佐 参事 支所長 "
    "センター長 店長 班長 社長 副社長 会長 副会長 専務 常務 理事 理事長 院長 医師 看護師 保健師 署長 巡査 教授 "
    "准教授 教諭 保育士 組合長 町会長 容疑者 被告 被害者"
)
# The dictionary has these as names; beside an honorific they are shops, animals, sweets, or (出さん) a western "won't".
_NOT_NAMES = _words("花屋 米屋 紙屋 酒屋 床屋 鹿 鳥 亀 鶴 馬 羊 雪 岩 悪魔 孫 佐川 出 行 来 見 言 話 聞 着 分 知 食 飲")
_OFFICE_TITLES = _words("課長 部長 係長 次長 課長補佐 主任 主査 主事")
_EVERY_TITLE = _PUBLIC_TITLES | _TITLES
_TITLE_WORDS = 4  # a title has at most so many words
_PLACE_ENDS = _words(
    "市 町 村 区 郡 県 府 都 道 丁目 条 駅 駅前 小学校 中学校 高校 高等学校 大学 小 中 公民館 団地 地区 地域 "
    "交差点 公園 幼稚園 保育園 保育所 病院 神社 港 岬 海岸 半島 大橋 通り 商店街 学校 保育 支所 会館 湾 岳 山 川 "
    "高等"
)
_AFTER_SURNAME = _words("町 村 丁目 駅 小学校 中学校 高校 小 中 公民館 団地 地区 交差点 公園 神社 海岸 商店街")
_NUMERALS = frozenset("0123456789一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named: ``span`` holds the name with what shows it to be one; ``name`` is the name as written.

    ``public``: named in a public office, or one of the organisation's office holders.
    """

    span: Span
    name: str
    role: Role
    public: bool


def people(tokens: Sequence[Token], text: str, organisation: Organisation) -> tuple[Person, ...]:
    """The people whom a text names, in order. ``text`` is the draft's own."""
    holders = tuple(map(_plain, organisation.office_holders))
    return tuple(_people(tokens, text, holders))


def _people(tokens: Sequence[Token], text: str, holders: tuple[str, ...]) -> Iterator[Person]:
    at = 0
    while at < len(tokens):
        found = _name(tokens, at)
        if found is None:
            at += 1
            continue
        sort, end = found
        honorific = end < len(tokens) and tokens[end].surface in _HONORIFICS
        title, title_end = ("", end) if honorific else _title(tokens, end)
        if not _counts(sort, tokens[end].surface if honorific else "", title):
            at += 1
            continue
        last = end + 1 if honorific else title_end
        name = text[tokens[at].span.start : tokens[end - 1].span.end]
        role: Role = "full-name" if sort == "full" else "title" if title else "honorific"
        known = role != "honorific" and any(h.startswith(_plain(name)) for h in holders)
        public = known or title in _PUBLIC_TITLES or title in holders or _introduced(tokens, at)
        yield Person(Span(tokens[at].span.start, tokens[last - 1].span.end), name, role, public)
        at = last


def _counts(sort: _Sort, honorific: str, title: str) -> bool:
    """Is a word that may be a name shown to be one by what follows it?"""
    if sort in ("full", "letter"):
        return True
    if sort == "word":
        return honorific in _FAMILIAR
    return bool(honorific) or (bool(title) and sort in ("surname", "initial"))


def _name(tokens: Sequence[Token], at: int) -> tuple[_Sort, int] | None:
    """What sort of name may begin here, and the token after it."""
    token = tokens[at]
    if token.pos[:1] != ("名詞",):
        return None
    surface, kind = token.surface, token.pos[2:4]
    if kind == ("人名", "姓"):
        end = _given_name(tokens, at)
        if end:
            return "full", end
        return None if surface in _NOT_NAMES else ("surname", at + 1)
    if token.pos[2:3] == ("地名",) and _title(tokens, at + 1)[0] in _OFFICE_TITLES:  # many surnames are places
        return "surname", at + 1
    if kind == ("人名", "名") and surface not in _NOT_NAMES:
        return ("letter" if "a" <= surface[0] <= "z" and len(surface) == 2 else "given", at + 1)
    if len(surface) == 1 and "a" <= surface <= "z":
        before = tokens[at - 1].surface[-1] if at else " "
        return None if before.isascii() and (before.isalnum() or before in "@#-_/.") else ("initial", at + 1)
    return ("word", at + 1) if surface in _WORDS_THAT_ARE_NAMES else None


def _given_name(tokens: Sequence[Token], at: int) -> int:
    """The token after a given name that follows the surname, over one space at most; 0 if there is none."""
    next_one = at + 1
    if next_one < len(tokens) and tokens[next_one].surface == " ":
        next_one += 1
    if next_one < len(tokens) and tokens[next_one].pos[2:4] == ("人名", "名"):
        return next_one + 1 if len(tokens[at].surface) + len(tokens[next_one].surface) >= 3 else 0
    return 0


def _title(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The longest title that begins here, and the token after it."""
    found, words = ("", at), ""
    for i in range(at, min(at + _TITLE_WORDS, len(tokens))):
        words += tokens[i].surface
        if words in _EVERY_TITLE:
            found = (words, i + 1)
    return found


def _introduced(tokens: Sequence[Token], at: int) -> bool:
    """Does a public title go before the name: 市長の堀川, 議員・佐藤花子?"""
    return (
        at >= 2
        and tokens[at - 1].surface in ("の", "・", " ")
        and any(
            _joined(tokens, start, at - 1) in _PUBLIC_TITLES for start in range(max(0, at - 1 - _TITLE_WORDS), at - 1)
        )
    )


def places(tokens: Sequence[Token], text: str) -> tuple[Span, ...]:
    """The places that a text names, with what follows: 東町1丁目, 輪西駅, 山田小学校. Countries are none."""
    found, at = [], 0
    while at < len(tokens):
        end = _place(tokens, at)
        if end:
            found.append(Span(tokens[at].span.start, tokens[end - 1].span.end))
        at = end or at + 1
    return tuple(found)


def _place(tokens: Sequence[Token], at: int) -> int:
    """The token after a place that begins here; 0 if none does."""
    pos, surface = tokens[at].pos, tokens[at].surface
    if pos[2:4] == ("人名", "姓"):
        after = _place_end(tokens, at + 1)
        return after if _joined(tokens, at + 1, after) in _AFTER_SURNAME else 0
    if pos[1:3] != ("固有名詞", "地名") or pos[3] == "国":
        return 0
    after = _place_end(tokens, at + 1)
    if not after and surface[0] in _NUMERALS:  # 三代, 四十九 are towns too, but hardly ever meant
        return 0
    end = after or at + 1
    while end < len(tokens) and (further := _place(tokens, end)):  # 室蘭市 + 東町1丁目
        end = further
    return end


def _place_end(tokens: Sequence[Token], at: int) -> int:
    """The token after 市, 駅, 1丁目 and the like; 0 if nothing of the kind stands here."""
    best, start = 0, at
    while start < len(tokens) and set(tokens[start].surface) <= _NUMERALS:
        start += 1
    for end in range(start + 1, min(start + 3, len(tokens)) + 1):
        if _joined(tokens, start, end) in (_PLACE_ENDS if start == at else {"丁目", "条"}):
            best = end
    follows = _place_end(tokens, best) if best and start == at else 0  # 東 + 町 + 1丁目
    return follows or best


def _joined(tokens: Sequence[Token], start: int, end: int) -> str:
    return "".join(token.surface for token in tokens[start:end])


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).lower().split())
