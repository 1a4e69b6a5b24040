"""A stretch of text that may be an identifier, with its surroundings, and the tests that settle whether it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_REACH = 96  # bytes of text kept on each side: some thirty letters
_JOINERS = "-.:/_‐‑‒–—―−ー"
# Digits right after these are numbers of something else: a parcel, a ticket, a product.
_OTHER_NUMBERS = (
    "受付番号", "整理番号", "チケット番号", "予約番号", "注文番号", "追跡番号", "伝票番号", "会員番号",
    "合わせ番号", "合せ番号", "製造番号", "申込番号", "商品番号", "管理番号", "法人番号", "お客様番号", "送り状",
    "登録番号", "文書番号", "型番", "品番", "jan", "isbn", "荷物", "当選番号", "シリアル", "クーポン", "キャンペーン",
)  # fmt: skip
_AREA_CODES_OF_TWO = ("03", "04", "06")
_ELEVEN_DIGITS = ("050", "060", "070", "080", "090")
_TEN_WITH_SERVICE = ("0120", "0570", "0990", "0180")
_CARD_LENGTHS = {13: ("4",), 14: ("30", "36", "38", "39"), 15: ("34", "37"), 16: (), 17: ("62",), 18: ("62",)}
_CARD_GROUPS = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (6, 13)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a pattern matched.

    ``value`` is the identifier itself, ``cue`` the words of the match that announce it; ``before`` and ``after``
    are the text around the match and the value.
    """

    value: str
    before: str = ""
    after: str = ""
    cue: str = ""

    @classmethod
    def at(cls, data: bytes, match: int, start: int, end: int) -> Candidate:
        """The value ``data[start:end]`` of a match that begins at ``match``, in bytes of UTF-8."""
        return cls(
            data[start:end].decode("utf-8", "ignore"),
            data[max(0, match - _REACH) : match].decode("utf-8", "ignore"),
            data[end : end + _REACH].decode("utf-8", "ignore"),
            data[match:start].decode("utf-8", "ignore"),
        )

    @property
    def digits(self) -> str:
        return "".join(c for c in self.value if "0" <= c <= "9")

    @property
    def groups(self) -> tuple[str, ...]:
        """The runs of digits."""
        return tuple("".join(c if "0" <= c <= "9" else " " for c in self.value).split())

    @property
    def whole(self) -> bool:
        """Neither letters nor digits go on at either end, and it is no part of a web address."""
        return not (_continues(self.before[::-1]) or _continues(self.after) or self.in_url)

    @property
    def in_longer_row(self) -> bool:
        """Do blocks of four digits go on before or after it, joined as its own are?"""
        joiner = self.value[4]
        after, before = self.after[:6] + " ", " " + self.before[-6:]
        return not joiner.isdigit() and (
            (after[0] == joiner and after[1:5].isdigit() and not after[5].isdigit())
            or (before[-1] == joiner and before[-5:-1].isdigit())
        )

    @property
    def in_url(self) -> bool:
        tail = self.before
        for i in range(len(tail) - 1, -1, -1):
            if not tail[i].isascii() or tail[i].isspace():
                tail = tail[i + 1 :]
                break
        return "://" in tail or tail.startswith("www.")

    @property
    def of_something_else(self) -> bool:
        near = self.before[-14:]
        return any(word in near for word in _OTHER_NUMBERS)

    def said(self, *words: str) -> bool:
        """Does one of the words stand shortly before it?"""
        return any(word in self.before[-24:] for word in words)


def _alnum(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _continues(outward: str) -> bool:
    if not outward:
        return False
    return _alnum(outward[0]) or (outward[0] in _JOINERS and outward[1:2].isdigit())


def is_phone(c: Candidate) -> bool:
    """Digit count and grouping of a Japanese number (Telecommunications Numbering Plan, 電気通信番号計画)."""
    before = c.before[:-3] if c.before.endswith(("tel", "fax")) else c.before
    if not replace(c, before=before).whole:
        return False
    digits, groups = c.digits, c.groups
    if c.value.startswith("+81") or digits.startswith(("0081", "01081")):
        national = "0" + digits.partition("81")[2].removeprefix("0")
        return len(national) == (11 if national.startswith(_ELEVEN_DIGITS) else 10) and national[1] != "0"
    if len(groups) == 1 and (c.of_something_else or c.after[:1] in ("円", "番", "号")):
        return False
    sizes = tuple(map(len, groups))
    if digits.startswith(_TEN_WITH_SERVICE):
        return sizes in {(4, 3, 3), (4, 2, 4), (4, 6), (10,)}
    if digits.startswith("0800"):
        return sizes in {(4, 3, 4), (11,)}
    if digits.startswith(_ELEVEN_DIGITS):
        return sizes in {(3, 4, 4), (3, 8), (7, 4), (11,)}
    if sizes == (2, 4, 4):
        return groups[0] in _AREA_CODES_OF_TWO
    if sizes == (3, 3, 4):
        return groups[0][2] != "0"
    return sizes in {(4, 2, 4), (5, 1, 4), (4, 6), (6, 4), (10,)} and digits[1] != "0"


def is_my_number(c: Candidate) -> bool:
    """Check digit of the Individual Number (Ministry of Internal Affairs ordinance 85 of 2014, article 5)."""
    digits = c.digits
    if not c.whole or len(set(digits)) == 1:
        return False
    if c.said("マイナンバー", "個人番号"):
        return True
    if c.of_something_else or c.in_longer_row or (c.groups == (digits,) and _is_timestamp(digits)):
        return False
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def _is_timestamp(digits: str) -> bool:
    return digits[:2] in ("19", "20") and "01" <= digits[4:6] <= "12" and "01" <= digits[6:8] <= "31"


def is_card(c: Candidate) -> bool:
    """Length and prefix of a known brand, grouping, and the Luhn digit (ISO/IEC 7812-1)."""
    digits, sizes = c.digits, tuple(map(len, c.groups))
    if not c.whole or len(set(digits)) == 1 or (len(sizes) > 1 and sizes not in _CARD_GROUPS):
        return False
    if len(digits) == 13 and not c.said("カード", "クレカ"):  # else it is rather a JAN code (45…, 49…)
        return False
    known = _CARD_LENGTHS.get(len(digits), ("4", "62"))
    if not (digits.startswith(known) if known else _sixteen(digits)) or (len(sizes) == 1 and c.of_something_else):
        return False
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _sixteen(digits: str) -> bool:
    return digits[0] == "4" or "51" <= digits[:2] <= "55" or "2221" <= digits[:4] <= "2720" or (
        "3528" <= digits[:4] <= "3589" or digits[:4] == "6011" or digits[:2] in ("62", "64", "65")
    )  # fmt: skip


def is_ipv4(c: Candidate) -> bool:
    """Four numbers up to 255 that no word calls a version; masks, loopback and 0.0.0.0 tell nothing."""
    if _continues(c.before[::-1]) or c.after[:1].isdigit() or c.before.endswith(("v", "ver.", "ver ", "第", "v.")):
        return False
    if c.after[:1] == "." and c.after[1:2].isdigit():
        return False
    if c.said("バージョン", "version"):
        return False
    value = c.value if c.value[-1].isdigit() else c.value[:-1] + "0"  # 192.168.40.x
    try:
        address = IPv4Address(value)
    except AddressValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or value.startswith("255."))


def is_ipv6(c: Candidate) -> bool:
    """An address by RFC 4291 with at least three parts; times and 「::」 in ornaments are none."""
    if _continues(c.before[::-1]) or c.before.endswith(":") or _alnum(c.after[:1]) or c.after[:1] == ":":
        return False
    try:
        IPv6Address(c.value)
    except AddressValueError:
        return False
    return sum(map(bool, c.value.split(":"))) >= 3


def is_mac(c: Candidate) -> bool:
    """Six pairs with one joiner; without a letter in them a word must say so."""
    joiners = {ch for ch in c.value if ch in ":-"}
    lettered = any("a" <= ch <= "f" for ch in c.value)
    return c.whole and len(joiners) == 1 and (lettered or c.said("mac", "物理アドレス"))
