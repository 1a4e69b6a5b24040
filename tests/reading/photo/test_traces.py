"""What a file carries besides its pixels is found in every format that carries it, and damaged fields hide nothing."""

from __future__ import annotations

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ryoshiki.reading.photo.opening import opened, upright
from ryoshiki.reading.photo.traces import traces
from tests.pictures import encoded, face, fields, scene, with_thumbnail

SCENE = scene(200, 150)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description {attributes}>{elements}</rdf:Description>
</rdf:RDF></x:xmpmeta>"""


def found(data: bytes) -> dict[str, list[str]]:
    raw = opened(data)
    seen: dict[str, list[str]] = {}
    for trace in traces(raw, data, upright(raw).image):
        seen.setdefault(trace.kind, []).append(trace.value)
    return seen


def with_xmp(attributes: str = "", elements: str = "") -> bytes:
    return encoded(SCENE, "JPEG", xmp=XMP.format(attributes=attributes, elements=elements).encode())


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF"])
def test_where_it_was_taken(format: str) -> None:
    """The GPS tag, in degrees, from every format that has EXIF."""
    assert found(encoded(SCENE, format, exif=fields(place=(42.3153, 140.974))))["place"] == ["42.31530, 140.97400"]


def test_south_and_west_are_negative() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 15.0, 0.0)})
    assert found(encoded(SCENE, "JPEG", exif=exif))["place"] == ["-33.50000, -70.25000"]


def test_a_gps_tag_without_a_fix_is_none() -> None:
    """Cameras write zeros, or only the version, where they knew no place."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({0: b"\2\3\0\0", 1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)})
    assert "place" not in found(encoded(SCENE, "JPEG", exif=exif))


def test_time_device_and_names() -> None:
    seen = found(
        encoded(
            SCENE,
            "JPEG",
            exif=fields(taken="2026:06:12 10:15:00", model="Phone 12", artist="Muroyama", author="室山 花子"),
        )
    )
    assert seen == {
        "time": ["2026:06:12 10:15:00"],
        "device": ["Example Phone 12"],
        "person": ["Muroyama", "室山 花子"],
    }


@pytest.mark.parametrize(
    ("attributes", "elements", "kind", "value"),
    [
        ('exif:GPSLatitude="42,18.9N" exif:GPSLongitude="140,58.4E"', "", "place", "42,18.9N, 140,58.4E"),
        ('photoshop:City="室蘭市"', "", "place", "室蘭市"),
        ("", "<dc:creator><rdf:Seq><rdf:li>室山 花子</rdf:li></rdf:Seq></dc:creator>", "person", "室山 花子"),
        ('mwg-rs:Name="坂本 健二"', "", "person", "坂本 健二"),
        ('GCamera:MotionPhoto="1"', "", "video", "写真の前後の動画"),
        ('xmp:CreatorTool="Midjourney 7"', "", "generated", "Midjourney"),
    ],
)
def test_xmp(attributes: str, elements: str, kind: str, value: str) -> None:
    """Properties stand as attributes or as elements."""
    assert value in found(with_xmp(attributes, elements))[kind]


def test_marks_of_programs_that_make_pictures() -> None:
    """Texts of a PNG, the term of IPTC, and a C2PA record, which alone does not mean a machine made it."""
    info = PngInfo()
    info.add_text("parameters", "a harbour at night\nSteps: 20, Sampler: Euler a, CFG scale: 7")
    assert "generated" in found(encoded(SCENE, "PNG", pnginfo=info))
    source = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert "generated" in found(with_xmp(f'Iptc4xmpExt:DigitalSourceType="{source}"'))
    plain = encoded(SCENE, "JPEG")
    record = b"\0\0\0\x20jumb\0\0\0\x1ejumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0"
    signed = plain[:2] + b"\xff\xeb" + (len(record) + 2).to_bytes(2, "big") + record + plain[2:]
    assert set(found(signed)) == {"provenance"}


@pytest.mark.parametrize("software", ["Adobe Photoshop 27.0", "17.5.1", "Camera"])
def test_tools_that_people_use_are_no_generators(software: str) -> None:
    assert "generated" not in found(encoded(SCENE, "JPEG", exif=fields(software=software)))


def test_a_thumbnail_of_the_same_scene() -> None:
    """It is told, and not taken for a leak."""
    picture = face(300)
    assert set(found(with_thumbnail(picture, picture.resize((120, 120))))) == {"thumbnail"}


def test_a_thumbnail_of_what_was_cropped() -> None:
    """The small copy still shows what was cut off, or what was painted over."""
    whole = scene(600, 400)
    whole.paste(face(200), (380, 100))
    assert "cropped" in found(with_thumbnail(whole.crop((0, 0, 360, 400)), whole.resize((150, 100))))
    painted = whole.copy()
    painted.paste("black", (300, 50, 600, 350))
    assert "cropped" in found(with_thumbnail(painted, whole.resize((150, 100))))


def test_bars_and_turns_do_not_make_a_thumbnail_differ() -> None:
    """Cameras fill a thumbnail up to 4:3 with black, and do not turn it with the picture."""
    wide = face(320).resize((480, 270))
    barred = Image.new("RGB", (160, 120), "black")
    barred.paste(wide.resize((160, 90)), (0, 15))
    assert set(found(with_thumbnail(wide, barred))) == {"thumbnail"}
    assert set(found(with_thumbnail(wide, wide.resize((160, 90)).rotate(90, expand=True)))) == {"thumbnail"}


def test_a_damaged_field_hides_nothing() -> None:
    """A broken directory of details leaves the place standing."""
    data = encoded(SCENE, "JPEG", exif=fields(place=(42.0, 141.0), taken="2026:06:12 10:15:00"))
    at = data.index(b"\x87\x69")  # the link to the details
    broken = data[: at + 8] + b"\x7f\xff\xff\xff" + data[at + 12 :]
    assert set(found(broken)) == {"place", "device"}


def test_an_empty_file_of_fields_is_no_trace() -> None:
    assert found(encoded(SCENE, "JPEG")) == {}
    assert traces(opened(encoded(SCENE, "PNG")), b"", None) == ()
