"""Records go when their term is over: consents that ended, cases that closed, people who left, signings in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, or_, select

from ryoshiki.desk.store import journal
from ryoshiki.desk.store.tables import cases, completions, consents, sessions, staff


@dataclass(frozen=True, slots=True)
class Terms:
    """Days that records stay after their end. They are an organisation's to choose; the law may ask for more."""

    consents: int = 365
    cases: int = 1095
    staff: int = 365


def purge(db: Connection, by: str, terms: Terms, at: datetime) -> dict[str, int]:
    """Delete what is past its term, each entered in the journal; how many, by table."""
    gone = {}
    for table, key, past in _past(terms, at):
        ids = list(db.execute(select(table.c[key]).where(past)).scalars())
        for id in ids:
            if table is not sessions:  # a signing in is no record of anybody's deeds
                journal.note(db, by, f"{table.name}.purge", id)
        db.execute(delete(table).where(past))
        gone[table.name] = len(ids)
    return gone


def due(db: Connection, terms: Terms, at: datetime) -> dict[str, int]:
    """How many records `purge` would delete now, by table."""
    return {
        table.name: db.execute(select(func.count()).select_from(table).where(past)).scalar_one()
        for table, _, past in _past(terms, at)
    }


def _past(terms: Terms, at: datetime) -> Iterator[tuple[Table, str, ColumnElement[bool]]]:
    ended = at - timedelta(days=terms.consents)
    yield (
        consents,
        "id",
        or_(
            consents.c.until < ended.astimezone(UTC).date(),
            consents.c.withdrawn_at < ended,
            and_(consents.c.given_at.is_(None), consents.c.asked_at < ended),
        ),
    )
    yield cases, "id", cases.c.closed_at < at - timedelta(days=terms.cases)
    left = and_(staff.c.active.is_(False), staff.c.changed_at < at - timedelta(days=terms.staff))
    former = select(staff.c.number).where(left)
    yield completions, "id", completions.c.number.in_(former)
    yield staff, "number", left
    yield sessions, "token_hash", sessions.c.ends_at < at
