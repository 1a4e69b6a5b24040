"""Drafts spelled another way, so that the model does not hang on one spelling. Lengths stay, so that places hold."""

from __future__ import annotations

import random
from collections.abc import Callable

_HIRAGANA = {chr(c): chr(c + 0x60) for c in range(0x3041, 0x3097)}
_KATAKANA = {v: k for k, v in _HIRAGANA.items()}
_WIDE = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
_NARROW = {v: k for k, v in _WIDE.items()}
_MARKS = {
    "。": "、",
    "、": " ",
    "！": "。",
    "？": "。",
    "!": "。",
    "w": "笑",
    "ｗ": "笑",
    "笑": "ｗ",
    "〜": "ー",
    "\n": " ",
}


def _mapped(table: dict[str, str]) -> Callable[[str, random.Random], str]:
    return lambda text, rng: "".join(table.get(c, c) for c in text)


def _one_masked(text: str, rng: random.Random) -> str:
    """One kanji or kana hidden behind a ring, as people do."""
    at = [i for i, c in enumerate(text) if "\u3041" <= c <= "\u9fff" and c not in "。、「」"]
    if not at:
        return text
    i = rng.choice(at)
    return text[:i] + rng.choice("○◯●＊*") + text[i + 1 :]


def _some_marks(text: str, rng: random.Random) -> str:
    return "".join(_MARKS[c] if c in _MARKS and rng.random() < 0.4 else c for c in text)


def _run_in_katakana(text: str, rng: random.Random) -> str:
    start = rng.randrange(len(text))
    end = start + rng.randrange(4, 16)
    return text[:start] + "".join(_HIRAGANA.get(c, c) for c in text[start:end]) + text[end:]


_WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    _mapped(_WIDE), _mapped(_NARROW), _mapped(_KATAKANA), _one_masked, _some_marks, _some_marks, _run_in_katakana,
)  # fmt: skip


def respelled(text: str, rng: random.Random) -> str:
    """The text in one other spelling, of the same length in code points."""
    changed = rng.choice(_WAYS)(text, rng)
    assert len(changed) == len(text)
    return changed
