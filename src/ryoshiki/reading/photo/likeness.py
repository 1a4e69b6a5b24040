"""What a picture looks like, in 64 bits, so that a copy in another size or quality is known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_COLUMNS, _ROWS = 9, 8
ALIKE = 3  # bits in which the hashes of two copies of one picture may differ


def likeness(image: Image) -> int:
    """Whether it grows darker from each of 9 columns to the next, in each of 8 rows ("difference hash").

    See N. Krawetz, "Kind of Like That" (2013).
    """
    from PIL.Image import Resampling

    grey = image.convert("L").resize((_COLUMNS, _ROWS), Resampling.BOX).tobytes()
    hash = 0
    for at in range(len(grey)):
        if at % _COLUMNS:
            hash = hash << 1 | (grey[at] < grey[at - 1])
    return hash


def alike(one: int, other: int) -> bool:
    """Whether two hashes may come from one picture."""
    return (one ^ other).bit_count() <= ALIKE
