"""Things one buys and reads: packages, receipts, backs of books, a shirt. All harmless."""

from __future__ import annotations

from random import Random

from benchmarks.photos.canvas import Canvas, Colour, tilted
from benchmarks.photos.light import HEIGHT, WIDTH, desk, wall


def package(rng: Random, n: int) -> Canvas:
    """A product with what it is made of."""
    scene = desk(rng)
    box = Canvas.blank(900, 1000, rng.choice([(220, 60, 50), (40, 110, 70), (246, 200, 70)]))
    box.centred(60, ("ほたて味カレー", "海苔せんべい", "塩キャラメル", "昆布だし")[n % 4], 110, (255, 255, 255))
    box.draw.rectangle((60, 300, 840, 940), fill=(252, 250, 244))
    for i, line in enumerate(
        (
            "名称 菓子",
            "原材料名 小麦粉、砂糖、食塩、のり",
            f"内容量 {rng.randint(4, 30) * 10}g",
            f"賞味期限 2026.{rng.randint(10, 12)}.{rng.randint(10, 28)}",
            "保存方法 直射日光を避けてください",
            f"エネルギー {rng.randint(100, 480)}kcal",
            "たんぱく質 3.2g 脂質 8.1g",
            f"製造番号 L{rng.randint(1000, 9999)}",
        )
    ):
        box.text((90, 330 + i * 74), line, 40)
    high = HEIGHT * (0.9, 0.65)[n % 2]
    scene.place(box, tilted((WIDTH / 2, HEIGHT / 2), high * 0.9, high, rng.uniform(-9, 9), rng.uniform(0, 0.1)))
    return scene


def receipt(rng: Random, n: int) -> Canvas:
    """A receipt: sums, a date, a shop's number, nobody's name."""
    scene = desk(rng)
    slip = Canvas.blank(560, 1160, (250, 250, 250))
    slip.centred(30, ("スーパー見本", "コンビニ例", "文具の架空堂", "薬局サンプル")[n % 4], 54)
    slip.text((50, 130), f"2026年06月{rng.randint(10, 28)}日 {rng.randint(10, 20)}:{rng.randint(10, 59)}", 32)
    slip.text((50, 180), f"TEL 0143-00-{rng.randint(1000, 9999)}", 32)
    total = 0
    for i, item in enumerate(rng.sample(["牛乳", "食パン", "たまご", "りんご", "のり", "電池", "封筒", "ノート"], 6)):
        price = rng.randint(98, 640)
        total += price
        slip.text((50, 270 + i * 62), item, 36)
        slip.text((400, 270 + i * 62), f"¥{price}", 36)
    slip.text((50, 680), f"合計　　　¥{total:,}", 48, bold=True)
    slip.text((50, 770), f"お預り　　¥{total + 200:,}", 36)
    slip.text((50, 830), "お釣り　　¥200", 36)
    slip.text((50, 920), f"レジ{rng.randint(1, 9)} 伝票{rng.randint(1000, 9999)}", 30)
    slip.text((50, 1000), "またのご来店をお待ちしています", 30)
    high = HEIGHT * (0.97, 0.75)[n % 2]
    scene.place(slip, tilted((WIDTH / 2, HEIGHT / 2), high * 0.48, high, rng.uniform(-9, 9), rng.uniform(0, 0.06)))
    return scene


def spines(rng: Random, n: int) -> Canvas:
    """Books on a shelf, their titles downwards."""
    scene = wall(rng, (96, 70, 48))
    titles = ("日本の港", "鉄の歴史", "やさしい統計", "料理の手帖", "星の地図", "北の植物", "町歩き入門")
    for i in range(9):
        tint: Colour = (rng.randint(60, 210), rng.randint(60, 190), rng.randint(60, 190))
        back = Canvas.blank(130, 900, tint)
        back.draw.rectangle((18, 60, 112, 620), fill=(248, 246, 238))
        back.column((36, 80), titles[(i + n) % 7], 62)
        centre = (WIDTH * (0.1 + 0.1 * i), HEIGHT * 0.5 + rng.uniform(-10, 30))
        scene.place(back, tilted(centre, 146, 1000, rng.uniform(-1, 1)))
    return scene


def shirt(rng: Random, n: int) -> Canvas:
    """A shirt with English on it."""
    scene = wall(rng)
    cloth = Canvas.blank(1100, 1200, rng.choice([(30, 40, 70), (180, 50, 50), (240, 240, 240)]))
    ink: Colour = (20, 20, 24) if cloth.image.getpixel((0, 0)) == (240, 240, 240) else (250, 250, 250)
    for i, line in enumerate((("OCEAN", "BREEZE", "1998"), ("GOOD DAY", "COFFEE CLUB", "NORTH"))[n % 2]):
        cloth.centred(260 + i * 190, line, 140, ink)
    scene.place(cloth, tilted((WIDTH / 2, HEIGHT * 0.55), WIDTH * 0.62, HEIGHT * 0.95, rng.uniform(-3, 3)))
    return scene
