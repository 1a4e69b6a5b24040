"""Real faces, out of installed wheels, set into scenes at known sizes."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.photos.canvas import Canvas, tilted
from benchmarks.photos.light import HEIGHT, WIDTH, outdoors, wall
from benchmarks.photos.truth import Box
from benchmarks.photos.wheels import path_of, photograph

# Where the face is in the photograph: from the hair line to the chin, from ear to ear.
PEOPLE: dict[str, Box] = {
    "astronaut": (180, 60, 270, 180),
    "hopper": (172, 128, 359, 335),
    "luispedro": (36, 74, 223, 322),
}
SIZES = (32, 48, 64, 96, 160)  # pixels from the hair line to the chin
SMALL = (16, 20, 24, 28)


def there() -> bool:
    """Whether the wheels with people are installed."""
    return all(path_of(name) is not None for name in PEOPLE)


def face(rng: Random, n: int) -> Canvas:
    """Three people in one picture, of one size: upright, tilted, mirrored."""
    return _group(rng, SIZES[n % len(SIZES)], n)


def small_face(rng: Random, n: int) -> Canvas:
    """The same at sizes at which a person can just be told."""
    return _group(rng, SMALL[n % len(SMALL)], n)


def _group(rng: Random, high: int, n: int) -> Canvas:
    scene = (outdoors if n % 2 else wall)(rng)
    for i, name in enumerate(rng.sample(sorted(PEOPLE), len(PEOPLE))):
        person = _person(name, high, mirrored=rng.random() < 0.4)
        wide, tall = person.size
        centre = (WIDTH * (0.2 + 0.3 * i) + rng.uniform(-40, 40), HEIGHT * 0.52 + rng.uniform(-80, 80))
        turn = (0.0, rng.uniform(-14, 14))[n // len(SIZES) % 2]
        if n % 4 == 0:  # a print on the wall
            scene.place(person, tilted(centre, wide, tall, turn))
        else:
            _blended(scene, person, centre, turn)
    return scene


def _person(name: str, high: int, mirrored: bool) -> Canvas:
    """Head and shoulders so large that the face is ``high`` pixels high."""
    source = photograph(name)
    if source is None:
        raise FileNotFoundError(f"the photograph {name} is not installed")
    left, top, right, bottom = PEOPLE[name]
    wide, tall = right - left, bottom - top
    crop = (
        max(0, left - wide * 3 // 4),
        max(0, top - tall // 2),
        min(source.width, right + wide * 3 // 4),
        min(source.height, bottom + tall * 3 // 5),
    )
    scale = high / tall
    size = (round((crop[2] - crop[0]) * scale), round((crop[3] - crop[1]) * scale))
    canvas = Canvas(source.crop(crop).resize(size, Image.Resampling.LANCZOS))
    box = [(v - crop[i % 2]) * scale for i, v in enumerate(PEOPLE[name])]
    if mirrored:
        canvas = Canvas(canvas.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
        box[0], box[2] = size[0] - box[2], size[0] - box[0]
    canvas.mark("face", name, "portrait", box)
    return canvas


def _blended(scene: Canvas, person: Canvas, centre: tuple[float, float], turn: float) -> None:
    """Set a person in with soft edges, so that no frame helps the reader."""
    wide, tall = person.size
    soft = max(2, wide // 14)
    mask = Image.new("L", person.size)
    ImageDraw.Draw(mask).rounded_rectangle((soft, soft, wide - soft, tall - soft), wide // 4, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(soft / 2))
    before = scene.image.copy()
    corners = tilted(centre, wide, tall, turn)
    scene.place(person, corners, shadow=0)
    veil = Canvas(Image.new("RGB", scene.size))
    veil.place(Canvas(mask.convert("RGB")), corners, shadow=0)
    scene.image.paste(before, (0, 0), veil.image.convert("L").point(lambda v: 255 - v))
