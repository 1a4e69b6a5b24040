"""A copy of all records in one file, and back: lines of JSON, packed, so that SQLite and PostgreSQL read the same.

The file holds records of people: it is made for its owner alone, and belongs where they would be kept.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, MetaData, Table, insert, select
from sqlalchemy.types import Date, DateTime, LargeBinary

from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.schema import is_empty, migrate, revision
from ryoshiki.model import RyoshikiError

_FORM = "ryoshiki desk 1"
_LEFT_OUT = {"alembic_version", "sessions"}  # the shape stands in the heading; nobody stays signed in
_AT_ONCE = 500
_LONGEST = 64 * 1024 * 1024  # characters of a line: the largest file of evidence, several times over


def back_up(store: Store, file: Path) -> int:
    """Write all records to a new ``file``; how many.

    Raises:
        RyoshikiError: the file exists, or cannot be written; what was begun is taken away.
    """
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as reason:
        raise RyoshikiError(f"{file}: 作れません (cannot be created): {reason.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed, store.read() as db:
                count = _written(db, packed.write)
            raw.flush()
            os.fsync(raw.fileno())
    except BaseException as reason:
        file.unlink(missing_ok=True)
        if isinstance(reason, OSError):
            raise RyoshikiError(f"{file}: 書けません (cannot be written): {reason.strerror}") from None
        raise
    return count


def restore(store: Store, file: Path) -> int:
    """Put the records of ``file`` into an empty database and bring them to the newest shape; how many.

    Raises:
        RyoshikiError: the database is not empty, or the file is damaged; the database then stays empty.
    """
    with store.read() as db:
        if not is_empty(db):
            raise RyoshikiError("戻す先に記録があります。空のところへ戻します (restore into an empty database)")
    _checked(file)
    lines = _lines(file)
    heading = next(lines)
    try:
        migrate(store, heading["revision"])
        with store.write() as db:
            count = _put(db, lines)
        migrate(store)
    except BaseException:
        migrate(store, "base")
        raise
    return count


def _written(db: Connection, write: Callable[[bytes], object]) -> int:
    digest, count = hashlib.sha256(), 0

    def line(value: dict[str, Any]) -> None:
        data = json.dumps(value, ensure_ascii=False).encode() + b"\n"
        digest.update(data)
        write(data)

    line({"form": _FORM, "revision": revision(db), "made_at": now().isoformat()})
    for table in _tables(db):
        order = select(table).order_by(*table.primary_key)
        with db.execute(order, execution_options={"yield_per": _AT_ONCE}) as rows:
            for row in rows.mappings():
                line({"table": table.name, "row": {name: _out(value) for name, value in row.items()}})
                count += 1
    write(json.dumps({"count": count, "sha256": digest.hexdigest()}).encode() + b"\n")
    return count


def _tables(db: Connection) -> list[Table]:
    """Tables as they stand, in an order in which rows can be put back; the code may know a later shape."""
    found = MetaData()
    found.reflect(db)
    return [table for table in found.sorted_tables if table.name not in _LEFT_OUT]


def _put(db: Connection, lines: Iterator[dict[str, Any]]) -> int:
    tables = {table.name: table for table in _tables(db)}
    for table in tables.values():
        db.execute(table.delete())  # what the first shape put in
    held: list[dict[str, Any]] = []
    name, count = "", 0
    for line in lines:
        if "table" not in line:
            break
        if held and (line["table"] != name or len(held) == _AT_ONCE):
            db.execute(insert(tables[name]), held)
            held = []
        name = line["table"]
        held.append({column: _in(tables[name].c[column].type, value) for column, value in line["row"].items()})
        count += 1
    if held:
        db.execute(insert(tables[name]), held)
    return count


def _out(value: Any) -> Any:
    if isinstance(value, datetime):  # SQLite's have no zone, and are UTC
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value


def _in(type: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if type.timezone else moment.replace(tzinfo=None)
    if isinstance(type, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(type, LargeBinary) else value


def _checked(file: Path) -> None:
    """Read the whole file once, before anything is made of it.

    Raises:
        RyoshikiError: it is none of ours, cut short or changed.
    """
    digest, count = hashlib.sha256(), -1
    try:
        for data in _raw(file):
            value = json.loads(data)
            if count < 0 and value.get("form") != _FORM:
                break
            if "sha256" in value:
                if value == {"count": count, "sha256": digest.hexdigest()}:
                    return
                break
            digest.update(data)
            count += 1
    except (EOFError, ValueError, AttributeError, gzip.BadGzipFile):
        pass
    raise RyoshikiError(f"{file}: 控えではないか、壊れています (no backup of ours, or damaged)")


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    yield from (cast(dict[str, Any], json.loads(data)) for data in _raw(file))


def _raw(file: Path) -> Iterator[bytes]:
    try:
        with gzip.open(file) as packed:
            while data := packed.readline(_LONGEST):
                yield data
    except gzip.BadGzipFile:
        raise
    except OSError as reason:
        raise RyoshikiError(f"{file}: 読めません (cannot be read): {reason.strerror}") from None
