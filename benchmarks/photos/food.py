"""Drawn things to lay beside what must not be seen: a lunch, a cup, a pen."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.photos.canvas import Canvas, Colour
from benchmarks.photos.truth import Point


def _disc(canvas: Canvas, at: Point, wide: float, high: float, colour: Colour, soft: float = 2.0) -> None:
    """An ellipse with a soft edge."""
    room = int(soft * 3) + 2
    tile = Image.new("L", (round(wide) + 2 * room, round(high) + 2 * room))
    ImageDraw.Draw(tile).ellipse((room, room, room + wide, room + high), fill=255)
    tile = tile.filter(ImageFilter.GaussianBlur(soft))
    canvas.image.paste(colour, (round(at[0] - wide / 2) - room, round(at[1] - high / 2) - room), tile)


def bowl(canvas: Canvas, at: Point, wide: float, rng: Random) -> None:
    """Noodles, curry or rice, from above and a little aslant."""
    flat = 0.82
    canvas.hide((at[0] - wide / 2, at[1] - wide * flat / 2, at[0] + wide / 2, at[1] + wide * flat / 2))
    _disc(canvas, (at[0] + 10, at[1] + 16), wide * 1.04, wide * flat * 1.04, (40, 32, 26), 12)
    rim: Colour = rng.choice([(236, 234, 228), (60, 74, 110), (176, 60, 44)])
    _disc(canvas, at, wide, wide * flat, rim)
    soup: Colour = rng.choice([(188, 128, 60), (150, 92, 36), (226, 196, 150)])
    _disc(canvas, at, wide * 0.86, wide * flat * 0.84, soup)
    for _ in range(90):
        x = at[0] + max(-0.3, min(0.3, rng.gauss(0, 0.17))) * wide
        y = at[1] + max(-0.2, min(0.2, rng.gauss(0, 0.13))) * wide
        shade = rng.randint(-22, 22)
        noodle = (min(255, soup[0] + 40 + shade), min(255, soup[1] + 40 + shade), min(255, soup[2] + 30 + shade))
        bend = (x - wide * 0.06, y - wide * 0.035, x + wide * 0.06, y + wide * 0.035)
        canvas.draw.arc(bend, rng.randint(0, 360), rng.randint(40, 200), noodle, 5)
    toppings: list[Colour] = [(224, 120, 60), (92, 140, 52), (246, 238, 210), (150, 50, 40), (250, 206, 70)]
    for _ in range(9):
        x = at[0] + max(-0.28, min(0.28, rng.gauss(0, 0.15))) * wide
        y = at[1] + max(-0.2, min(0.2, rng.gauss(0, 0.11))) * wide
        size = rng.uniform(0.07, 0.16) * wide
        _disc(canvas, (x, y), size, size * rng.uniform(0.5, 0.9), rng.choice(toppings), 1.5)


def cup(canvas: Canvas, at: Point, wide: float) -> None:
    """Coffee from above."""
    canvas.hide((at[0] - wide / 2, at[1] - wide / 2, at[0] + wide / 2, at[1] + wide / 2))
    _disc(canvas, (at[0] + 8, at[1] + 12), wide * 1.05, wide, (36, 30, 26), 10)
    _disc(canvas, at, wide, wide * 0.92, (240, 240, 238))
    _disc(canvas, at, wide * 0.84, wide * 0.77, (74, 44, 26))
    _disc(canvas, (at[0] - wide * 0.1, at[1] - wide * 0.12), wide * 0.3, wide * 0.16, (120, 82, 54), 8)


def pen(canvas: Canvas, at: Point, rng: Random) -> None:
    end = (at[0] + rng.randint(200, 300), at[1] + rng.randint(-120, 120))
    canvas.hide((at[0], min(at[1], end[1]), end[0], max(at[1], end[1])))
    canvas.draw.line([(at[0] + 4, at[1] + 8), (end[0] + 4, end[1] + 8)], (50, 42, 36), 15)
    canvas.draw.line([at, end], rng.choice([(30, 40, 90), (160, 30, 40), (40, 40, 44)]), 14)


def lunch(canvas: Canvas, rng: Random) -> None:
    """A bowl and something to drink on the lower right of a desk, in front of what lies behind."""
    wide, high = canvas.size
    bowl(canvas, (wide * rng.uniform(0.68, 0.8), high * rng.uniform(0.74, 0.82)), wide * rng.uniform(0.36, 0.42), rng)
    if rng.random() < 0.6:
        cup(canvas, (wide * rng.uniform(0.12, 0.22), high * rng.uniform(0.82, 0.9)), wide * 0.14)
