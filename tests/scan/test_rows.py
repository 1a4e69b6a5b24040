"""Which files an input has, here and in object storage."""

from pathlib import Path

import fsspec
import pytest

from ryoshiki.model import RyoshikiError
from ryoshiki.scan.rows import shards
from tests.scan.conftest import jsonl, posts, rows


def test_a_folder_is_all_its_files_by_name(tmp_path: Path) -> None:
    """Folders within too; hidden ones, those that begin with _ and other kinds of file are passed over."""
    for name in ("b.jsonl", "a/c.CSV", "a/_x.jsonl", ".h/d.jsonl", "_tmp/e.csv", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    found = shards(str(tmp_path))
    assert [(s.number, s.name, s.format) for s in found] == [(0, "a/c.CSV", "csv"), (1, "b.jsonl", "jsonl")]


def test_a_url_is_read_alike(tmp_path: Path) -> None:
    """pyarrow opens what it knows (file:), fsspec the rest (memory:)."""
    file = jsonl(tmp_path / "a.jsonl", posts(3))
    fsspec.filesystem("memory").pipe("/box/in/a.jsonl", file.read_bytes())
    expected = rows(file, 2)
    assert len(expected) == 3
    assert rows(file.as_uri(), 2) == rows("memory://box/in/a.jsonl", 2) == rows("memory://box/in", 2) == expected


@pytest.mark.parametrize("name", ["none.csv", "notes.txt", "empty", "nobody://x/y.csv", "file:///none/x.csv"])
def test_what_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In one line that names it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RyoshikiError, match=name):
        shards(name)
