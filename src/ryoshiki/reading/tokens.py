"""Words of a text: SudachiPy's shortest units (mode A) with the "core" dictionary."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, Protocol

from sudachipy import Dictionary, MorphemeList, SplitMode, Tokenizer

from ryoshiki.model import Span

# Sudachi refuses more than 49,149 bytes, counted after its own NFKC; one character grows to 33 bytes at most.
CHUNK = 1_400
_ENDS = "\n。！？!?"


class Foldable(Protocol):
    """A view of a draft: its letters, and where each stretch of them stands in the draft."""

    @property
    def text(self) -> str: ...

    def span(self, start: int, end: int) -> Span: ...


class Token(NamedTuple):
    """One word: where it stands in the draft, its folded letters, Sudachi's part of speech (four levels)."""

    span: Span
    surface: str
    pos: tuple[str, ...]


@cache
def _dictionary() -> Dictionary:
    """Loaded when the first text is read: 0.2 s."""
    return Dictionary(dict="core")


class _Local(threading.local):
    """One tokenizer a thread: Sudachi refuses to share one, and making one for each text costs half as much again."""

    def __init__(self) -> None:
        self.tokenizer: Tokenizer = _dictionary().tokenizer(SplitMode.A)


@cache
def _local() -> _Local:
    return _Local()


@cache
def _part_of_speech(number: int) -> tuple[str, ...]:
    return tuple(_dictionary().pos_of(number)[:4])


def _safe(text: str) -> str:
    """Half of a surrogate pair cannot be told to Sudachi; the stand-in has the same length."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text after a newline, else after a sentence, else where it must be."""
    start = 0
    while len(text) - start > CHUNK:
        window = text[start : start + CHUNK]
        cut = window.rfind("\n") + 1 or max(map(window.rfind, _ENDS)) + 1 or CHUNK
        yield start, window[:cut]
        start += cut
    yield start, text[start:]


Word = tuple[int, int, int]  # start and end in the folded text, number of the part of speech


class Words:
    """The words of a folded text, read sentence by sentence when they are asked for: mostly it is about one of many.

    ``starts`` are the offsets at which its sentences begin; no word goes on from one into the next.
    """

    def __init__(self, text: str, starts: Iterable[int] = ()) -> None:
        self._text = text
        self._cuts = sorted({0, *starts, len(text)})
        self._read: dict[int, list[tuple[int, MorphemeList]]] = {}
        self._begin: dict[int, frozenset[int]] = {}

    def begin_at(self, offset: int) -> bool:
        """Does a word begin at this offset of the text, or the text end there?"""
        at = bisect_right(self._cuts, offset) - 1
        if offset == self._cuts[at]:
            return True
        if at not in self._begin:
            read = self._sentence(at)
            self._begin[at] = frozenset([start + word.begin() for start, chunk in read for word in chunk])
        return offset in self._begin[at]

    def __iter__(self) -> Iterator[Word]:
        for at in self._cuts[:-1]:
            yield from self.sentence(at)

    def sentence(self, start: int) -> Iterator[Word]:
        """The words of the sentence that begins at this offset; none where the text has ended."""
        if start >= len(self._text):  # what is hidden at the end of a draft may be a sentence of its own
            return
        for offset, chunk in self._sentence(bisect_right(self._cuts, start) - 1):
            for word in chunk:
                yield offset + word.begin(), offset + word.end(), word.part_of_speech_id()

    def _sentence(self, at: int) -> list[tuple[int, MorphemeList]]:
        if at not in self._read:
            start, end = self._cuts[at], self._cuts[at + 1]
            tokenize = _local().tokenizer.tokenize
            chunks = _chunks(_safe(self._text[start:end]))
            self._read[at] = [(start + offset, tokenize(chunk)) for offset, chunk in chunks]
        return self._read[at]


def spoken(text: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """The words of a text as it is written, in the longest units: start, end, reading, part of speech.

    The reading is in katakana, and empty for a word that the dictionary does not have. There are no gaps.
    """
    tokenizer = _local().tokenizer
    for offset, chunk in _chunks(_safe(text)):
        for word in tokenizer.tokenize(chunk, mode=SplitMode.C):
            reading = "" if word.is_oov() else word.reading_form()
            yield offset + word.begin(), offset + word.end(), reading, _part_of_speech(word.part_of_speech_id())


_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "接頭辞", "接尾辞"})


def lemmas(text: str) -> list[str]:
    """The content words of a text in their dictionary's one spelling: 撮った and とる are 撮る."""
    tokenizer = _local().tokenizer
    return [
        word.normalized_form()
        for _, chunk in _chunks(_safe(text))
        for word in tokenizer.tokenize(chunk)
        if _part_of_speech(word.part_of_speech_id())[0] in _CONTENT
    ]


def tokens(folded: Foldable, of: Iterable[Word]) -> tuple[Token, ...]:
    """The words with their places in the draft and their parts of speech."""
    text, span = folded.text, folded.span
    return tuple(
        Token(span(start, end), text[start:end], _part_of_speech(number)) for start, end, number in of if start < end
    )
