"""What comes out of a scan: a table in Parquet for each piece. docs/SCAN.md tells its columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from ryoshiki.model import Finding, Report

_FIX = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())])
_FINDING = pa.struct(
    [
        *((name, pa.string()) for name in ("rule", "sign", "clause", "severity", "origin")),
        *((name, pa.int32()) for name in ("start", "end")),
        # Only with --quotes: these hold words of the post, or lead back to them.
        *((name, pa.string()) for name in ("quote", "message", "fingerprint")),
        ("fix", _FIX),
    ]
)
_UNCHECKED = pa.struct([("what", pa.string()), ("why", pa.string())])
SCHEMA = pa.schema(
    [
        ("file", pa.string()),
        ("row", pa.int64()),
        ("id", pa.string()),
        ("verdict", pa.string()),
        ("findings", pa.list_(_FINDING)),
        ("waived", pa.int32()),
        ("unchecked", pa.list_(_UNCHECKED)),
    ]
)
_COUNTS = b"ryoshiki.counts"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were set aside, and how many had which verdict."""

    bad: int = 0
    stop: int = 0
    caution: int = 0
    confirm: int = 0
    none: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def reviewed(self) -> int:
        return self.stop + self.caution + self.confirm + self.none


def row(file: str, number: int, id: str | int | None, report: Report, quotes: bool) -> dict[str, Any]:
    """The row of a report. The text is never in it; words of it only with ``quotes``."""
    return {
        "file": file,
        "row": number,
        "id": None if id is None else str(id),
        "verdict": report.verdict,
        "findings": [_finding(finding, quotes) for finding in report.findings],
        "waived": len(report.waived),
        "unchecked": [{"what": u.what, "why": u.why} for u in report.unchecked],
    }


def written(rows: Iterable[Mapping[str, Any]], about: Mapping[str, str], counts: Counts) -> bytes:
    """The rows as Parquet: the same bytes for the same rows. ``about`` stands in its metadata, as do the counts."""
    notes = {f"ryoshiki.{key}": value for key, value in about.items()}
    notes[_COUNTS.decode()] = json.dumps({name: getattr(counts, name) for name in counts.__slots__})
    table = pa.Table.from_pylist(list(rows), SCHEMA.with_metadata(notes))
    out = pa.BufferOutputStream()
    parquet.write_table(table, out, row_group_size=max(1, table.num_rows), compression="zstd", version="2.6")
    return bytes(out.getvalue())


def counted(source: Any) -> Counts:
    """The counts in the metadata of such a table; ``source`` is an open file.

    Raises:
        ValueError: it is no such table, or was cut off.
    """
    try:
        return Counts(**json.loads(parquet.read_metadata(source).metadata[_COUNTS]))
    except (OSError, KeyError, TypeError, pa.ArrowException) as reason:
        raise ValueError(str(reason)) from None


def _finding(f: Finding, quotes: bool) -> dict[str, Any]:
    shown = {
        "rule": f.rule,
        "sign": f.sign,
        "clause": f.clause,
        "severity": f.severity,
        "origin": f.origin,
        "start": f.span.start if f.span else None,
        "end": f.span.end if f.span else None,
    }
    if not quotes:
        return shown
    fix = {"start": f.fix.span.start, "end": f.fix.span.end, "text": f.fix.text} if f.fix else None
    return {**shown, "quote": f.quote, "message": f.message, "fingerprint": f.fingerprint, "fix": fix}
