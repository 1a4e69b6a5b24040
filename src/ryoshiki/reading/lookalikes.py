"""Hosts that pass themselves off as another: letters of other scripts, a slip of the finger, a name taken along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from unicodedata import normalize

# Letters of other scripts that are drawn like a Latin one, and those that only resemble one.
_SAME = str.maketrans("аеорсухіјѕһԁԛԝӏοα", "aeopcyxijshdqwloa")
_TWINS = _SAME | str.maketrans("кмтьвѵɡρνικυτχγωεηıɩłøđħŧƅʟʀɴᴏᴀᴄᴇꜱᴜᴠᴡᴢßſ", "kmtbbvgpvikutxywenlilodhtblrnoacesuvwzbs")
# One skeleton for what a reader does not tell apart at a glance.
_ALIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("3", "e"), ("8", "b"))
_OTHER_SCRIPTS = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")
_SECOND = frozenset({"ac", "ad", "co", "com", "ed", "edu", "go", "gov", "gr", "lg", "ne", "net", "or", "org"})
# What kind of body a host belongs to, and how else people write it.
BODIES = {
    "city": ("city", "shi", "cityhall", "cityoffice", "shiyakusho", "yakusho"),
    "town": ("town", "cho", "machi", "yakuba"),
    "vill": ("vill", "village", "mura", "son", "yakuba"),
    "pref": ("pref", "ken", "kencho", "prefecture"),
    "metro": ("metro", "to", "tocho"),
}
_PLAIN_LABELS = frozenset({"www", "lg", *BODIES})
# Words that a false host adds to the name that it takes.
_ADDED_WORDS = (
    "www web jp lg gov go official info online net site home page portal login logon signin account id auth verify "
    "secure security ssl support help service services update confirm notice news oshirase tetsuzuki shinsei denshi "
    "kyufu kyufukin kyuufu kyuufukin hojokin zei zeikin nozei nouzei pay payment refund kanpu mynumber myna hoken "
    "nenkin covid vaccine wakuchin bosai campaign present com"
)
ADDED = frozenset(_ADDED_WORDS.split())
FIRM = 5  # letters from which a name is long enough for one slip to be one


def mixed(host: str) -> bool:
    """Does a label mix Latin letters with Cyrillic or Greek ones, or is it made of letters that all look Latin?

    Names in one script of their own (日本語.jp, пример.рф) are honest.
    """
    *labels, ending = _shown(host).split(".")
    return any(
        _OTHER_SCRIPTS.search(label)
        and (re.search("[a-z]", label) or (ending.isascii() and label.translate(_SAME).isascii()))
        for label in labels
    )


def imitated(host: str, domains: Sequence[str]) -> str | None:
    """The domain that ``host`` passes itself off as. A domain's own hosts and honest neighbours imitate none."""
    shown = _shown(host).strip(".").removeprefix("www.")
    if own(shown, domains):
        return None
    return next((domain for domain in domains if _imitates(shown, _target(domain))), None)


def own(host: str, domains: Sequence[str]) -> bool:
    """Is ``host`` one of the domains, or does it lie under one?"""
    names = [d.lower().strip(".").removeprefix("www.") for d in domains]
    return any(host == name or host.endswith("." + name) for name in names)


@dataclass(frozen=True, slots=True)
class _Target:
    """A domain taken apart: ``name`` is what only it is called, ``body`` what kind it is, "" where it does not say."""

    domain: str
    skeleton: str
    name: str
    body: str
    ending: str


@cache
def _target(domain: str) -> _Target:
    domain = domain.lower().strip(".").removeprefix("www.")
    labels, ending = _parted(domain)
    names = [label for label in labels if label not in _PLAIN_LABELS]
    body = next((label for label in labels if label in BODIES), "")
    return _Target(domain, skeleton(domain), names[-1] if names else "", body, ending)


def _imitates(host: str, target: _Target) -> bool:
    if target.domain.count(".") < 1:
        return False
    spelled = skeleton(host)
    if spelled == target.skeleton or spelled.endswith("." + target.skeleton):
        return True
    return _carries(host, target) or _slips(host, target) or _takes_the_name(host, target)


def _carries(host: str, target: _Target) -> bool:
    """city.muroran.lg.jp.evil.example, city-muroran-lg-jp.example: the whole domain, somewhere in another host."""
    parts, wanted = parted_words(skeleton(host)), parted_words(target.skeleton)
    if len(wanted) == 2:  # kanko-muroran.jp does not take muroran.jp along; muroran.jp.evil.example does
        return bool(target.name) and parts[:2] == wanted and len(parts) > 2
    if any(parts[i : i + len(wanted)] == wanted for i in range(len(parts) - len(wanted) + 1)):
        return True
    glued = "".join(wanted)
    return len(glued) >= 2 * FIRM and any(glued in part for part in parts)


def _slips(host: str, target: _Target) -> bool:
    """city.muroan.lg.jp: one letter more, less, other or swapped, in the domain as a whole."""
    if len(target.domain) < 2 * FIRM:
        return False
    labels, dots = host.split("."), target.domain.count(".")
    tails = {".".join(labels[-count:]) for count in range(max(2, dots), dots + 3)}
    for tail in tails:
        for spelled in (tail, bare(tail), tail.removeprefix("www")):
            if one_edit(spelled, target.domain) and (
                len(target.name) >= FIRM or target.name in re.split("[.-]", spelled)
            ):
                return True
    return False


def _takes_the_name(host: str, target: _Target) -> bool:
    """city-muroran.jp, muroran-city-login.example: name and kind of body, side by side under an ending of its own."""
    if not target.name or not target.body:
        return False
    labels, ending = _parted(host)
    if ending.endswith(".jp") and ending.split(".")[0] not in _SECOND:  # city.muroran.hokkaido.jp: registered by rule
        return False
    pieces = [[part for part in parted_words(bare(label)) if part not in ADDED] for label in labels]
    pieces += [one + next_one for one, next_one in pairwise(pieces) if len(one) == len(next_one) == 1]
    return any(_is_name(piece, target) for piece in pieces)


def _is_name(piece: Sequence[str], target: _Target) -> bool:
    words = BODIES[target.body]
    if len(piece) == 2:
        first, last = piece
        return (first in words and _near(last, target.name)) or (last in words and _near(first, target.name))
    if len(piece) == 1:
        glued = (g for word in words if len(word) > 2 for g in (word + target.name, target.name + word))
        return any(_near(piece[0], g) for g in glued)
    return False


def _near(word: str, name: str) -> bool:
    return skeleton(word) == skeleton(name) or (len(name) >= FIRM and one_edit(word, name))


def _parted(host: str) -> tuple[list[str], str]:
    """Labels before the ending, and the ending: jp, lg.jp, hokkaido.jp after two labels or more, com."""
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND:
        count = 2
    else:
        count = 2 if len(labels) > 3 and labels[-1] == "jp" and labels[-2].isalpha() and len(labels[-2]) > 3 else 1
    return labels[:-count], ".".join(labels[-count:])


def parted_words(text: str) -> list[str]:
    """The words of a name of Latin letters, as its dots, hyphens and underscores part them."""
    return [part for part in re.split("[._-]+", text) if part]


def _shown(host: str) -> str:
    """As a reader sees it: punycode in its letters, lower case."""
    return ".".join(map(_letters, host.lower().split(".")))


def _letters(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError, OverflowError):
        return label


def bare(text: str) -> str:
    """Without marks on letters, and with plain letters for their twins."""
    if text.isascii():
        return text
    return "".join(c for c in normalize("NFD", text.translate(_TWINS)) if not "\u0300" <= c <= "\u036f")


def skeleton(text: str) -> str:
    """One spelling for all that a reader takes for the same at a glance; ``text`` is in lower case."""
    text = bare(text)
    for seen, meant in _ALIKE:
        text = text.replace(seen, meant)
    return text


def one_edit(text: str, other: str) -> bool:
    """Do they differ by one letter added, left out or changed, or by two neighbours swapped?"""
    if text == other or abs(len(text) - len(other)) > 1:
        return text == other
    start = next(i for i, (a, b) in enumerate(_paired(text, other)) if a != b)
    rest, meant = text[start:], other[start:]
    return (
        rest[1:] == meant
        or rest == meant[1:]
        or rest[1:] == meant[1:]
        or (rest[:2] == meant[1::-1] and rest[2:] == meant[2:])
    )


def _paired(text: str, other: str) -> Iterator[tuple[str, str]]:
    """Letter by letter; a full stop that no host has stands where one has ended."""
    longest = max(len(text), len(other))
    return zip(text.ljust(longest), other.ljust(longest), strict=True)
