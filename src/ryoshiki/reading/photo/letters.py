"""The letters in a picture, line by line, by rapidocr (PP-OCR); its models come inside its wheel."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from ryoshiki.reading.photo.plates import joined
from ryoshiki.sight import Box, Line

if TYPE_CHECKING:
    from PIL import Image

LONG_SIDE = 2_000  # pixels that are read at once
FINDING_SIDE = 800  # lines are found at this size, as well as at twice the size, and read at the larger one
PIECES = 6  # of a long picture, such as a screen that was scrolled
_LONG = 2.5  # times as long as wide: read in pieces, or its letters would become too small
_OVERLAP = 120  # pixels that two pieces share, so that no line is cut in both
_WHOLE = 0.5  # of the picture: one letter as large as that is a shape taken for a letter
_SURE = 0.55  # below this, what is read is more often texture than letters


def letters(picture: Image.Image) -> tuple[tuple[Line, ...], bool]:
    """Lines in a picture from the top, in its own pixels; and whether all of it was read."""
    pieces = list(_pieces(picture.width, picture.height))
    found: list[Line] = []
    for piece in pieces[:PIECES]:
        for line in _read(picture.crop((piece.left, piece.top, piece.right, piece.bottom))):
            box = line.box
            place = Box(box.left + piece.left, box.top + piece.top, box.right + piece.left, box.bottom + piece.top)
            if not any(line.text == other.text and place.overlaps(other.box) for other in found):
                found.append(Line(line.text, place, line.score))
    return joined(found), len(pieces) <= PIECES


def _pieces(width: int, height: int) -> Iterator[Box]:
    short, long = sorted((width, height))
    if long <= _LONG * short or long <= LONG_SIDE:
        yield Box(0, 0, width, height)
        return
    size = max(round(_LONG * short), min(long, LONG_SIDE))
    for start in range(0, long - _OVERLAP, size - _OVERLAP):
        end = min(start + size, long)
        yield Box(start, 0, end, height) if width > height else Box(0, start, width, end)


def _read(piece: Image.Image) -> Iterator[Line]:
    import numpy as np
    from PIL import Image

    scale = max(1.0, max(piece.size) / LONG_SIDE)
    size = round(piece.width / scale), round(piece.height / scale)
    pixels = np.asarray(piece.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0))[:, :, ::-1]  # it reads BGR
    answer = _reader()(pixels)
    if answer.boxes is None:
        return
    for corners, text, score in zip(answer.boxes, answer.txts, answer.scores, strict=True):
        if text.strip() and score >= _SURE:
            (left, top), (right, bottom) = corners.min(0) * scale, corners.max(0) * scale
            box = Box(int(left), int(top), int(right) + 1, int(bottom) + 1).within(*piece.size)
            if len(text.strip()) > 1 or box.width * box.height < _WHOLE * piece.width * piece.height:
                yield Line(text.strip(), box, round(float(score), 3))


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": LONG_SIDE,
            "Det.limit_type": "max",
            "Det.limit_side_len": FINDING_SIDE,
        }
    )
