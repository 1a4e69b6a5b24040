"""Pictures of every kind become upright pixels; hostile ones get a clear line, never a crash or unbounded memory."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ryoshiki.model import Photo
from ryoshiki.reading.photo import NOT_OPENED, see
from ryoshiki.reading.photo.opening import PictureError, opened, upright
from tests.pictures import encoded, fields, people, scene

SMALL = scene(96, 64)


def pixels(data: bytes) -> Image.Image:
    return upright(opened(data)).image


def sixteen_bits(mode: str) -> Image.Image:
    ramp = np.linspace(0, 1, 96 * 64).reshape(64, 96)
    return Image.fromarray((ramp * 65535).astype("uint16") if mode == "I;16" else ramp.astype("float32"))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF"])
def test_formats_that_phones_and_offices_write(format: str) -> None:
    """Each becomes RGB of its own size."""
    image = pixels(encoded(SMALL, format))
    assert (image.mode, image.size) == ("RGB", (96, 64))


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "RGBA", "P", "1"])
def test_modes(mode: str) -> None:
    """Four inks, greys, palettes and transparency become the colours that people see."""
    image = pixels(encoded(SMALL.convert(mode), "JPEG" if mode in ("CMYK", "L") else "PNG"))
    assert abs(float(np.asarray(image).mean()) - float(np.asarray(SMALL).mean())) < 12


@pytest.mark.parametrize("mode", ["I;16", "F"])
def test_more_than_eight_bits(mode: str) -> None:
    """Greys of 16 bits and of real numbers keep their range, from black to white."""
    image = np.asarray(pixels(encoded(sixteen_bits(mode), "TIFF")))
    assert image.min() <= 2
    assert image.max() >= 253


def test_transparent_letters_are_read_on_white() -> None:
    """What is clear is paper, not black."""
    assert pixels(encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_upright(turned: int) -> None:
    """All eight orientations of EXIF; the size is that of the upright picture."""
    marked = Image.new("RGB", (80, 40), "black")
    marked.paste("red", (0, 0, 20, 20))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how to store it, so that turning it gives the picture again
    stored = marked if turned == 1 else marked.transpose(Image.Transpose(back[turned]))
    picture = upright(opened(encoded(stored, "PNG", exif=fields(turned=turned))))
    assert (picture.width, picture.height) == (80, 40)
    assert picture.image.getpixel((5, 5)) == (255, 0, 0)


def test_a_large_jpeg_is_decoded_at_a_part_of_its_size() -> None:
    """Places still count pixels of the whole picture."""
    picture = upright(opened(encoded(Image.new("RGB", (6000, 4000)), "JPEG")))
    assert picture.image.size == (2000, 1333)
    assert (picture.width, picture.height) == (6000, 4000)
    assert picture.scale == pytest.approx(3)


def test_a_scrolled_screen_stays_legible() -> None:
    """A long picture is not made so small that its letters could not be read."""
    assert upright(opened(encoded(Image.new("RGB", (1080, 9000)), "PNG"))).image.width == 1080


def test_a_moving_picture_says_that_one_frame_was_seen() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    assert "最初の1コマ" in upright(opened(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))).notes[0]


def bomb() -> bytes:
    """A picture of 10 megabytes that claims to be 3.6 thousand million pixels."""
    return encoded(Image.new("1", (60_000, 60_000)), "PNG")


HOSTILE = {
    "empty": (b"", "空です"),
    "text": (b"hello, I am no picture at all", "写真として読めません"),
    "pdf named .jpg": (b"%PDF-1.7\n1 0 obj", "PDF"),
    "svg with a script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
    "web page": (b"<!DOCTYPE html><html></html>", "Web"),
    "film": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64), "動画"),
    "document": (b"PK\x03\x04" + bytes(100), "ZIP"),
    "one column": (encoded(Image.new("RGB", (1, 30_000)), "PNG"), "細すぎる"),
    "one row": (encoded(Image.new("RGB", (30_000, 1)), "PNG"), "細すぎる"),
    "cut jpeg": (encoded(people(60), "JPEG")[:3_000], "切れて"),
    "cut png": (encoded(people(60), "PNG")[:3_000], "切れて"),
    "zeros behind a head": (encoded(SMALL, "PNG")[:40] + bytes(500), "読めません"),
    "only a head": (b"\xff\xd8\xff\xe0" + bytes(20), "読めません"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_line(name: str) -> None:
    """What it is, or what is wrong with it; the review goes on."""
    data, said = HOSTILE[name]
    with pytest.raises(PictureError, match=said):
        upright(opened(data))
    sight = see(Photo("x.jpg", data))
    assert len(sight.unread) == 1
    assert said in sight.unread[0]


def test_a_bomb_is_refused_by_its_header() -> None:
    """Nothing is decoded."""
    with pytest.raises(PictureError, match="大きすぎ"):
        opened(bomb())


@pytest.mark.parametrize("data", [None, b"\xff\xd8"])
def test_what_was_not_looked_at_is_said(data: bytes | None) -> None:
    """A photo without bytes is named, and one that is damaged has its reason."""
    assert see(Photo("a.jpg", data)).unread
    assert see(Photo("a.jpg")).unread == (NOT_OPENED,)


SEEDS = [encoded(SMALL, format) for format in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")]
SEEDS += [encoded(SMALL, "JPEG", exif=fields(place=(42.0, 140.0), artist="x", taken="2026:06:12 10:00:00"))]


@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=30),
    cut=st.integers(0, 6_000),
)
@settings(max_examples=150, deadline=None)
def test_mutated_files_are_read_or_refused(seed: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    """Whatever the bytes, there are bounded pixels or a line that says why not; and the fields raise nothing."""
    from ryoshiki.reading.photo.traces import traces

    data = bytearray(seed)
    for at, value in changes:
        data[at % len(data)] = value
    data = data[: max(1, len(data) - cut % len(data))]
    try:
        raw = opened(bytes(data))
        assert isinstance(traces(raw, bytes(data), None), tuple)
        image = upright(raw).image
    except PictureError:
        return
    assert image.mode == "RGB"
    assert image.width * image.height <= 50_000_000


@pytest.mark.parametrize("changes", [{9: 1, 52: 255, 54: 255}, {9: 1}, {54: 8}, {30: 200, 54: 255}])
def test_a_damaged_directory_is_passed_over_or_told(changes: dict[int, int]) -> None:
    """A TIFF whose fields are wild gives pixels or a line; a warning of the library, too, would fail this test."""
    data = bytearray(encoded(SMALL, "TIFF"))
    for at, value in changes.items():
        data[at] = value
    with suppress(PictureError):
        assert upright(opened(bytes(data))).image.size == (96, 64)


def test_the_same_bytes_are_seen_alike() -> None:
    data = encoded(people(60), "PNG")
    assert see(Photo("a.png", data)) == see(Photo("a.png", data))
