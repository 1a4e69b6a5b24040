"""What the file of a picture carries besides its pixels: EXIF, XMP, IPTC, C2PA, marks of generators, a thumbnail.

Fields are read as they stand, by the specifications EXIF 3.0, XMP, IPTC Photo Metadata and C2PA; a broken field is
passed over, since the fields behind it may still tell where the picture was taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ryoshiki.reading.photo.thumbnails import thumbnails
from ryoshiki.sight import Trace, TraceKind

if TYPE_CHECKING:
    from PIL import Image

_LONGEST = 200  # characters of a field that are shown
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_ARTIST, _XP_AUTHOR, _OWNER = 0x013B, 0x9C9D, 0xA430
_MAKE, _MODEL, _SOFTWARE, _DESCRIPTION = 0x010F, 0x0110, 0x0131, 0x010E
_BODY_SERIAL, _LENS_SERIAL, _COMMENT = 0xA431, 0xA435, 0x9286
_TAKEN, _DIGITISED, _CHANGED = 0x9003, 0x9004, 0x0132
_IPTC_NAMES = ((2, 80), (2, 118), (2, 122))  # by-line, contact, writer of the caption
_IPTC_PLACES = ((2, 90), (2, 92), (2, 95))  # city, sub-location, state

_XMP_NAMES = ("dc:creator", "Iptc4xmpExt:PersonInImage", "mwg-rs:Name", "photoshop:AuthorsPosition", "aux:OwnerName")
_XMP_PLACES = ("photoshop:City", "Iptc4xmpCore:Location", "Iptc4xmpExt:Sublocation")
_XMP_TIMES = ("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate")
_XMP_VIDEOS = ("GCamera:MotionPhoto", "GCamera:MicroVideo")
_XMP_SERIALS = ("aux:SerialNumber", "exifEX:BodySerialNumber")

_C2PA = b"jumdc2pa"  # the description box of a C2PA manifest store, and the beginning of its type
_BY_MODEL = (b"trainedAlgorithmicMedia", b"compositeWithTrainedAlgorithmicMedia")
_GENERATORS = re.compile(
    r"stable.?diffusion|midjourney|dall.?e|novelai|comfyui|invokeai|adobe firefly|made with google ai|imagen|"
    r"gpt-?4o|openai|leonardo\.ai|flux\.1|ideogram|automatic1111|fooocus|bing image creator|chatgpt|gemini",
    re.IGNORECASE,
)
_GENERATOR_FIELDS = ("parameters", "prompt", "workflow", "invokeai_metadata", "sd-metadata", "dream", "aigc")
_STEPS = re.compile(r"Steps: \d+.{0,300}Sampler:", re.DOTALL)


def traces(raw: Image.Image, data: bytes, picture: Image.Image | None) -> tuple[Trace, ...]:
    """The traces in a file, each kind once for each value.

    ``raw`` as `opening.opened` gives it; ``picture``: its pixels, or None where they are damaged.
    """
    found: list[Trace] = []
    for reading in (_exif(raw), _xmp(raw, data), _iptc(raw), _records(raw, data), thumbnails(raw, picture)):
        with suppress(Exception):  # damaged fields raise what they like; what was read before them stands
            for trace in reading:
                if trace not in found:
                    found.append(trace)
    return tuple(found)


def _exif(raw: Image.Image) -> Iterator[Trace]:
    exif = raw.getexif()
    with suppress(Exception):
        place = _coordinates(exif.get_ifd(_GPS_IFD))
        if place:
            yield Trace("place", place)
    details: Mapping[int, Any] = {}
    with suppress(Exception):
        details = exif.get_ifd(_EXIF_IFD)
    fields = {**details, **exif}
    yield from _first("time", (fields.get(tag) for tag in (_TAKEN, _DIGITISED, _CHANGED)))
    device = " ".join(filter(None, (_text(fields.get(_MAKE)), _text(fields.get(_MODEL)))))
    if device:
        yield Trace("device", device)
    for tag in (_BODY_SERIAL, _LENS_SERIAL):
        yield from _first("device", [_numbered(fields.get(tag))])
    for tag in (_ARTIST, _XP_AUTHOR, _OWNER):
        yield from _first("person", [fields.get(tag)])
    for tag in (_SOFTWARE, _DESCRIPTION, _COMMENT):
        yield from _generated(_text(fields.get(tag)))


def _coordinates(gps: Mapping[int, Any]) -> str:
    """Degrees as people write them, or the name of the area; empty where there is none."""
    degrees = []
    for value, side, negative in ((gps.get(2), gps.get(1), "S"), (gps.get(4), gps.get(3), "W")):
        if value is None:
            break
        angle = sum(float(part) / 60**power for power, part in enumerate(value))
        degrees.append(-angle if _text(side).upper().startswith(negative) else angle)
    if len(degrees) == 2 and abs(degrees[0]) <= 90 and abs(degrees[1]) <= 180 and any(degrees):
        return f"{degrees[0]:.5f}, {degrees[1]:.5f}"
    return _text(gps.get(28))


def _xmp(raw: Image.Image, data: bytes) -> Iterator[Trace]:
    packet = _packet(raw, data)
    if not packet:
        return
    here = [next(_xmp_values(packet, f"exif:GPS{axis}"), "") for axis in ("Latitude", "Longitude")]
    if all(here):
        yield Trace("place", ", ".join(here))
    for kind, names in (("place", _XMP_PLACES), ("person", _XMP_NAMES)):
        for name in names:
            for value in _xmp_values(packet, name):
                yield from _first(kind, [value])
    yield from _first("time", (value for name in _XMP_TIMES for value in _xmp_values(packet, name)))
    yield from _first("device", (_numbered(value) for name in _XMP_SERIALS for value in _xmp_values(packet, name)))
    if any("1" in _xmp_values(packet, name) for name in _XMP_VIDEOS):
        yield Trace("video", "写真の前後の動画")
    for name in ("xmp:CreatorTool", "photoshop:Credit", "Iptc4xmpExt:AISystemUsed", "dc:description"):
        for value in _xmp_values(packet, name):
            yield from _generated(value)


def _packet(raw: Image.Image, data: bytes) -> str:
    found = raw.info.get("xmp") or raw.info.get("XML:com.adobe.xmp")
    if found is None and raw.format == "TIFF":
        found = raw.getexif().get(700)
    if found is None:
        start = data.find(b"<x:xmpmeta")
        found = data[start : data.find(b"</x:xmpmeta>", start)] if start >= 0 else b""
    return found if isinstance(found, str) else bytes(found).decode("utf-8", "replace")


def _xmp_values(packet: str, name: str) -> Iterator[str]:
    """Values of a property, written as an attribute or as an element, with the items of its list one by one."""
    at = 0
    while (at := packet.find(name, at)) >= 0:
        after = at + len(name)
        if packet[after : after + 2] in ('="', "='"):
            end = packet.find(packet[after + 1], after + 2)
            yield packet[after + 2 : end]
        elif packet[at - 1 : at] == "<" and packet[after : after + 1] in " >\n\r\t":
            end = packet.find(f"</{name}", after)
            body = packet[packet.find(">", after) + 1 : end]
            yield from filter(str.strip, re.split(r"<[^<>]*>", body))
        at = after


def _iptc(raw: Image.Image) -> Iterator[Trace]:
    from PIL.IptcImagePlugin import getiptcinfo

    fields: Any = getiptcinfo(raw) or {}  # type: ignore[arg-type]
    for kind, names in (("person", _IPTC_NAMES), ("place", _IPTC_PLACES)):
        for name in names:
            given = fields.get(name, ())
            for value in given if isinstance(given, list) else [given]:
                yield from _first(kind, [value])


def _records(raw: Image.Image, data: bytes) -> Iterator[Trace]:
    """Records of origin, and what programs that make pictures write into the texts of a PNG."""
    model = any(mark in data for mark in _BY_MODEL)
    if model:
        yield Trace("generated", "AI で作られた、または直されたという印")
    if _C2PA in data:
        yield Trace("provenance", "C2PA の来歴の記録")
    if raw.format == "PNG":
        raw.load()  # texts may stand behind the pixels
    for name, value in raw.info.items():
        if not isinstance(name, str) or not isinstance(value, str):
            continue
        if name.lower() in _GENERATOR_FIELDS:
            yield Trace("generated", f"画像を作るプログラムの記録（{name}）")
        elif name.lower() in ("author", "artist"):
            yield from _first("person", [value])
        elif name.lower() in ("software", "comment", "description", "source", "title"):
            yield from _generated(value)
    with suppress(UnicodeDecodeError):
        yield from _generated(bytes(raw.info.get("comment", b"")).decode() if raw.format == "JPEG" else "")


def _generated(value: str) -> Iterator[Trace]:
    if _STEPS.search(value[:4_000]):
        yield Trace("generated", "画像を作るプログラムの記録（生成の設定）")
    elif found := _GENERATORS.search(value[:4_000]):
        yield Trace("generated", found.group())


def _first(kind: TraceKind | str, values: Any) -> Iterator[Trace]:
    for value in values:
        if text := _text(value):
            yield Trace(kind, text)  # type: ignore[arg-type]
            return


def _numbered(value: Any) -> str:
    text = _text(value)
    return f"製造番号 {text}" if text.strip("0 ") else ""


def _text(value: Any) -> str:
    """A field as text: EXIF has ASCII, UTF-8 or CP932, and UTF-16 where the name begins with XP."""
    if isinstance(value, tuple):
        value = bytes(value) if all(isinstance(part, int) and 0 <= part < 256 for part in value) else ""
    if isinstance(value, bytes):
        for head in (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0"):
            value = value.removeprefix(head)
        wide = (len(value) > 1 and value[1::2].count(0) * 3 > len(value)) or value[-2:] == b"\0\0"
        big = value[::2].count(0) > value[1::2].count(0)
        for encoding in ("utf-16-be" if big else "utf-16-le", "utf-8") if wide or big else ("utf-8", "cp932"):
            with suppress(UnicodeDecodeError):
                value = value.decode(encoding)
                break
        else:
            return ""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value.strip("\0 ")).split())[:_LONGEST]
