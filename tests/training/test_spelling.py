"""Drafts spelled another way keep their places."""

import random

from hypothesis import given
from hypothesis import strategies as st

from training.spelling import respelled


@given(st.text(min_size=1, max_size=80), st.integers(0, 1_000))
def test_lengths_stay(text: str, seed: int) -> None:
    """A quote of the draft is found at the same place after respelling."""
    assert len(respelled(text, random.Random(seed))) == len(text)


def test_spellings_differ() -> None:
    """Over many draws, width, kana and masks all occur."""
    text = "お前はバカだ、ほんとに！ABC"
    drawn = {respelled(text, random.Random(seed)) for seed in range(200)}
    assert any("ＡＢＣ" in t for t in drawn)
    assert any("オ前ハ" in t for t in drawn)
    assert any(mark in t for t in drawn for mark in "○◯●")
