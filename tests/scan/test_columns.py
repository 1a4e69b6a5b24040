"""Parquet: cut within row groups, read by the names of columns, in any order."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from ryoshiki.model import RyoshikiError
from ryoshiki.scan import columns
from ryoshiki.scan.rows import Reader
from tests.scan.conftest import pieces, rows


def table(path: Path, given: dict[str, Any], **options: Any) -> Path:
    parquet.write_table(pa.table(given), path, **options)
    return path


def test_rows_by_name(tmp_path: Path) -> None:
    """Other columns are not read; a moment in any zone is the same moment; a null says nothing."""
    when = pa.array([datetime(2026, 6, 12, 12, 14, tzinfo=UTC), None], pa.timestamp("ns", "Asia/Tokyo"))
    file = table(
        tmp_path / "a.parquet",
        {"Text": ["a", "b"], "body": [1, 2], "id": [7, None], "posted_at": when, "tags": [["x"], None]},
    )
    (n, first), (m, second) = rows(file)
    assert (n, m) == (1, 2)
    moment = datetime(2026, 6, 12, 12, 14, tzinfo=UTC)
    assert first == {"id": 7, "text": "a", "posted_at": moment, "tags": ["x"]}
    assert second == {"id": None, "text": "b", "posted_at": None, "tags": None}


@pytest.mark.parametrize("at_most", [1, 3, 7, 100])
def test_the_cut_changes_nothing(tmp_path: Path, at_most: int) -> None:
    """Pieces lie within row groups; rows are numbered through the file."""
    file = table(tmp_path / "a.parquet", {"text": [str(n) for n in range(25)]}, row_group_size=10)
    found = pieces(file, at_most)
    assert all(piece.end <= 10 for piece in found)
    assert rows(file, at_most) == [(n + 1, {"text": str(n)}) for n in range(25)]


def test_pieces_may_be_read_in_any_order(tmp_path: Path) -> None:
    """A reader that goes on from where it stopped reads the same as a new one."""
    file = table(tmp_path / "a.parquet", {"text": [str(n) for n in range(40)]}, row_group_size=20)
    cut = pieces(file, 3)
    one = Reader()
    for piece in (cut[3], cut[4], cut[1], cut[9], cut[9], cut[5]):
        assert list(one.rows(piece)) == list(Reader().rows(piece))


def test_a_piece_is_bounded_in_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long texts make small pieces."""
    monkeypatch.setattr(columns, "MOST_BYTES", 10_000)
    file = table(tmp_path / "a.parquet", {"text": [f"{n}" * 900 for n in range(100)]}, use_dictionary=False)
    assert max(piece.end - piece.start for piece in pieces(file, 1_000)) < 20


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """No column of texts, no Parquet: refused. Bytes that are no text, a damaged page: told for the rows."""
    with pytest.raises(RyoshikiError, match="text"):
        rows(table(tmp_path / "a.parquet", {"body": ["a"]}))
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(RyoshikiError, match=r"b\.parquet"):
        rows(tmp_path / "b.parquet")
    broken = pa.array(["a", "?", "c"]).view(pa.binary())
    broken = pa.array([b"a", b"\xff", b"c"]).view(pa.string())
    found = rows(table(tmp_path / "c.parquet", {"text": broken}))
    assert [type(fields) for _, fields in found] == [dict, str, dict]
    whole = table(tmp_path / "d.parquet", {"text": ["a" * 50] * 30}, compression="none", use_dictionary=False)
    data = bytearray(whole.read_bytes())
    data[4:40] = b"\xff" * 36
    whole.write_bytes(data)
    assert [(n, "Parquet" in fields) for n, fields in rows(whole, 20)] == [(n, True) for n in range(1, 31)]


def test_an_empty_table_has_no_rows(tmp_path: Path) -> None:
    assert rows(table(tmp_path / "a.parquet", {"text": pa.array([], pa.string())})) == []
