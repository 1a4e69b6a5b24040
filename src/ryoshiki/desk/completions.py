"""Who completed the training, for the organisation: a number, a guideline and a day; never an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, true

from ryoshiki.desk.people import Actor, may
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import new_id
from ryoshiki.desk.store.tables import completions, staff


@dataclass(frozen=True, slots=True)
class Completion:
    """One of the staff, and when they last completed the training; None: not yet."""

    number: str
    name: str
    section: str
    completed_on: date | None


def add(db: Connection, actor: Actor, guideline: str, on: date) -> bool:
    """Enter that the actor completed it on that day; False where that stands there already."""
    same = and_(
        completions.c.number == actor.number,
        completions.c.guideline == guideline,
        completions.c.completed_on == on,
    )
    if db.execute(select(completions.c.id).where(same)).first() is not None:
        return False
    db.execute(insert(completions).values(id=new_id(), number=actor.number, guideline=guideline, completed_on=on))
    journal.note(db, actor.number, "training.completed", guideline)
    return True


def last(db: Connection, actor: Actor, guideline: str) -> date | None:
    """When the actor last completed it."""
    mine = and_(completions.c.number == actor.number, completions.c.guideline == guideline)
    return db.execute(
        select(completions.c.completed_on).where(mine).order_by(completions.c.completed_on.desc()).limit(1)
    ).scalar_one_or_none()


def listed(db: Connection, actor: Actor, guideline: str, after: str = "", most: int = 100) -> tuple[Completion, ...]:
    """The active people whom the actor may see, in order of number, with the day of each's last completion."""
    done = (
        select(completions.c.number, func.max(completions.c.completed_on).label("on"))
        .where(completions.c.guideline == guideline)
        .group_by(completions.c.number)
        .subquery()
    )
    rows = db.execute(
        select(staff.c.number, staff.c.name, staff.c.section, done.c.on)
        .select_from(staff.outerjoin(done, done.c.number == staff.c.number))
        .where(staff.c.active.is_(True), staff.c.number > after, _visible(actor))
        .order_by(staff.c.number)
        .limit(most)
    )
    return tuple(Completion(*row) for row in rows)


def _visible(actor: Actor) -> ColumnElement[bool]:
    if may(actor, "completion.read"):
        return true()
    if actor.section and may(actor, "completion.read", section=actor.section):
        return staff.c.section == actor.section
    return staff.c.number == actor.number
