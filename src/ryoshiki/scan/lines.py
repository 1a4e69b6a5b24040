"""Text, line by line: JSONL and CSV are cut at the ends of records, and a piece of them becomes rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, StringIO
from typing import Any

from ryoshiki.drafts import FIELDS, LINE_LIMIT, LISTS, BadLineError, object_of, over_limit
from ryoshiki.model import RyoshikiError
from ryoshiki.scan.pieces import MOST_BYTES, Piece, Row, Shard
from ryoshiki.scan.places import located, opening

_BUFFER = 2**20
_SAMPLE = 2**20  # bytes by which the encoding of a CSV is told
_TALLEST = 1_000  # lines of one record: a post may have many, a forgotten quote would eat the rest of the file
_READ = frozenset(FIELDS) - frozenset(LISTS)  # a cell is one text
_NO_CP932 = re.compile("[\x80-\xa0\uf8f0-\uf8f3]")  # it lets these bytes through; in real text they do not occur
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8", "cp932")  # whichever leaves fewer lines unread, UTF-8 where both do

csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))


@dataclass(frozen=True, slots=True)
class _Line:
    """``data`` with its end, at bytes ``[start, end)``; of one over the limit its beginning, which is still over it."""

    number: int
    start: int
    end: int
    data: bytes


def cut(shard: Shard, at_most: int) -> Iterator[Piece]:
    """The pieces of a text: ``at_most`` records each, or as many as fit into `MOST_BYTES`.

    Raises:
        RyoshikiError: it cannot be read, or its heading names no column of texts.
    """
    with _opened(shard) as file:
        lines = _lines(file, 1, 0)
        records: Iterator[list[_Line]] = ([line] for line in lines)
        columns: tuple[str, ...] = ()
        encoding = "utf-8"
        if shard.format == "csv":
            encoding = _encoding(file, shard)
            records = _records(lines)
            columns = _columns(next(records, []), encoding, shard)
        held: list[_Line] = []
        count = number = 0
        for record in records:
            held = [held[0] if held else record[0], record[-1]]
            count += 1
            if count == at_most or record[-1].end - held[0].start >= MOST_BYTES:
                yield _piece(shard, number, held, columns, encoding)
                held, count, number = [], 0, number + 1
        if held:
            yield _piece(shard, number, held, columns, encoding)


def read(piece: Piece) -> Iterator[Row]:
    """The rows of a piece, in order. Blank lines are none.

    Raises:
        RyoshikiError: the file cannot be read.
    """
    with _opened(piece.shard) as file:
        file.seek(piece.start)
        lines = _until(_lines(file, piece.first, piece.start), piece.end)
        if piece.shard.format == "jsonl":
            yield from ((line.number, _object(line)) for line in lines if line.data.strip())
        else:
            for record in _records(lines):
                yield from _rows(record, piece)


def columns(shard: Shard) -> Sequence[str]:
    """What the heading of a CSV names; [] for JSONL, whose lines say it themselves, and for an empty file.

    Raises:
        RyoshikiError: as `cut` says.
    """
    if shard.format == "jsonl":
        return []
    with _opened(shard) as file:
        encoding = _encoding(file, shard)
        return _columns(next(_records(_lines(file, 1, 0)), []), encoding, shard)


def _piece(shard: Shard, number: int, held: list[_Line], columns: tuple[str, ...], encoding: str) -> Piece:
    start, end = held[0].start, held[-1].end
    return Piece(shard, number, held[0].number, start, end, end - start, columns=columns, encoding=encoding)


@contextmanager
def _opened(shard: Shard) -> Iterator[BufferedReader]:
    system, _ = located(shard.root)
    with opening(shard.name), BufferedReader(system.open_input_file(shard.path), _BUFFER) as file:
        yield file


def _lines(file: BufferedReader, number: int, start: int) -> Iterator[_Line]:
    while data := file.readline(LINE_LIMIT + 1):
        end, rest = start + len(data), data
        while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
            rest = file.readline(LINE_LIMIT + 1)
            end += len(rest)
        yield _Line(number, start, end, data)
        number, start = number + 1, end


def _until(lines: Iterable[_Line], end: int) -> Iterator[_Line]:
    for line in lines:
        yield line
        if line.end >= end:
            return


def _object(line: _Line) -> dict[str, Any] | BadLineError:
    try:
        return object_of(line.data.removeprefix(_BOM) if line.start == 0 else line.data)
    except BadLineError as reason:
        return reason


def _records(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Lines, and several together where a quoted cell goes over them. Where it never ends, each line stands alone."""
    held: list[_Line] = []
    quotes = size = 0
    for line in lines:
        held.append(line)
        quotes += line.data.count(b'"')
        size += len(line.data)
        if quotes % 2 and len(held) < _TALLEST and size <= LINE_LIMIT:
            continue
        yield from [held] if quotes % 2 == 0 else ([one] for one in held)
        held, quotes, size = [], 0, 0
    yield from ([one] for one in held)


def _rows(record: list[_Line], piece: Piece) -> Iterator[Row]:
    number = record[0].number
    try:
        fields = _fields(b"".join(line.data for line in record), piece)
    except BadLineError as reason:
        if len(record) == 1:
            yield number, reason
        else:  # a stray quote must not take the lines below it with it
            yield from (row for line in record for row in _rows([line], piece))
        return
    if fields:
        yield number, fields


def _fields(data: bytes, piece: Piece) -> dict[str, Any]:
    """The fields of one record of a CSV; {} for a blank one. An empty cell says nothing, but the text's."""
    cells = _cells(data, piece.encoding)
    if not any(cell.strip() for cell in cells):
        return {}
    if any(cell.strip() for cell in cells[len(piece.columns) :]):
        raise BadLineError("列の数が見出しと違います (more cells than the heading)")
    named = zip(piece.columns, cells, strict=False)
    return {name: cell for name, cell in named if name in _READ and (cell or name == "text")}


def _cells(data: bytes, encoding: str) -> list[str]:
    if len(data) > LINE_LIMIT:
        raise over_limit()
    text = _text(data.removeprefix(_BOM), encoding)
    if text is None:
        raise BadLineError(f"{encoding.upper()} の文章ではありません (not {encoding.upper()})")
    try:
        rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error:
        rows = []
    if len(rows) != 1:
        if not text.strip():
            return []
        raise BadLineError("CSV として読めません (not CSV)")
    return rows[0]


def _encoding(file: BufferedReader, shard: Shard) -> str:
    """Told by the beginning; the file is read from its start again."""
    sample = file.read(_SAMPLE)
    file.seek(0)
    if sample.startswith(_UTF16):
        raise RyoshikiError(f"{shard.name}: UTF-16 の CSV は読めません。UTF-8 で保存してください (save it as UTF-8)")
    lines = sample.split(b"\n")
    lines = lines[:-1] or lines  # the last may be cut within a letter
    return min(_ENCODINGS, key=lambda encoding: sum(_text(line, encoding) is None for line in lines))


def _text(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if encoding == "cp932" and _NO_CP932.search(text) else text


def _columns(heading: list[_Line], encoding: str, shard: Shard) -> tuple[str, ...]:
    """The names in the first record, in lower case."""
    if not heading:
        return ()
    try:
        names = _cells(b"".join(line.data for line in heading), encoding)
    except BadLineError as reason:
        raise RyoshikiError(f"{shard.name}: 見出しが読めません (the heading cannot be read): {reason}") from None
    columns = tuple(name.strip().lower() for name in names)
    if "text" not in columns:
        raise RyoshikiError(f"{shard.name}: 1 行目に text の列がありません (the first line names no column text)")
    return columns
