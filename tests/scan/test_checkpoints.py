"""The folder of results: whole parts, and no mixing of runs."""

import json
from pathlib import Path

import fsspec
import pytest

from ryoshiki.model import RyoshikiError
from ryoshiki.scan.checkpoints import Results, described
from ryoshiki.scan.rows import shards
from ryoshiki.scan.schema import Counts
from ryoshiki.scan.work import Job, Part, Worker
from tests.scan.conftest import jsonl, pieces, posts


@pytest.fixture
def parts(job: Job, tmp_path: Path) -> list[Part]:
    worker = Worker(job)
    return [worker.done(piece) for piece in pieces(jsonl(tmp_path / "in.jsonl", posts(10)), 5)]


def test_what_was_kept_is_done(parts: list[Part], tmp_path: Path) -> None:
    """A part that was cut off, and what was half written, count as not done, and are gone in the end."""
    out = tmp_path / "out"
    Results(str(out), {"a": 1}).keep(parts[0])
    (out / "part-00000-000001.parquet").write_bytes(parts[1].table[:-5])
    (out / "_part-00000-000001.parquet.tmp").write_bytes(b"half")
    again = Results(str(out), {"a": 1})
    assert set(again.done) == {"00000-000000"}
    again.keep(parts[1])
    assert again.finish() == Counts(2, 2, 2, 2, 2)
    names = sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())
    assert names == [
        *("_bad/00000-000000.jsonl", "_bad/00000-000001.jsonl", "_progress.json"),
        *("part-00000-000000.parquet", "part-00000-000001.parquet"),
    ]
    assert json.loads((out / "_progress.json").read_bytes())["finished"]["stop"] == 2


def test_another_run_is_refused(tmp_path: Path) -> None:
    """By the name of what differs; so is a folder with something else in it."""
    out = str(tmp_path / "out")
    Results(out, {"chunk": 5, "quotes": False})
    with pytest.raises(RyoshikiError, match="chunk"):
        Results(out, {"chunk": 6, "quotes": False})
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "diary.txt").write_text("")
    with pytest.raises(RyoshikiError, match="not empty"):
        Results(str(tmp_path / "other"), {})


def test_an_input_that_changed_is_another(tmp_path: Path) -> None:
    """Name, size and time of change tell."""
    file = jsonl(tmp_path / "in.jsonl", posts(1))
    before = described(shards(str(file)))
    jsonl(file, posts(2))
    assert described(shards(str(file))) != before


def test_results_go_to_object_storage_alike(parts: list[Part], tmp_path: Path) -> None:
    """The same names and bytes, through fsspec."""
    for out in (str(tmp_path / "out"), "memory://bucket/out"):
        results = Results(out, {})
        for part in parts:
            results.keep(part)
        results.finish()
        assert set(Results(out, {}).done) == {part.piece.name for part in parts}
    memory = fsspec.filesystem("memory")
    for file in (p for p in (tmp_path / "out").rglob("*") if p.is_file()):
        assert memory.cat("/bucket/out/" + file.relative_to(tmp_path / "out").as_posix()) == file.read_bytes()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """In one line."""
    (tmp_path / "file").write_text("")
    with pytest.raises(RyoshikiError, match="file"):
        Results(str(tmp_path / "file" / "out"), {})
