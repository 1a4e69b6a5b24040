"""The small copy that a camera puts into a picture's fields. After cropping it may still show the whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ryoshiki.sight import Trace

if TYPE_CHECKING:
    from PIL import Image

_OFFSET, _LENGTH = 0x0201, 0x0202
_PHOTOSHOP_THUMBNAILS = (1033, 1036)
_MOST_BYTES, _MOST_PIXELS = 2**20, 2**21
_SIDE = 24  # both are compared at this size
_BARS = 20  # a border darker than this, of 255, was added to fit the shape
_OTHER_SHAPE = 0.1  # of the proportion of width to height
_OTHER_LIGHT = 20.0  # mean difference, of 255
_PAINTED = 30.0  # the same in the square of two by two where it is largest: something was painted over


def thumbnails(raw: Image.Image, picture: Image.Image | None) -> Iterator[Trace]:
    """A trace for a thumbnail that can be decoded; another where it shows something else than ``picture``."""
    for small in _copies(raw):
        from PIL import Image

        with suppress(Exception):  # no picture: nothing is kept in it that people could see
            shown = Image.open(BytesIO(small), formats=("JPEG", "TIFF", "PNG"))
            if shown.width * shown.height > _MOST_PIXELS:
                continue
            shown.load()
            size = f"{shown.width}×{shown.height}"
            yield Trace("thumbnail", size)
            if picture is None or _differs(shown, picture):
                yield Trace("cropped", size)


def _copies(raw: Image.Image) -> Iterator[bytes]:
    from PIL import ExifTags

    fields = raw.info.get("exif", b"").removeprefix(b"Exif\0\0")
    with suppress(Exception):
        first = raw.getexif().get_ifd(ExifTags.IFD.IFD1)
        start, length = int(first.get(_OFFSET, 0)), int(first.get(_LENGTH, 0))
        if start and 0 < length <= _MOST_BYTES:
            yield fields[start : start + length]
    resources: Any = raw.info.get("photoshop", {})
    for number in _PHOTOSHOP_THUMBNAILS:
        if number in resources:
            yield bytes(resources[number])[28 : _MOST_BYTES + 28]  # behind a header of 28 bytes


def _differs(small: Image.Image, picture: Image.Image) -> bool:
    """Is another part of the scene shown? Bars, a turn, and small changes of light or sharpness do not count."""
    bare, whole = _without_bars(small.convert("L")), picture.convert("L")
    return all(_unlike(bare.rotate(angle, expand=True), whole) for angle in (0, 90, 180, 270))


def _unlike(one: Image.Image, other: Image.Image) -> bool:
    import numpy as np
    from PIL import Image

    if abs(one.width / one.height - other.width / other.height) > _OTHER_SHAPE * other.width / other.height:
        return True
    small = (each.resize((_SIDE, _SIDE), Image.Resampling.BOX) for each in (one, other))
    first, second = (np.asarray(each, dtype=np.float32) for each in small)
    apart = np.abs((first - first.mean()) - (second - second.mean()))
    squares = (apart[1:, 1:] + apart[1:, :-1] + apart[:-1, 1:] + apart[:-1, :-1]) / 4
    return bool(apart.mean() > _OTHER_LIGHT or squares.max() > _PAINTED)


def _without_bars(image: Image.Image) -> Image.Image:
    return image.crop(image.point(lambda value: 255 if value > _BARS else 0).getbbox() or (0, 0, *image.size))
