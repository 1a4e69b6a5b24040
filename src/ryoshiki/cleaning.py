"""A copy of a photo that gives nothing away: no fields of the file, and faces, plates, codes and letters covered.

Covered pixels are replaced, not hidden: nothing of them is left in the copy. The copy is read again with the same
readers, and what they still find is covered again.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from ryoshiki.model import Draft, Guideline, Photo, RyoshikiError
from ryoshiki.reading.photo import ABSENT, see
from ryoshiki.reading.photo.opening import COPY_SIDE, PictureError, opened, upright
from ryoshiki.reading.photo.page import blocks
from ryoshiki.review import review
from ryoshiki.sight import Box, Sight

if TYPE_CHECKING:
    from PIL import Image

Kind = Literal["face", "code", "letters"]
Format = Literal["JPEG", "PNG", "WEBP"]

_ROUNDS = 4  # of covering and reading again
_MARGIN: dict[Kind, float] = {"face": 0.2, "letters": 0.12, "code": 0.08}
_FORMATS: dict[str, Format] = {"JPEG": "JPEG", "MPO": "JPEG", "HEIF": "JPEG", "AVIF": "JPEG", "WEBP": "WEBP"}
_QUALITY = 92
_BOX = 4  # Pillow's way to scale by means
_EDGE = 4  # times as large as what was covered


@dataclass(frozen=True, slots=True)
class Place:
    """Something to cover: ``text`` is what the letters or the code say."""

    kind: Kind
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``data`` is the copy as a file of ``format``; ``left`` what the readers still saw in it."""

    data: bytes
    format: Format
    covered: tuple[Place, ...]
    kept: tuple[Place, ...]
    left: tuple[Place, ...]


def places(photo: Photo, guideline: Guideline, *, letters: bool = True) -> tuple[Place, ...]:
    """What a copy should cover, in the order of its numbers from 1: faces, then codes, then letters.

    All letters that were read; without ``letters``, only the sheets on which the guideline's checks see something.
    """
    sight = see(photo)
    found = [Place("face", box) for box in sorted(_faces(photo, sight), key=lambda box: (box.left, box.top))]
    found += [Place("code", code.box, code.text) for code in sight.codes]
    return tuple(found + _sheets(sight, guideline, letters))


def _faces(photo: Photo, sight: Sight) -> list[Box]:
    """Those that were seen, and smaller ones: a copy must not show whom only a closer look can tell."""
    seen = [face.box for face in sight.faces]
    if photo.data is None:
        return seen
    with suppress(Exception):  # a reader that is missing or fails, or a file cut short: `see` has told it
        from ryoshiki.reading.photo.faces import close_faces, same

        picture = upright(opened(photo.data))
        closer = (box.scaled(picture.scale).within(picture.width, picture.height) for box in close_faces(picture.image))
        seen += [box for box in closer if not any(same(box, face.box) for face in sight.faces)]
    return seen


def _sheets(sight: Sight, guideline: Guideline, everything: bool) -> list[Place]:
    report = review(Draft("写真", account="official", photos=(Photo(sight.name, sight=sight),)), guideline)
    spoken = [box for finding in report.findings if finding.quote for box in finding.boxes]
    text = {line.box: line.text for line in sight.lines}
    found = []
    for sheet in blocks(list(text)):
        if everything or any(box.overlaps(each) for box in sheet for each in spoken):
            found += [Place("letters", box, text[box]) for box in sheet]
    return found


def clean(
    photo: Photo,
    guideline: Guideline,
    keep: Iterable[int] = (),
    *,
    letters: bool = True,
    format: Format | None = None,
) -> Cleaned:
    """A copy of ``photo`` with everything covered that `places` lists, but for the numbers in ``keep``.

    ``format``: of the copy; None for that of the photo, or for JPEG or PNG where it cannot be written.

    Raises:
        RyoshikiError: no picture that can be read, or a number that stands for nothing.
    """
    raw, image, scale = _pixels(photo)
    listed = places(photo, guideline, letters=letters)
    wanted = frozenset(keep)
    if wanted - set(range(1, len(listed) + 1)):
        raise RyoshikiError(f"--keep: 番号は 1 から {len(listed)} までです (numbers from 1 to {len(listed)})")
    kept = tuple(place for number, place in enumerate(listed, 1) if number in wanted)
    covered = [place for number, place in enumerate(listed, 1) if number not in wanted]
    written = format or _FORMATS.get(raw.format or "", "PNG")
    _cover(image, covered, scale)
    for still in range(_ROUNDS - 1, -1, -1):
        data = _encoded(image, written)
        left = _still_seen(Photo(photo.name, data), guideline, kept, covered, scale, letters)
        if not left or not still:  # what the last look sees is in the copy, and is told
            break
        _cover(image, left, scale, again=True)
        covered += left
    return Cleaned(data, written, tuple(covered), kept, left)


def _pixels(photo: Photo) -> tuple[Image.Image, Image.Image, float]:
    """The file as opened, its upright pixels in the colours of the web, and how many times smaller they are."""
    if photo.data is None:
        raise RyoshikiError(f"{photo.name}: 写真の中身がありません (no picture)")
    try:
        raw = opened(photo.data)
        picture = upright(raw, COPY_SIDE)
    except ImportError:
        raise RyoshikiError(f"{photo.name}: {ABSENT}") from None
    except PictureError as reason:
        raise RyoshikiError(f"{photo.name}: {reason}") from None
    return raw, _in_web_colours(picture.image, raw.info.get("icc_profile")), picture.scale


def _in_web_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The copy carries no colour profile, which may name a device; without it the colours must be those of sRGB."""
    from PIL import ImageCms

    if profile:
        with suppress(ImageCms.PyCMSError, OSError):
            turned = ImageCms.profileToProfile(image, BytesIO(profile), ImageCms.createProfile("sRGB"))
            if turned is not None:
                return turned
    return image.copy()


def _cover(image: Image.Image, covered: Iterable[Place], scale: float, *, again: bool = False) -> None:
    """Replace the pixels of each place by one colour, their mean: the squares of a mosaic still look like a face."""
    for place in covered:
        box = place.box.grown(_MARGIN[place.kind] + 0.1 * again).scaled(1 / scale).within(*image.size)
        if box.width <= 0 or box.height <= 0:
            continue
        corners = (box.left, box.top, box.right, box.bottom)
        image.paste(image.crop(corners).resize((1, 1), _BOX).resize((box.width, box.height)), corners)


def _encoded(image: Image.Image, format: Format) -> bytes:
    """A file that holds pixels, and nothing else."""
    from PIL import Image

    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    written = BytesIO()
    bare.save(written, format, **({} if format == "PNG" else {"quality": _QUALITY}))
    return written.getvalue()


def _still_seen(
    copy: Photo, guideline: Guideline, kept: Iterable[Place], covered: Iterable[Place], scale: float, letters: bool
) -> tuple[Place, ...]:
    """What the readers find in the copy, in pixels of the whole picture, other than what was to be kept."""
    seen = []
    for place in places(copy, guideline, letters=letters):
        box = place.box.scaled(scale)
        meant = any(box.overlaps(other.box) and other.kind == place.kind for other in kept)
        if not meant and not _edge(place, box, covered):
            seen.append(replace(place, box=box))
    return tuple(seen)


def _edge(place: Place, box: Box, covered: Iterable[Place]) -> bool:
    """A reader takes the edges of a covered place for one letter, such as 一 or 口, many times as large."""
    if place.kind != "letters" or len(place.text) > 1:
        return False
    size = box.width * box.height
    return any(box.overlaps(o.box) and size > _EDGE * o.box.width * o.box.height for o in covered)
