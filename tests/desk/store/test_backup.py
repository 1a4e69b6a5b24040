"""A copy holds every record, reads the same on both databases, and shows when it was damaged."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from ryoshiki.desk.store import journal, tables
from ryoshiki.desk.store.backup import back_up, restore
from ryoshiki.desk.store.database import Store, connect, new_id
from ryoshiki.desk.store.schema import is_empty, open_store
from ryoshiki.model import RyoshikiError
from tests.stores import Postgres

MOMENT = datetime(2026, 6, 12, 21, 14, 3, 250_000, UTC)


def fill(db: Connection) -> None:
    """Something of every type of column."""
    person = {"number": "0012", "name": "汐入花子", "mail": "a@city.example", "section": "港湾課", "kind": "regular"}
    db.execute(insert(tables.staff).values(person | {"role": "head", "active": True, "changed_at": MOMENT}))
    consent: dict[str, object] = {
        "id": new_id(),
        "person": "岬🌊",
        "guardian": "",
        "event": "港まつり",
        "media": ["X", "広報"],
    }
    consent |= {"until": date(2027, 3, 31), "asked_how": "paper", "section": "", "kept_by": "0012", "state": "asked"}
    db.execute(insert(tables.consents).values(consent | {"asked_at": MOMENT, "signature": ""}))
    case: dict[str, object] = {
        "id": new_id(),
        "path": "leak",
        "title": "",
        "facts": {"いつ": None},
        "city_work": None,
        "state": "opened",
    }
    case |= {"opened_by": "0012", "opened_at": MOMENT, "known_at": MOMENT, "lessons": "", "version": 1}
    db.execute(insert(tables.cases).values(case))
    proof: dict[str, object] = {
        "id": new_id(),
        "case_id": case["id"],
        "address": "",
        "seen_at": MOMENT,
        "words": "",
        "file_name": "a.png",
    }
    db.execute(insert(tables.evidence).values(proof | {"sha256": "0" * 64, "notes": []}))
    db.execute(insert(tables.evidence_files).values(evidence=proof["id"], data=bytes(range(256))))
    session = {"token_hash": "0" * 64, "number": "0012", "began_at": MOMENT, "seen_at": MOMENT, "ends_at": MOMENT}
    db.execute(insert(tables.sessions).values(session))
    journal.note(db, "0012", "test", str(consent["id"]))


def everything(store: Store) -> dict[str, list[object]]:
    with store.read() as db:
        return {
            name: [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key))]
            for name, table in tables.metadata.tables.items()
        }


@pytest.fixture
def copy(store: Store, tmp_path: Path) -> Path:
    """A copy of a store with records."""
    with store.write() as db:
        fill(db)
    back_up(store, tmp_path / "copy.gz")
    return tmp_path / "copy.gz"


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_there_and_back(store: Store, copy: Path, to: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """From either database into either: all records but signings in, and a journal that proves itself."""
    server: Postgres = request.getfixturevalue("postgres")
    other = connect(server.new() if to == "postgresql" else str(tmp_path / "other.db"))
    assert restore(other, copy) == sum(map(len, everything(store).values())) - 1
    assert everything(other) == everything(store) | {"sessions": []}
    with other.read() as db:
        assert journal.verify(db).seq == 1
    other.close()


def test_the_file_is_for_its_owner_and_new(store: Store, copy: Path) -> None:
    """Nothing is overwritten, and nobody else reads it."""
    assert copy.stat().st_mode & 0o077 == 0
    before = copy.read_bytes()
    with pytest.raises(RyoshikiError, match="cannot be created"):
        back_up(store, copy)
    assert copy.read_bytes() == before


def test_a_place_with_records_is_refused(store: Store, copy: Path) -> None:
    """What is there is neither mixed nor lost."""
    before = everything(store)
    with pytest.raises(RyoshikiError, match="empty"):
        restore(store, copy)
    assert everything(store) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "line", "other", "empty"])
def test_a_damaged_copy(copy: Path, tmp_path: Path, damage: str) -> None:
    """It is refused before anything is made, and the place stays empty and usable."""
    whole = gzip.decompress(copy.read_bytes())
    lines = whole.splitlines(keepends=True)
    copy.write_bytes(
        {
            "cut": copy.read_bytes()[:-20],
            "changed": gzip.compress(whole.replace("港まつり".encode(), "川まつり".encode())),
            "line": gzip.compress(b"".join(lines[:2] + lines[3:])),
            "other": gzip.compress(b'{"form": "another"}\n'),
            "empty": b"",
        }[damage]
    )
    other = connect(str(tmp_path / "other.db"))
    with pytest.raises(RyoshikiError, match="no backup"):
        restore(other, copy)
    with other.read() as db:
        assert is_empty(db)
    other.close()
    open_store(str(tmp_path / "other.db")).close()
