"""How a text is read aloud: hiragana for its kanji. No reading is better than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ryoshiki.model import TEXT_LIMIT, RyoshikiError
from ryoshiki.reading.tokens import spoken

Piece = tuple[str, str]  # letters as written, and their reading in hiragana; "" where none is needed, or none is sure

_HAN: Final = "㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003fffd々"
_RUN: Final = f"[{_HAN}〆ヶヵ]*[{_HAN}][{_HAN}〆ヶヵ]*"  # ヶ by itself is a kana
_KANJI: Final = re.compile(f"[{_HAN}]")
_PARTS: Final = re.compile(f"({_RUN})|(?:(?!{_RUN}).)+", re.DOTALL)
_HIRAGANA: Final = re.compile("[ぁ-ゖー]+")
_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LONGEST: Final = 40  # letters of a word that is lined up; hardly any in the dictionary is longer

# Where the dictionary has the stiff word, or the sound in place of the spelling.
_USUAL: Final = {"私": "わたし", "明日": "あした", "日本": "にほん", "言う": "いう"}
# Read in one way or another by what is meant; the dictionary gives but one.
_UNSURE: Final = re.compile(
    "方|何|何人|何日|分|他|家|後|市場|人気|十分|上手|下手|一行|一時|一日|寒気|大家|最中|心中|生物|見物|辛い|辛く|辛かっ|行っ|"
    "開く|開い|開き|止める|止め|空い|空き|怒る|怒っ|描く|描い|抱く|抱い|臭い|入り|避ける|避け|汚す|汚し"
)
# Counters that are read in one way after every number.
_COUNTERS: Final = {
    "年": "ねん",
    "月": "がつ",
    "時": "じ",
    "時間": "じかん",
    "秒": "びょう",
    "円": "えん",
    "条": "じょう",
    "枚": "まい",
    "件": "けん",
    "点": "てん",
    "回": "かい",
    "文字": "もじ",
}
_WEEKDAYS: Final = {
    "月": "げつ",
    "火": "か",
    "水": "すい",
    "木": "もく",
    "金": "きん",
    "土": "ど",
    "日": "にち",
    "祝": "しゅく",
}


def furigana(text: str) -> tuple[Piece, ...]:
    """Cut ``text`` in pieces with their readings; the letters of all pieces make up the text exactly.

    Only pieces of kanji have a reading. Kana between kanji stand for themselves (書 か, き, 換 か, える); kanji of one
    word side by side keep one reading (市役所 しやくしょ). Numbers, given names, words that the dictionary does not
    have and words that are read in several ways have none.

    Raises:
        RyoshikiError: the text is over the limit of a draft.
    """
    if len(text) > TEXT_LIMIT:
        raise RyoshikiError(f"text: {len(text):,} characters, the limit is {TEXT_LIMIT:,}")
    pieces: list[Piece] = []
    for letters, reading in _words(text):
        for part, said in _lined_up(letters, reading):
            if pieces and not said and not pieces[-1][1]:
                pieces[-1] = pieces[-1][0] + part, ""
            else:
                pieces.append((part, said))
    return tuple(pieces)


def _words(text: str) -> Iterator[Piece]:
    """Each word with its reading in hiragana."""
    words = [word for word in spoken(text) if word[0] < word[1]]
    strange = [not said and pos[1] != "数詞" and bool(_KANJI.search(text[i:j])) for i, j, said, pos in words]
    before, counted = "", False
    for number, (start, end, said, pos) in enumerate(words):
        letters, after = text[start:end], text[end : end + 1]
        # A name that the dictionary lacks is cut anyhow, and its known parts are read wrongly.
        broken = any(strange[max(number - 1, 0) : number + 2])
        if pos[1] == "数詞" or broken or pos[2:] == ("人名", "名") or _UNSURE.fullmatch(letters):
            reading = ""
        elif counted:
            reading = _COUNTERS.get(letters, "")
        elif letters in _WEEKDAYS and before in ("（", "(") and after in ("）", ")"):
            reading = _WEEKDAYS[letters]
        else:
            reading = _USUAL.get(letters, said.translate(_TO_HIRAGANA))
        yield letters, reading
        if not letters.isspace():  # 10 枚 is 10枚
            before, counted = letters[-1], pos[1] == "数詞" or letters[-1].isdecimal()


def _lined_up(letters: str, reading: str) -> list[Piece]:
    """A word cut so that its kana stand for themselves; where that can be done in two ways, without reading."""
    if len(letters) > _LONGEST or not _HIRAGANA.fullmatch(reading) or not _KANJI.search(letters):
        return [(letters, "")]
    parts = [(part[0], part[1] is not None) for part in _PARTS.finditer(letters)]
    # Shortest first and longest first agree only where there is one way.
    found = []
    for some in ("(.+?)", "(.+)"):
        pattern = "".join(some if kanji else re.escape(part.translate(_TO_HIRAGANA)) for part, kanji in parts)
        match = re.fullmatch(pattern, reading)
        found.append(match.groups() if match else None)
    if found[0] is None or found[0] != found[1]:
        return [(letters, "")]
    said = iter(found[0])
    return [(part, next(said) if kanji else "") for part, kanji in parts]
