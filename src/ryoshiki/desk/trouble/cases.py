"""Cases: opened by whoever wants to, seen by their author and by those they were sent to, closed with lessons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, insert, or_, select, update

from ryoshiki.desk.people import Actor, DeniedError, may, require
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import new_id, now
from ryoshiki.desk.store.tables import case_readers, cases
from ryoshiki.desk.trouble import log
from ryoshiki.desk.trouble.paths import Way
from ryoshiki.desk.trouble.words import TITLE_LIMIT, line, plain
from ryoshiki.model import RyoshikiError

State = Literal["opened", "steps", "reported", "settled", "closed"]
STATES: tuple[State, ...] = get_args(State)
# Where a case may go from where it is. To "closed" with lessons only (`close`); from there it can be opened again.
MOVES: Mapping[State, tuple[State, ...]] = {
    "opened": ("steps", "reported", "settled"),
    "steps": ("reported", "settled"),
    "reported": ("steps", "settled"),
    "settled": ("steps", "closed"),
    "closed": ("steps",),
}
_MOST_FACTS = 40
_WHOLE_ID, _SHORTEST_ID = 32, 6  # letters of an id, and those by which a person may call it where they are enough


@dataclass(frozen=True, slots=True)
class Case:
    """One trouble. ``way`` is an id of ``trouble.toml``, ``facts`` the answers by question; ``version`` counts changes.

    ``known_at`` is when one learned of it: the terms of the law run from there.
    """

    id: str
    way: str
    title: str
    facts: Mapping[str, str]
    city_work: bool | None
    state: State
    opened_by: str
    opened_at: datetime
    known_at: datetime
    closed_at: datetime | None
    lessons: str
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the person says of the case; ``city_work`` None: not yet said."""

    title: str
    facts: Mapping[str, str]
    city_work: bool | None
    known_at: datetime


class ChangedError(RyoshikiError):
    """The case was changed since it was read, so that this change would undo another."""

    def __init__(self) -> None:
        super().__init__(
            "ほかの画面で変わっています。いまの内容を見てから、もう一度どうぞ (changed meanwhile; look again)"
        )


def start(db: Connection, actor: Actor, way: Way, title: str = "", known_at: datetime | None = None) -> Case:
    """Open a case of this kind; without a title the way's.

    Raises:
        RyoshikiError: the actor may not, the title cannot be one, or the moment is to come.
    """
    require(actor, "case.open")
    id, at = new_id(), now()
    told = _checked(Told(title or way.title, {}, None, known_at or at))
    first = {"facts": {}, "state": "opened", "lessons": "", "version": 1}
    db.execute(
        insert(cases).values(
            id=id,
            path=way.id,
            title=told.title,
            opened_by=actor.number,
            opened_at=at,
            known_at=told.known_at,
            **first,
        )
    )
    log.enter(db, actor, id, "opened")
    return find(db, actor, id)


def find(db: Connection, actor: Actor, id: str) -> Case:
    """The case of this id, or of this beginning of one.

    Raises:
        DeniedError: there is none, several begin so, or it is not for the actor.
    """
    rows: Sequence[Row[Any]] = ()
    if id.isalnum() and id.isascii() and len(id) >= _SHORTEST_ID:
        named = cases.c.id == id if len(id) == _WHOLE_ID else cases.c.id.startswith(id, autoescape=True)
        rows = db.execute(select(cases).where(named, _visible(actor)).limit(2)).all()
    if len(rows) != 1:
        raise DeniedError
    found = _case(rows[0])
    require(actor, "case.read", found.opened_by, sent_to=readers(db, found))
    return found


def changeable(db: Connection, actor: Actor, id: str) -> Case:
    """As `find`, and the actor may change it.

    Raises:
        DeniedError: the actor may not.
    """
    found = find(db, actor, id)
    require(actor, "case.change", found.opened_by)
    return found


def listed(db: Connection, actor: Actor, offset: int = 0, most: int = 50) -> tuple[Case, ...]:
    """Cases that the actor may see, the newest first."""
    order = (cases.c.opened_at.desc(), cases.c.id)
    rows = db.execute(select(cases).where(_visible(actor)).order_by(*order).offset(offset).limit(most))
    return tuple(_case(row) for row in rows)


def readers(db: Connection, case: Case) -> tuple[str, ...]:
    """The staff numbers to whom the case was sent."""
    numbers = select(case_readers.c.number).where(case_readers.c.case_id == case.id).order_by(case_readers.c.since)
    return tuple(db.execute(numbers).scalars())


def tell(db: Connection, actor: Actor, id: str, version: int, told: Told) -> Case:
    """Put what the person says in the place of what was said before.

    Raises:
        RyoshikiError: the case is closed or was changed meanwhile, or something is too long.
    """
    case, told = open_case(db, actor, id), _checked(told)
    log.verify_room(db, case.id)
    values = {"title": told.title, "facts": dict(told.facts), "city_work": told.city_work, "known_at": told.known_at}
    return _changed(db, actor, case, version, values, "facts")


def note(db: Connection, actor: Actor, id: str, words: str, what: str = "note") -> None:
    """Enter words into the log; whom the case was sent to may, too.

    Raises:
        RyoshikiError: none, too many, or the case is closed.
    """
    case = find(db, actor, id)
    require(actor, "case.note", case.opened_by, sent_to=readers(db, case))
    _verify_open(case)
    log.verify_room(db, case.id)
    log.enter(db, actor, case.id, what, plain(words, "記録 (note)"))


def step(db: Connection, actor: Actor, id: str, way: Way, step: str, is_done: bool = True) -> None:
    """Tick a step off, or take the tick away. The first one moves the case on.

    Raises:
        RyoshikiError: the way has no such step, or the case is closed.
    """
    case = open_case(db, actor, id)
    if step not in {each.id for each in way.steps}:
        raise RyoshikiError(f"手順は次のどれかです (steps): {', '.join(each.id for each in way.steps)}")
    if (step in log.done(log.entries(db, case.id))) == is_done:  # pressed twice
        return
    log.verify_room(db, case.id)
    log.enter(db, actor, case.id, log.STEP if is_done else log.STEP_OPEN, step)
    if is_done and case.state == "opened":
        _changed(db, actor, case, case.version, {"state": "steps"}, "moved", "steps")


def move(db: Connection, actor: Actor, id: str, version: int, to: State) -> Case:
    """Move the case on, or open a closed one again.

    Raises:
        RyoshikiError: it cannot go there from where it is, or was changed meanwhile.
    """
    case = changeable(db, actor, id)
    if to == "closed":
        raise RyoshikiError("終えるには、次に生かすことを書きます (closing takes lessons)")
    _verify_move(case, to)
    values = {"state": to, "closed_at": None}
    return _changed(db, actor, case, version, values, "moved", to)


def close(db: Connection, actor: Actor, id: str, version: int, lessons: str) -> Case:
    """End the case with what was learned.

    Raises:
        RyoshikiError: it is not settled yet or was changed meanwhile, or there are no lessons.
    """
    case = changeable(db, actor, id)
    _verify_move(case, "closed")
    values = {"state": "closed", "closed_at": now(), "lessons": plain(lessons, "次に生かすこと (lessons)")}
    return _changed(db, actor, case, version, values, "closed")


def sent(db: Connection, actor: Actor, id: str, number: str) -> None:
    """The case went to somebody, who sees it from now on; "" is somebody outside the staff list."""
    case = find(db, actor, id)
    if number and number not in readers(db, case):
        db.execute(insert(case_readers).values(case_id=case.id, number=number, since=now()))
        journal.note(db, actor.number, "case.reader", case.id)
    if "reported" in MOVES[case.state]:
        _changed(db, actor, case, case.version, {"state": "reported"}, "moved", "reported")


def open_case(db: Connection, actor: Actor, id: str) -> Case:
    """As `changeable`, and it is not closed.

    Raises:
        RyoshikiError: it is.
    """
    case = changeable(db, actor, id)
    _verify_open(case)
    return case


def _verify_open(case: Case) -> None:
    if case.state == "closed":
        raise RyoshikiError("終わった件です。書き足すには、もう一度開きます (closed; open it again first)")


def _visible(actor: Actor) -> ColumnElement[bool]:
    """What `may` says of reading, for the database."""
    if may(actor, "case.read"):
        return cases.c.id.is_not(None)
    sent_to = select(case_readers.c.case_id).where(case_readers.c.number == actor.number)
    return or_(cases.c.opened_by == actor.number, cases.c.id.in_(sent_to))


def _verify_move(case: Case, to: State) -> None:
    if to not in MOVES[case.state]:
        allowed = ", ".join(MOVES[case.state])
        raise RyoshikiError(f"いまは {case.state} なので、進めるのは {allowed} です (from here it can go there only)")


def _changed(
    db: Connection, actor: Actor, case: Case, version: int, values: Mapping[str, Any], what: str, words: str = ""
) -> Case:
    """Change the case if it still is as it was when ``version`` was read."""
    here = (cases.c.id == case.id, cases.c.version == version)
    if db.execute(update(cases).where(*here).values(**values, version=version + 1)).rowcount != 1:
        raise ChangedError
    log.enter(db, actor, case.id, what, words)
    return _case(db.execute(select(cases).where(cases.c.id == case.id)).one())


def _case(row: Row[Any]) -> Case:
    fields = {name: row._mapping["path" if name == "way" else name] for name in Case.__dataclass_fields__}
    return Case(**fields)


def _checked(told: Told) -> Told:
    title = line(told.title, "題 (title)")
    if len(told.facts) > _MOST_FACTS or any(len(id) > TITLE_LIMIT for id in told.facts):
        raise RyoshikiError(f"答えは {_MOST_FACTS} 個までです (too many answers)")
    if told.known_at > now():
        raise RyoshikiError("気づいた日時が、これからの日時です (the time of learning is to come)")
    facts = {id: plain(words, id) for id, words in told.facts.items() if words.strip()}
    return Told(title, facts, told.city_work, told.known_at)
