"""What was done about a case, by whom and when. Lines are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from ryoshiki.desk.people import Actor
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import new_id, now
from ryoshiki.desk.store.tables import case_log
from ryoshiki.model import RyoshikiError

MOST = 1000  # lines that a person may add to one case
STEP, STEP_OPEN = "step", "step-open"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: ``what`` was done by whom; ``words`` are the person's own, or an id."""

    at: datetime
    by: str
    what: str
    words: str


def enter(db: Connection, actor: Actor, case_id: str, what: str, words: str = "") -> None:
    """A line of the log and of the journal, for a case that the caller has found."""
    row = {"id": new_id(), "case_id": case_id, "at": now(), "by": actor.number, "what": what, "words": words}
    db.execute(insert(case_log).values(row))
    journal.note(db, actor.number, f"case.{what}", case_id)


def verify_room(db: Connection, case_id: str) -> None:
    """Refuse more than one case can need.

    Raises:
        RyoshikiError: the log is full.
    """
    count = db.execute(select(func.count()).where(case_log.c.case_id == case_id)).scalar_one()
    if count >= MOST:
        raise RyoshikiError(f"一件の記録は {MOST:,} 行までです (the log is full)")


def entries(db: Connection, case_id: str) -> tuple[Entry, ...]:
    """All lines of a case that the caller has found, the oldest first."""
    columns = (case_log.c[name] for name in Entry.__dataclass_fields__)
    rows = db.execute(select(*columns).where(case_log.c.case_id == case_id).order_by(case_log.c.at, case_log.c.id))
    return tuple(Entry(*row) for row in rows)


def done(lines: Sequence[Entry]) -> frozenset[str]:
    """The ids of the steps that are done, as the log says."""
    last = {entry.words: entry.what for entry in lines if entry.what in (STEP, STEP_OPEN)}
    return frozenset(id for id, what in last.items() if what == STEP)
