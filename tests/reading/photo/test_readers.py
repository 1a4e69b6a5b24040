"""Faces, letters, codes and nudity in real pixels, each by its real reader."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from PIL import Image

from ryoshiki.model import Photo
from ryoshiki.reading.photo import see
from ryoshiki.reading.photo.codes import codes
from ryoshiki.reading.photo.faces import faces
from ryoshiki.reading.photo.letters import letters
from ryoshiki.reading.photo.nudity import nudity
from tests.pictures import code, encoded, people, scene, sheet


def read(image: Image.Image) -> str:
    return "\n".join(line.text for line in letters(image)[0])


def test_faces_have_places() -> None:
    """Each face once, the largest first, where it is."""
    found = faces(people(50, 70))
    assert len(found) == 2
    assert found[0].box.height > found[1].box.height
    assert 150 < found[0].box.left < 200
    assert 40 < found[1].box.left < 80


def test_who_only_passes_behind() -> None:
    """A face less than half as high as the largest is nobody the picture shows."""
    assert [face.subject for face in faces(people(68, 28))] == [True, False]


@pytest.mark.parametrize("image", [scene(), sheet(["本日のおすすめ"]), Image.new("RGB", (64, 64), "white")])
def test_no_face_where_nobody_is(image: Image.Image) -> None:
    assert faces(image) == ()


def test_letters_have_places() -> None:
    """Japanese, figures and Latin, line by line from the top."""
    lines, whole = letters(sheet(["住民異動届", "電話 090-0000-1234", "Password: Muro2026"]))
    assert [line.text.replace(" ", "") for line in lines] == ["住民異動届", "電話090-0000-1234", "Password:Muro2026"]
    assert whole
    assert lines[0].box.top < lines[1].box.top < lines[2].box.top
    assert 40 < lines[0].box.left < 80


def test_small_letters_of_a_large_picture_are_read() -> None:
    """A sheet in the corner of a picture of eight megapixels."""
    large = Image.new("RGB", (3264, 2448), (150, 140, 120))
    large.paste(sheet(["氏名 室山 花子"], 1200, 300, 60), (1800, 1900))
    line = letters(large)[0][0]
    assert "室山" in line.text
    assert line.box.left > 1800
    assert line.box.top > 1900


def test_a_long_screen_is_read_in_pieces() -> None:
    """What was scrolled is not made too small to read; a line at a seam comes once; the end is told."""
    long = sheet([f"{n}行目のことば" for n in range(60)], 800, 60 * 64 + 100)
    lines, whole = letters(long)
    assert whole
    texts = [line.text for line in lines]
    assert [t for t in texts if t.startswith(("0行", "30行", "59行"))] == [
        "0行目のことば",
        "30行目のことば",
        "59行目のことば",
    ]
    assert len(texts) <= 62
    assert not letters(Image.new("RGB", (200, 14_000), "white"))[1]


@pytest.mark.parametrize(
    "text", ["https://city.example/", "WIFI:S:kaigi;T:WPA;P:muro2026;;", "日本語のことばを入れたもの"]
)
def test_codes(text: str) -> None:
    """What a code says, and where it is; it is not opened."""
    (found,) = codes(code(text))
    assert (found.kind, found.text) == ("QRCode", text)
    assert 200 < found.box.left < 260


def test_no_code_in_letters_and_textures() -> None:
    assert codes(sheet(["|| ||| || |||| |", "■□■□■□"])) == ()
    assert codes(scene()) == ()


def test_a_scene_is_not_nude() -> None:
    assert nudity(people(60)) < 0.3


def test_without_the_readers_the_sight_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part that is not installed is named; the others read on."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] in ("zxingcpp", "rapidocr"):
            raise ImportError(name)
        return real(name, *rest)

    letters_reader = __import__("ryoshiki.reading.photo.letters", fromlist=["_reader"])
    letters_reader._reader.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    sight = see(Photo("a.jpg", encoded(people(60))))
    assert [sentence[:2] for sentence in sight.unread] == ["文字", "QR"]
    assert len(sight.faces) == 1


def test_one_reader_that_breaks_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Image.Image) -> None:
        raise ValueError("the words of a picture")

    monkeypatch.setattr("ryoshiki.reading.photo.codes.codes", broken)
    sight = see(Photo("a.jpg", encoded(people(60))))
    assert sight.unread == ("QRコードやバーコードは途中で読めなくなりました（ValueError）。",)
    assert sight.faces
