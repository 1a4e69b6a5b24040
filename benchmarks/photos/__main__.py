"""`python -m benchmarks.photos --save FOLDER`: writes the pictures, and sheets with their truth, to be looked at."""

from __future__ import annotations

import argparse
import io
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from benchmarks.photos.scenes import kinds, picture
from benchmarks.photos.truth import Picture

_SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
_CELL, _ACROSS, _DOWN = (480, 400), 4, 4


def opened(picture: Picture) -> Image.Image:
    """The picture as a viewer shows it."""
    image = Image.open(io.BytesIO(picture.data))
    return ImageOps.exif_transpose(image).convert("RGB")


def shown(picture: Picture) -> Image.Image:
    """The picture with frames around its truth."""
    image = opened(picture)
    draw = ImageDraw.Draw(image)
    truth = picture.truth
    boxes = [(letters.box, (230, 30, 30)) for letters in truth.letters]
    boxes += [(code.box, (30, 30, 230)) for code in truth.codes] + [(box, (20, 160, 40)) for box in truth.faces]
    for box, colour in boxes:
        draw.rectangle(box, outline=colour, width=3)
    return image


def main(arguments: Sequence[str]) -> int:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.photos", description=__doc__)
    reader.add_argument("--save", type=Path, required=True, metavar="FOLDER")
    reader.add_argument("--only", nargs="*", metavar="KIND", help="these kinds alone")
    given = reader.parse_args(arguments)
    given.save.mkdir(parents=True, exist_ok=True)
    counts = {name: n for name, n in kinds().items() if not given.only or name in given.only}
    written: Counter[str] = Counter()
    sheet, used = _sheet(), 0
    for kind, count in counts.items():
        for n in range(count):
            made = picture(kind, n)
            suffix = _SUFFIX[Image.open(io.BytesIO(made.data)).format or "JPEG"]
            (given.save / f"{made.name}.{suffix}").write_bytes(made.data)
            small = shown(made)
            small.thumbnail(_CELL)
            sheet.paste(small, (used % _ACROSS * _CELL[0], used // _ACROSS % _DOWN * _CELL[1]))
            written[kind] += 1
            used += 1
            if used % (_ACROSS * _DOWN) == 0:
                sheet.save(given.save / f"sheet-{used // (_ACROSS * _DOWN):02}.png")
                sheet = _sheet()
    sheet.save(given.save / f"sheet-{used // (_ACROSS * _DOWN) + 1:02}.png")
    sys.stdout.write("".join(f"{kind:12}{n:4}\n" for kind, n in written.items()) + f"{'':12}{used:4}\n")
    return 0


def _sheet() -> Image.Image:
    return Image.new("RGB", (_CELL[0] * _ACROSS, _CELL[1] * _DOWN), "white")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
