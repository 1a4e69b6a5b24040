"""Who is signed in: a random token in the browser, its hash here. What a person may do is read anew each time."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from ryoshiki.desk import staff
from ryoshiki.desk.staff import Person
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.tables import sessions

_BYTES = 32  # 256 random bits: not to be guessed, so that the hash needs no salt
_SEEN_EVERY = timedelta(minutes=1)  # how exactly it is known when somebody was last here; a write each time would cost


@dataclass(frozen=True, slots=True)
class Terms:
    """``idle``: how long nobody may ask for anything; ``whole``: how long a signing in lasts at most."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in; ``stale``: `seen` should be called."""

    person: Person
    stale: bool


@dataclass(frozen=True, slots=True)
class Open:
    """A session as an administrator sees it: since when, and when it was last used, to the minute."""

    number: str
    began: datetime
    seen: datetime


def begin(db: Connection, number: str, terms: Terms, at: datetime) -> str:
    """The token of a new signing in of ``number``."""
    token = secrets.token_urlsafe(_BYTES)
    row = {"number": number, "began_at": at, "seen_at": at, "ends_at": at + terms.whole}
    db.execute(insert(sessions).values(token_hash=_hash(token), **row))
    return token


def find(db: Connection, token: str, terms: Terms, at: datetime) -> Session | None:
    """Whose token it is, with the role and section they have now; None: nobody's, ended, too long idle, or gone."""
    row = db.execute(select(sessions).where(sessions.c.token_hash == _hash(token))).one_or_none()
    if row is None or row.ends_at <= at or row.seen_at + terms.idle <= at:
        return None
    person = staff.find(db, row.number)
    return Session(person, row.seen_at + _SEEN_EVERY <= at) if person else None


def seen(db: Connection, token: str, at: datetime) -> None:
    """Note that the person was here."""
    db.execute(update(sessions).where(sessions.c.token_hash == _hash(token)).values(seen_at=at))


def end(db: Connection, token: str) -> None:
    """Sign out."""
    db.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def end_all(db: Connection, by: str, number: str) -> int:
    """Sign a person out everywhere; from how many places."""
    ended = db.execute(delete(sessions).where(sessions.c.number == number)).rowcount
    if by != number:
        journal.note(db, by, "session.end", number)
    return ended


def listed(db: Connection, at: datetime) -> tuple[Open, ...]:
    """Sessions that have not ended by themselves, in order of staff number."""
    order = (sessions.c.number, sessions.c.began_at)
    rows = db.execute(select(sessions).where(sessions.c.ends_at > at).order_by(*order))
    return tuple(Open(row.number, row.began_at, row.seen_at) for row in rows)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
