"""What can be seen in one picture: immutable nouns that every layer shares. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

TraceKind = Literal["place", "time", "device", "person", "thumbnail", "cropped", "generated", "provenance", "video"]


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """Pixels ``[left, right) × [top, bottom)`` of the upright picture, as people see it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def grown(self, by: float) -> Box:
        """The box with ``by`` of its width and height added on each side."""
        across, down = round(self.width * by), round(self.height * by)
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def scaled(self, by: float) -> Box:
        """The smallest box of whole pixels around this one in a picture ``by`` times as large."""
        return Box(floor(self.left * by), floor(self.top * by), ceil(self.right * by), ceil(self.bottom * by))

    def within(self, width: int, height: int) -> Box:
        """The part that lies inside a picture of this size."""
        return Box(max(0, self.left), max(0, self.top), min(width, self.right), min(height, self.bottom))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be one at least."""
    left, top, right, bottom = zip(*((b.left, b.top, b.right, b.bottom) for b in boxes), strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that the file carries besides its pixels.

    ``place``: where it was taken; ``time``; ``device``: camera and its number; ``person``: a name in the fields for
    authors and people shown; ``thumbnail``: a small copy of the picture; ``cropped``: such a copy that shows something
    else than the picture; ``generated``: a mark of a program that makes pictures; ``provenance``: a C2PA record;
    ``video``: a film behind the picture.
    """

    kind: TraceKind
    value: str


@dataclass(frozen=True, slots=True)
class Face:
    """A face; ``subject``: large enough beside the others to be whom the picture shows, not somebody behind."""

    box: Box
    score: float
    subject: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of letters as it was read, with how sure the reading is (0 to 1)."""

    text: str
    box: Box
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Code:
    """A QR or bar code: ``kind`` is its format ("QRCode", "EAN13"), ``text`` what it says."""

    kind: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sight:
    """All that was seen in one picture. ``unread``: sentences that say what was not looked at, and why.

    ``digest`` is the SHA-256 of the file, so that a consent or a waiver can be told to be about this picture.
    """

    name: str
    width: int = 0
    height: int = 0
    traces: tuple[Trace, ...] = ()
    faces: tuple[Face, ...] = ()
    lines: tuple[Line, ...] = ()
    codes: tuple[Code, ...] = ()
    nudity: float = 0.0
    unread: tuple[str, ...] = ()
    digest: str = ""
