"""What a file says besides its pixels, written byte by byte where Pillow does not write it."""

from __future__ import annotations

import json
import struct
from fractions import Fraction
from uuid import UUID

from PIL import ExifTags, Image

Gps = tuple[float, float]
# What exif_transpose does for each orientation, the other way round.
_TURN = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
SIGNED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The pixels as a camera held that way stores them."""
    return image.transpose(_TURN[orientation]) if orientation in _TURN else image


def exif(
    gps: Gps | None = None, orientation: int = 1, software: str = "", artist: str = "", serial: str = ""
) -> Image.Exif:
    """EXIF as a phone writes it."""
    data = Image.Exif()
    base = ExifTags.Base
    data[base.Make], data[base.Model] = "Example", "Phone 8"
    data[base.Orientation] = orientation
    data[base.DateTime] = "2026:06:14 12:04:33"
    if software:
        data[base.Software] = software
    if artist:
        data[base.Artist] = artist
    if serial:
        data.get_ifd(ExifTags.IFD.Exif)[base.BodySerialNumber] = serial
    if gps is not None:
        data.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                ExifTags.GPS.GPSLatitudeRef: "N",
                ExifTags.GPS.GPSLatitude: _degrees(gps[0]),
                ExifTags.GPS.GPSLongitudeRef: "E",
                ExifTags.GPS.GPSLongitude: _degrees(gps[1]),
            }
        )
    return data


def _degrees(value: float) -> tuple[Fraction, Fraction, Fraction]:
    hundredths = round(value * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return Fraction(whole), Fraction(minutes), Fraction(seconds, 100)


def xmp(gps: Gps | None = None, creator: str = "", source: str = "") -> bytes:
    """An XMP packet: place, author, and how the picture came about."""
    said = []
    if gps is not None:
        for name, value, side in (("Latitude", gps[0], "N"), ("Longitude", gps[1], "E")):
            whole = int(value)
            said.append(f"<exif:GPS{name}>{whole},{(value - whole) * 60:.4f}{side}</exif:GPS{name}>")
    if creator:
        said.append(f"<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>")
        said.append(f"<photoshop:Credit>{creator}</photoshop:Credit>")
    if source:
        said.append(f"<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>")
    names = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    }
    spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in names.items())
    body = f'<rdf:RDF {spaces}><rdf:Description rdf:about="">{"".join(said)}</rdf:Description></rdf:RDF>'
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{body}</x:xmpmeta>'
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{packet}<?xpacket end="w"?>'.encode()


def with_thumbnail(jpeg: bytes, thumbnail: bytes) -> bytes:
    """A JPEG whose EXIF carries a second, small JPEG (IFD1), in front of whatever it has."""
    make = b"Example\0"
    first = struct.pack("<HHHIIHHII", 2, 0x010F, 2, len(make), 38, 0x0112, 3, 1, 1)
    header = b"II*\0" + struct.pack("<I", 8) + first + struct.pack("<I", 38 + len(make)) + make
    start = len(header) + 2 + 3 * 12 + 4
    second = struct.pack("<HHHII", 3, 0x0103, 3, 1, 6)
    second += struct.pack("<HHIIHHIII", 0x0201, 4, 1, start, 0x0202, 4, 1, len(thumbnail), 0)
    return _after_start(jpeg, 0xE1, b"Exif\0\0" + header + second + thumbnail)


def with_byline(jpeg: bytes, author: str) -> bytes:
    """A JPEG whose IPTC block (APP13) names its photographer."""
    records = b""
    for number, value in ((80, author), (116, f"(C) {author}"), (110, author)):
        text = value.encode()
        records += struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text
    records += b"\0" * (len(records) % 2)
    block = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(records)) + records
    return _after_start(jpeg, 0xED, b"Photoshop 3.0\0" + block)


def with_credentials(jpeg: bytes) -> bytes:
    """A JPEG with the boxes of Content Credentials (C2PA) in APP11; the signature is left out."""
    actions = {"actions": [{"action": "c2pa.created", "digitalSourceType": SIGNED, "softwareAgent": "Example Image"}]}
    claim = {"claim_generator": "Example_Image/1.0", "dc:format": "image/jpeg"}
    assertion = _superbox("json", "c2pa.actions", _atom(b"json", json.dumps(actions).encode()))
    manifest = _superbox(
        "c2ma",
        "urn:uuid:5f3c1a90-0000-4000-8000-000000000001",
        _superbox("c2as", "c2pa.assertions", assertion)
        + _superbox("c2cl", "c2pa.claim", _atom(b"json", json.dumps(claim).encode())),
    )
    return _after_start(jpeg, 0xEB, b"JP" + struct.pack(">HI", 1, 1) + _superbox("c2pa", "c2pa", manifest))


def _superbox(kind: str, label: str, inside: bytes) -> bytes:
    # The four letters and then the rest that JUMBF gives all its kinds.
    name = kind.encode() + UUID("00000000-0011-0010-8000-00aa00389b71").bytes[4:]
    return _atom(b"jumb", _atom(b"jumd", name + b"\x03" + label.encode() + b"\0") + inside)


def _atom(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", len(inside) + 8) + kind + inside


def _after_start(jpeg: bytes, marker: int, payload: bytes) -> bytes:
    """Put a segment after the start of image and the JFIF header."""
    at = 2
    if jpeg[2:4] == b"\xff\xe0":
        at += 2 + struct.unpack(">H", jpeg[4:6])[0]
    return jpeg[:at] + struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload + jpeg[at:]
