"""Numbers and addresses that point at one person, household, account or machine."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import Any
from unicodedata import normalize

import re2

from ryoshiki.model import Organisation, Span
from ryoshiki.reading.candidates import Candidate
from ryoshiki.reading.recognisers import RECOGNISERS, Recogniser
from ryoshiki.reading.tokens import Foldable

_SET_MEMORY = 32 << 20  # bytes for RE2's set automaton; with the default of 8 MiB it falls back to slow matching
_FREE_OR_SHARED = ("0120", "0800", "0570", "0990")
_SHARED_MAILBOXES = ("info", "contact", "webmaster", "kouhou", "koho", "soudan", "toiawase")

# What a reader calls each kind.
NOUNS: Mapping[str, str] = {
    "address": "住所",
    "bank-account": "口座番号",
    "birthdate": "生年月日",
    "card": "カード番号",
    "case-number": "宛名番号や整理番号など、人を特定できる番号",
    "email": "メールアドレス",
    "insurance-number": "保険証の番号",
    "ip": "IPアドレス",
    "licence": "運転免許証の番号",
    "mac": "機器の番号（MACアドレス）",
    "my-number": "マイナンバー",
    "passport": "パスポートの番号",
    "pension-number": "基礎年金番号",
    "phone": "電話番号",
    "plate": "車のナンバー",
    "postal-code": "郵便番号",
    "residence-card": "在留カードの番号",
    "secret": "パスワードや暗証番号",
    "ssid": "無線LANの名前（SSID）",
    "staff-number": "職員番号",
}
KINDS = frozenset(NOUNS)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier: ``value`` is its folded spelling, ``span`` its place in the draft."""

    kind: str
    span: Span
    value: str


@cache
def _patterns() -> tuple[Any, tuple[Any, ...]]:
    """One set that says in a single pass which rows can match at all, and each row's own pattern."""
    options = re2.Options()
    options.max_mem = _SET_MEMORY
    prefilter = re2.Set.SearchSet(options)
    for row in RECOGNISERS:
        prefilter.Add(row.pattern)
    prefilter.Compile()
    return prefilter, tuple(re2.compile(row.pattern.encode()) for row in RECOGNISERS)


def identifiers(folded: Foldable) -> tuple[Identifier, ...]:
    """Every identifier in order of place; none overlaps another. Linear in the text."""
    data = folded.text.encode("utf-8", "replace")
    prefilter, patterns = _patterns()
    rows = prefilter.Match(data)
    if not rows:
        return ()
    taken: list[tuple[int, int, str]] = []
    for index in sorted(rows):
        for start, end in _found(RECOGNISERS[index], patterns[index], data):
            at = bisect_right(taken, (start, end, ""))
            if (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or end <= taken[at][0]):
                insort(taken, (start, end, RECOGNISERS[index].kind))
    return tuple(_placed(folded, data, taken))


def _found(row: Recogniser, pattern: Any, data: bytes) -> Iterator[tuple[int, int]]:
    """Where a row's identifiers stand, in bytes. After a refusal the search goes on inside it."""
    groups = range(1, pattern.groups + 1)
    position = 0
    while (match := pattern.search(data, position)) is not None:
        first, end = match.span()
        start = first
        for group in groups:
            if match.start(group) >= 0:
                start, end = match.span(group)
        if row.accept(Candidate.at(data, first, start, end)):
            yield start, end
            position = end
        else:
            position = _past_word(data, first, end)


def _past_word(data: bytes, start: int, end: int) -> int:
    """Where to look on: after the run of ASCII letters or digits at ``start``, else after the whole match."""
    if data[start] >= 0x80:
        return end
    position = start + 1
    while data[start : start + 1].isalnum() and position < end and data[position : position + 1].isalnum():
        position += 1
    return position


def _placed(folded: Foldable, data: bytes, taken: list[tuple[int, int, str]]) -> Iterator[Identifier]:
    byte = letter = 0
    for start, end, kind in taken:
        begin = letter + len(data[byte:start].decode("utf-8"))
        value = data[start:end].decode("utf-8")
        byte, letter = end, begin + len(value)
        yield Identifier(kind, folded.span(begin, letter), value)


def public(identifier: Identifier, organisation: Organisation) -> bool:
    """Is it one that the organisation publishes itself, or a number that belongs to no one person?"""
    value = identifier.value
    if identifier.kind == "phone":
        digits = _national(value)
        ours = any(_national(number).endswith(digits) for number in organisation.public_phones)
        return len(digits) <= 4 or digits.startswith(_FREE_OR_SHARED) or (ours and len(digits) >= 6)
    if identifier.kind == "email":
        name, _, host = value.partition("@")
        inside = any(host == d or host.endswith("." + d) for d in map(str.lower, organisation.domains))
        return value in {_spelling(e) for e in organisation.public_emails} or (inside and name in _SHARED_MAILBOXES)
    if identifier.kind in ("address", "postal-code"):
        spell = _address if identifier.kind == "address" else _one_line
        return any(_same_place(spell(value), spell(address)) for address in organisation.public_addresses)
    return False


def private_ip(identifier: Identifier) -> bool:
    """Is it an address of an inner network (RFC 1918, RFC 4193, link-local)? Then it tells how one is built."""
    value = identifier.value
    return identifier.kind == "ip" and ip_address(value if value[-1] not in "x*" else value[:-1] + "0").is_private


def _spelling(text: str) -> str:
    return normalize("NFKC", text).lower()


def _national(number: str) -> str:
    digits = "".join(c for c in _spelling(number) if c.isdigit())
    return "0" + digits.removeprefix("81").removeprefix("0") if number.lstrip().startswith("+81") else digits


def _same_place(here: str, published: str) -> bool:
    """Does one hold the other, without a house number going on where the shorter one ends?"""
    short, long = sorted((here, published), key=len)
    at = long.find(short) if short else -1
    rest = long[at + len(short) :]
    return at >= 0 and not (rest[:1].isdigit() or (rest[:1] == "-" and rest[1:2].isdigit()))


def _one_line(text: str) -> str:
    """One spelling: 1丁目2番3号, 1-2-3 and 1−2−3 become 1-2-3; 〒 and spaces go."""
    out = _spelling(text)
    for word in ("丁目", "番地の", "番地", "番", "号", "の", *"‐‑‒–—―−ー"):
        out = out.replace(word, "-")
    return "".join(out.replace("〒", "").split()).strip("-").replace("--", "-")


def _address(text: str) -> str:
    """The same from the city on: without the postal code and the prefecture."""
    out = _one_line(text).lstrip("0123456789-")
    if out[2:3] in ("都", "道", "府", "県"):
        return out[3:]
    return out[4:] if out[3:4] == "県" else out
