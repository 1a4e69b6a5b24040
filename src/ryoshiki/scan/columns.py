"""Tables in Parquet, cut within their row groups; a piece of one becomes rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from ryoshiki.drafts import FIELDS, BadLineError
from ryoshiki.model import RyoshikiError
from ryoshiki.scan.pieces import MOST_BYTES, Piece, Row, Shard
from ryoshiki.scan.places import located, opening

_UTC = pa.timestamp("us", "+00:00")  # an offset, so that no database of time zones is asked for
_BUFFER = 2**20


def cut(shard: Shard, at_most: int) -> Iterator[Piece]:
    """The pieces of a table: ``at_most`` rows of one row group each, or as many as fit into `MOST_BYTES`.

    Raises:
        RyoshikiError: it cannot be read, or has no column of texts.
    """
    table = _opened(shard)
    _named(table, shard)
    about = table.metadata
    number, first = 0, 1
    for group in range(about.num_row_groups):
        rows, size = about.row_group(group).num_rows, about.row_group(group).total_byte_size
        step = max(1, min(at_most, rows * MOST_BYTES // max(size, 1)))
        for start in range(0, rows, step):
            end = min(start + step, rows)
            weight = shard.size * (end - start) // about.num_rows
            yield Piece(shard, number, first + start, start, end, weight, group)
            number += 1
        first += rows
    table.close()


def columns(shard: Shard) -> tuple[list[str], int]:
    """The names of the columns that are read, and how many rows there are.

    Raises:
        RyoshikiError: as `cut` says.
    """
    with _opened(shard) as table:
        return list(_named(table, shard)), table.metadata.num_rows


class Cursor:
    """Reads pieces. It goes on where it stopped: who reads pieces in order reads each row group once."""

    def __init__(self) -> None:
        self._place: tuple[Shard, int, int] | None = None  # the row of a row group of a shard that comes next
        self._names: dict[str, str] = {}
        self._batches: Iterator[Any] = iter(())
        self._rest: Any = None

    def read(self, piece: Piece) -> list[Row]:
        """The rows of a piece, in order. Where the file is damaged, each says so.

        Raises:
            RyoshikiError: the file cannot be opened.
        """
        numbers = range(piece.first, piece.first + piece.end - piece.start)
        place = self._place
        if place is None or place[:2] != (piece.shard, piece.group) or place[2] > piece.start:
            table = _opened(piece.shard)
            self._names = _named(table, piece.shard)
            self._batches = table.iter_batches(
                piece.end - piece.start, [piece.group], list(self._names.values()), use_threads=False
            )
            self._rest, place = None, (piece.shard, piece.group, 0)
        self._place = None  # unless all goes well
        try:
            for _ in self._taken(piece.start - place[2]):
                pass
            found = [row for batch in self._taken(piece.end - piece.start) for row in self._rows(batch)]
        except (OSError, pa.ArrowException):
            return [(number, BadLineError("Parquet が壊れています (damaged Parquet)")) for number in numbers]
        self._place = piece.shard, piece.group, piece.end
        return list(zip(numbers, found, strict=True))

    def _taken(self, count: int) -> Iterator[Any]:
        """The next ``count`` rows, in batches."""
        while count > 0:
            batch = next(self._batches, None) if self._rest is None else self._rest
            if batch is None:
                raise OSError("fewer rows than the file says")
            self._rest = batch.slice(count) if batch.num_rows > count else None
            yield batch.slice(0, count)
            count -= min(count, batch.num_rows)

    def _rows(self, batch: Any) -> Iterator[dict[str, Any] | BadLineError]:
        cells = {name: _cells(batch.column(given)) for name, given in self._names.items()}
        for at in range(batch.num_rows):
            try:
                yield {name: column[at].as_py() for name, column in cells.items()}
            except (ValueError, OverflowError):  # a Parquet file may call bytes a text that are none
                yield BadLineError("読めない値があります (a value that cannot be read)")


def _cells(column: Any) -> Any:
    return column.cast(_UTC, safe=False) if pa.types.is_timestamp(column.type) and column.type.tz else column


def _opened(shard: Shard) -> parquet.ParquetFile:
    system, _ = located(shard.root)
    with opening(shard.name):
        return parquet.ParquetFile(system.open_input_file(shard.path), buffer_size=_BUFFER, pre_buffer=False)


def _named(table: parquet.ParquetFile, shard: Shard) -> dict[str, str]:
    """The columns that are read, by the name of the field."""
    names = {name.strip().lower(): name for name in reversed(table.schema_arrow.names)}
    if "text" not in names:
        raise RyoshikiError(f"{shard.name}: text の列がありません (there is no column text)")
    return {field: names[field] for field in FIELDS if field in names}
