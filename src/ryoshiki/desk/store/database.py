"""One database, opened: SQLite in a file of one's own, or PostgreSQL for many. Errors become advice."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ryoshiki.desk.store.tables import journal_end
from ryoshiki.model import RyoshikiError

WAIT = 10  # seconds that a write waits for another one, and a connection for its server


@dataclass(frozen=True)
class Store:
    """The records of the desk."""

    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the records and changes nothing.

        Raises:
            RyoshikiError: the database cannot be read, with what to do.
        """
        with told(), self.engine.connect() as db:
            if self.engine.dialect.name == "postgresql":
                db = db.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield db
            db.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: all of it is kept when the block ends, nothing when it fails. Writers take turns.

        Raises:
            RyoshikiError: it could not be kept, with what to do.
        """
        with told(), self.engine.connect().execution_options(ryoshiki_writes=True) as db, db.begin():
            db.execute(select(journal_end.c.seq).with_for_update())
            yield db

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def connect(url: str) -> Store:
    """The store at ``url``: ``sqlite:///FILE``, a path of a file, or ``postgresql://…``. Nothing is created yet.

    Raises:
        RyoshikiError: the address names no database that can be used here.
    """
    if "://" not in url:
        url = f"sqlite:///{Path(url).expanduser()}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    try:
        name = make_url(url)
        if name.get_backend_name() == "sqlite":
            return Store(_sqlite(name.database))
        if name.get_backend_name() == "postgresql":
            return Store(_postgresql(url))
    except (ArgumentError, NoSuchModuleError, ImportError):
        pass
    raise RyoshikiError(
        "store: sqlite:///ファイル か postgresql://… を書きます。PostgreSQL には ryoshiki[server] が要ります"
        " (give sqlite:///FILE or postgresql://…; the latter needs ryoshiki[server])"
    )


def new_id() -> str:
    """An id of a record."""
    return secrets.token_hex(16)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def _sqlite(database: str | None) -> Engine:
    if not database or database == ":memory:":
        raise ArgumentError("records need a file")
    file = Path(database)
    with told():
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not file.exists():  # records of people: for their owner alone
                os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as reason:
            raise RyoshikiError(f"{file}: 作れません (cannot be created): {reason.strerror}") from None
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": WAIT})

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # sqlite3 begins by itself, and too late; SQLAlchemy's event below does it
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(db: Connection) -> None:
        # A writer that begins as a reader would fail, and not wait, when another has written in between.
        immediate = db.get_execution_options().get("ryoshiki_writes")
        db.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    # An answer that never comes must not hold the page for ever.
    waits = f"-c lock_timeout={WAIT * 1000} -c statement_timeout={WAIT * 6000} -c timezone=UTC"
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, connect_args={"connect_timeout": WAIT, "options": waits}
    )


_ADVICE = (
    (
        ("is locked", "lock timeout", "LockNotAvailable"),
        "ほかの処理が記録を使っています。少し待って、もう一度どうぞ (the records are in use; try again in a moment)",
    ),
    (
        ("is full", "disk I/O error", "No space left"),
        "記録する場所がいっぱいです。空きを作って、もう一度どうぞ (the disk is full; make room and try again)",
    ),
    (
        ("readonly", "unable to open", "permission denied", "read-only"),
        "記録のファイルに書けません。権限を確かめてください (the records cannot be written; check permissions)",
    ),
    (
        ("not a database", "malformed"),
        "記録のファイルが壊れています。控えから戻せます (the file is damaged; restore a backup)",
    ),
    (
        ("no such table", "does not exist"),
        "記録の用意がまだか、古い形です。ryoshiki desk migrate をどうぞ (run `ryoshiki desk migrate`)",
    ),
    (
        ("connection", "server closed", "terminating", "timeout expired"),
        "データベースにつながりません。直前の書き込みは残っていません。管理の担当に伝えてください"
        " (the database cannot be reached; the last change was not kept; tell your administrator)",
    ),
)


@contextmanager
def told() -> Iterator[None]:
    """Say what went wrong with the database, without the statement and its values, which may be about people.

    Raises:
        StoreError: with advice, for every error of SQLAlchemy inside the block.
    """
    try:
        yield
    except SQLAlchemyError as reason:
        said = str(reason.orig) if isinstance(reason, DBAPIError) else type(reason).__name__
        advice = next((a for marks, a in _ADVICE if any(m.lower() in said.lower() for m in marks)), None)
        if advice is None:
            name = type(getattr(reason, "orig", None) or reason).__name__
            advice = f"記録できませんでした。もう一度試し、だめなら管理の担当に伝えてください (not kept: {name})"
        raise StoreError(advice) from None


class StoreError(RyoshikiError):
    """The records could not be read or kept; nothing of the change remains."""
