"""Cards that say who somebody is, name tags, and number plates."""

from __future__ import annotations

from random import Random

from benchmarks.photos import people
from benchmarks.photos.canvas import Canvas, Colour, tilted
from benchmarks.photos.light import HEIGHT, WIDTH, desk, outdoors, wall


def _portrait(card: Canvas, at: tuple[int, int], rng: Random) -> None:
    """A drawn head where the photograph is; it is no face for a reader of faces."""
    x, y = at
    card.draw.rectangle((x, y, x + 220, y + 280), fill=(186, 206, 226))
    card.draw.ellipse((x + 30, y + 190, x + 190, y + 400), fill=rng.choice([(40, 44, 70), (90, 90, 96)]))
    card.draw.rectangle((x, y + 280, x + 220, y + 402), fill=card.image.getpixel((x - 6, y)))
    card.draw.ellipse((x + 60, y + 60, x + 160, y + 200), fill=(226, 188, 158))
    card.draw.pieslice((x + 54, y + 44, x + 166, y + 160), 180, 360, fill=(40, 34, 32))


def _laid(card: Canvas, rng: Random, wide: float) -> Canvas:
    scene = desk(rng)
    high = wide * card.size[1] / card.size[0]
    centre = (WIDTH * rng.uniform(0.42, 0.58), HEIGHT * rng.uniform(0.44, 0.56))
    scene.place(card, tilted(centre, wide, high, rng.uniform(-10, 10), rng.uniform(0, 0.1)))
    return scene


def staff(rng: Random, n: int) -> Canvas:
    """A staff card with name, section and number."""
    card = Canvas.blank(1000, 630, (244, 248, 252))
    card.draw.rectangle((0, 0, 1000, 110), fill=(20, 70, 140))
    card.centred(18, "職 員 証", 60, (255, 255, 255))
    _portrait(card, (60, 160), rng)
    card.text((340, 170), ("総務部 総務課", "保健福祉部", "建設部 土木課")[n % 3], 44)
    card.text((340, 260), people.name(rng), 72, rule="personal-info")
    card.text((340, 400), f"職員番号 {rng.randint(10000, 99999)}", 40)
    card.text((340, 480), "室蘭市", 44)
    return _laid(card, rng, WIDTH * (0.6, 0.45, 0.34)[n % 3])


def licence(rng: Random, n: int) -> Canvas:
    """A card laid out like a driving licence."""
    card = Canvas.blank(1000, 630, (232, 240, 236))
    card.text((30, 24), "氏名", 28)
    card.text((130, 14), people.name(rng).replace(" ", "　"), 44, rule="personal-info")
    card.text((590, 24), f"{people.birthday(rng)}生", 32, rule="personal-info")
    card.text((30, 90), "住所", 28)
    card.text((130, 84), people.address(rng), 36, rule="personal-info")
    card.text((30, 150), "交付", 28)
    card.text((130, 146), f"令和0{rng.randint(4, 7)}年05月12日 {rng.randint(10000, 99999)}", 32)
    card.draw.rectangle((24, 204, 720, 262), fill=(244, 190, 70))
    card.text((40, 208), "2030年(令和12年)06月12日まで有効", 36)
    card.text((30, 300), "番号", 28)
    card.text((130, 296), f"第 {rng.randint(0, 9999):04}0000{rng.randint(0, 9999):04} 号", 38, rule="personal-info")
    card.text((30, 400), "運転免許証", 60, bold=True)
    card.text((30, 520), "北海道公安委員会", 38)
    _portrait(card, (750, 200), rng)
    return _laid(card, rng, WIDTH * (0.7, 0.5, 0.4)[n % 3])


def my_number(rng: Random, n: int) -> Canvas:
    """A card or a paper laid out like those with the twelve digits."""
    card = Canvas.blank(1000, 630, (250, 240, 238))
    card.text((40, 24), ("個人番号カード", "通知カード")[n % 2], 50, bold=True)
    card.text((40, 130), "個人番号", 34)
    card.text((220, 106), people.my_number(rng), 66, rule="personal-info")
    card.text((40, 240), "氏名", 34)
    card.text((160, 230), people.name(rng), 50, rule="personal-info")
    card.text((40, 330), "住所", 34)
    card.text((160, 324), people.address(rng), 40, rule="personal-info")
    card.text((40, 430), f"{people.birthday(rng)}生", 40, rule="personal-info")
    card.text((40, 540), "室蘭市長", 40)
    return _laid(card, rng, WIDTH * (0.66, 0.5, 0.38)[n % 3])


def nametag(rng: Random, n: int) -> Canvas:
    """A name tag on a jacket, or name strips on the wall of a class room."""
    cloth: Colour = rng.choice([(40, 46, 66), (110, 40, 50), (70, 90, 80)])
    scene = wall(rng, cloth)
    if n % 2 == 0:
        tag = Canvas.blank(700, 300, (250, 250, 250))
        tag.text((40, 24), ("室蘭市 市民課", "見本市立病院 看護部")[n // 2 % 2], 42)
        tag.text((40, 110), people.name(rng), 100, rule="identity")
        wide = WIDTH * (0.44, 0.26)[n // 2 % 2]
        scene.place(tag, tilted((WIDTH * 0.55, HEIGHT * 0.5), wide, wide * 0.43, rng.uniform(-7, 7)))
        return scene
    for i in range(6):
        strip = Canvas.blank(180, 640, (252, 250, 240))
        strip.column((50, 40), "友情希望努力前進"[i : i + 2], 90)
        strip.column((66, 330), people.name(rng).replace(" ", ""), 50, rule="personal-info")
        centre = (WIDTH * (0.12 + 0.15 * i), HEIGHT * 0.48)
        scene.place(strip, tilted(centre, 190, 680, rng.uniform(-2, 2)))
    return scene


def plate(rng: Random, n: int) -> Canvas:
    """The back of a car with its plate, from 60 pixels wide to near."""
    scene = outdoors(rng, horizon=0.4)
    wide = (64, 80, 110, 150, 220, 320)[n % 6]
    car, unit = (WIDTH * rng.uniform(0.4, 0.6), HEIGHT * 0.66), wide / 100
    body: Colour = rng.choice([(200, 204, 208), (40, 50, 90), (150, 24, 30), (30, 32, 36)])
    for dx, dy, high, half, fill in (
        (0, -90, 90, 150, body),
        (0, -150, 80, 120, (44, 54, 62)),
        (0, -10, 90, 170, body),
    ):
        left, top = car[0] + (dx - half) * unit, car[1] + (dy - high / 2) * unit
        box = (left, top, left + 2 * half * unit, top + high * unit * 1.4)
        scene.draw.rounded_rectangle(box, radius=24 * unit, fill=fill)
    for side in (-1, 1):
        lamp = car[0] + side * 140 * unit
        tail = (lamp - 18 * unit, car[1] - 70 * unit, lamp + 18 * unit, car[1] - 34 * unit)
        tyre = (lamp - 26 * unit, car[1] + 60 * unit, lamp + 26 * unit, car[1] + 104 * unit)
        scene.draw.ellipse(tail, fill=(190, 20, 24))
        scene.draw.rectangle(tyre, fill=(20, 20, 22))
    scene.place(_plate(rng, n), tilted(car, wide, wide / 2, rng.uniform(-3, 3)), shadow=0)
    return scene


def _plate(rng: Random, n: int) -> Canvas:
    ground, ink = (((246, 246, 244), (16, 84, 60)), ((244, 206, 40), (20, 20, 20)))[n % 4 == 3]
    sheet = Canvas.blank(660, 330, ground)
    sheet.draw.rounded_rectangle((8, 8, 652, 322), 24, outline=ink, width=6)
    place, number = rng.choice(["室蘭", "札幌", "函館"]), rng.randint(1000, 9998)
    kana, kind = rng.choice("さすせたちつなに"), rng.choice([300, 330, 500, 530, 580])
    figures = f"{number // 100}-{number % 100:02}"
    sheet.text((150, 2), f"{place} {kind}", 78, ink, bold=True)
    sheet.text((34, 160), kana, 84, ink)
    sheet.text((136, 72), figures, 176, ink, bold=True)
    sheet.mark("plate", f"{place}{kind}{kana}{figures}", "privacy", (0, 0, 660, 330))
    return sheet
