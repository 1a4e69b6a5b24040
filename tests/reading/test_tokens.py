"""Words of a text, with their places in the draft."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Span
from ryoshiki.reading.tokens import CHUNK, Foldable, Token, Words, tokens


@dataclass(frozen=True)
class Plain:
    """A view that changes nothing."""

    text: str

    def span(self, start: int, end: int) -> Span:
        return Span(start, end)


@dataclass(frozen=True)
class Doubled(Plain):
    """A view whose every letter stands for two of the draft."""

    def span(self, start: int, end: int) -> Span:
        return Span(2 * start, 2 * end)


def tokenize(view: Foldable) -> tuple[Token, ...]:
    return tokens(view, Words(view.text))


def surfaces(text: str) -> list[str]:
    return [token.surface for token in tokenize(Plain(text))]


def test_words_are_the_shortest_units() -> None:
    """A compound is read as its parts."""
    assert surfaces("選挙管理委員会") == ["選挙", "管理", "委員", "会"]


def test_part_of_speech_has_four_levels() -> None:
    """A surname can be told from other nouns."""
    assert tokenize(Plain("田中"))[0].pos == ("名詞", "固有名詞", "人名", "姓")


def test_spans_are_those_of_the_draft() -> None:
    """Offsets pass through the view, so that they point into the draft's own text."""
    assert [token.span for token in tokenize(Doubled("窓口で"))] == [Span(0, 4), Span(4, 6)]


def test_astral_characters_count_as_one() -> None:
    """Offsets are code points, whatever the bytes."""
    assert tokenize(Plain("👨‍👩‍👧𠮷窓口"))[-1].span == Span(6, 8)


@pytest.mark.parametrize(
    "text",
    [
        "あ" * 60_000,
        "窓口は9時に開きます。" * 6_000,
        "窓口は9時に開きます\n" * 6_000,
        "\ufdfa" * (CHUNK * 2 + 1),
        "𠮷" * 40_000,
    ],
    ids=["no end", "sentences", "lines", "growing letters", "astral"],
)
def test_long_texts_are_read_whole(text: str) -> None:
    """The limit of the tokenizer is not the limit of a draft."""
    assert "".join(surfaces(text)) == text


def test_a_cut_falls_between_sentences() -> None:
    """A long text has the words of its sentences."""
    sentence = "選挙管理委員会の開票は来週です。"
    assert surfaces(sentence * 200) == surfaces(sentence) * 200


def test_lone_surrogates_are_no_words_but_no_accident() -> None:
    """Half of a surrogate pair is passed over with its place kept."""
    assert next(token.span for token in tokenize(Plain("窓口\ud83dで"))) == Span(0, 2)


def test_threads_can_read_at_once() -> None:
    """Each thread has a tokenizer of its own."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(surfaces, ["今日も窓口は混んでいました。" * 40] * 40))
    assert len({tuple(answer) for answer in answers}) == 1


def test_words_have_no_gaps() -> None:
    """Words begin where the one before ends; 人事 is no word in 他人事."""
    assert [start for start, _, _ in Words("窓口で")] == [0, 2]
    assert 1 not in [start for start, _, _ in Words("他人事")]


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_words_cover_the_text(text: str) -> None:
    """Any text is read without gap or overlap."""
    found = tokenize(Plain(text))
    assert "".join(token.surface for token in found) == text
    assert [t.span.start for t in found] == [0, *(t.span.end for t in found)][: len(found)]


def test_a_sentence_is_read_when_it_is_asked_about() -> None:
    """Where a sentence begins and where the text ends needs no reading; no word goes on into the next."""
    text = "他人の話。人事の話。"
    read = Words(text, [0, 5])
    assert read.begin_at(5)
    assert read.begin_at(len(text))
    assert not read._read
    assert read.begin_at(7)
    assert not read.begin_at(6)
    assert list(read._read) == [1]
    assert [text[start:end] for start, end, _ in read.sentence(5)] == ["人事", "の", "話", "。"]
    assert list(read.sentence(len(text))) == []


@given(st.text(max_size=60), st.sets(st.integers(0, 60), max_size=6))
def test_where_words_begin_is_the_same_however_it_is_asked(text: str, starts: set[int]) -> None:
    """Asked about one place, or read from end to end."""
    starts = {start for start in starts if start < len(text)}
    begins = {start for start, end, _ in Words(text, starts) if start < end} | {len(text)}
    asked = Words(text, starts)
    assert {at for at in range(len(text), -1, -1) if asked.begin_at(at)} == begins | {0} | starts
