"""What the camera adds: shadow, dim light, blur, noise; and surfaces to lay things on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from benchmarks.photos.canvas import Canvas, Colour

WIDTH, HEIGHT = 1600, 1200  # what a messenger leaves of a phone's picture
_GRAIN = 8_000_011


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture was taken. ``dim`` 1 is daylight; ``blur`` in pixels; ``noise`` in grey levels."""

    dim: float = 1.0
    blur: float = 0.5
    noise: float = 3.0
    shadow: bool = False
    warm: float = 0.0

    @classmethod
    def some(cls, rng: Random, hard: bool = False) -> Look:
        """A look by chance; a ``hard`` one still leaves letters that a person can read."""
        return cls(
            dim=rng.uniform(0.42, 0.6) if hard else rng.uniform(0.85, 1.02),
            blur=rng.uniform(0.8, 1.3) if hard else rng.uniform(0.3, 0.7),
            noise=rng.uniform(7, 11) if hard else rng.uniform(2, 4.5),
            shadow=rng.random() < 0.4,
            warm=rng.uniform(-0.04, 0.09),
        )


def developed(image: Image.Image, look: Look, rng: Random) -> Image.Image:
    """The picture as the camera gives it; nothing moves."""
    if look.blur:
        image = image.filter(ImageFilter.GaussianBlur(look.blur))
    values = np.asarray(image, dtype=np.float32) * look.dim
    height, width = values.shape[:2]
    if look.shadow:  # the hand that holds the phone
        values *= 1 - 0.45 * clouds(width, height, rng, 2)[..., None]
    values *= np.array([1 + look.warm, 1.0, 1 - look.warm], dtype=np.float32)
    if look.noise:
        grain, start = _grain(), rng.randrange(_GRAIN // 2)
        values += np.resize(grain[start : start + _GRAIN // 2], values.shape) * (look.noise / 2)
        values += np.resize(grain[start : start + _GRAIN // 3], (height, width, 1)) * look.noise
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


@cache
def _grain() -> NDArray[np.float32]:
    """Enough dice for all pictures, thrown once: throwing them anew would be most of the time."""
    return np.random.default_rng(1).standard_normal(_GRAIN, dtype=np.float32)


def clouds(width: int, height: int, rng: Random, grain: int) -> NDArray[np.float32]:
    """Soft noise from 0 to 1 with about ``grain`` bumps across."""
    dice = np.random.default_rng(rng.getrandbits(32))
    small = Image.fromarray((dice.random((max(2, grain * height // width), grain)) * 255).astype(np.uint8))
    return np.asarray(small.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32) / np.float32(255)


def desk(rng: Random, width: int = WIDTH, height: int = HEIGHT) -> Canvas:
    """A wooden table."""
    base = np.array(rng.choice([(176, 134, 92), (202, 170, 128), (120, 86, 60)]), dtype=np.float32)
    grain = clouds(width, height, rng, 6) * 0.5 + _streaks(width, height, rng) * 0.5
    values = base * (0.78 + 0.34 * grain[..., None])
    return Canvas(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)))


def _streaks(width: int, height: int, rng: Random) -> NDArray[np.float32]:
    dice = np.random.default_rng(rng.getrandbits(32))
    small = Image.fromarray((dice.random((height // 6, 5)) * 255).astype(np.uint8))
    return np.asarray(small.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32) / np.float32(255)


def wall(rng: Random, colour: Colour | None = None, width: int = WIDTH, height: int = HEIGHT) -> Canvas:
    """A plain wall, lit from one side."""
    base = colour or rng.choice([(222, 218, 208), (205, 212, 214), (190, 184, 172), (232, 230, 226)])
    ramp = np.linspace(1.05, 0.82, width, dtype=np.float32)[None, :, None]
    values = np.array(base, dtype=np.float32) * ramp * (0.95 + 0.1 * clouds(width, height, rng, 9)[..., None])
    return Canvas(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)))


def outdoors(rng: Random, width: int = WIDTH, height: int = HEIGHT, horizon: float = 0.45) -> Canvas:
    """Sky with clouds, hills, and ground in front."""
    line = round(height * horizon)
    sky = np.linspace(0, 1, line, dtype=np.float32)[:, None, None]
    top, low = np.array(rng.choice([(92, 146, 208), (150, 168, 190), (236, 170, 120)])), np.array((222, 230, 236))
    upper = (top * (1 - sky) + low * sky) * np.ones((1, width, 1))
    puff = np.clip(clouds(width, line, rng, 7) * 1.6 - 0.9, 0, 1)[..., None]
    upper = upper * (1 - puff) + 246 * puff
    earth = np.array(rng.choice([(108, 112, 112), (96, 124, 74), (132, 122, 104)]), dtype=np.float32)
    lower = earth * (0.8 + 0.35 * clouds(width, height - line, rng, 260)[..., None])
    canvas = Canvas(Image.fromarray(np.clip(np.vstack([upper, lower]), 0, 255).astype(np.uint8)))
    for _ in range(5):
        x, wide, high = rng.randint(-200, width), rng.randint(width // 4, width // 2), rng.randint(40, height // 6)
        shade = rng.randint(70, 110)
        hill = [(x, line), (x + wide // 3, line - high), (x + wide * 2 // 3, line - high * 2 // 3), (x + wide, line)]
        canvas.draw.polygon(hill, fill=(shade - 14, shade + 12, shade))
    return canvas
