"""One picture, read and compared with its truth; and its cleaned copy, read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from benchmarks.photos import second
from benchmarks.photos.match import contains, folded, same_face, told
from benchmarks.photos.scenes import TAGGED, picture
from benchmarks.photos.truth import Letters, Picture
from ryoshiki import Draft, Photo, load, review
from ryoshiki.cleaning import clean
from ryoshiki.model import Finding, Guideline
from ryoshiki.reading.photo import see
from ryoshiki.sight import Sight

CLEANED = 1
WAYS = 4  # in which a file says the same
_WORDS = "きょうの一枚"  # says nothing, so that what is found is found in the picture


@dataclass(frozen=True, slots=True)
class Seen:
    """A string of the truth: found in its place by its rule, and read."""

    letters: Letters
    found: bool
    read: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one picture. ``rules`` and ``signs`` are those found; of the truth, its parts and which were."""

    name: str
    expected: frozenset[str]
    rules: frozenset[str]
    signs: tuple[str, ...]
    letters: tuple[Seen, ...] = ()
    plates: tuple[Seen, ...] = ()
    codes: tuple[bool, ...] = ()
    faces: tuple[tuple[int, bool], ...] = ()  # height in pixels
    place: bool | None = None  # None here and in the next: there was none to find
    thumbnail: bool | None = None
    marks: Mapping[str, bool] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.name.split("-", 1)[0]


@dataclass(frozen=True, slots=True)
class Left:
    """How many parts of the truth there are; ours see them in the copy; the second reader in the original and there."""

    whole: int = 0
    ours: int = 0
    second_before: int = 0
    second: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """What a cleaned copy still shows. ``fields``: what the file says, of a picture that had something to say."""

    letters: Left
    codes: Left
    faces: Left | None  # None: there is no second reader of faces
    told: bool
    fields: tuple[str, ...]
    findings: tuple[str, ...]


@cache
def guideline() -> Guideline:
    return load()


def findings_of(photo: Photo, sight: Sight) -> list[Finding]:
    draft = Draft(_WORDS, photos=(Photo(photo.name, photo.data, sight=sight),))
    return [f for f in review(draft, guideline()).findings if f.photo is not None]


def read(made: Picture) -> Outcome:
    """Read a picture as a draft's photo, and compare."""
    photo = Photo(made.name, made.data)
    sight = see(photo)
    findings = findings_of(photo, sight)
    truth = made.truth
    text = folded("".join(line.text for line in sight.lines))
    kinds = {trace.kind for trace in sight.traces}
    said = {code.text for code in sight.codes}
    return Outcome(
        name=made.name,
        expected=truth.rules,
        rules=frozenset(f.rule for f in findings),
        signs=tuple(f"{f.sign}: {f.quote or f.message}"[:80] for f in findings),
        letters=tuple(Seen(s, told(s.rule, s.box, findings), contains(text, s.text)) for s in truth.letters),
        plates=tuple(Seen(s, told(s.rule, s.box, findings), _plate_read(text, s.text)) for s in truth.plates),
        codes=tuple(code.payload in said for code in truth.codes),
        faces=tuple((box[3] - box[1], any(same_face(box, f.box) for f in sight.faces)) for box in truth.faces),
        place="place" in kinds if truth.gps else None,
        thumbnail=bool(kinds & {"thumbnail", "cropped"}) if truth.thumbnail else None,
        marks={mark: bool(kinds & _TRACES[mark]) for mark in truth.marks},
        unread=sight.unread,
    )


_TRACES = {"ai": {"generated", "provenance"}, "creator": {"person"}}


def _plate_read(text: str, plate: str) -> bool:
    """The four large figures are what a plate is known by."""
    return folded(plate[-5:]) in text.replace("－", "-").replace("ー", "-")


def cleaned(kind: str, count: int) -> Iterator[Copy]:
    """The copies of the first pictures of a kind, none of a harmless one; of tagged files, one for each way."""
    for n in range(min(WAYS if kind in TAGGED else CLEANED, count)):
        made = picture(kind, n)
        if made.truth.rules or made.truth.thumbnail:
            yield _copy(made)


def _copy(made: Picture) -> Copy:
    truth = made.truth
    data = clean(Photo(made.name, made.data), guideline()).data
    photo = Photo(made.name, data)
    sight = see(photo)
    return Copy(
        letters=_strings(made, sight, data),
        codes=_codes(made, sight, data),
        faces=_faces(made, sight, data),
        told=bool(truth.gps or truth.thumbnail or truth.marks),
        fields=tuple(second.says(data)) + tuple(trace.kind for trace in sight.traces),
        findings=tuple(f"{made.name} {f.sign}" for f in findings_of(photo, sight)),
    )


def _strings(made: Picture, sight: Sight, data: bytes) -> Left:
    sought = [s.text for s in made.truth.letters] + [s.text[-5:] for s in made.truth.plates]
    if not sought:  # the second readers take their time, and have nothing to look for in most pictures
        return Left()
    texts = (folded("".join(line.text for line in sight.lines)), second.text_of(made.data), second.text_of(data))
    return Left(len(sought), *(sum(contains(text, s) for s in sought) for text in texts))


def _codes(made: Picture, sight: Sight, data: bytes) -> Left:
    sought = [code.payload for code in made.truth.codes]
    if not sought:
        return Left()
    read = ({code.text for code in sight.codes}, second.codes_of(made.data), second.codes_of(data))
    return Left(len(sought), *(sum(s in said for s in sought) for said in read))


def _faces(made: Picture, sight: Sight, data: bytes) -> Left | None:
    sought = made.truth.faces
    if not sought:
        return Left()
    before, after = second.faces_of(made.data), second.faces_of(data)
    if before is None or after is None:
        return None
    seen = ([face.box for face in sight.faces], before, after)
    return Left(len(sought), *(sum(any(same_face(s, b) for b in boxes) for s in sought) for boxes in seen))
