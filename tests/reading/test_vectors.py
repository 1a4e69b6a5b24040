"""The table of word pieces: near where texts mean the like, the same alone and among others."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ryoshiki.reading import vectors
from ryoshiki.reading.meaning import FOLDER as READER
from ryoshiki.reading.meaning import UnreadableError
from ryoshiki.reading.vectors import FOLDER, Pieces, pieces
from training.tokens import mark

PIECES = Pieces()


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("スマホをなくした", "携帯を紛失しました", "写真をなくしたい"),
        ("上司の悪口", "課長への愚痴", "上司の予定"),
        ("娘の運動会の写真", "子どもの画像", "市の統計"),
    ],
)
def test_the_like_is_nearer_than_the_same_words(text: str, near: str, far: str) -> None:
    """Other words for the same lie nearer than the same words for something else."""
    asked, like, unlike = PIECES([text, near, far])
    assert asked @ like > asked @ unlike


@settings(max_examples=30)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_a_text_is_the_same_among_others(texts: list[str]) -> None:
    """Whatever stands beside it; and of length 1, or zero where there is nothing to read."""
    together = PIECES(texts)
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_array_equal(row, PIECES([text])[0])
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5) or not row.any()


def test_the_table_belongs_to_the_vocabulary() -> None:
    """When the vocabulary of the local model changes, `make pieces` is due."""
    tokenizer = Tokenizer.from_file(str(READER / "tokenizer.json"))
    with np.load(FOLDER / "vectors.npz") as file:
        assert str(file["vocabulary"]) == mark(tokenizer)
        assert len(file["codes"]) == len(file["scales"]) == tokenizer.get_vocab_size()


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    """An error in words, not a guess."""
    (tmp_path / "vectors.npz").write_bytes(b"no table")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"vectors\.npz"):
        Pieces(table=tmp_path / "vectors.npz")(["あ"])
    with pytest.raises(UnreadableError, match=r"tokenizer\.json"):
        Pieces(vocabulary=tmp_path / "tokenizer.json")(["あ"])


def test_without_a_table_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor without what reads the vocabulary: words go on alone."""
    assert pieces() is not None
    monkeypatch.setattr(vectors, "FOLDER", tmp_path)
    assert pieces() is None
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    assert pieces() is None
