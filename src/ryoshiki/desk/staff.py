"""The people of the desk: taken in from a staff list, found by number, and who heads a section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import cast

from sqlalchemy import Connection, Row, insert, select, update

from ryoshiki.desk.people import GIVEN, Actor, Role, require
from ryoshiki.desk.printable import printable
from ryoshiki.desk.stafflist import Line
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import now
from ryoshiki.desk.store.tables import staff

# Headings of the further columns, folded as the list's reader folds them.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("氏名", "名前", "職員氏名", "name", "fullname"),
    "mail": ("メールアドレス", "メール", "eメール", "email", "mail", "mailaddress"),
    "section": ("所属", "所属課", "課", "課名", "部署", "section", "department"),
    "role": ("役割", "権限", "role"),
}
_ROLES: dict[str, Role] = {
    "": "employee",
    **{role: role for role in GIVEN},
    "職員": "employee",
    "所属長": "head",
    "課長": "head",
    "広報": "pr",
    "広報担当": "pr",
    "管理者": "admin",
}
_AT_ONCE = 500
_LONGEST = 200  # characters of a name, an address, a section


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff; ``kind`` is an id of ``scope.toml``."""

    number: str
    name: str
    mail: str
    section: str
    kind: str
    role: Role
    active: bool = True

    @property
    def actor(self) -> Actor:
        """This person as somebody who acts."""
        return Actor(self.number, self.role, self.section, self.name)


def person_of(line: Line) -> Person | str:
    """The person of a line of a staff list, or why there is none, without a word of the line."""
    if line.kind is None:
        return line.reason
    if not line.staff:
        return "職員番号がありません (no staff number)"
    told = {name: line.more.get(name, "") for name in HEADINGS}
    if any(len(value) > _LONGEST or not printable(value) for value in told.values()):
        return f"{_LONGEST} 文字を超えるか、使えない文字があります (too long, or with control characters)"
    for name, title in (("name", "氏名"), ("mail", "メールアドレス"), ("section", "所属")):
        if not told[name]:
            return f"{title}がありません (no {name})"
    user, at, host = told["mail"].rpartition("@")
    if not (user and at and host) or any(c.isspace() or c in ",;<>" for c in told["mail"]):
        return "メールアドレスの形をしていません (no mail address)"
    role = _ROLES.get(told["role"].lower())
    if role is None:
        return "役割は 職員・所属長・広報・管理者 のどれかです (role: employee, head, pr or admin)"
    return Person(line.staff, told["name"], told["mail"], told["section"], line.kind.id, role)


def take_in(
    db: Connection, actor: Actor, people: Iterator[Person], whole: bool, progress: Callable[[int], object]
) -> int:
    """Put people in, or in place of those of the same number; how many. ``whole``: who is not among them has left.

    Raises:
        DeniedError: the actor may not.
    """
    require(actor, "staff.change")
    known = set(db.execute(select(staff.c.number)).scalars())
    seen: set[str] = set()
    held: dict[str, Person] = {}  # by number: of two lines with one number the later holds
    for person in people:
        held[person.number] = person
        seen.add(person.number)
        if len(held) == _AT_ONCE:
            _put(db, held, known)
            progress(len(held))
            held = {}
    _put(db, held, known)
    progress(len(held))
    if whole:
        gone = sorted(known - seen)
        for at in range(0, len(gone), _AT_ONCE):
            numbers = gone[at : at + _AT_ONCE]
            left = (staff.c.number.in_(numbers), staff.c.active.is_(True), staff.c.number != actor.number)
            db.execute(update(staff).where(*left).values(active=False, changed_at=now()))
    journal.note(db, actor.number, "staff.import", str(len(seen)))
    return len(seen)


def _put(db: Connection, people: dict[str, Person], known: set[str]) -> None:
    rows = {number: asdict(person) | {"changed_at": now()} for number, person in people.items()}
    new = [row for number, row in rows.items() if number not in known]
    if new:
        db.execute(insert(staff), new)
    for number, row in rows.items():
        if number in known:
            db.execute(update(staff).where(staff.c.number == number).values(row))
    known.update(rows)


def find(db: Connection, number: str) -> Person | None:
    """The active person of a staff number."""
    row = db.execute(select(staff).where(staff.c.number == number, staff.c.active.is_(True))).one_or_none()
    return _person(row) if row is not None else None


def heads(db: Connection, section: str) -> tuple[Person, ...]:
    """Who heads a section."""
    where = (staff.c.section == section, staff.c.role == "head", staff.c.active.is_(True))
    return tuple(_person(row) for row in db.execute(select(staff).where(*where).order_by(staff.c.number)))


def listed(db: Connection, actor: Actor, after: str = "", most: int = 100) -> tuple[Person, ...]:
    """People that the actor may see, in order of number, ``most`` at once.

    Raises:
        DeniedError: the actor may see nobody.
    """
    where = [staff.c.number > after]
    if actor.role not in ("admin", "owner"):
        require(actor, "staff.read", section=actor.section)
        where.append(staff.c.section == actor.section)
    rows = db.execute(select(staff).where(*where).order_by(staff.c.number).limit(most))
    return tuple(_person(row) for row in rows)


def _person(row: Row[tuple[object, ...]]) -> Person:
    fields = row._mapping
    return Person(**{name: cast(str, fields[name]) for name in Person.__dataclass_fields__})  # type: ignore[arg-type]
