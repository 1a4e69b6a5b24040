"""Is a hit a word of its own? Japanese has no spaces: the script, the tokeniser and the spelling decide."""

from __future__ import annotations

from collections.abc import Callable

from ryoshiki.model import Span


def _is_katakana(char: str) -> bool:
    return "ァ" <= char <= "ヺ"


def _is_hiragana(char: str) -> bool:
    return "ぁ" <= char <= "ゖ"


def _is_word_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_kanji(char: str) -> bool:
    return "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char == "々"


def stands_alone(text: str, start: int, end: int, is_boundary: Callable[[int], bool]) -> bool:
    """Is ``text[start:end]`` a word of its own, rather than part of a longer one?

    Katakana and Latin words end where their script ends (バカ is not in バカンス); words that begin
    with kanji or hiragana begin at a boundary of the tokeniser, where the script alone does not
    settle it (人事 is not in 他人事); words in hiragana alone also end at one (ばか is not in ばかり).
    ``is_boundary`` takes an offset of ``text`` and is asked only when needed: it costs a tokenisation.
    """
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if _is_katakana(first) and (_is_katakana(before) or before == "ー"):
        return False
    if (_is_katakana(last) or last == "ー") and _is_katakana(after):
        return False
    if (_is_word_letter(first) and _is_word_letter(before)) or (_is_word_letter(last) and _is_word_letter(after)):
        return False
    if _is_kanji(first):
        return not _is_kanji(before) or is_boundary(start)
    if _is_hiragana(first):
        if (_is_hiragana(before) or _is_kanji(before)) and not is_boundary(start):
            return False
        whole = all(map(_is_hiragana, text[start:end]))
        return not (whole and _is_hiragana(after) and not is_boundary(end))
    return True


def spelled_out(text: str, span: Span, is_boundary: Callable[[int], bool]) -> bool:
    """Does a hit of the loose view hold in the text itself (original offsets)?

    Plainly written it must stand alone like any word. With something inside it (a mask, a slash, a
    stretched vowel) the spelling itself is the sign; spaces alone are not, unless the word is also
    cut off on both sides, for 「いいし ねむい」 is no insult.
    """
    written = span.of(text)
    before = text[span.start - 1] if span.start else "\n"
    after = text[span.end] if span.end < len(text) else "\n"
    if any(c.isspace() for c in written):
        return not (before.isalnum() or (after.isalnum() and not _is_kanji(after)))
    if all(_is_hiragana(c) or _is_katakana(c) or _is_kanji(c) for c in written):
        return stands_alone(text, span.start, span.end, is_boundary)
    return not (_is_katakana(written[0]) and _is_katakana(before))
