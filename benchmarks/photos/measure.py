"""What the readers of photos find in the set, what they find where there is nothing, and what a cleaned copy leaves."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.child import output
from benchmarks.tables import Section, Table, render, share, spread

if TYPE_CHECKING:
    from benchmarks.photos.results import Copy, Left, Outcome

_TITLE, _COMMAND = "What it sees in photos", "python -m benchmarks photos"
# Of the `photo` extra, what the set is built with; then what is there for the benchmark alone.
NEEDED = {
    "PIL": "pillow",
    "pillow_heif": "pillow-heif",
    "rapidocr": "rapidocr",
    "zxingcpp": "zxing-cpp",
    "segno": "segno",
    "pylopdf_fonts_jp": "pylopdf-fonts-jp",
}
ROUNDS = 3  # of the large picture


def section() -> Section:
    """The part of the page on photos; where something is not installed, one line that says what."""
    if missing := sorted(package for module, package in NEEDED.items() if find_spec(module) is None):
        return Section(_TITLE, _COMMAND, (f"Not measured: {', '.join(missing)} not installed.",))
    from benchmarks.photos import results, scenes

    read = [results.read(picture) for picture in scenes.pictures()]
    copies = [copy for kind, count in scenes.kinds().items() for copy in results.cleaned(kind, count)]
    parts = [
        _said(read),
        render(_found(read)),
        "Strings by scene. *Found*: a finding of the rule that the string falls under points at its place."
        " *Read*: it stands in the letters that were read, with at most one edit for every ten.",
        render(_by_scene(read)),
        "Anything found in a harmless picture is a false alarm:",
        render(_alarms(read)),
        f"Cleaned copies, read again: of {results.CLEANED} picture of each scene that is not harmless, and"
        f" of {results.WAYS} of each kind of file that says more than it shows. The second readers: for letters"
        " ours on a copy twice as large with more contrast, and Tesseract where it is installed; for faces MTCNN; for"
        " codes OpenCV; and a search for the names of blocks of metadata in the bytes.",
        render(_left(copies)),
        f"A picture of 12 megapixels through all readers, in a process of its own, median of {ROUNDS}:",
        render(_cost()),
    ]
    return Section(_TITLE, _COMMAND, tuple(parts))


def _said(read: Sequence[Outcome]) -> str:
    harmless = sum(not o.expected for o in read)
    text = f"{len(read)} pictures, {harmless} of them harmless, built anew each time by `benchmarks/photos/`. Names and"
    text += (
        " numbers are invented; the faces are those of photographs in other packages. Letters are drawn from a font,"
    )
    text += " also where a hand is meant to have written them, and so are easier to read than handwriting."
    if not any(o.kind == "face" for o in read):
        text += " Without faces: the packages with photographs are not installed (`make bench` installs them)."
    return text


def _found(read: Sequence[Outcome]) -> Table:
    """Each kind of truth, and how much of it was found."""
    letters = [seen for o in read for seen in o.letters]
    rows = [
        (f"strings, `{rule}`", _share(seen.found for seen in letters if seen.letters.rule == rule))
        for rule in sorted({seen.letters.rule for seen in letters})
    ]
    rows += [
        (
            "pictures with such strings: a right rule",
            _share(bool(o.rules & {s.letters.rule for s in o.letters}) for o in read if o.letters),
        ),
        ("all strings: found", _share(seen.found for seen in letters)),
        ("all strings: read", _share(seen.read for seen in letters)),
        ("number plates: found", _share(seen.found for o in read for seen in o.plates)),
        ("number plates: figures read", _share(seen.read for o in read for seen in o.plates)),
        ("codes read", _share(code for o in read for code in o.codes)),
        *((f"faces, {title}", _share(_faces(read, least, below))) for title, least, below in _FACES),
        ("places (EXIF, XMP)", _share(o.place for o in read if o.place is not None)),
        ("thumbnails", _share(o.thumbnail for o in read if o.thumbnail is not None)),
        ("marks of generated pictures", _share(o.marks["ai"] for o in read if "ai" in o.marks)),
        ("names of photographers", _share(o.marks["creator"] for o in read if "creator" in o.marks)),
        ("others' pages and programmes: `copyright`", _share("copyright" in o.rules for o in read if o.kind in _PAGES)),
        ("pictures with a problem: anything found", _share(bool(o.rules) for o in read if o.expected)),
        ("**harmless pictures: anything found**", _share(bool(o.rules) for o in read if not o.expected)),
    ]
    return Table(("what", "found"), tuple(rows))


_PAGES = frozenset(["newspaper", "book", "comic", "television"])
_FACES = (
    ("64 pixels and higher", 64, 10_000),
    ("32 to 63 pixels", 32, 64),
    ("16 to 31 pixels", 16, 32),
)


def _faces(read: Sequence[Outcome], least: int, below: int) -> Iterable[bool]:
    return (found for o in read for high, found in o.faces if least <= high < below)


def _share(given: Iterable[bool | None]) -> str:
    values = list(given)
    return share(sum(bool(v) for v in values), len(values))


def _by_scene(read: Sequence[Outcome]) -> Table:
    rows = []
    for kind in dict.fromkeys(o.kind for o in read if o.letters):
        seen = [s for o in read if o.kind == kind for s in o.letters]
        told = [bool(o.rules & o.expected) for o in read if o.kind == kind]
        rows.append((kind, _share(told), _share(s.found for s in seen), _share(s.read for s in seen)))
    return Table(("scene", "pictures with a right rule", "strings found", "strings read"), tuple(rows))


def _alarms(read: Sequence[Outcome]) -> Table:
    rows = [(o.name, "; ".join(o.signs)) for o in read if not o.expected and o.rules]
    return Table(("picture", "found"), tuple(rows) or (("none", "–"),))


def _left(copies: Sequence[Copy]) -> Table:
    """What is still seen in cleaned copies."""
    faces = [c.faces for c in copies if c.faces is not None]
    rows = (
        _seen("strings and plates", [c.letters for c in copies]),
        _seen("codes", [c.codes for c in copies]),
        _seen("faces", faces if len(faces) == len(copies) else []),
        ("places, thumbnails, names, marks", "", "", _share(bool(c.fields) for c in copies if c.told)),
        ("copies with any block of metadata", "", "", _share(bool(c.fields) for c in copies)),
        ("copies in which a rule still finds something", _share(bool(c.findings) for c in copies), "", ""),
    )
    return Table(("still there", "our readers", "second reader, original", "second reader, copy"), rows)


def _seen(title: str, left: Sequence[Left]) -> tuple[str, str, str, str]:
    whole = sum(each.whole for each in left)
    counts = (sum(getattr(each, name) for each in left) for name in ("ours", "second_before", "second"))
    ours, before, after = (share(count, whole) for count in counts)
    return title, ours, before, after


def _cost() -> Table:
    """Seconds and memory; the picture is built here, so that the child holds no more than a user's process does."""
    from benchmarks.photos.scenes import large

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.jpg"
        path.write_bytes(large().data)
        took = json.loads(output(["-m", "benchmarks.photos.cost", str(path), str(ROUNDS)]))
    rows = [("all readers and the checks (s)", spread(took["seconds"], 1))]
    rows += [(f"of which {name} (s)", f"{median(values):.1f}") for name, values in took["parts"].items()]
    rows += [
        ("the first picture, with loading (s)", f"{took['first']:.1f}"),
        ("peak memory (MB)", f"{took['peak']:.0f}"),
    ]
    return Table(("measure", "figure"), tuple(rows))
