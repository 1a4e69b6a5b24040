"""Folded views of a draft: the same words in one spelling, each with an exact map back to the draft's own text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import category, normalize

from ryoshiki.model import Span

# More marks than this on one letter are decoration; without a bound, normalising them would be quadratic.
MARKS_LIMIT: Final = 32

_KATAKANA: Final = "ァ-ヺ"
_HIRAGANA: Final = "ぁ-ゖ"
_HAN: Final = "㐀-䶿一-鿿\U00020000-\U0002ee5f"

# Characters that no normalisation changes, or that _ONE_TO_ONE changes one to one. All others take the slow road.
_PLAIN: Final = (
    r"\t\n\r -~×÷‐‒-―‘-”†-•※←-∫─-⟯⬀-⭏、-〩〰-〵ぁ-ゖゝゞ゠-ヾ！-～　"
    + _HAN
    + "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
)
_UNUSUAL: Final = re.compile(f"[^{_PLAIN}]+")

# What is not seen: default ignorables, fillers, controls, the blank Braille cell.
_HIDING: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# A mark that does not melt into its letter is decoration: 死̶ね̶ is 死ね.
_DECORATION: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Letters by category that lean on the one before: half-width voicing marks and the later parts of a Hangul syllable.
_LEANING: Final = re.compile("[ﾞﾟ\u1160-\u11ff\uffc2-\uffdc]")
_VOICING: Final = {"゛": "\u3099", "゜": "\u309a"}

_ONE_TO_ONE: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full width
    **{code: code + 0x20 for code in range(ord("A"), ord("Z") + 1)},
    **{code: code - 0xFEE0 + 0x20 for code in range(0xFF21, 0xFF3B)},
    **dict.fromkeys(map(ord, "〜～∼〰"), "~"),  # NFKC already makes ～ a ~
    **dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n"),
    0x3000: " ",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # a lone surrogate could not be encoded by the matchers
}

# What _ONE_TO_ONE changes; to look for it costs less than to change nothing.
_CHANGED: Final = re.compile("[A-Z！-～〜∼〰\x0b\x0c\x85\u2028\u2029\u3000\ud800-\udfff]")

# A dash stands for ー only between katakana; 一 (one) does so too.
_DASH: Final = "[-‐‒-―−─━一]"
_DASHED: Final = re.compile(f"(?<=[{_KATAKANA}ー]){_DASH}+(?=[{_KATAKANA}ー])")
# One look for a single character is several times cheaper than a pattern that looks around at each place.
_RESPELT: Final = re.compile(f"{_DASH}|[ゝゞヽヾ]")
_REPEATED: Final = re.compile(f"([{_HIRAGANA}])([ゝゞ]+)|([{_KATAKANA}])([ヽヾ]+)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A view of a text. ``starts[i]`` and ``ends[i]`` bound what made ``text[i]``; None means each made itself."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the original: whole clusters, and what is hidden between them."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
        return Span(place, place)

    def index(self, original_offset: int) -> int:
        """Return the first offset of ``text`` whose source begins at or after ``original_offset``."""
        if self.starts is None:
            return min(original_offset, len(self.text))
        return bisect_left(self.starts, original_offset)


class _Mapped:
    """A view under construction: pieces of text with where each came from."""

    __slots__ = ("ends", "pieces", "starts")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def keep(self, text: str, start: int) -> None:
        """Add characters that each come from one: ``text[0]`` from ``start``."""
        self.pieces.append(text)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + 1 + len(text)))

    def put(self, text: str, start: int, end: int) -> None:
        """Add characters that all come from ``[start, end)``."""
        self.pieces.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))


def _translated(text: str) -> str:
    return text.translate(_ONE_TO_ONE) if _CHANGED.search(text) else text


def fold(text: str) -> Folded:
    """Fold width, case, look-alike dashes and hiding characters; the script of kana is kept. Idempotent on the text."""
    if _UNUSUAL.search(text) is None:
        return Folded(_respell(_translated(text)))
    made = _Mapped()
    done = 0
    for run in _UNUSUAL.finditer(text):
        start, end = run.span()
        start = max(done, start - 1)  # the run may open with a mark on the letter before it
        if start > done:
            made.keep(text[done:start].translate(_ONE_TO_ONE), done)
        for cluster, first, last in _clusters(text, start, end):
            made.put(_READY.get(cluster) or _fold_cluster(cluster), first, last)
        done = end
    made.keep(text[done:].translate(_ONE_TO_ONE), done)
    return Folded(_respell("".join(made.pieces)), tuple(made.starts), tuple(made.ends))


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield each letter of a range with its marks, where it starts and where it ends; what hides is left out."""
    cluster, first, last = "", start, start
    for place in range(start, end):
        char = text[place]
        if _HIDING.match(char):
            continue
        if cluster and _leans(char, cluster[0]):
            if len(cluster) <= MARKS_LIMIT:
                cluster += _VOICING.get(char, char)
        else:
            if cluster:
                yield cluster, first, last
            cluster, first = char, place
        last = place + 1
    if cluster:
        yield cluster, first, last


def _leans(char: str, letter: str) -> bool:
    if char in _VOICING:
        return letter >= "ぁ"  # after Latin letters and signs it stands alone
    return category(char)[0] == "M" or _LEANING.match(char) is not None


def _fold_cluster(cluster: str) -> str:
    """Normalise until nothing changes: lower case may need composing, and composing may free a mark."""
    for _ in range(4):
        folded = normalize("NFKC", cluster.translate(_ONE_TO_ONE)).lower()
        folded = _DECORATION.sub("", normalize("NFKC", folded)).translate(_ONE_TO_ONE)
        if len(folded) > MARKS_LIMIT:
            folded = _trim(folded)
        if folded == cluster:
            break
        cluster = folded
    return cluster


def _trim(cluster: str) -> str:
    letters = len(cluster)
    while letters > 1 and category(cluster[letters - 1])[0] == "M":
        letters -= 1
    return cluster[: letters + MARKS_LIMIT]


def _respell(text: str) -> str:
    """Write out ゝ and turn look-alike dashes into ー; the length stays."""
    if _RESPELT.search(text) is None:
        return text
    return _DASHED.sub(lambda found: "ー" * len(found[0]), _REPEATED.sub(_repeat, text))


def _repeat(found: re.Match[str]) -> str:
    """Write out a run of iteration marks: ゝ repeats the unvoiced kana (づゝ is づつ), ゞ the voiced one."""
    kana, marks = (found[1], found[2]) if found[1] else (found[3], found[4])
    plain = normalize("NFD", kana)[0]
    voiced = normalize("NFC", plain + "\u3099")
    return kana + "".join(voiced if mark in "ゞヾ" and len(voiced) == 1 else plain for mark in marks)


# Half-width kana come in long runs; to normalise each one anew would double the time.
_READY: Final = {
    kana + mark: normalize("NFKC", kana + mark) for kana in map(chr, range(0xFF61, 0xFF9E)) for mark in ("", "ﾞ", "ﾟ")
} | {"…": "..."}


# --- the loose view -------------------------------------------------------------------------------------------------

MASK: Final = "○"

# Removed between letters only, and never beside a digit: 1.5 and 2026/1/2 stay.
_SEPARATORS: Final = r"/・.,_|\-★☆"
_JOINT: Final = "\0"  # stands where タヒ loses a character; a folded text has none of its own
_LETTER: Final = f"ぁ-ゖ{MASK}々{_HAN}{_JOINT}"
_STRETCH: Final = "ー~ \t\u3099\u309a"  # no sound of its own: long marks, spaces, voicing that did not compose
_ROWS: Final = {
    "ぁ": "ぁあかがさざただなはばぱまゃやらゎわ",
    "ぃ": "ぃいきぎしじちぢにひびぴみりゐ",
    "ぅ": "ぅうくぐすずっつづぬふぶぷむゅゆるゔ",
    "ぇ": "ぇえけげせぜてでねへべぺめれゑ",
    "ぉ": "ぉおこごそぞとどのほぼぽもょよろを",
}
_DROPPABLE: Final = re.compile(f"[{_SEPARATORS}{_STRETCH}{''.join(_ROWS)}死]")
_DROPPED: Final = re.compile(
    f"(?={_DROPPABLE.pattern})(?:"  # most characters need no further look
    + "|".join(
        [
            # ばぁぁ is ば, but ふぁ stays a syllable of its own
            *(f"(?<=[{row}])[{_STRETCH}]*{vowel}[{_STRETCH}{vowel}]*" for vowel, row in _ROWS.items()),
            f"(?<=[{_LETTER}])[{_SEPARATORS}{_STRETCH}]+(?=[{_LETTER}a-z])",
            f"(?<=[a-z])[{_SEPARATORS}{_STRETCH}]+(?=[{_LETTER}])",
            # f.u.c.k, but not example.jp
            f"(?:(?<=^[a-z])|(?<=[^a-z][a-z]))[{_SEPARATORS}](?=[a-z](?![a-z]))",
            f"[{_STRETCH}]+",
            f"(?P<death>死{_JOINT})",
        ]
    )
    + ")"
)

_TO_LOOSE: Final[dict[int, int | str]] = {
    **{code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)},
    **dict.fromkeys(map(ord, "◯〇●◎□■△▲×✕✖✗✘☓*⚪⚫⭕❌"), MASK),
}
# Kanji drawn like katakana. Away from katakana two are needed, one of them no numeral: 二三 stays two numbers.
_SHAPES: Final = str.maketrans("力口工夕卜二八三", "カロエタトニハミ")
_SHAPE: Final = re.compile("[力口工夕卜二八三]")
_SHAPED: Final = (  # this and _AGAIN take long to compile and are seldom needed: `re` does it then, and remembers
    f"(?<=[{_KATAKANA}ー]){_SHAPE.pattern}+|(?<!{_SHAPE.pattern}){_SHAPE.pattern}+(?=[{_KATAKANA}ー])"
    f"|(?<![{_HAN}])(?=[二八三]*[力口工夕卜]){_SHAPE.pattern}{{2,}}(?![{_HAN}])"
)
# タヒ drawn as 死; タヒチ is an island, and inside a longer katakana word it is chance.
_DRAWN_DEATH: Final = re.compile(f"(?<![{_KATAKANA}ー])タヒ(?=[ネヌノン]|(?![{_KATAKANA}ー]))")
_AGAIN: Final = f"([{_HIRAGANA}{_KATAKANA}{_HAN}])(々+)"
_FOREIGN: Final = str.maketrans("аеорсухіѕјԁһԛԝαορτυικνη", "aeopcyxisjdhqwaoptuikvn")
_FOREIGN_RUN: Final = re.compile("[a-zͰ-ԯ]+")
_FOREIGN_LETTER: Final = re.compile("[Ͱ-ԯ]")
_LEET: Final = str.maketrans("013457@$", "oieastas")
_LEET_RUN: Final = re.compile("[a-z013457@$]+")
_LEET_DIGIT: Final = re.compile("[a-z][013457@$]|[013457@$][a-z]")


def loosen(folded: Folded) -> Folded:
    """Fold further, for words that somebody hides: one kana script, no long vowels, separators or spaces, one mask.

    Newlines stay. ``span`` of the result goes to the original text, as it does for ``folded``.
    """
    text = _unmask(folded.text).translate(_TO_LOOSE)
    if _DROPPABLE.search(text) is None:
        return Folded(text, folded.starts, folded.ends)
    made = _Mapped()
    done = 0
    for found in _DROPPED.finditer(text):
        start, end = found.span()
        if start > done:
            made.keep(text[done:start], done)
        if found.lastgroup:
            made.put("死", start, end)
        done = end
    made.keep(text[done:], done)
    starts, ends = made.starts, made.ends
    if folded.starts is not None and folded.ends is not None:
        starts = [folded.starts[place] for place in starts]
        ends = [folded.ends[place - 1] for place in ends]
    return Folded("".join(made.pieces), tuple(starts), tuple(ends))


def _unmask(text: str) -> str:
    """Put the letters meant in the place of look-alikes; the length stays."""
    if _SHAPE.search(text):
        text = re.sub(_SHAPED, lambda found: found[0].translate(_SHAPES), text)
    if "タヒ" in text:
        text = _DRAWN_DEATH.sub(f"死{_JOINT}", text)
    if "々" in text:
        text = re.sub(_AGAIN, lambda found: found[1] * len(found[0]), text)
    if _FOREIGN_LETTER.search(text):
        text = _FOREIGN_RUN.sub(_to_latin, text)
    if _LEET_DIGIT.search(text):
        text = _LEET_RUN.sub(_to_letters, text)
    return text


def _to_latin(found: re.Match[str]) -> str:
    run = found[0]
    mixed = not run.isascii() and any(char <= "z" for char in run)
    return run.translate(_FOREIGN) if mixed else run


def _to_letters(found: re.Match[str]) -> str:
    run = found[0]
    return run.translate(_LEET) if sum(map(str.isalpha, run)) > 1 else run  # 4g is no word, s3x is
