"""Pictures without a secret and mostly without letters: land, food, games, charts. All harmless."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image

from benchmarks.photos.canvas import INK, Canvas, Colour, tilted
from benchmarks.photos.food import bowl, cup
from benchmarks.photos.light import HEIGHT, WIDTH, clouds, desk, outdoors
from benchmarks.photos.wheels import path_of, photograph

# Real photographs without people; `make bench` installs the packages they come in.
NO_PEOPLE = [
    "chelsea",
    "coffee",
    "rocket",
    "hubble",
    "coins",
    "brick",
    "grass",
    "gravel",
    "ihc",
    "china",
    "flower",
]


def land(rng: Random, n: int) -> Canvas:
    """Hills, sea and a lighthouse."""
    scene = outdoors(rng, horizon=rng.uniform(0.4, 0.6))
    if n % 2:
        x = WIDTH * rng.uniform(0.3, 0.7)
        scene.draw.polygon([(x - 40, 640), (x + 40, 640), (x + 26, 330), (x - 26, 330)], fill=(244, 244, 240))
        scene.draw.rectangle((x - 30, 290, x + 30, 330), fill=(200, 50, 40))
    return scene


def texture(rng: Random, n: int) -> Canvas:
    """Cloth, stone, stripes: what misleads a reader of codes or letters."""
    grain = clouds(WIDTH, HEIGHT, rng, (12, 60, 200, 30)[n % 4])
    if n % 2:
        ramp = np.arange(WIDTH)[None, :] // (8, 22)[n // 2 % 2] % 2
        grain = grain * 0.3 + 0.7 * ramp.astype(np.float32)
    tint = np.array(rng.choice([(210, 190, 160), (150, 170, 190), (190, 150, 150)]))
    return Canvas(Image.fromarray((grain[..., None] * tint + 30).clip(0, 255).astype(np.uint8)))


def dish(rng: Random, n: int) -> Canvas:
    """A meal."""
    scene = desk(rng)
    bowl(scene, (WIDTH * 0.42, HEIGHT * 0.5), WIDTH * (0.55, 0.4)[n % 2], rng)
    cup(scene, (WIDTH * 0.82, HEIGHT * 0.34), 260)
    return scene


def game(rng: Random, n: int) -> Canvas:
    """A screenshot of a game."""
    scene = Canvas.blank(WIDTH, HEIGHT - 300, (92, 148, 252))
    for i in range(0, WIDTH, 60):
        scene.draw.rectangle((i, 780, i + 56, 900), fill=(180, 100, 40))
        if rng.random() < 0.25:
            scene.draw.rectangle((i, 480, i + 56, 536), fill=(230, 170, 40))
    scene.text((40, 20), f"SCORE {rng.randint(1000, 99999):06}", 56, (255, 255, 255), bold=True)
    scene.text((700, 20), f"WORLD {n + 1}-{rng.randint(1, 4)}", 56, (255, 255, 255), bold=True)
    scene.text((1240, 20), f"TIME {rng.randint(100, 399)}", 56, (255, 255, 255), bold=True)
    scene.centred(300, ("ステージクリア！", "ゲームオーバー", "レベルアップ")[n % 3], 90, (255, 255, 255))
    return scene


def chart(rng: Random, n: int) -> Canvas:
    """A chart with figures that anybody may see."""
    scene = Canvas.blank(1400, 900, (255, 255, 255))
    scene.centred(30, ("月別降水量", "人口の推移", "来場者数")[n % 3], 56)
    for i in range(8):
        high, x = rng.randint(120, 600), 130 + i * 155
        scene.draw.rectangle((x, 800 - high, x + 90, 800), fill=(70, 120 + i * 12, 200))
        scene.text((x + 4, 750 - high), f"{high * 3:,}", 32)
        scene.text((x + 6, 815), f"{i + 1}月" if n % 3 != 1 else f"{2018 + i}", 34)
    scene.draw.line((100, 800, 1380, 800), INK, 4)
    return scene


def weather(rng: Random, n: int) -> Canvas:
    """A screenshot of the weather, upright as a phone shows it."""
    scene = Canvas.blank(1080, 1600, (86, 140, 210))
    white: Colour = (255, 255, 255)
    scene.text((50, 20), f"{rng.randint(7, 22)}:{rng.randint(10, 59)}", 44, white)
    scene.centred(140, "室蘭", 90, white)
    scene.centred(260, f"{rng.randint(2, 27)}°", 220, white)
    scene.centred(540, ("晴れ時々くもり", "雨", "霧")[n % 3], 64, white)
    for i, day in enumerate("月火水木金土日"):
        scene.text((110, 720 + i * 112), f"{day}曜日", 54, white)
        scene.text((520, 720 + i * 112), f"{rng.randint(1, 9) * 10}%", 54, white)
        scene.text((780, 720 + i * 112), f"{rng.randint(12, 27)}° / {rng.randint(2, 11)}°", 54, white)
    return scene


def real(rng: Random, n: int) -> Canvas:
    """A real photograph without people, as large as it is or enlarged."""
    seen = photograph(NO_PEOPLE[n])
    if seen is None:
        raise FileNotFoundError(f"the photograph {NO_PEOPLE[n]} is not installed")
    scale = max(1.0, 900 / max(seen.size))
    return Canvas(seen.resize((round(seen.width * scale), round(seen.height * scale)), Image.Resampling.BICUBIC))


def real_there() -> bool:
    """Whether the wheels with those photographs are installed."""
    return all(path_of(name) is not None for name in NO_PEOPLE)


def table(rng: Random, n: int) -> Canvas:
    """Two cards from a game on a table; figures and no words."""
    scene = desk(rng)
    for i in range(2 + n % 3):
        card = Canvas.blank(300, 440, (252, 252, 252))
        red = rng.random() < 0.5
        card.text((24, 10), rng.choice("A23456789JQK"), 90, (200, 30, 40) if red else INK)
        card.draw.ellipse((90, 150, 210, 300), fill=(200, 30, 40) if red else INK)
        scene.place(card, tilted((WIDTH * (0.2 + 0.18 * i), HEIGHT * 0.5), 220, 320, rng.uniform(-20, 20)))
    return scene
