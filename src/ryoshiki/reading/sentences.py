"""Where a draft's sentences stand."""

from __future__ import annotations

import re
from typing import Final

from ryoshiki.model import Span

# A pair longer than this is taken for a bracket that was never closed, so that it cannot swallow the draft.
PAIR_LIMIT: Final = 120

_CLOSER_OF: Final = {
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "［": "］",
    "〔": "〕",
}
_BRACKET: Final = re.compile("[" + re.escape("".join(f"{a}{b}" for a, b in _CLOSER_OF.items())) + "]")

_EMOJI: Final = "\u200d\u20e3\ufe0e\ufe0f☀-➿⬀-⯿\U0001f000-\U0001faff\U000e0020-\U000e007f"
_END: Final = re.compile(
    # A host or an address is one word. The lookbehind lets only the head of a run try, or long runs would be quadratic.
    r"(?P<link>https?://[^\s、。「」『』（）【】]+|(?<![A-Za-z0-9.-])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/[!-~]*)"
    r"|(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029])"
    # 3．5 is a number; an ASCII stop needs space after it, and no digit before it
    r"|(?:[。！？!?♪‼⁉⁈⁇｡]|(?<![0-9０-９])．|．(?![0-9０-９])|(?<![0-9.])\.++[)\"'”’\]]*+(?=\s|$))"
    rf"(?:[。．！？!?♪‼⁉⁈⁇｡…」』）)】》〉］〕\"”’{_EMOJI}]|[wWｗＷ]+(?![A-Za-z0-9])|[（(][笑涙泣汗怒][）)]|[笑草](?=[\s、。]|$))*"
)


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences in order, stripped of white space; together they cover all that is not white space.

    A sentence ends with its stop and what clings to it (closing brackets, emoji, w, 笑), or with its line.
    Stops inside a pair of brackets do not end it.
    """
    pairs = _pairs(text)
    found: list[Span] = []
    start = pair = scanned = 0
    while end := _END.search(text, scanned):
        scanned = end.end()
        if end.lastgroup == "link":
            continue
        while pair < len(pairs) and pairs[pair].end <= end.start():
            pair += 1
        if pair < len(pairs) and pairs[pair].start < end.start():
            scanned = pairs[pair].end - 1  # at the closing bracket: a stop before it must not carry it off
            if scanned <= end.start():
                scanned = end.start() + 1
            continue
        _add(found, text, start, scanned)
        start = scanned
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    said = text[start:end]
    if bare := said.strip():
        start += len(said) - len(said.lstrip())
        found.append(Span(start, start + len(bare)))


def _pairs(text: str) -> list[Span]:
    """Return the bracketed stretches, outermost only, in order. An opening bracket may stay alone."""
    opened: dict[str, list[int]] = {}
    closed: list[Span] = []
    for bracket in _BRACKET.finditer(text):
        mark = bracket[0]
        if closer := _CLOSER_OF.get(mark):
            opened.setdefault(closer, []).append(bracket.start())
        elif (starts := opened.get(mark)) and bracket.end() - (start := starts.pop()) <= PAIR_LIMIT:
            closed.append(Span(start, bracket.end()))
    outer: list[Span] = []
    for pair in sorted(closed):
        if not outer or pair.start >= outer[-1].end:
            outer.append(pair)
        elif pair.end > outer[-1].end:
            outer[-1] = Span(outer[-1].start, pair.end)
    return outer
