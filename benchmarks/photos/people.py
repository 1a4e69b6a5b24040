"""Invented people, numbers and hosts; none of them belongs to anybody."""

from __future__ import annotations

from random import Random

SURNAMES = [
    "佐々木",
    "工藤",
    "三浦",
    "高橋",
    "菊地",
    "本間",
    "村上",
    "成田",
    "相馬",
    "石川",
    "加賀谷",
    "斎藤",
    "小野寺",
    "岩間",
    "山田",
    "橋本",
    "長谷川",
    "中島",
]
GIVEN = [
    "みどり",
    "健太",
    "美咲",
    "翔太",
    "陽子",
    "恵子",
    "大輔",
    "由美",
    "さくら",
    "拓也",
    "直樹",
    "千尋",
    "明美",
    "和也",
    "真由美",
    "浩二",
    "彩花",
    "蓮",
]
TOWNS = ("架空町", "見本町", "例示町", "仮町")


def name(rng: Random) -> str:
    return f"{rng.choice(SURNAMES)} {rng.choice(GIVEN)}"


def address(rng: Random) -> str:
    return f"室蘭市{rng.choice(TOWNS)}{rng.randint(1, 6)}丁目{rng.randint(1, 28)}番{rng.randint(1, 19)}号"


def landline(rng: Random) -> str:
    return f"0143-00-{rng.randint(0, 9999):04}"


def mobile(rng: Random) -> str:
    return f"090-0000-{rng.randint(0, 9999):04}"


def birthday(rng: Random) -> str:
    return f"昭和{rng.randint(22, 63)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"


def mail(rng: Random) -> str:
    return f"{rng.choice(['sasaki', 'kudo', 'miura', 'soma'])}.{rng.choice('akmty')}{rng.randint(1, 99)}@mail.example"


def my_number(rng: Random) -> str:
    """Twelve digits of which the last checks the rest; they begin with the 1234 5678 of the printed specimens."""
    digits = [1, 2, 3, 4, 5, 6, 7, 8, *(rng.randint(0, 9) for _ in range(3))]
    weighed = sum(d * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(digits), 1))
    check = 0 if weighed % 11 <= 1 else 11 - weighed % 11
    written = "".join(map(str, [*digits, check]))
    return f"{written[:4]} {written[4:8]} {written[8:]}"


def password(rng: Random) -> str:
    letters = "abcdefghkmnprstuvwxyz"
    word = "".join(rng.choice(letters) for _ in range(5))
    return f"{word.capitalize()}{rng.randint(10, 99)}{rng.choice('!#%')}{rng.randint(10, 99)}"
