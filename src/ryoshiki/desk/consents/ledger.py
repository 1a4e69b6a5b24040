"""Consents: asked for, given or refused, taken back. Who kept them, their section and PR see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select, update

from ryoshiki.desk.people import Actor, DeniedError, may, require
from ryoshiki.desk.printable import printable
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import new_id, now
from ryoshiki.desk.store.tables import consents
from ryoshiki.model import RyoshikiError

State = Literal["asked", "given", "refused", "withdrawn"]
WAYS = ("paper", "phone", "spoken", "mail")  # how one can be asked
_LONGEST = 200  # characters of a name, an event, a medium
_MOST_MEDIA = 20
_SHORTEST_ID = 6  # letters by which a person may call a record, where they are enough to tell it apart


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody is asked to agree to. ``until`` None: until it is taken back; ``guardian`` "": answers alone."""

    person: str
    event: str
    media: tuple[str, ...]
    until: date | None = None
    guardian: str = ""
    asked_how: str = "paper"


@dataclass(frozen=True, slots=True)
class Consent:
    """One entry of the ledger."""

    id: str
    person: str
    guardian: str
    event: str
    media: tuple[str, ...]
    until: date | None
    asked_how: str
    section: str
    kept_by: str
    state: State
    asked_at: datetime
    given_at: datetime | None
    withdrawn_at: datetime | None
    signature: str

    def holds(self, on: date) -> bool:
        """Whether the picture may be shown on that day, as far as this consent goes."""
        return self.state == "given" and (self.until is None or on <= self.until)


def add(db: Connection, actor: Actor, asking: Asking) -> Consent:
    """Enter that somebody is asked.

    Raises:
        RyoshikiError: something is missing, too long, or past.
    """
    require(actor, "consent.add")
    asked = _checked(asking)
    id, at = new_id(), now()
    db.execute(
        insert(consents).values(
            id=id,
            person=asked.person,
            guardian=asked.guardian,
            event=asked.event,
            media=list(asked.media),
            until=asked.until,
            asked_how=asked.asked_how,
            section=actor.section,
            kept_by=actor.number,
            state="asked",
            asked_at=at,
            signature="",
        )
    )
    journal.note(db, actor.number, "consent.add", id)
    return find(db, actor, id)


def find(db: Connection, actor: Actor, id: str) -> Consent:
    """The consent of this id, or of this beginning of one.

    Raises:
        DeniedError: there is none, several begin so, or it is not for the actor.
    """
    rows: Sequence[Row[Any]] = ()
    if len(id) >= _SHORTEST_ID and id.isalnum() and id.isascii():
        named = consents.c.id.startswith(id, autoescape=True)
        rows = db.execute(select(consents).where(named, _visible(actor)).limit(2)).all()
    if len(rows) != 1:
        raise DeniedError
    found = consent_of(rows[0])
    require(actor, "consent.read", found.kept_by, found.section)
    return found


def listed(db: Connection, actor: Actor, words: str = "", offset: int = 0, most: int = 50) -> tuple[Consent, ...]:
    """Consents that the actor may see, the newest first; ``words`` stand in the event or the name."""
    where = [_visible(actor)]
    if words:
        where.append(or_(*(c.contains(words, autoescape=True) for c in (consents.c.event, consents.c.person))))
    order = (consents.c.asked_at.desc(), consents.c.id)
    rows = db.execute(select(consents).where(*where).order_by(*order).offset(offset).limit(most))
    return tuple(consent_of(row) for row in rows)


def answered(db: Connection, actor: Actor, id: str, agreed: bool) -> Consent:
    """Enter the answer that came on paper, by word or by mail.

    Raises:
        RyoshikiError: it was answered already, or is not the actor's to change.
    """
    consent = changeable(db, actor, id)
    return settle(db, actor.number, consent, agreed)


def withdraw(db: Connection, actor: Actor, id: str) -> Consent:
    """Enter that the person took it back. Where the picture was used is told by `uses.places`.

    Raises:
        RyoshikiError: there is nothing to take back, or it is not the actor's to change.
    """
    return take_back(db, actor.number, changeable(db, actor, id))


def changeable(db: Connection, actor: Actor, id: str) -> Consent:
    """As `find`, and the actor may change it."""
    found = find(db, actor, id)
    require(actor, "consent.change", found.kept_by, found.section)
    return found


def settle(db: Connection, by: str, consent: Consent, agreed: bool, signature: str = "") -> Consent:
    """Enter an answer, whoever brought it; only the first one counts.

    Raises:
        RyoshikiError: it was answered already.
    """
    state: State = "given" if agreed else "refused"
    values = {"state": state, "given_at": now() if agreed else None, "signature": signature}
    _move(db, by, consent, "asked", values)
    return _again(db, consent)


def take_back(db: Connection, by: str, consent: Consent) -> Consent:
    """Enter a withdrawal, whoever brought it.

    Raises:
        RyoshikiError: there is nothing to take back.
    """
    _move(db, by, consent, "given", {"state": "withdrawn", "withdrawn_at": now()})
    return _again(db, consent)


def consent_of(row: Row[Any]) -> Consent:
    """The consent of a row of the table."""
    fields = {name: row._mapping[name] for name in Consent.__dataclass_fields__}
    return Consent(**(fields | {"media": tuple(fields["media"])}))


def readable(actor: Actor, found: Iterable[Consent]) -> list[Consent]:
    """Those that the actor may see."""
    return [c for c in found if may(actor, "consent.read", c.kept_by, c.section)]


def _visible(actor: Actor) -> ColumnElement[bool]:
    """The same as `readable`, for the database."""
    if may(actor, "consent.read"):
        return consents.c.id.is_not(None)
    own = consents.c.kept_by == actor.number
    if not actor.section:
        return own
    return or_(own, consents.c.section == actor.section)


def _move(db: Connection, by: str, consent: Consent, before: State, values: dict[str, Any]) -> None:
    done = db.execute(
        update(consents).where(and_(consents.c.id == consent.id, consents.c.state == before)).values(values)
    )
    if done.rowcount != 1:
        raise RyoshikiError("すでに答えが記録されています (it was settled already)")
    journal.note(db, by, f"consent.{values['state']}", consent.id)


def _again(db: Connection, consent: Consent) -> Consent:
    return consent_of(db.execute(select(consents).where(consents.c.id == consent.id)).one())


def _checked(asking: Asking) -> Asking:
    person, event, guardian = (t.strip() for t in (asking.person, asking.event, asking.guardian))
    media = tuple(dict.fromkeys(m.strip() for m in asking.media if m.strip()))
    for value, title in ((person, "お名前 (person)"), (event, "行事や写真 (event)"), (media, "載せる先 (media)")):
        if not value:
            raise RyoshikiError(f"{title}: 要ります (required)")
    if _too_long([person, event, guardian, *media]) or len(media) > _MOST_MEDIA:
        raise RyoshikiError(f"{_LONGEST} 文字まで、載せる先は {_MOST_MEDIA} までです (too long, or too many)")
    if asking.asked_how not in WAYS:
        raise RyoshikiError(f"聞き方は {', '.join(WAYS)} のどれかです (one of them)")
    if asking.until is not None and asking.until < now().date():
        raise RyoshikiError("期限が過ぎています (the term is past)")
    return Asking(person, event, media, asking.until, guardian, asking.asked_how)


def _too_long(texts: Sequence[str]) -> bool:
    return any(len(t) > _LONGEST or not printable(t) for t in texts)
