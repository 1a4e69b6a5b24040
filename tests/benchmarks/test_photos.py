"""The set of pictures: the same every time, with a truth that lies where it says."""

# ruff: noqa: E402 - what is imported below the check needs packages that may be missing.

import io
from random import Random

import pytest

for _package in ("PIL", "pillow_heif", "segno", "zxingcpp"):
    pytest.importorskip(_package)

from PIL import ExifTags, Image, ImageOps

from benchmarks.photos import files, measure, metadata, people
from benchmarks.photos.canvas import Canvas, tilted
from benchmarks.photos.match import contains, edits, folded, same_face
from benchmarks.photos.results import Outcome, Seen
from benchmarks.photos.scenes import SCENES, TAGGED, kinds, picture
from benchmarks.photos.truth import Letters
from benchmarks.photos.wheels import folder
from ryoshiki import Box

drawn = pytest.mark.skipif(folder("pylopdf_fonts_jp") is None, reason="pylopdf-fonts-jp is not installed")


def upright(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data)))


@drawn
def test_a_picture_is_the_same_every_time() -> None:
    """Bytes and truth do not depend on what was built before."""
    one = picture("sticky", 1)
    picture("wifi", 0)
    assert picture("sticky", 1) == one


def test_the_set_is_large_and_of_all_kinds() -> None:
    """Every scene is there, but those whose photographs are not installed."""
    counts = kinds()
    assert sum(counts.values()) >= 120
    assert (SCENES.keys() | TAGGED.keys()) - counts.keys() <= {"face", "smallface", "real"}
    assert sum(n for name, n in counts.items() if name in SCENES and not SCENES[name].secret) >= 50


@drawn
@pytest.mark.parametrize(("kind", "n"), [("form", 0), ("mynumber", 1), ("plate", 0), ("qrsecret", 1), ("nametag", 1)])
def test_truth_lies_inside_the_upright_picture(kind: str, n: int) -> None:
    """Also where the file is turned by its EXIF orientation."""
    made = picture(kind, n)
    width, height = upright(made.data).size
    truth = made.truth
    boxes = [s.box for s in (*truth.letters, *truth.plates)] + [c.box for c in truth.codes]
    assert boxes
    assert truth.rules
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height


@drawn
def test_a_harmless_picture_has_no_rule() -> None:
    """It carries no place either."""
    truth = picture("game", 0).truth
    assert not truth.rules
    assert truth.gps is None


@pytest.mark.parametrize("n", range(files.PLACES))
def test_a_place_is_in_the_file(n: int) -> None:
    """EXIF or XMP, in four formats."""
    made = files.placed(Image.new("RGB", (64, 48)), (42.3152, 140.9738), n)
    image = Image.open(io.BytesIO(made.data))
    in_exif = bool(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    assert in_exif or b"GPSLatitude" in made.data


@pytest.mark.parametrize("turn", range(1, 9))
def test_orientation_is_undone_by_a_viewer(turn: int) -> None:
    """What is stored turned is seen upright."""
    image = Image.new("RGB", (3, 2))
    image.putdata([(i * 40, 0, 0) for i in range(6)])
    stored = metadata.turned(image, turn)
    data = files.saved(stored, "PNG", exif=metadata.exif(orientation=turn))
    assert upright(data).tobytes() == image.tobytes()


def test_a_thumbnail_shows_what_was_cut_away() -> None:
    """The second directory of the EXIF holds a JPEG of its own."""
    made = files.thumbnailed(Image.new("RGB", (80, 80)), Image.new("RGB", (400, 200), "red"))
    exif = Image.open(io.BytesIO(made.data)).getexif()
    fields = exif.get_ifd(ExifTags.IFD.IFD1)
    start = made.data.index(b"II*\0") + fields[0x0201]
    with Image.open(io.BytesIO(made.data[start : start + fields[0x0202]])) as small:
        assert small.size == (320, 160)


def test_the_twelfth_digit_checks_the_others() -> None:
    """Weights from the right: 2 to 7, then 2 to 6."""
    digits = [int(d) for d in people.my_number(Random(3)) if d != " "]
    weighed = sum(d * w for d, w in zip(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    assert digits[11] == (0 if weighed % 11 <= 1 else 11 - weighed % 11)


def test_a_mark_moves_with_its_sheet() -> None:
    """A sheet that lies a quarter round and at half its size."""
    sheet = Canvas.blank(200, 100)
    sheet.mark("letters", "x", "security", (0, 0, 100, 100))
    scene = Canvas.blank(400, 400)
    scene.place(sheet, tilted((200, 200), 100, 50, 90), shadow=0)
    assert scene.marks[0].box(scene.size) == pytest.approx((175, 150, 225, 200), abs=1)


def test_strings_are_met_with_one_edit_in_ten() -> None:
    """Short ones exactly; width, case and spaces do not count."""
    text = folded("氏名 佐々木 みどり ０１４３ー００ー１２３４ 室蘭市架空町１丁目2番3号")
    assert contains(text, "佐々木 みどり")
    assert not contains(text, "佐々本 みどり")
    assert contains(text, "室蘭市架空町1丁目2番8号")
    assert edits("abcdef", "bxd") == 1


def test_a_face_is_met_in_its_place_and_size() -> None:
    """A box on the whole person is not a face."""
    assert same_face((100, 100, 140, 150), Box(104, 96, 138, 150))
    assert not same_face((100, 100, 140, 150), Box(0, 0, 240, 260))
    assert not same_face((100, 100, 140, 150), Box(200, 100, 240, 150))


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the libraries, the part is one line."""
    monkeypatch.setattr(measure, "NEEDED", {"no_such_module": "no-such-package"})
    assert measure.section().parts == ("Not measured: no-such-package not installed.",)


def test_found_and_read_are_counted_apart() -> None:
    """A string may be read without a rule that speaks of it."""
    seen = Seen(Letters("佐々木", "personal-info", (0, 0, 9, 9)), found=False, read=True)
    outcomes = [
        Outcome("form-00", frozenset(["personal-info"]), frozenset(), (), (seen,)),
        Outcome("menu-00", frozenset(), frozenset(["security"]), ("security/x",)),
    ]
    rows = {row[0]: row[1] for row in measure._found(outcomes).rows}
    assert rows["all strings: found"] == "0 of 1 (0 %)"
    assert rows["all strings: read"] == "1 of 1 (100 %)"
    assert rows["**harmless pictures: anything found**"] == "1 of 1 (100 %)"
    assert measure._alarms(outcomes).rows == (("menu-00", "security/x"),)
