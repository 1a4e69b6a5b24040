"""Where the fonts and the real photographs lie: in installed packages, read by path and never copied."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageFont

from benchmarks.drafts import ROOT

BENCH = ROOT / ".venv-bench"  # where `lock/bench.txt` is installed
# The file in its wheel. Only photographs whose origin is known; their licences stand in lock/bench.in.
PHOTOGRAPHS = {
    "astronaut": ("skimage", "data/astronaut.png"),
    "chelsea": ("skimage", "data/chelsea.png"),
    "coffee": ("skimage", "data/coffee.png"),
    "rocket": ("skimage", "data/rocket.jpg"),
    "hubble": ("skimage", "data/hubble_deep_field.jpg"),
    "coins": ("skimage", "data/coins.png"),
    "brick": ("skimage", "data/brick.png"),
    "grass": ("skimage", "data/grass.png"),
    "gravel": ("skimage", "data/gravel.png"),
    "ihc": ("skimage", "data/ihc.png"),
    "china": ("sklearn", "datasets/images/china.jpg"),
    "flower": ("sklearn", "datasets/images/flower.jpg"),
    "hopper": ("matplotlib", "mpl-data/sample_data/grace_hopper.jpg"),
    "luispedro": ("mahotas", "demos/data/luispedro.jpg"),
}


@cache
def folder(package: str) -> Path | None:
    """The folder of an installed package, here or among the tools of `make bench`; it is not imported."""
    spec = find_spec(package)
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent
    beside = sorted(BENCH.glob(f"lib/python*/site-packages/{package}"))
    return beside[0] if beside else None


@cache
def font(size: int, serif: bool = False) -> ImageFont.FreeTypeFont:
    """Noto Sans JP or Noto Serif JP.

    Raises:
        FileNotFoundError: the package with the fonts is not installed.
    """
    home = folder("pylopdf_fonts_jp")
    if home is None:
        raise FileNotFoundError("pylopdf-fonts-jp is not installed")
    return ImageFont.truetype(str(home / f"Noto{'Serif' if serif else 'Sans'}JP-Regular.otf"), size)


def path_of(photograph: str) -> Path | None:
    """The file of a real photograph, or None where its package is not installed."""
    package, inside = PHOTOGRAPHS[photograph]
    home = folder(package)
    return home / inside if home is not None and (home / inside).is_file() else None


@cache
def photograph(name: str) -> Image.Image | None:
    """A real photograph in colour; look, copy, but do not draw on it."""
    path = path_of(name)
    return None if path is None else Image.open(path).convert("RGB")
