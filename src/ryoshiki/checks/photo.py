"""What a photo shows besides its letters: faces, traces in the file, nudity, a page of somebody's work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Match
from ryoshiki.reading import Reading
from ryoshiki.sight import Box, Sight

TRACES = {
    "place": "撮影した場所",
    "time": "撮影した日時",
    "device": "機種",
    "person": "名前",
    "thumbnail": "小さな控えの画像",
    "cropped": "切り取る前の姿が残っているかもしれない、小さな控えの画像",
    "generated": "AIなどで作られた印",
    "provenance": "来歴の記録",
    "video": "写真の前後の動画",
}
OF = ("faces", "nudity", "print", *TRACES)
# A page of somebody's work is dense with sentences: so many letters in so many lines over so much of the picture, and
# so large a part of them hiragana, which lists and tables hardly have.
_PRINT_LETTERS, _PRINT_LINES, _LONG_LINE, _PRINT_SHARE, _HIRAGANA = 120, 6, 8, 0.08, 0.3


@dataclass(frozen=True)
class PhotoCheck:
    """Finds what a photo shows.

    Attributes:
        of: what to look for, any of "faces", "nudity", "print" (a page dense with letters) and the kinds of trace.
        beside: kinds of trace that are told with it, and do not count alone.
        at_least: so many faces.
        percent: how sure of nudity it must be.
        words: word classes, one of which must stand in the draft; none: no condition.
        never: word classes that silence it anywhere in the draft.
        tagged: must the draft mention or tag somebody?
    """

    of: tuple[str, ...]
    beside: tuple[str, ...] = ()
    at_least: int = 1
    percent: int = 70
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    tagged: bool = False

    facts: ClassVar[frozenset[str]] = frozenset({"photo", "count", "behind", "seen"})
    needs: ClassVar[tuple[frozenset[str], ...]] = (frozenset({"@photo"}),)

    def __post_init__(self) -> None:
        unknown = [kind for kind in (*self.of, *self.beside) if kind not in OF]
        if unknown or not self.of:
            raise ValueError(f"of: {', '.join(unknown) or 'nothing'} is none of {', '.join(OF)}")

    @property
    def classes(self) -> tuple[str, ...]:
        return (*self.words, *self.never)

    def find(self, reading: Reading) -> Iterable[Match]:
        if not reading.draft.photos or not self._speaks(reading):
            return
        for sight in reading.sights:
            yield from self._seen(sight)

    def _speaks(self, reading: Reading) -> bool:
        """Does what the author wrote leave the question open?"""
        if any(reading.hits(name) for name in self.never):
            return False
        if self.tagged and not (reading.draft.tags or reading.hits("@mention")):
            return False
        return not self.words or any(reading.hits(name) for name in self.words)

    def _seen(self, sight: Sight) -> Iterator[Match]:
        if "faces" in self.of and len(sight.faces) >= self.at_least:
            behind = sum(not face.subject for face in sight.faces)
            facts = {"photo": sight.name, "count": str(len(sight.faces)), "behind": str(behind)}
            yield Match(None, facts, photo=sight.name, boxes=tuple(face.box for face in sight.faces))
        if "nudity" in self.of and sight.nudity * 100 >= self.percent:
            yield Match(None, {"photo": sight.name}, photo=sight.name)
        if "print" in self.of and (boxes := dense(sight)):
            yield Match(None, {"photo": sight.name}, photo=sight.name, boxes=boxes)
        if any(trace.kind in self.of for trace in sight.traces):
            told = [trace for trace in sight.traces if trace.kind in (*self.of, *self.beside)]
            seen = "、".join(f"{TRACES[trace.kind]}（{trace.value}）" for trace in told)
            yield Match(None, {"photo": sight.name, "seen": seen}, photo=sight.name)


def dense(sight: Sight) -> tuple[Box, ...]:
    """The lines of a picture that is mostly printed text, such as a page of a newspaper or a book; else none."""
    long = [line for line in sight.lines if len(line.text) >= _LONG_LINE]
    letters = "".join(line.text for line in long)
    covered = sum(line.box.width * line.box.height for line in long)
    if (
        len(long) < _PRINT_LINES
        or len(letters) < _PRINT_LETTERS
        or covered < _PRINT_SHARE * sight.width * sight.height
        or sum("ぁ" <= char <= "ゖ" for char in letters) < _HIRAGANA * len(letters)
    ):
        return ()
    return tuple(line.box for line in long)
