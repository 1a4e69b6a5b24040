"""The files of an input, their pieces, and the rows of a piece, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pyarrow.fs import FileInfo, FileType

from ryoshiki.model import RyoshikiError
from ryoshiki.scan import columns, lines
from ryoshiki.scan.pieces import Piece, Row, Shard
from ryoshiki.scan.places import entry, inside, located

FORMATS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def shards(root: str) -> list[Shard]:
    """The files of ``root``: itself, or all that can be read in the folder, by name.

    A name that begins with ``_`` or ``.``, of a file or a folder, is passed over, as readers of tables do.

    Raises:
        RyoshikiError: there is nothing to read.
    """
    there = entry(root)
    if there.type == FileType.NotFound:
        raise RyoshikiError(f"{root}: ありません (no such file or folder)")
    if there.type == FileType.File:
        if _format(there.path) is None:
            raise RyoshikiError(f"{root}: 読めるのは {', '.join(FORMATS)} です (these are read)")
        return [_shard(0, root, there, PurePosixPath(there.path).name)]
    folder = PurePosixPath(located(root)[1])
    files = [(file, PurePosixPath(file.path).relative_to(folder)) for file in inside(root)]
    read = [(file, name) for file, name in files if _format(name.name) and not any(p[0] in "_." for p in name.parts)]
    if not read:
        raise RyoshikiError(f"{root}: {', '.join(FORMATS)} のファイルがありません (no such files in the folder)")
    return [_shard(number, root, file, name.as_posix()) for number, (file, name) in enumerate(read)]


def cut(files: Iterable[Shard], at_most: int) -> Iterator[Piece]:
    """The pieces of all files, in order: the same for the same files and ``at_most``.

    Raises:
        RyoshikiError: a file cannot be read.
    """
    for file in files:
        yield from columns.cut(file, at_most) if file.format == "parquet" else lines.cut(file, at_most)


class Reader:
    """Reads pieces; best in order."""

    def __init__(self) -> None:
        self._cursor = columns.Cursor()

    def rows(self, piece: Piece) -> Iterable[Row]:
        """The rows of a piece, in order.

        Raises:
            RyoshikiError: the file cannot be read.
        """
        return self._cursor.read(piece) if piece.shard.format == "parquet" else lines.read(piece)


def _format(path: str) -> str | None:
    return FORMATS.get(PurePosixPath(path).suffix.lower())


def _shard(number: int, root: str, file: FileInfo, name: str) -> Shard:
    return Shard(number, root, file.path, name, _format(file.path) or "", file.size or 0, file.mtime_ns)
