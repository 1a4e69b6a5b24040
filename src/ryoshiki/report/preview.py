"""A photo with numbered boxes, so that people see which place a number means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from ryoshiki.model import Photo, RyoshikiError
from ryoshiki.reading.photo.opening import PictureError, opened, upright
from ryoshiki.sight import Box

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

_LONG_SIDE = 2_000  # pixels: enough to see, light enough to open
_INK, _PAPER = "#a80000", "white"  # a red line inside a white one: seen on dark and on light
_QUALITY = 85


def preview(photo: Photo, groups: Iterable[Sequence[Box]]) -> bytes:
    """A JPEG of the upright picture; the boxes of the first group bear the number 1, those of the second 2, …

    Raises:
        RyoshikiError: no picture that can be read.
    """
    from PIL import ImageDraw, ImageFont

    try:
        picture = upright(opened(photo.data or b""))
    except PictureError as reason:
        raise RyoshikiError(f"{photo.name}: {reason}") from None
    image = picture.image.copy()
    image.thumbnail((_LONG_SIDE, _LONG_SIDE))
    font, pen = ImageFont.load_default(size=max(14, max(image.size) // 50)), ImageDraw.Draw(image)
    by, line = image.width / picture.width, max(2, max(image.size) // 400)
    for number, boxes in enumerate(groups, 1):
        for box in boxes:
            seen = box.scaled(by)
            frame = (seen.left - line, seen.top - line, seen.right + line, seen.bottom + line)
            pen.rectangle((frame[0] - line, frame[1] - line, frame[2] + line, frame[3] + line), None, _PAPER, line)
            pen.rectangle(frame, None, _INK, line)
            _label(pen, str(number), frame, font)
    written = BytesIO()
    image.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _label(
    pen: ImageDraw.ImageDraw,
    number: str,
    frame: tuple[float, float, float, float],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    """The number on a plate of its own: above the box, or inside it where there is no room above."""
    left, top, right, bottom = pen.textbbox((0, 0), number, font)
    wide, high = right - left + 8, bottom - top + 8
    x, y = max(0, frame[0]), frame[1] - high if frame[1] >= high else max(0, frame[1])
    pen.rectangle((x, y, x + wide, y + high), _INK)
    pen.text((x + 4 - left, y + 4 - top), number, _PAPER, font)
