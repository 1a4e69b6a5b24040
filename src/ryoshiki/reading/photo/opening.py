"""The bytes of a picture become pixels that stand upright, or are refused in a clear line. Bounded in size."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# What is wrong with a picture is told in the report, in words for its author, and not by its library on the console.
logging.getLogger("PIL").addHandler(logging.NullHandler())

BYTE_LIMIT = 64 * 2**20
PIXEL_LIMIT = 50_000_000  # decoded as a whole: phones make up to 50 megapixels
JPEG_PIXEL_LIMIT = 210_000_000  # a JPEG is decoded at a part of its size
READ_SIDE, COPY_SIDE = 2_000, 4_000  # pixels of the long side that are looked at, and that a copy has at most
_SHORT_SHARE = 0.55  # of that, which the short side of a long picture keeps: a scrolled screen must stay legible
_SHORTEST_SIDE = 8
_DEEP = {"I;16": 256, "I;16B": 256, "I;16L": 256, "I;16N": 256}  # what one of 256 greys is worth

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")  # HEIC comes with a plug-in
_READ = "読めるのは JPEG、PNG、WebP、HEIC、AVIF、GIF、BMP、TIFF です"
_OTHERS = {
    b"%PDF": "PDF",
    b"<svg": "SVG（図形の文書）",
    b"<?xm": "SVG（図形の文書）などの XML",
    b"<!DO": "Web ページ",
    b"<htm": "Web ページ",
    b"PK\x03\x04": "ZIP や Word、Excel",
    b"\xd0\xcf\x11\xe0": "Word や Excel（97–2003）",
    b"8BPS": "Photoshop の文書",
    b"\x1aE\xdf\xa3": "動画",
    b"RIFF": "動画や音声",
    b"%!PS": "PostScript の文書",
}


class PictureError(Exception):
    """A picture that cannot be read; the message says why, for the author."""


@dataclass(frozen=True, slots=True)
class Picture:
    """``image`` is RGB, upright, and ``scale`` times smaller than the ``width`` and ``height`` of the whole picture.

    ``notes``: what was left out in opening.
    """

    image: Image.Image
    width: int
    height: int
    scale: float
    notes: tuple[str, ...]


def opened(data: bytes) -> Image.Image:
    """The header of a picture; pixels are not decoded yet.

    Raises:
        PictureError: no picture of a kind that is read, or too large.
    """
    if not data:
        raise PictureError("ファイルが空です。")
    if len(data) > BYTE_LIMIT:
        raise PictureError(f"ファイルが大きすぎます（{len(data) // 2**20} MB、上限は {BYTE_LIMIT // 2**20} MB）。")
    _other(data)
    image = _header(data)
    limit = JPEG_PIXEL_LIMIT if image.format in ("JPEG", "MPO") else PIXEL_LIMIT
    if image.width * image.height > limit:
        size = f"{image.width:,}×{image.height:,}"
        raise PictureError(f"画像が大きすぎます（{size} ピクセル、上限は {limit // 1_000_000} メガピクセル）。")
    if min(image.size) < _SHORTEST_SIDE:
        raise PictureError(f"画像が細すぎるか小さすぎます（{image.width:,}×{image.height:,} ピクセル）。")
    return image


def _header(data: bytes) -> Image.Image:
    from PIL import Image, UnidentifiedImageError

    formats = (*_FORMATS, "HEIF") if _heif() else _FORMATS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a broken field is told by what cannot be read, not on the console
            return Image.open(BytesIO(data), formats=formats)
    except UnidentifiedImageError:
        if data[4:8] == b"ftyp" and not _heif():
            raise PictureError("HEIC を読む部品（pillow-heif）が入っていません。") from None
        raise PictureError(f"写真として読めません。{_READ}。") from None
    except Image.DecompressionBombError:
        raise PictureError("画像が大きすぎます。") from None
    except Exception as reason:  # decoders raise what they like at damaged bytes
        raise PictureError(f"写真として読めません（{type(reason).__name__}）。{_READ}。") from None


def upright(raw: Image.Image, side: int = READ_SIDE) -> Picture:
    """Decode the pixels, turn them as the file says, put transparent ones on white; a large picture is made smaller.

    Raises:
        PictureError: damaged or cut off.
    """
    from PIL import ImageOps

    width, height = raw.size
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notes = ("動く画像のため、最初の1コマだけを見ました。",) if _moves(raw) else ()
            shrink = max(1.0, min(max(width, height) / side, min(width, height) / (side * _SHORT_SHARE)))
            small = round(width / shrink), round(height / shrink)
            if raw.format in ("JPEG", "MPO"):
                raw.draft("RGB", small)
            raw.load()
            image = _plain(ImageOps.exif_transpose(raw))
            image.thumbnail((max(small), max(small)), reducing_gap=2.0)
    except Exception as reason:  # decoders raise what they like at damaged bytes
        cut = "truncated" in str(reason)
        why = "途中で切れています" if cut else f"壊れています（{type(reason).__name__}）"
        raise PictureError(f"画像の中身が{why}。") from None
    if (image.width < image.height) != (width < height):
        width, height = height, width
    return Picture(image, width, height, width / image.width, notes)


def _moves(raw: Image.Image) -> bool:
    # A TIFF has pages, an MPO further pictures of the same.
    return raw.format in ("GIF", "PNG", "WEBP", "AVIF") and getattr(raw, "n_frames", 1) > 1


def _plain(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode in _DEEP:
        image = image.point(lambda value: value / _DEEP[image.mode]).convert("L")
    elif image.mode in ("I", "F"):
        low, high = image.getextrema()
        image = image.point(lambda value: (value - low) * (255 / max(high - low, 1e-6))).convert("L")  # type: ignore[operator]
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper
    return image.convert("RGB")


def _other(data: bytes) -> None:
    start = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, kind in _OTHERS.items():
        if start[:4].upper() == sign.upper() and data[8:12] != b"WEBP":
            raise PictureError(f"写真ではなく {kind} です。{_READ}。")
    if data[4:8] == b"ftyp" and data[8:12] in (b"isom", b"mp42", b"qt  ", b"mp41", b"M4V ", b"3gp4", b"3gp5"):
        raise PictureError(f"写真ではなく動画です。動画の中身は見ません。{_READ}。")


@cache
def _heif() -> bool:
    """Teach Pillow to read HEIC; False where the plug-in is not installed."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener(thumbnails=False)
    return True
