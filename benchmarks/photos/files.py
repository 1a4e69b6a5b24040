"""A developed picture becomes a file: format, orientation, and what it says of itself."""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from benchmarks.photos import metadata
from benchmarks.photos.metadata import Gps

_PROMPT = "a lighthouse at dusk, photo\nNegative prompt: blurry\nSteps: 28, Sampler: Euler a, CFG scale: 7, Seed: 1"
_GRAPH = '{"3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 20, "cfg": 7}}}'
AI = 8  # the ways of `made_by_machine`
CREATORS = 4
PLACES = 8


@dataclass(frozen=True, slots=True)
class File:
    """Bytes, and where the file says it was taken."""

    data: bytes
    gps: Gps | None = None


def plain(image: Image.Image, rng: Random, gps: Gps | None = None) -> File:
    """As a phone or a messenger stores it: mostly JPEG, at any of the eight orientations, with the place or without."""
    turn = rng.randint(2, 8) if rng.random() < 0.3 else 1
    exif = metadata.exif(gps, turn)
    kind = rng.choices(["JPEG", "PNG", "WEBP", "HEIF"], [86, 3, 6, 5])[0]
    if kind == "HEIF":
        exif = metadata.exif(gps)  # a HEIC says in a box of its own how it was held
        return File(saved(image, kind, quality=85, exif=exif), gps)
    quality = rng.choice([92, 88, 80, 70])
    return File(saved(metadata.turned(image, turn), kind, quality=quality, exif=exif), gps)


def saved(image: Image.Image, kind: str, **settings: object) -> bytes:
    """The bytes of a file of that kind, with Pillow's settings."""
    if kind == "HEIF":
        import pillow_heif  # only here: it makes itself known to Pillow

        pillow_heif.register_heif_opener()
        settings["enc_params"] = {"preset": "ultrafast"}  # ten times the time for nothing that is measured here
    held = io.BytesIO()
    image.save(held, kind, **settings)
    return held.getvalue()


def placed(image: Image.Image, gps: Gps, n: int) -> File:
    """A file that says where it was taken, in one of the eight ways."""
    exif, packet = metadata.exif(gps), metadata.xmp(gps)
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", packet.decode())
    turned = metadata.turned(image, 6)
    data = (
        lambda: saved(image, "JPEG", quality=88, exif=exif),
        lambda: saved(image, "PNG", exif=exif),
        lambda: saved(image, "WEBP", quality=85, exif=exif),
        lambda: saved(image, "HEIF", quality=85, exif=exif),
        lambda: saved(image, "JPEG", quality=88, xmp=packet),
        lambda: saved(image, "PNG", pnginfo=text),
        lambda: saved(image, "WEBP", quality=85, xmp=packet),
        lambda: saved(turned, "JPEG", quality=88, exif=metadata.exif(gps, 6)),
    )[n % PLACES]()
    return File(data, gps)


def thumbnailed(image: Image.Image, whole: Image.Image) -> File:
    """A JPEG whose EXIF keeps a small picture of ``whole``."""
    small = whole.copy()
    small.thumbnail((320, 320))
    return File(metadata.with_thumbnail(saved(image, "JPEG", quality=88), saved(small, "JPEG", quality=80)))


def made_by_machine(image: Image.Image, n: int) -> File:
    """A file that says that a model made the picture, in one of the eight ways."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"UNICODE\0" + _PROMPT.encode("utf-16-be")
    data = (
        lambda: saved(image, "PNG", pnginfo=_texts(parameters=_PROMPT)),
        lambda: saved(image, "PNG", pnginfo=_texts(prompt=_GRAPH, workflow=_GRAPH)),
        lambda: saved(image, "JPEG", exif=metadata.exif(software="Stable Diffusion XL")),
        lambda: saved(image, "JPEG", xmp=metadata.xmp(source=metadata.SIGNED)),
        lambda: metadata.with_credentials(saved(image, "JPEG")),
        lambda: saved(image, "WEBP", xmp=metadata.xmp(source=metadata.SIGNED)),
        lambda: saved(image, "PNG", pnginfo=_texts(Software="NovelAI", Description="lighthouse, dusk")),
        lambda: saved(image, "JPEG", exif=exif),
    )[n % AI]()
    return File(data)


def signed(image: Image.Image, n: int, author: str) -> File:
    """A file that names its photographer, in one of the four ways."""
    data = (
        lambda: saved(image, "JPEG", exif=metadata.exif(artist=author)),
        lambda: metadata.with_byline(saved(image, "JPEG"), author),
        lambda: saved(image, "JPEG", xmp=metadata.xmp(creator=author)),
        lambda: saved(image, "JPEG", exif=metadata.exif(artist=author, serial="EX0012345")),
    )[n % CREATORS]()
    return File(data)


def _texts(**texts: str) -> PngInfo:
    said = PngInfo()
    for key, value in texts.items():
        said.add_text(key, value)
    return said
