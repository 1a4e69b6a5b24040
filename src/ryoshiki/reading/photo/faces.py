"""Faces in a picture, by CenterFace (`faces.onnx`, made by `training/faces.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ryoshiki.sight import Box, Face

if TYPE_CHECKING:
    from PIL import Image

MODEL = Path(__file__).parent / "faces.onnx"
# Pixels. A face needs about 10 of them to be seen; one that fills the picture is seen when it is made small.
LONG_SIDES = (1280, 320)
CLOSE_SIDE, _ENLARGED = 2560, 2  # pixels, and times: what small faces need that a copy must not show
THRESHOLD = 0.35
_STRIDE, _STEP = 4, 32  # one cell of the answer; the sides must be multiples of the other
_SAME = 0.3  # share of two boxes that overlaps, above which they are one face
_SUBJECT = 0.45  # of the height of the largest face


def faces(picture: Image.Image) -> tuple[Face, ...]:
    """Faces in a picture, the largest first, in its own pixels."""
    found = [each for side in LONG_SIDES for each in _found(picture, side)]
    return _told_apart(_distinct(found))


def close_faces(picture: Image.Image) -> tuple[Box, ...]:
    """Where faces are, small ones too that `faces` does not see. Takes three times as long."""
    return tuple(box for _, box in _distinct(list(_found(picture, CLOSE_SIDE, _ENLARGED))))


def _found(picture: Image.Image, long_side: int, enlarged: float = 1) -> Iterator[tuple[float, Box]]:
    import numpy as np
    from PIL import Image

    scale = min(enlarged, long_side / max(picture.size))
    width, height = (max(_STEP, round(side * scale / _STEP) * _STEP) for side in picture.size)
    small = picture.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    pixels = np.asarray(small, dtype=np.float32).transpose(2, 0, 1)[None]
    heat, size, offset = _session().run(None, {"input.1": pixels})
    across, down = picture.width / width, picture.height / height
    for row, column in zip(*np.nonzero(heat[0, 0] > THRESHOLD), strict=True):
        tall, wide = np.exp(size[0, :, row, column]) * _STRIDE
        middle_y, middle_x = (np.array([row, column]) + offset[0, :, row, column] + 0.5) * _STRIDE
        edges = ((middle_x - wide / 2) * across, (middle_y - tall / 2) * down)
        box = Box(round(edges[0]), round(edges[1]), round(edges[0] + wide * across), round(edges[1] + tall * down))
        yield float(heat[0, 0, row, column]), box.within(*picture.size)


def _distinct(found: list[tuple[float, Box]]) -> list[tuple[float, Box]]:
    """Of boxes that lie over each other, the surest."""
    kept: list[tuple[float, Box]] = []
    for score, box in sorted(found, reverse=True):
        if box.width > 0 and box.height > 0 and not any(same(box, other) for _, other in kept):
            kept.append((score, box))
    return kept


def same(one: Box, other: Box) -> bool:
    """Do two boxes lie around one face?"""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0, across) * max(0, down)
    return both / (one.width * one.height + other.width * other.height - both) >= _SAME


def _told_apart(found: list[tuple[float, Box]]) -> tuple[Face, ...]:
    """Whom a picture shows, and who only passes behind: a face less than half as high as the largest."""
    tallest = max((box.height for _, box in found), default=0)
    inorder = sorted(found, key=lambda each: (-each[1].height, each[1]))
    return tuple(Face(box, round(score, 3), box.height >= _SUBJECT * tallest) for score, box in inorder)


@cache
def _session() -> Any:
    from ryoshiki.reading.photo.sessions import session

    return session(str(MODEL))
