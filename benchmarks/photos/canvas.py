"""Something to draw on that remembers where the truth was written, also when it is seen aslant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.photos.truth import Box, Point
from benchmarks.photos.wheels import font

Colour = tuple[int, int, int]
INK: Colour = (32, 34, 40)
PAPER: Colour = (248, 247, 243)


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of truth and the corners around it."""

    what: Literal["letters", "code", "face", "plate"]
    text: str
    rule: str | None
    corners: tuple[Point, ...]

    def box(self, size: tuple[int, int]) -> Box:
        """The upright box around the corners, inside a picture of ``size``."""
        xs, ys = zip(*self.corners, strict=True)
        left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        return left, top, min(size[0], math.ceil(max(xs))), min(size[1], math.ceil(max(ys)))


class Canvas:
    """A picture in the making."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.draw = ImageDraw.Draw(image)
        self.marks: list[Mark] = []

    @classmethod
    def blank(cls, width: int, height: int, fill: Colour = PAPER) -> Canvas:
        return cls(Image.new("RGB", (width, height), fill))

    @property
    def size(self) -> tuple[int, int]:
        return self.image.size

    def text(
        self,
        at: Point,
        text: str,
        size: int,
        colour: Colour = INK,
        *,
        rule: str | None = None,
        serif: bool = False,
        bold: bool = False,
    ) -> Box:
        """Write from the left top corner ``at``; with a ``rule`` the string is part of the truth."""
        weight = max(1, size // 28) if bold else 0
        face = font(size, serif)
        self.draw.text(at, text, fill=colour, font=face, stroke_width=weight)
        left, top, right, bottom = self.draw.textbbox(at, text, font=face, stroke_width=weight)
        box = (math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        if rule is not None:
            self.mark("letters", text, rule, box)
        return box

    def centred(self, y: float, text: str, size: int, colour: Colour = INK, *, rule: str | None = None) -> Box:
        """A line in the middle, in bold."""
        width = font(size).getlength(text)
        return self.text(((self.size[0] - width) / 2, y), text, size, colour, rule=rule, bold=True)

    def column(self, at: Point, text: str, size: int, *, rule: str | None = None, serif: bool = True) -> None:
        """Write downwards from the top ``at``, one letter under the other."""
        x, y = at
        for letter in text:
            self.draw.text((x, y), letter, fill=INK, font=font(size, serif))
            y += size * 1.08
        if rule is not None:
            self.mark("letters", text, rule, (x, at[1], x + size * 1.05, y + size * 0.3))

    def scrawl(
        self, at: Point, text: str, size: int, rng: Random, colour: Colour = INK, rule: str | None = None
    ) -> Box:
        """Write as a hand does: no letter is as high, as level or as upright as the next."""
        x, top, bottom = at[0], at[1] + size, at[1]
        for letter in text:
            high = round(size * rng.uniform(0.9, 1.08))
            face = font(high)
            wide = face.getlength(letter)
            if letter != " ":
                tile = Image.new("L", (round(wide) + high, high * 2))
                ImageDraw.Draw(tile).text((high // 2, high // 4), letter, fill=255, font=face, stroke_width=high // 44)
                tile = tile.rotate(rng.uniform(-6, 6), Image.Resampling.BICUBIC)
                y = at[1] + rng.uniform(-0.05, 0.05) * size
                self.image.paste(colour, (round(x) - high // 2, round(y) - high // 4), tile)
                top, bottom = min(top, y + 0.15 * high), max(bottom, y + 1.35 * high)
            x += wide * rng.uniform(1.0, 1.07)
        box = (int(at[0]), int(top), math.ceil(x), math.ceil(bottom))
        if rule is not None:
            self.mark("letters", text, rule, box)
        return box

    def mark(
        self, what: Literal["letters", "code", "face", "plate"], text: str, rule: str | None, box: Sequence[float]
    ) -> None:
        """Remember a piece of truth that is drawn already."""
        left, top, right, bottom = box
        self.marks.append(Mark(what, text, rule, ((left, top), (right, top), (right, bottom), (left, bottom))))

    def hide(self, box: Sequence[float]) -> None:
        """Forget what was written where something else now lies on it."""
        left, top, right, bottom = box
        self.marks = [
            m
            for m in self.marks
            if max(x for x, _ in m.corners) < left
            or min(x for x, _ in m.corners) > right
            or max(y for _, y in m.corners) < top
            or min(y for _, y in m.corners) > bottom
        ]

    def place(self, other: Canvas, corners: Sequence[Point], shadow: float = 0.35) -> None:
        """Lay a sheet down so that its corners, from the left top clockwise, come to lie at ``corners``."""
        xs, ys = zip(*corners, strict=True)
        left, top = math.floor(min(xs)), math.floor(min(ys))
        width, height = math.ceil(max(xs)) - left + 1, math.ceil(max(ys)) - top + 1
        if shadow:
            self._shade([(x - left, y - top) for x, y in corners], (left, top), (width, height), shadow)
        image = other.image
        scale = math.dist(corners[0], corners[1]) / image.width
        if scale < 0.8:  # without this, thin strokes fall between the pixels
            image = image.resize((round(image.width * scale * 1.15), round(image.height * scale * 1.15)))
        there = [(x - left, y - top) for x, y in corners]
        back = _map(there, _edges(image.size))
        seen = image.transform((width, height), Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
        mask = Image.new("L", (width * 2, height * 2))
        ImageDraw.Draw(mask).polygon([(2 * x, 2 * y) for x, y in there], fill=255)
        self.image.paste(seen, (left, top), mask.resize((width, height)))
        forth = _map(_edges(other.size), list(corners))
        self.marks += [Mark(m.what, m.text, m.rule, tuple(_seen(forth, c) for c in m.corners)) for m in other.marks]

    def _shade(self, shape: list[Point], at: tuple[int, int], size: tuple[int, int], strength: float) -> None:
        room = max(12, min(size) // 25)
        shadow = Image.new("L", (size[0] + 4 * room, size[1] + 4 * room))
        ImageDraw.Draw(shadow).polygon([(x + 2 * room, y + 2 * room) for x, y in shape], fill=int(255 * strength))
        shadow = shadow.filter(ImageFilter.GaussianBlur(room / 2))
        self.image.paste((12, 10, 8), (at[0] - 2 * room + room // 3, at[1] - 2 * room + room // 2), shadow)


def tilted(centre: Point, width: float, height: float, degrees: float = 0.0, lean: float = 0.0) -> list[Point]:
    """The corners of a sheet turned by ``degrees``; ``lean`` makes its far edge shorter, as seen aslant."""
    turn = math.radians(degrees)
    shape = []
    for x, y in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)):
        narrow = 1 - lean if y < 0 else 1.0
        across, down = x * width * narrow, y * height * (1 - lean / 2)
        shape.append(
            (
                centre[0] + across * math.cos(turn) - down * math.sin(turn),
                centre[1] + across * math.sin(turn) + down * math.cos(turn),
            )
        )
    return shape


def _edges(size: tuple[int, int]) -> list[Point]:
    return [(0.0, 0.0), (float(size[0]), 0.0), (float(size[0]), float(size[1])), (0.0, float(size[1]))]


def _map(source: Sequence[Point], target: Sequence[Point]) -> list[float]:
    """The eight numbers of the plane's map that takes ``source`` to ``target``."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(n) for n in np.linalg.solve(np.array(rows), np.array(values))]


def _seen(by: Sequence[float], point: Point) -> Point:
    a, b, c, d, e, f, g, h = by
    x, y = point
    depth = g * x + h * y + 1
    return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth
