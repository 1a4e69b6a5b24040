"""QR and bar codes in a picture. What one says is read as text; nothing is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ryoshiki.sight import Box, Code

if TYPE_CHECKING:
    from PIL import Image

_SMALL = 1_200  # pixels of the long side; a small picture is also read at twice its size, where blur hides the cells
_FORMATS = "QRCode MicroQRCode RMQRCode Aztec DataMatrix PDF417 EANUPC Code128 Code39"  # others see codes in textures
_LONGEST = 4_000  # characters of one code; none holds more


def codes(picture: Image.Image) -> tuple[Code, ...]:
    """The codes in a picture, in its own pixels, from the top."""
    from PIL import Image

    grey = picture.convert("L")
    found = _read(grey, 1)
    if not found and max(picture.size) <= _SMALL:
        larger = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        found = _read(larger, 2)
    return tuple(sorted(found, key=lambda code: (code.box.top, code.box)))


def _read(grey: Image.Image, scale: int) -> list[Code]:
    import zxingcpp

    wanted: Any = [getattr(zxingcpp.BarcodeFormat, name) for name in _FORMATS.split()]
    found = []
    for code in zxingcpp.read_barcodes(grey, formats=wanted):
        corners = [getattr(code.position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left")]
        across, down = [c.x // scale for c in corners], [c.y // scale for c in corners]
        box = Box(min(across), min(down), max(across) + 1, max(down) + 1)
        if code.text and box.width > 1:
            found.append(Code(code.format.name, code.text[:_LONGEST], box))
    return found
