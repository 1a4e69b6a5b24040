"""The figures on lists of links."""

from pathlib import Path

from benchmarks.links import figures, measured, written


def test_a_list_is_the_same_every_time(tmp_path: Path) -> None:
    """Its lines are as many as asked for."""
    assert written(tmp_path / "a", 100) == written(tmp_path / "b", 100)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert len((tmp_path / "a").read_text().splitlines()) == 100


def test_each_list_is_a_column() -> None:
    """A small one is measured; the table has a column for it."""
    took = measured(50)
    assert took["kept"] == 50
    table = figures([took, took])
    assert table.columns == ("measure", "50 lines", "50 lines")
    assert all(len(row) == 3 for row in table.rows)
