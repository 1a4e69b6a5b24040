"""The audit trail shows what was changed, taken out, put in or cut off."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import Store
from ryoshiki.model import RyoshikiError


@pytest.fixture
def kept(store: Store) -> Store:
    """A journal of five entries."""
    for number in range(5):
        with store.write() as db:
            journal.note(db, "0012", "test", f"record{number}")
    return store


def verified(store: Store, known: str | None = None) -> journal.End:
    with store.read() as db:
        return journal.verify(db, known)


def test_what_nobody_touched(kept: Store) -> None:
    """It proves itself, and its end can be noted and found again after more was written."""
    end = verified(kept)
    assert end.seq == 5
    with kept.write() as db:
        journal.note(db, "0012", "test", "record5")
    assert verified(kept, f"{end.seq}:{end.hash}").seq == 6
    assert verified(kept, f"0:{journal.START}").seq == 6


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE journal SET what = 'other' WHERE seq = 3", "entry 3"),
        ("UPDATE journal SET by = '0013' WHERE seq = 1", "entry 1"),
        ("UPDATE journal SET at = '2020-01-01T00:00:00.000+00:00' WHERE seq = 5", "entry 5"),
        ("DELETE FROM journal WHERE seq = 2", "entry 2"),
        ("DELETE FROM journal WHERE seq = 5", "at the end"),
        ("DELETE FROM journal", "at the end"),
        ("UPDATE journal SET hash = '0' WHERE seq = 4", "entry 4"),
        ("UPDATE journal_end SET seq = 4", "at the end"),
    ],
)
def test_what_somebody_touched(kept: Store, statement: str, reason: str) -> None:
    """Each change is told, by the entry where it shows."""
    with kept.write() as db:
        db.execute(text(statement.replace(" by ", ' "by" ')))
    with pytest.raises(RyoshikiError, match=reason):
        verified(kept)


def test_a_chain_that_was_written_anew(kept: Store) -> None:
    """Who rules the database can make another chain that proves itself; the noted end tells."""
    end = verified(kept)
    with kept.write() as db:
        db.execute(text("DELETE FROM journal"))
        db.execute(text(f"UPDATE journal_end SET seq = 0, hash = '{journal.START}'"))
        for number in range(6):
            journal.note(db, "0012", "test", f"forged{number}")
    assert verified(kept).seq == 6
    with pytest.raises(RyoshikiError, match="not in the journal"):
        verified(kept, f"{end.seq}:{end.hash}")


@pytest.mark.parametrize("known", ["", "5", "x:" + "0" * 64, "5:abc", "５:" + "0" * 64])
def test_an_end_that_is_none(kept: Store, known: str) -> None:
    """It is refused, and not taken as proof."""
    with pytest.raises(RyoshikiError, match="SEQ:HASH"):
        verified(kept, known)
