"""Papers that should not be in a picture: forms, stamped papers, calendars, columns of names."""

from __future__ import annotations

from random import Random

from benchmarks.photos import people
from benchmarks.photos.canvas import INK, Canvas, Colour, tilted
from benchmarks.photos.food import cup, lunch, pen
from benchmarks.photos.light import HEIGHT, WIDTH, desk, wall

FORMS = (
    "住民異動届",
    "児童手当認定請求書",
    "市民税申告書",
    "住民票の写し",
    "生活保護申請書",
    "国民健康保険 資格取得届",
    "介護保険要介護認定申請書",
    "就学援助費受給申請書",
)
STAMPS = ("部外秘", "社外秘", "取扱注意", "機密", "内部資料", "CONFIDENTIAL", "極秘", "関係者外秘", "マル秘", "庁外秘")
# Titles that say nothing of themselves: the stamp alone makes the paper one that must not be shown.
TITLES = ("予算編成 検討資料", "設計書（積算）", "組織改正（案）", "入札 参加資格", "人員配置 検討表")


def form(rng: Random, n: int) -> Canvas:
    """A filled form on a desk behind somebody's lunch."""
    scene = desk(rng)
    sheet = _form(rng, FORMS[n % len(FORMS)])
    high = HEIGHT * (0.95, 0.78, 0.64)[n % 3]
    centre = (WIDTH * rng.uniform(0.36, 0.46), HEIGHT * 0.47)
    scene.place(sheet, tilted(centre, high * 0.9, high, rng.uniform(-9, 9), rng.uniform(0, 0.14)))
    if n % 2 == 0:
        lunch(scene, rng)
    else:
        pen(scene, (WIDTH * 0.7, HEIGHT * 0.8), rng)
    return scene


def _form(rng: Random, title: str) -> Canvas:
    sheet = Canvas.blank(1000, 1120)
    sheet.centred(46, title, 46)
    sheet.text((620, 130), f"令和8年{rng.randint(1, 12)}月{rng.randint(1, 28)}日", 24)
    sheet.text((60, 130), "（あて先）室蘭市長", 26)
    rows = (
        ("氏　名", people.name(rng)),
        ("住　所", people.address(rng)),
        ("生年月日", people.birthday(rng)),
        ("電話番号", people.landline(rng) if rng.random() < 0.5 else people.mobile(rng)),
    )
    y = 190
    for label, value in rows:
        sheet.draw.rectangle((50, y, 950, y + 84), outline=INK, width=2)
        sheet.draw.line((250, y, 250, y + 84), INK, 2)
        sheet.text((72, y + 20), label, 30)
        sheet.text((275, y + 16), value, 36, (24, 34, 110), rule="personal-info")
        y += 84
    for label in ("届出の理由", "世帯の状況", "添付書類", "備　考"):
        sheet.draw.rectangle((50, y, 950, y + 110), outline=INK, width=2)
        sheet.draw.line((250, y, 250, y + 110), INK, 2)
        sheet.text((72, y + 34), label, 28)
        y += 110
    sheet.text((60, y + 24), "※ 太枠の中を記入してください。", 22)
    return sheet


def stamped(rng: Random, n: int) -> Canvas:
    """A paper with a red stamp, on a desk beside a cup."""
    scene = desk(rng)
    sheet = Canvas.blank(840, 1100)
    sheet.centred(170, TITLES[n % len(TITLES)], 44)
    for y in range(290, 1000, 54):
        _greeked(sheet, (90, y), rng.randint(380, 660), rng)
    red: Colour = (196, 34, 40)
    text = STAMPS[n % len(STAMPS)]
    size = 54 if n % 3 else 84
    stamp = Canvas.blank(80 + (34 if text.isascii() else 60) * len(text) * size // 54, size + 44)
    box = stamp.text((34, 10), text, size, red, bold=True, rule="confidential")
    stamp.draw.rectangle((6, 6, box[2] + 24, stamp.size[1] - 8), outline=red, width=6)
    wide = stamp.size[0]
    sheet.place(stamp, tilted((800 - wide / 2, 96), wide, stamp.size[1], rng.uniform(-7, 7)), shadow=0)
    high = HEIGHT * (0.96, 0.75, 0.6)[n % 3]
    centre = (WIDTH * rng.uniform(0.35, 0.55), HEIGHT * 0.49)
    scene.place(sheet, tilted(centre, high * 0.76, high, rng.uniform(-14, 14), rng.uniform(0, 0.12)))
    cup(scene, (WIDTH * 0.84, HEIGHT * 0.72), 230)
    return scene


def _greeked(sheet: Canvas, at: tuple[int, int], wide: int, rng: Random) -> None:
    """Lines that look like print from afar and say nothing."""
    x = at[0]
    while x < at[0] + wide:
        step = rng.randint(10, 22)
        sheet.draw.rectangle((x, at[1] + rng.randint(0, 4), x + step - 5, at[1] + 20), fill=(120, 122, 126))
        x += step


def calendar(rng: Random, n: int) -> Canvas:
    """A month on the wall with the names of people who come."""
    scene = wall(rng)
    sheet = Canvas.blank(1120, 860)
    sheet.centred(16, f"{n % 12 + 1}月", 60)
    lines = ("{} さん 面談", "{} 様 来庁", "{} さん 家庭訪問", "{} 様 相談", "{}さん 検診")
    for i, day in enumerate("日月火水木金土"):
        sheet.text((60 + i * 150, 112), day, 30, (200, 40, 40) if i == 0 else INK)
    for cell in range(35):
        x, y = 10 + cell % 7 * 157, 160 + cell // 7 * 138
        sheet.draw.rectangle((x, y, x + 157, y + 138), outline=(150, 150, 150), width=2)
        sheet.text((x + 8, y + 2), str(cell + 1) if cell < 31 else "", 28)
        if cell % 6 == n % 5:
            line = lines[cell % 5].format(rng.choice(people.SURNAMES))
            size = 24 if n % 2 else 20
            sheet.scrawl((x + 6, y + 56), line.split(" ")[0], size + 4, rng, (20, 40, 140), "personal-info")
            sheet.scrawl((x + 6, y + 92), line.split(" ")[-1], size, rng, (20, 40, 140))
    wide = WIDTH * (0.9 if n % 2 == 0 else 0.72)
    scene.place(sheet, tilted((WIDTH / 2, HEIGHT / 2), wide, wide * 0.75, rng.uniform(-3, 3), rng.uniform(0, 0.1)))
    return scene


def upright(rng: Random, n: int) -> Canvas:
    """A list of people in vertical writing."""
    scene = desk(rng)
    sheet = Canvas.blank(900, 1000)
    sheet.column((810, 50), "出席者名簿", 50)
    for i in range(4):
        row = f"{people.name(rng).replace(' ', '')}"
        sheet.column((680 - i * 160, 60), row, 56, rule="personal-info")
        sheet.column((680 - i * 160 - 62, 420), people.address(rng)[:9], 34)
    high = HEIGHT * (0.92 if n % 2 == 0 else 0.75)
    scene.place(sheet, tilted((WIDTH / 2, HEIGHT / 2), high * 0.9, high, rng.uniform(-5, 5), rng.uniform(0, 0.08)))
    return scene
