"""What a picture holds, as its builder knows it."""

from __future__ import annotations

from dataclasses import dataclass, field

Box = tuple[int, int, int, int]  # left, top, right, bottom; half open, pixels of the upright picture
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Letters:
    """A string that must not be posted, the rule that speaks of it, and its place."""

    text: str
    rule: str
    box: Box


@dataclass(frozen=True, slots=True)
class Code:
    """A QR or bar code; without a rule it is harmless."""

    payload: str
    rule: str | None
    box: Box


@dataclass(frozen=True, slots=True)
class Truth:
    """Nothing in ``rules``: the picture is harmless, and every finding is a false alarm."""

    rules: frozenset[str] = frozenset()
    letters: tuple[Letters, ...] = ()
    codes: tuple[Code, ...] = ()
    faces: tuple[Box, ...] = ()
    plates: tuple[Letters, ...] = ()  # 室蘭500さ12-34
    gps: tuple[float, float] | None = None  # degrees, north and east
    thumbnail: bool = False
    marks: frozenset[str] = field(default_factory=frozenset)  # `ai` and `creator`, said in the file's own words


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it comes from a phone. ``kind`` is the scene, the first part of the name."""

    name: str
    data: bytes
    truth: Truth

    @property
    def kind(self) -> str:
        return self.name.split("-", 1)[0]
