"""The mean of several trainings is one model of the same parts."""

from pathlib import Path

import numpy as np
import pytest

from training.average import average


def saved(folder: Path, **weights: list[float]) -> Path:
    folder.mkdir()
    np.savez(folder / "weights.npz", **{name: np.array(value, np.float32) for name, value in weights.items()})  # type: ignore[arg-type]
    return folder


def test_each_counts_by_its_share(tmp_path: Path) -> None:
    """Weight by weight."""
    one, other = saved(tmp_path / "a", body=[0.0, 4.0]), saved(tmp_path / "b", body=[4.0, 0.0])
    assert average({one: 0.75, other: 0.25})["body"].tolist() == [1.0, 3.0]


def test_heads_that_one_lacks_are_the_first_ones(tmp_path: Path) -> None:
    """The mean of what both have, and the rest as the first has it."""
    more, less = saved(tmp_path / "a", heads=[2.0, 2.0, 8.0]), saved(tmp_path / "b", heads=[0.0, 4.0])
    assert average({more: 0.5, less: 0.5})["heads"].tolist() == [1.0, 3.0, 8.0]


def test_what_cannot_be_averaged(tmp_path: Path) -> None:
    """Other parts, or shares that are no whole."""
    one, other = saved(tmp_path / "a", body=[1.0]), saved(tmp_path / "b", tail=[1.0])
    with pytest.raises(ValueError, match="parts"):
        average({one: 0.5, other: 0.5})
    with pytest.raises(ValueError, match="shares"):
        average({one: 0.5})
