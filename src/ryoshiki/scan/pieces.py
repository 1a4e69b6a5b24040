"""The nouns of a scan: a file of the input, and a piece of it that is read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ryoshiki.drafts import BadLineError

MOST_BYTES = 16 * 2**20  # of the input in one piece, whatever its rows: what is held in memory stays bounded

# A row by its number: the fields of a draft, or why there are none.
Row = tuple[int, Mapping[str, Any] | BadLineError]


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of the input. ``root`` is the address that the user named, ``path`` the file's own in that file system.

    ``name``: relative to the root; it stands in the results. ``modified``: nanoseconds, None where nobody knows.
    """

    number: int
    root: str
    path: str
    name: str
    format: str
    size: int
    modified: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that are read, reviewed and written together; the same ones whoever works at them, and however many.

    ``start`` and ``end`` are bytes of a text, or rows of the row group ``group`` of a table. ``first`` is the number
    of the first row: the line of the file for a text, from 1; the row of the file for a table, from 1.
    ``weight``: bytes of the input that it stands for. ``columns`` and ``encoding``: what the heading of a CSV says.
    """

    shard: Shard
    number: int
    first: int
    start: int
    end: int
    weight: int
    group: int = 0
    columns: tuple[str, ...] = ()
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """Unlike that of any other piece, and in order."""
        return f"{self.shard.number:05}-{self.number:06}"
