"""How long a draft is, as the service counts that it goes to."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, normalize

from ryoshiki.model import Platform
from ryoshiki.reading.folding import fold
from ryoshiki.reading.links import links

# X's own rule (version 3 of the configuration of its text library): 100/100 for these ranges, 200/100 for the rest.
_HEAVY: Final = re.compile("[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_LINK: Final = 23
_HOST: Final = re.compile(r"(?:[^.:]{1,63}\.)+(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)")  # no address by number, no bare name

# Wider than Unicode's own list by some signs that nobody joins to others.
_PICTURE: Final = (
    "‼⁉™ℹ↔-↙↩↪⌚⌛⌨⏏⏩-⏳⏸-⏺Ⓜ▪▫▶◀◻-◾☀-➿⤴⤵⬅-⬇⬛⬜⭐⭕〰〽㊗㊙"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_TONE: Final = "\U0001f3fb-\U0001f3ff"
_FLAG: Final = "\U0001f1e6-\U0001f1ff"
_TAG: Final = "\U000e0020-\U000e007f"
_LOOK: Final = f"(?:[\ufe0f{_TONE}]*[{_TAG}]*)"  # of a picture: drawn in colour, its skin, a region's flag
_EMOJI: Final = re.compile(
    rf"[{_FLAG}]{{2}}|[#*0-9]\ufe0f?\u20e3|[©®]\ufe0f|[{_PICTURE}]{_LOOK}(?:\u200d[{_PICTURE}]{_LOOK})*"
)
# Normalising takes time that grows with the square of a run of marks: such a run is cut.
_PIECE: Final = re.compile(r"[\w\s]+[^\w\s]{0,30}|[^\w\s]{1,30}")

# One character as people see it, by the kinds of its code points (UAX #29, without the conjuncts of Indic scripts):
# p picture, m mark, z joiner, f half a flag, L V T the parts of a Hangul syllable, W one without T, X with it.
_SEEN: Final = re.compile("rn|[crn]|(?:ff?|p(?:m*zp)*|L*(?:V+|WV*|X)T*|L+|T+|o)[mz]*|[mz]+")
_KINDS: Final = tuple(
    (re.compile(f"[{letters}]"), kind)
    for letters, kind in (
        ("\r", "r"),
        ("\n", "n"),
        ("\u200d", "z"),
        (f"\u200c\u0e33\u0eb3\uff9e\uff9f{_TONE}{_TAG}", "m"),
        (_FLAG, "f"),
        (f"©®{_PICTURE}", "p"),
        ("\u1100-\u115f\ua960-\ua97c", "L"),
        ("\u1160-\u11a7\ud7b0-\ud7c6", "V"),
        ("\u11a8-\u11ff\ud7cb-\ud7fb", "T"),
    )
)
_GENERAL: Final = {"Mn": "m", "Me": "m", "Mc": "m", "Cc": "c", "Cf": "c", "Zl": "c", "Zp": "c"}  # by category


class _Kinds(dict[int, str]):
    """The kind of each code point, for one text."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if "가" <= char <= "힣":
            kind = "X" if (code - ord("가")) % 28 else "W"
        else:
            own = (kind for letters, kind in _KINDS if letters.match(char))
            kind = next(own, _GENERAL.get(category(char), "o"))
        self[code] = kind
        return kind


def count(text: str, platform: Platform) -> int:
    """The length of ``text`` in the units of ``platform.limit``; a line end is one, however it is written.

    "characters" are those that people see: an emoji with all its parts is one. "weighted" is the rule of X: a link is
    23, an emoji 2, most letters beyond the Latin, Greek and the like 2, others 1.
    """
    return _weighted(text) if platform.counting == "weighted" else _characters(text)


def _characters(text: str) -> int:
    if text.isascii():
        return len(text) - text.count("\r\n")
    return len(_SEEN.findall(text.translate(_Kinds())))


def _weighted(text: str) -> int:
    weight = done = 0
    for start, end in [*_links(text), (len(text), len(text))]:
        words, emoji = _EMOJI.subn("\n", text[done:start].replace("\r\n", "\n"))  # what stood around stays apart
        words = "".join(normalize("NFC", piece) for piece in _PIECE.findall(words))
        weight += emoji + len(words) + len(_HEAVY.findall(words))
        weight += _LINK if start < end else 0
        done = end
    return weight


def _links(text: str) -> list[tuple[int, int]]:
    """Where the addresses stand that the service would make links of: not those that were made harmless."""
    found = []
    for link in links(fold(text)):
        written = link.span.of(text)
        scheme = link.url.partition("://")[0] if "://" in link.url else "http"
        if written.lower() == link.url and scheme in ("http", "https") and _HOST.fullmatch(link.host):
            found.append((link.span.start, link.span.end))
    return found
