"""Draws pictures for tests: letters, faces and codes that nobody wrote, has or uses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import segno
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pillow_heif import register_heif_opener

from ryoshiki.model import Photo

register_heif_opener()  # so that Pillow can write HEIC, too

PAPER = (246, 243, 236)
SKIN = (224, 182, 150)


def encoded(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, format, **options)
    return written.getvalue()


def photo(image: Image.Image, name: str = "a.jpg", format: str = "JPEG", **options: Any) -> Photo:
    return Photo(name, encoded(image, format, **options))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(files("pylopdf_fonts_jp") / "NotoSansJP-Regular.otf"), size)


def sheet(lines: Sequence[str], width: int = 900, height: int = 640, size: int = 32) -> Image.Image:
    """Lines of letters on paper, one below the other."""
    image = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((60, 50 + row * size * 2), line, (30, 30, 40), _font(size))
    return image


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """A wall and a floor, with nothing on them."""
    image = Image.new("RGB", (width, height), (150, 150, 140))
    ImageDraw.Draw(image).rectangle((0, height * 2 // 3, width, height), fill=(110, 90, 70))
    return image.filter(ImageFilter.GaussianBlur(2))


def face(side: int = 80) -> Image.Image:
    """A drawn face that a detector takes for one."""
    image = Image.new("RGB", (400, 400), (120, 140, 160))
    pen, shade = ImageDraw.Draw(image), tuple(value - 22 for value in SKIN)
    pen.ellipse((70, 10, 330, 300), fill=(40, 28, 22))
    pen.rectangle((160, 300, 240, 400), fill=shade)
    pen.ellipse((95, 50, 305, 350), fill=SKIN)
    for x in (150, 250):
        pen.ellipse((x - 26, 158, x + 26, 186), fill="white")
        pen.ellipse((x - 11, 160, x + 11, 184), fill=(50, 30, 20))
        pen.line((x - 32, 136, x, 128, x + 32, 138), fill=(50, 35, 28), width=9)
    pen.polygon([(200, 180), (182, 245), (218, 245)], fill=shade)
    pen.ellipse((155, 272, 245, 308), fill=(178, 80, 80))
    return image.filter(ImageFilter.GaussianBlur(3)).resize((side, side))


def people(*sides: int) -> Image.Image:
    """A scene with a face of each size, from the left."""
    image, left = scene(), 40
    for side in sides:
        image.paste(face(side), (left, 160))
        left += side + 60
    return image


def code(text: str, scale: int = 6) -> Image.Image:
    """A QR code lying in a scene."""
    written = BytesIO()
    segno.make(text, error="m").save(written, kind="png", scale=scale, border=4)
    image = scene(900, 700)
    image.paste(Image.open(BytesIO(written.getvalue())).convert("RGB"), (220, 140))
    return image


def fields(**values: Any) -> bytes:
    """EXIF of a camera by Example: ``place`` (degrees), ``artist``, ``author``, ``model``, ``taken``, ``turned``."""
    exif = Image.Exif()
    exif[0x010F] = "Example"
    if "place" in values:
        north, east = values["place"]
        exif.get_ifd(0x8825).update({1: "N", 2: (north, 0.0, 0.0), 3: "E", 4: (east, 0.0, 0.0)})
    for name, tag in (("artist", 0x013B), ("model", 0x0110), ("turned", 0x0112), ("software", 0x0131)):
        if name in values:
            exif[tag] = values[name]
    if "taken" in values:
        exif.get_ifd(0x8769)[0x9003] = values["taken"]
    if "author" in values:
        exif[0x9C9D] = values["author"].encode("utf-16-le") + b"\0\0"  # the field that Windows writes
    return exif.tobytes()


def with_thumbnail(image: Image.Image, small: Image.Image) -> bytes:
    """A JPEG whose EXIF carries ``small``, written out by hand: one field in the first directory, three in the next."""
    copy = encoded(small, "JPEG")
    entries = [(0x0103, 3, 1, 6), (0x0201, 4, 1, 0), (0x0202, 4, 1, len(copy))]
    first = b"\x01\x00" + _entry(0x0112, 3, 1, 1) + (8 + 2 + 12 + 4).to_bytes(4, "little")
    start = 8 + len(first) + 2 + 12 * len(entries) + 4
    entries[1] = (0x0201, 4, 1, start)
    second = len(entries).to_bytes(2, "little") + b"".join(_entry(*each) for each in entries) + bytes(4)
    tiff = b"II*\x00" + (8).to_bytes(4, "little") + first + second + copy
    return encoded(image, "JPEG", exif=b"Exif\0\0" + tiff)


def _entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return b"".join(part.to_bytes(size, "little") for part, size in ((tag, 2), (kind, 2), (count, 4), (value, 4)))
