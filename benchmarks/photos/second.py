"""A second opinion on cleaned copies: other programs, or the same on other pixels."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from benchmarks.photos.match import folded
from benchmarks.photos.wheels import folder
from ryoshiki.sight import Box as SeenBox

# What gives a block of metadata away in any format.
MARKS = (
    *(b"Exif\0\0", b"EXIF", b"eXIf", b"http://ns.adobe.com/xap", b"XMP ", b"<x:xmpmeta"),
    *(b"ICC_PROFILE", b"ICCP", b"iCCP", b"Photoshop 3.0", b"8BIM", b"jumb", b"c2pa", b"tEXt", b"iTXt", b"zTXt"),
)


def _upright(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")


def text_of(data: bytes) -> str:
    """All letters, folded: by our reader on an enlarged, stretched copy, and by Tesseract where it stands."""
    image = _upright(data)
    return _enlarged(image) + _tesseract(image)


def _tesseract(image: Image.Image) -> str:
    program = shutil.which("tesseract")
    if program is None:
        return ""
    held = BytesIO()
    image.save(held, "PNG")
    command = [program, "-", "-", "-l", "jpn+eng"]
    return folded(subprocess.run(command, input=held.getvalue(), capture_output=True, check=True).stdout.decode())


def _enlarged(image: Image.Image) -> str:
    from rapidocr import RapidOCR

    stretched = ImageOps.autocontrast(image, cutoff=1)
    scale = min(2.0, 3_200 / max(image.size))
    larger = stretched.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    reader = _reader(RapidOCR)
    answer = reader(np.asarray(larger)[:, :, ::-1])
    return folded("".join(answer.txts or ()))


@cache
def _reader(made: Any) -> Any:
    return made(params={"Global.log_level": "critical", "Global.max_side_len": 3_200})


def faces_of(data: bytes) -> list[SeenBox] | None:
    """Faces by MTCNN, or None where mtcnn-runtime is not installed."""
    detector = _mtcnn()
    if detector is None:
        return None
    pixels = np.asarray(_upright(data))
    try:
        boxes, _ = detector.detect(pixels[:, :, ::-1])
    except ValueError:  # its way to say that there is nothing like a face
        return []
    return [SeenBox(*(int(v) for v in box[:4])) for box in boxes]


@cache
def _mtcnn() -> Any:
    home = folder("mtcnnruntime")
    if home is None:
        return None
    # Loaded from where it lies, so that nothing else of that environment comes with it.
    spec = importlib.util.spec_from_file_location(
        "mtcnnruntime", home / "__init__.py", submodule_search_locations=[str(home)]
    )
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mtcnnruntime"] = module
    spec.loader.exec_module(module)
    return module.MTCNN()


def codes_of(data: bytes) -> set[str]:
    """QR codes by OpenCV."""
    import cv2

    pixels = np.asarray(_upright(data))[:, :, ::-1]
    _, said, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(pixels)
    return {text for text in said if text}


def says(data: bytes) -> list[str]:
    """Names of blocks of metadata in the bytes, and what Pillow sees."""
    found = [mark.decode("latin-1").strip("\0") for mark in MARKS if mark in data]
    image = Image.open(BytesIO(data))
    if len(image.getexif()):
        found.append("EXIF (Pillow)")
    return found + [key for key in ("exif", "xmp", "icc_profile", "photoshop", "comment") if image.info.get(key)]
