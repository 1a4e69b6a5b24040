"""Signs that hang in public for everybody to read. All harmless."""

from __future__ import annotations

from random import Random

from benchmarks.photos.canvas import INK, Canvas, Colour, tilted
from benchmarks.photos.food import lunch
from benchmarks.photos.light import HEIGHT, WIDTH, desk, outdoors, wall

_DISHES = [
    "カレーラーメン",
    "やきとり丼",
    "塩ラーメン",
    "ざるそば",
    "日替わり定食",
    "エビフライ",
    "チャーハン",
    "うずら串",
    "味噌おでん",
    "コーヒー",
]


def menu(rng: Random, n: int) -> Canvas:
    """A menu with prices on a table."""
    scene = desk(rng)
    card = Canvas.blank(760, 1040, (250, 244, 226))
    card.centred(40, "お品書き", 72, (120, 40, 30))
    for i, dish in enumerate(rng.sample(_DISHES, 8)):
        card.text((70, 190 + i * 92), dish, 48, serif=True)
        card.text((520, 190 + i * 92), f"{rng.randint(30, 140) * 10:,}円", 48, serif=True)
    card.text((70, 960), "税込み価格です", 30)
    high = HEIGHT * (0.95, 0.7, 0.55)[n % 3]
    scene.place(card, tilted((WIDTH * 0.4, HEIGHT * 0.5), high * 0.73, high, rng.uniform(-8, 8), rng.uniform(0, 0.1)))
    if n % 2:
        lunch(scene, rng)
    return scene


def shop(rng: Random, n: int) -> Canvas:
    """The front of a shop with its name, hours and, on every second one, its telephone."""
    scene = wall(rng, rng.choice([(150, 110, 84), (120, 130, 140)]))
    board = Canvas.blank(1300, 330, rng.choice([(28, 60, 110), (130, 30, 34), (36, 84, 60)]))
    name = ("食堂 みなと", "喫茶 灯台", "鮮魚 海鳴り", "パンの店 こむぎ", "理容 はまなす")[n % 5]
    board.centred(40, name, 150, (255, 250, 236))
    scene.place(board, tilted((WIDTH / 2, HEIGHT * 0.25), 1300, 330, rng.uniform(-2, 2)))
    notice = Canvas.blank(700, 460)
    notice.text((50, 40), f"営業時間 {rng.randint(8, 11)}:00〜{rng.randint(17, 21)}:30", 48)
    notice.text((50, 140), f"定休日 {rng.choice('月火水木')}曜日", 48)
    notice.text((50, 240), "ラストオーダー 20:00", 48)
    if n % 2:
        notice.text((50, 340), f"TEL 0143-00-{rng.randint(1000, 9999)}", 48)
    scene.place(notice, tilted((WIDTH * 0.5, HEIGHT * 0.66), 620, 410, rng.uniform(-3, 3)))
    return scene


def station(rng: Random, n: int) -> Canvas:
    """The sign on a platform."""
    scene = outdoors(rng, horizon=0.7)
    names = ("東室蘭", "輪西", "御崎", "母恋", "室蘭", "本輪西")
    here = n % 4 + 1
    sign = Canvas.blank(1200, 620, (252, 252, 252))
    sign.centred(60, names[here], 170)
    sign.draw.rectangle((0, 340, 1200, 420), fill=(60, 160, 70))
    sign.text((60, 450), names[here - 1], 76)
    sign.text((860, 450), names[here + 1], 76)
    wide = WIDTH * (0.7, 0.45)[n % 2]
    for x in (0.3, 0.7):
        scene.draw.rectangle((WIDTH * x - 14, HEIGHT * 0.4, WIDTH * x + 14, HEIGHT), fill=(110, 112, 116))
    scene.place(sign, tilted((WIDTH / 2, HEIGHT * 0.42), wide, wide * 0.52, rng.uniform(-3, 3), rng.uniform(0, 0.06)))
    return scene


def poster(rng: Random, n: int) -> Canvas:
    """A public event with the city's own telephone number."""
    scene = wall(rng)
    sheet = Canvas.blank(850, 1200, rng.choice([(254, 236, 150), (200, 232, 250), (250, 214, 220)]))
    title = ("室蘭港まつり", "防災フェア", "図書館まつり", "健康診査のお知らせ", "まちなか音楽会")[n % 5]
    sheet.centred(80, title, min(104, 760 // len(title)), (30, 50, 120))
    for i in range(5):
        x, colour = 130 + i * 150, rng.choice([(230, 80, 60), (60, 140, 90), (250, 170, 40), (70, 110, 200)])
        sheet.draw.ellipse((x - 60, 320, x + 60, 440 + i % 2 * 60), fill=colour)
    for i, line in enumerate(
        (
            f"2026年7月{rng.randint(10, 28)}日",
            f"{rng.randint(9, 11)}時から{rng.randint(14, 16)}時まで",
            "会場 市民広場",
            "入場無料・申込不要",
        )
    ):
        sheet.text((90, 580 + i * 96), line, 64)
    sheet.text((90, 1010), "お問い合わせ 室蘭市 0143-22-1111", 42)
    sheet.text((90, 1080), "主催 室蘭市", 42)
    high = HEIGHT * (0.96, 0.75, 0.6)[n % 3]
    scene.place(sheet, tilted((WIDTH / 2, HEIGHT / 2), high * 0.71, high, rng.uniform(-4, 4), rng.uniform(0, 0.08)))
    return scene


def road(rng: Random, n: int) -> Canvas:
    """Signs over a road."""
    scene = outdoors(rng)
    blue: Colour = (20, 80, 170)
    sign = Canvas.blank(1000, 520, blue)
    sign.draw.rectangle((14, 14, 986, 506), outline=(255, 255, 255), width=8)
    for i, (place, far) in enumerate(rng.sample([("登別", 18), ("伊達", 24), ("苫小牧", 62), ("地球岬", 5)], 3)):
        sign.text((90, 50 + i * 145), place, 100, (255, 255, 255), bold=True)
        sign.text((640, 50 + i * 145), f"{far}km", 100, (255, 255, 255))
    scene.draw.polygon([(500, HEIGHT), (1100, HEIGHT), (830, 540), (790, 540)], fill=(76, 78, 82))
    wide = WIDTH * (0.55, 0.35)[n % 2]
    scene.draw.rectangle((WIDTH * 0.3, HEIGHT * 0.3, WIDTH * 0.31, HEIGHT * 0.9), fill=(130, 130, 134))
    scene.place(sign, tilted((WIDTH * 0.42, HEIGHT * 0.3), wide, wide * 0.52, rng.uniform(-2, 2)), shadow=0)
    return scene


def word(rng: Random, n: int) -> Canvas:
    """One word by hand: on a board, a birthday cake, a slip of paper."""
    scene = (wall, desk)[n % 2](rng)
    card = Canvas.blank(900, 500, ((40, 70, 56), (252, 250, 244))[n % 2])
    text = ("ようこそ", "ありがとう", "祝 卒業", "合格祈願", "おかえり")[n % 5]
    card.scrawl((110, 130), text, 150, rng, ((240, 240, 236), INK)[n % 2])
    scene.place(card, tilted((WIDTH / 2, HEIGHT / 2), WIDTH * 0.6, WIDTH * 0.33, rng.uniform(-7, 7)))
    return scene
