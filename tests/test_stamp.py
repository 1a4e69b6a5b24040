"""One word more, another model or another package, and what a review rests on is another."""

from dataclasses import replace
from pathlib import Path

from ryoshiki import load
from ryoshiki.reading.meaning import FOLDER, LocalReader
from ryoshiki.stamp import stamp
from tests.cli.conftest import folder

__all__ = ["folder"]


def test_the_same_folder_gives_the_same_stamp(folder: Path) -> None:
    """Opened twice."""
    assert stamp(load(folder)) == stamp(load(folder))


def test_a_word_of_the_guideline(folder: Path) -> None:
    """Also in a file that no rule names yet."""
    before = stamp(load(folder))
    (folder / "words").mkdir()
    (folder / "words" / "more.txt").write_text("ことば", encoding="utf-8")
    assert stamp(load(folder)) != before


def test_the_model(folder: Path, tmp_path: Path) -> None:
    """None, the one of the package, and another are three."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "reader.json").write_text("{}", encoding="utf-8")
    loaded = load(folder)
    readers = (None, LocalReader(FOLDER), LocalReader(tmp_path / "model"))
    assert len({stamp(replace(loaded, reader=reader)) for reader in readers}) == 3


def test_what_reads_photos_counts_where_photos_are_read(folder: Path) -> None:
    """So that a worker without those packages can still read posts."""
    loaded = load(folder)
    assert stamp(loaded, photos=True) != stamp(loaded)
