"""What was acknowledged is kept, whatever happens; what was not kept is told, with what to do."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import event, text

from ryoshiki.desk.store import database, journal
from ryoshiki.desk.store.database import Store, StoreError, connect, new_id
from ryoshiki.desk.store.schema import open_store
from ryoshiki.model import RyoshikiError
from tests.stores import Postgres

# Writes one entry after the other, and says each number once it was acknowledged.
_WRITER = """
import sys
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.schema import open_store
store = open_store(sys.argv[1])
for number in range(1, 1001):
    with store.write() as db:
        journal.note(db, "1", "test", str(number))
    print(number, flush=True)
"""


def written(store: Store) -> int:
    with store.read() as db:
        return journal.verify(db).seq


@pytest.mark.parametrize("after", [1, 40, 300])
def test_a_killed_writer_loses_nothing_acknowledged(url: str, after: int) -> None:
    """kill -9 in the middle of 1,000 writes: all that was acknowledged is there, and the chain is whole."""
    acknowledged = 0
    with subprocess.Popen([sys.executable, "-c", _WRITER, url], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            acknowledged = int(line)
            if acknowledged == after:
                writer.send_signal(signal.SIGKILL)
    assert after <= acknowledged < 1000
    store = open_store(url)
    # One more may have been kept whose acknowledgement was cut off.
    assert acknowledged <= written(store) <= acknowledged + 1
    store.close()


def test_a_server_that_loses_its_power(postgres: Postgres) -> None:
    """PostgreSQL ended at once: what was acknowledged is there when it comes back; a write in between is told."""
    store = open_store(postgres.new())
    with store.write() as db:
        journal.note(db, "1", "test", "kept")

    def cut_off() -> None:
        with store.write() as db:
            journal.note(db, "1", "test", "lost")
            postgres.stop("immediate")

    with pytest.raises(StoreError, match="cannot be reached"):
        cut_off()
    with pytest.raises(StoreError, match="cannot be reached"), store.read():
        pass
    postgres.start()
    assert written(store) == 1  # the same store goes on
    store.close()


def test_a_failed_change_leaves_nothing(store: Store) -> None:
    """All of a change is kept, or none of it."""

    def fail() -> None:
        with store.write() as db:
            journal.note(db, "1", "test", "x")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert written(store) == 0


def test_reading_changes_nothing(store: Store) -> None:
    """A reader's statement that writes is not kept, or is refused."""
    try:
        with store.read() as db:
            db.execute(text("UPDATE journal_end SET seq = 7"))
    except StoreError:
        pass
    assert written(store) == 0


def test_writers_take_turns(store: Store) -> None:
    """Eight at once: none fails, and the chain has no fork."""
    failed: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(10):
                with store.write() as db:
                    journal.note(db, "1", "test", new_id())
        except StoreError as reason:
            failed.append(reason)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert written(store) == 80


def test_records_that_stay_locked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody holds the records: the writer is told to try again, and readers go on."""
    monkeypatch.setattr(database, "WAIT", 1)
    store = open_store(url)
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with store.write():
            held.set()
            free.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(60)
    try:
        assert written(store) == 0
        with pytest.raises(StoreError, match="in use"), store.write():
            pass
    finally:
        free.set()
        holder.join()
    store.close()


def test_a_full_disk(tmp_path: Path) -> None:
    """The person is told to make room; what was acknowledged stays, and writing goes on when there is room."""
    file = str(tmp_path / "desk.db")
    open_store(file).close()
    small = connect(file)

    @event.listens_for(small.engine, "connect")
    def narrow(connection: sqlite3.Connection, _: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    kept = 0

    def fill() -> None:
        nonlocal kept
        for _ in range(1000):
            with small.write() as db:
                journal.note(db, "1", "test", "x" * 60)
            kept += 1

    with pytest.raises(StoreError, match="disk is full"):
        fill()
    small.close()
    store = open_store(file)
    assert written(store) == kept > 0
    with store.write() as db:
        journal.note(db, "1", "test", "x")
    store.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """It is named, with the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(RyoshikiError, match="cannot be created"):
        connect(str(tmp_path / "file" / "desk.db"))


def test_an_error_does_not_quote_what_was_written(store: Store) -> None:
    """The message has no statement and no value: they may be about people."""
    with pytest.raises(StoreError) as caught, store.write() as db:
        db.execute(text("INSERT INTO staff (number, name) VALUES ('1', '汐入花子')"))
    assert "汐入" not in str(caught.value)
    assert caught.value.__cause__ is None
