"""Averages models that began from the same weights: python -m training.average FOLDER:SHARE FOLDER:SHARE … --out FOLDER

Two trainings that differ in what they read end near each other, and the mean of their weights errs less than either
("model soups", Wortsman et al. 2022). The answer is one model, of the same size and speed.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_WEIGHTS = "weights.npz"
_BESIDE = ("plan.json", "tokenizer.json")


def average(folders: Mapping[Path, float]) -> dict[str, NDArray[np.float32]]:
    """The weighted mean of the weights in the folders; heads that one lacks are taken from the first.

    Raises:
        ValueError: they have different parts, or the shares do not make up a whole.
    """
    if abs(sum(folders.values()) - 1) > 1e-6:
        raise ValueError("the shares must add up to 1")
    models = [(np.load(folder / _WEIGHTS), share) for folder, share in folders.items()]
    first = models[0][0]
    if any(set(model.files) != set(first.files) for model, _ in models):
        raise ValueError("the models have different parts")
    return {
        name: np.sum([_filled(model[name], first[name]) * share for model, share in models], axis=0, dtype=np.float32)
        for name in first.files
    }


def _filled(weights: NDArray[np.float32], first: NDArray[np.float32]) -> NDArray[np.float64]:
    whole = first.astype(np.float64)
    whole[: len(weights)] = weights
    return whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", metavar="FOLDER:SHARE")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    pairs = [model.rpartition(":") for model in given.models]
    folders = {Path(folder): float(share) for folder, _, share in pairs}
    given.out.mkdir(parents=True, exist_ok=True)
    np.savez(given.out / _WEIGHTS, **average(folders))  # type: ignore[arg-type]
    for name in _BESIDE:
        shutil.copyfile(next(iter(folders)) / name, given.out / name)


if __name__ == "__main__":
    main()
