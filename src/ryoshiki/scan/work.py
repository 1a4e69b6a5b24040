"""One piece in, one table out: the same whoever does it, wherever, and however often."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import islice
from typing import Any

from ryoshiki.drafts import AT_ONCE, BadLineError, Defaults, draft_of, reviewed
from ryoshiki.model import Draft, Guideline, Report, RyoshikiError
from ryoshiki.reading.meaning import LocalReader
from ryoshiki.scan.pieces import Piece
from ryoshiki.scan.rows import Reader
from ryoshiki.scan.schema import Counts, row, written
from ryoshiki.stamp import stamp


@dataclass(frozen=True, slots=True)
class Job:
    """What is done to each piece. ``open`` can be pickled, and opens the guideline in another process.

    ``stamp``: what `ryoshiki.stamp` gives where the scan was started.
    """

    open: Callable[[], Guideline]
    stamp: str
    defaults: Defaults
    waivers: frozenset[str]
    quotes: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to a piece: a table as Parquet, and the rows set aside as JSON lines."""

    piece: Piece
    table: bytes
    bad: bytes
    counts: Counts


class Worker:
    """Does pieces, one after the other, on one core. The guideline and the model are opened once."""

    def __init__(self, job: Job) -> None:
        """
        Raises:
            RyoshikiError: the guideline cannot be opened here, or is not the one of where the scan was started.
        """
        loaded = job.open()
        if stamp(loaded) != job.stamp:
            raise RyoshikiError(
                "働き手のガイドライン、モデルか部品の版が、走査を始めた所と違います "
                "(guideline, model or packages of a worker differ from those where the scan was started)"
            )
        # Pieces are read side by side, so that a piece needs one thread.
        reader = LocalReader(loaded.reader.folder, threads=1) if loaded.reader is not None else None
        self._guideline = replace(loaded, reader=reader)
        self._job, self._reader = job, Reader()
        self._about = {"version": version("ryoshiki"), "guideline": loaded.id, "guideline_version": loaded.version}

    def done(self, piece: Piece) -> Part:
        """
        Raises:
            RyoshikiError: the file cannot be read.
        """
        bad: list[dict[str, Any]] = []
        rows: list[dict[str, Any]] = []
        for number, id, report in self._answers(piece):
            if isinstance(report, Report):
                rows.append(row(piece.shard.name, number, id, report, self._job.quotes))
            else:
                bad.append({"file": piece.shard.name, "row": number, "id": id, "error": str(report)})
        verdicts = [found["verdict"] for found in rows]
        counts = Counts(len(bad), *(verdicts.count(verdict) for verdict in ("stop", "caution", "confirm", "none")))
        lines = "".join(json.dumps(line, ensure_ascii=True) + "\n" for line in bad)
        return Part(piece, written(rows, self._about, counts), lines.encode(), counts)

    def _answers(self, piece: Piece) -> Iterator[tuple[int, str | int | None, Report | BadLineError]]:
        rows = iter(self._reader.rows(piece))
        while group := list(islice(rows, AT_ONCE)):
            read = [(number, *self._read(fields)) for number, fields in group]
            drafts = [draft for _, _, draft in read if isinstance(draft, Draft)]
            reports = iter(reviewed(drafts, self._guideline, self._job.waivers))
            for number, id, draft in read:
                yield number, id, next(reports) if isinstance(draft, Draft) else draft

    def _read(self, fields: Mapping[str, Any] | BadLineError) -> tuple[str | int | None, Draft | BadLineError]:
        if isinstance(fields, BadLineError):
            return None, fields
        try:
            return draft_of(fields, self._job.defaults, self._guideline)
        except BadLineError as reason:
            return reason.id, reason
