"""A piece becomes a table: as `review` sees each row, without its words."""

import json
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from pyarrow import parquet

from ryoshiki import Draft, load, review
from ryoshiki.model import RyoshikiError
from ryoshiki.scan.schema import SCHEMA, Counts, counted
from ryoshiki.scan.work import Job, Worker
from tests.scan.conftest import jsonl, pieces, posts


def test_a_row_is_what_review_says(job: Job, folder: Path, tmp_path: Path) -> None:
    """Rule, clause, weight and place; no word of the post, unless asked for."""
    (piece,) = pieces(jsonl(tmp_path / "a.jsonl", posts(5)), 10)
    report = review(Draft("あいつはぺけぺけだ"), load(folder))
    quiet, loud = (Worker(replace(job, quotes=quotes)).done(piece) for quotes in (False, True))
    table = parquet.read_table(BytesIO(quiet.table))
    assert table.schema.equals(SCHEMA)
    first, *_, last = table.to_pylist()
    assert (first["file"], first["row"], first["id"], first["verdict"]) == ("a.jsonl", 1, "p0", "stop")
    assert last["row"] == 5
    (finding,) = first["findings"]
    assert (finding["rule"], finding["clause"], finding["start"], finding["end"]) == ("insult", "5-1", 4, 8)
    assert [finding[key] for key in ("quote", "message", "fix", "fingerprint")] == [None] * 4
    assert "ぺけぺけ" not in table.to_string()
    (shown,) = parquet.read_table(BytesIO(loud.table)).to_pylist()[0]["findings"]
    assert (shown["quote"], shown["message"]) == (report.findings[0].quote, report.findings[0].message)
    assert shown["fix"] == {"start": 4, "end": 8, "text": "（削除）"}
    assert first["unchecked"] == [{"what": u.what, "why": u.why} for u in report.unchecked]


def test_bad_rows_are_set_aside_and_counted(job: Job, tmp_path: Path) -> None:
    """With file, row, id and reason; the table carries the counts."""
    part = Worker(job).done(pieces(jsonl(tmp_path / "a.jsonl", [*posts(5), {"id": 9}]), 10)[0])
    bad = [json.loads(line) for line in part.bad.splitlines()]
    assert [(b["file"], b["row"], b["id"]) for b in bad] == [("a.jsonl", 4, "p3"), ("a.jsonl", 6, 9)]
    assert "empty" in bad[0]["error"]
    assert part.counts == Counts(2, 1, 1, 1, 1) == counted(BytesIO(part.table))
    with pytest.raises(ValueError, match="Parquet"):
        counted(BytesIO(part.table[:-9]))


def test_the_same_piece_gives_the_same_bytes(job: Job, tmp_path: Path) -> None:
    """Also where every row is bad, and by a worker that has done others before."""
    file = jsonl(tmp_path / "a.jsonl", [*posts(6), {}, {}])
    cut = pieces(file, 2)
    worker = Worker(job)
    forwards = [worker.done(piece) for piece in cut]
    backwards = [Worker(job).done(piece) for piece in reversed(cut)]
    assert forwards == backwards[::-1]


def test_a_worker_with_another_guideline_refuses(job: Job, folder: Path) -> None:
    """Or with another model, list or version: its results would not be the same."""
    with pytest.raises(RyoshikiError, match="guideline"):
        Worker(replace(job, open=partial(load, None)))
