"""A cleaned copy shows nothing any more: to our readers, to others, and in its bytes."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image

from ryoshiki import Box, RyoshikiError, load
from ryoshiki.cleaning import Cleaned, Place, clean, places
from ryoshiki.model import Photo
from ryoshiki.reading.photo import see
from tests.pictures import code, fields, people, photo, sheet, with_thumbnail

MURORAN = load()
PAPER = sheet(["住民異動届", "氏名 室山 花子", "生年月日 昭和58年4月12日", "携帯 090-0000-1234"])
GIVEN = {"place": (42.3, 141.0), "author": "室山 花子", "taken": "2026:06:12 10:00:00", "model": "Phone 12"}


def pixels(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def kinds(cleaned: Cleaned) -> list[str]:
    return [place.kind for place in cleaned.covered]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_no_field_of_the_file_is_left(format: str) -> None:
    """EXIF, XMP and profiles go; the copy is JPEG where the format cannot be written."""
    whole = photo(people(), "a", format, exif=fields(**GIVEN))
    assert "place" in {trace.kind for trace in see(whole).traces}
    cleaned = clean(whole, MURORAN)
    assert see(Photo("a", cleaned.data)).traces == ()
    assert b"Exif" not in cleaned.data
    assert set(Image.open(BytesIO(cleaned.data)).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
        "loop",
        "background",
        "timestamp",
        "duration",
    }


def test_the_thumbnail_is_gone() -> None:
    whole = Photo("a.jpg", with_thumbnail(people(), people(90, 90).resize((160, 120))))
    assert "cropped" in {trace.kind for trace in see(whole).traces}
    assert see(Photo("a.jpg", clean(whole, MURORAN).data)).traces == ()


def test_faces_cannot_be_told_any_more() -> None:
    """No face is found; where one was there is one colour."""
    whole = photo(people(60, 60), "a.png", "PNG")
    cleaned = clean(whole, MURORAN)
    assert kinds(cleaned)[:2] == ["face", "face"]
    assert cleaned.left == ()
    assert see(Photo("a.png", cleaned.data)).faces == ()
    box = cleaned.covered[0].box
    inside = pixels(cleaned.data).crop((box.left, box.top, box.right, box.bottom))
    assert len(inside.getcolors(100_000) or ()) == 1


def test_a_kept_face_is_left_as_it_is() -> None:
    """Who agreed stays: pixel by pixel, where the copy keeps pixels."""
    whole = photo(people(60, 60), "a.png", "PNG")
    first, second = (place.box for place in places(whole, MURORAN))
    cleaned = clean(whole, MURORAN, keep=[2])
    before, after = np.asarray(people(60, 60)), np.asarray(pixels(cleaned.data))
    rows, columns = slice(second.top, second.bottom), slice(second.left, second.right)
    assert (before[rows, columns] == after[rows, columns]).all()
    assert len(see(Photo("a.png", cleaned.data)).faces) == 1
    assert (cleaned.kept[0].box, cleaned.left) == (second, ())
    assert first.left < second.left


def test_the_whole_sheet_is_covered() -> None:
    """Also the lines that no check spoke of, since the next reader may see more."""
    cleaned = clean(photo(PAPER), MURORAN)
    assert {"letters"} == set(kinds(cleaned))
    assert see(Photo("a.jpg", cleaned.data)).lines == ()


def test_all_letters_are_covered_or_only_those_of_concern() -> None:
    menu = photo(sheet(["本日のおすすめ", "コーヒー 450円"]))
    assert len(clean(menu, MURORAN).covered) == 2
    assert clean(menu, MURORAN, letters=False).covered == ()


def test_a_covered_place_is_not_taken_for_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The letter reader sees one letter, as large as a wall, in the edges of what was covered."""
    looked = places
    edge = Place("letters", Box(0, 0, 640, 480), "一")  # many times as large as the face
    monkeypatch.setattr("ryoshiki.cleaning.places", lambda *seen, **how: looked(*seen, **how) or (edge,))
    cleaned = clean(photo(people(60), "a.png", "PNG"), MURORAN)
    assert cleaned.left == ()
    assert edge not in cleaned.covered


def test_a_letter_at_the_edge_of_a_covered_place_is_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a name that the first look cut short."""
    looked, rest = places, Place("letters", Box(90, 160, 120, 190), "子")
    monkeypatch.setattr("ryoshiki.cleaning.places", lambda *seen, **how: looked(*seen, **how) or (rest,))
    cleaned = clean(photo(people(60), "a.png", "PNG"), MURORAN)
    assert rest in (*cleaned.covered, *cleaned.left)


@pytest.mark.parametrize("broken", ["missing", "cut off"])
def test_the_closer_look_fails_in_silence(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """What cannot be read is told by the first look; the second one breaks nothing."""
    whole = photo(people(60), "a.jpg", "JPEG")
    if broken == "missing":
        monkeypatch.setattr("ryoshiki.reading.photo.faces._session", lambda: 1 / 0)
    else:
        whole = Photo("a.jpg", whole.data[: len(whole.data) // 2] if whole.data else b"")
    assert places(whole, MURORAN) == ()
    assert see(whole).unread


def test_a_face_too_small_for_a_report_is_covered() -> None:
    """A second program might see it."""
    far = photo(people(13), "a.png", "PNG")
    assert see(far).faces == ()
    assert "face" in kinds(clean(far, MURORAN))


def test_a_code_cannot_be_read_any_more() -> None:
    """By our reader, and by another."""
    whole = photo(code("WIFI:S:kaigi;T:WPA;P:muro2026;;"))
    detector = cv2.QRCodeDetector()
    assert detector.detectAndDecode(np.asarray(pixels(whole.data or b"")))[0]
    cleaned = clean(whole, MURORAN)
    assert cleaned.covered[0].kind == "code"
    assert detector.detectAndDecode(np.asarray(pixels(cleaned.data)))[0] == ""


def test_a_turned_picture_is_covered_where_people_see_it() -> None:
    """The copy stands upright, and says nothing of a turn."""
    stored = people(60, 60).transpose(Image.Transpose.ROTATE_90)
    cleaned = clean(photo(stored, exif=fields(turned=6)), MURORAN)
    assert pixels(cleaned.data).size == (640, 480)
    assert len([kind for kind in kinds(cleaned) if kind == "face"]) == 2
    assert see(Photo("a.jpg", cleaned.data)).faces == ()


def test_colours_of_another_profile_become_those_of_the_web() -> None:
    """A profile may name a device, so it goes; a picture in 4 inks becomes one in three colours."""
    cmyk = photo(people().convert("CMYK"), "a.jpg", "JPEG")
    assert Image.open(BytesIO(clean(cmyk, MURORAN).data)).mode == "RGB"


def test_what_the_last_look_sees_is_told_and_not_called_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that sees something new each time: the copy and the lists agree."""
    lefts = iter(range(0, 400, 20))
    monkeypatch.setattr(
        "ryoshiki.cleaning._still_seen", lambda *_: (Place("letters", Box(at := next(lefts), 0, at + 10, 10)),)
    )
    cleaned = clean(photo(people(), "a.png", "PNG"), MURORAN)
    assert len(cleaned.left) == 1
    assert cleaned.left[0] not in cleaned.covered


@pytest.mark.parametrize("keep", [[0], [2], [99]])
def test_a_number_that_stands_for_nothing_is_refused(keep: list[int]) -> None:
    with pytest.raises(RyoshikiError, match="--keep"):
        clean(photo(people(60), "a.png", "PNG"), MURORAN, keep=keep)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(RyoshikiError, match="PDF"):
        clean(Photo("a.jpg", b"%PDF-1.4"), MURORAN)
    with pytest.raises(RyoshikiError, match="no picture"):
        clean(Photo("a.jpg"), MURORAN)
