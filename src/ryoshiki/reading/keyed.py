"""Tests for identifiers that a word or a place name announces: what stands around decides whether one is told."""

from __future__ import annotations

from ryoshiki.reading.candidates import Candidate

# A number right before these counts something.
_COUNTERS = (*"年月日時分円桁回件人個つ名歳才%点種枚秒番", "文字")
_EXAMPLES = ("など", "のよう", "みたい", "とか", "といった", "や", "等", "の人", "の方")
_SHORT_KEYS = ("パス", "pass", "pw", "pin")
_LONG_KEYS = ("パスワ", "パスコ", "passw", "passc", "pinコ", "pin番", "pinc", "pin c")
# A Latin word is a value only where the statement ends on it.
_ENDS = (
    "です",
    "だ",
    "でし",
    "らしい",
    "って",
    "のまま",
    "に変",
    "にし",
    "。",
    "、",
    "\n",
    "!",
    "?",
    "で入",
    "で開",
    "でログ",
)
_NO_VALUES = ("line", "mail", "email", "gmail", "web", "wifi", "wi-fi", "sms", "iphone", "android", "google", "http")
_PUBLIC_NETWORK = ("free", "public", "guest")
_CITY = "市区町村郡"
_STREET_ENDS = tuple("町条台丘通東西南北浜島沢")
_NO_STREET = ("大会", "会議", "試合", "チーム", "代表", "高校", "中学", "決勝", "予選", "条例", "議案", "議会")
_NO_HOUSE_NUMBER = (*_COUNTERS, "丁目", "対", "区", "班", "組", "学年", "ページ", "p", "号車", "系統")


def is_alone(c: Candidate) -> bool:
    """The value does not go on, nor count anything; the word before it is evidence enough."""
    return not (c.after[:1].isascii() and c.after[:1].isalnum()) and not c.after.startswith(("円", "件", "人"))


def is_secret(c: Candidate) -> bool:
    """A concrete value: not a length, a date, an example to avoid, a link, or one that is masked itself."""
    value = c.value.rstrip(".,:;!?")
    if not any(ch.isalnum() and ch != "x" for ch in value) or "://" in value or c.after.startswith(_EXAMPLES):
        return False
    if value.count("/") == 2 and value.replace("/", "").isdigit():
        return False
    return _is_key(c) and _is_told(c, value)


def _is_key(c: Candidate) -> bool:
    """フリーパス and compass are no passwords, and 「パス 2026」 states nothing."""
    last = c.before[-1:]
    if c.cue[0].isascii() and last.isascii() and last.isalnum():
        return False
    if not c.cue.startswith(_SHORT_KEYS) or c.cue.startswith(_LONG_KEYS):
        return True
    stated = any(ch in c.cue for ch in "はが:=>→") or (c.cue.startswith(("pw", "pin")) and c.value.isdigit())
    return stated and not ("ァ" <= last <= "ー")


def _is_told(c: Candidate, value: str) -> bool:
    if any(ch.isdigit() for ch in value):
        return not c.after.startswith(_COUNTERS) and not value.endswith("%")
    if value.startswith(_NO_VALUES) or len(value) < 4:
        return False
    rest = c.after.lstrip("」』\"')")
    return not rest or value != c.value or rest.startswith(_ENDS)


def is_ssid(c: Candidate) -> bool:
    """A network name that does not itself say that it is offered to the public."""
    return not any(word in c.value for word in _PUBLIC_NETWORK) and _is_told(c, c.value)


def is_birthdate(c: Candidate) -> bool:
    """A day of the calendar in a living person's time."""
    numbers = [int(n) for n in c.groups]
    if len(numbers) == 2:  # 昭和元年
        numbers.insert(0, 1)
    year, month, day = numbers[:3]
    return 1 <= month <= 12 and 1 <= day <= 31 and (year >= 1900 or year <= 64) and not c.after.startswith("生まれ変")


def is_plate(c: Candidate) -> bool:
    """Not マイナンバー, and no room or hour goes on from it."""
    after = c.after.lstrip()
    return not (
        (c.cue.startswith("ナンバー") and c.before.endswith("マイ"))
        or after[:1].isdigit()
        or after.startswith(("号室", "時", "日", "月", "%", "円"))
    )


def is_postal_code(c: Candidate) -> bool:
    """〒 says so, or 住所 before it, or the name of a place right after it."""
    if c.value.startswith("〒"):
        return not c.after[:1].isdigit()
    place = c.after.lstrip()[:8]
    return c.whole and (c.said("住所", "郵便番号", "宛先", "あて先") or any(ch in place for ch in "都道府県市区郡"))


def is_address(c: Candidate) -> bool:
    """Fine enough for a house: 丁目 and 番, a 番地, or numbers after the name of a town."""
    if c.after.startswith(_NO_HOUSE_NUMBER) or c.after[:1].isdigit() or c.in_url:
        return False
    name = c.value[: next((i for i, ch in enumerate(c.value) if ch.isdigit() and c.value[i + 1 : i + 2] != "条"), 0)]
    if any(word in name for word in _NO_STREET):
        return False
    if "丁目" in c.value or "番" in c.value[len(name) :]:
        return True
    bare = name.rstrip()
    if len(bare) < 2 or (len(c.groups[0]) > 3 and "条" not in name):
        return False
    in_city = any(ch in _CITY for ch in bare[1:-1])
    numbers = len(c.groups) - bare.count("条")
    if numbers == 2:
        return bare == name and (bare.endswith("町") or (in_city and bare.endswith(_STREET_ENDS)))
    return in_city or bare.endswith((*_STREET_ENDS, *_CITY))


def is_room(c: Candidate) -> bool:
    """A flat, not a shop or a road."""
    return c.value.endswith("室") or not c.after.startswith(("店", "線", "館", "車", "機", "会"))
