"""Where a picture was used, so that it can be taken away when its consent is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from ryoshiki.desk.consents.ledger import Consent, changeable, find
from ryoshiki.desk.people import Actor, DeniedError
from ryoshiki.desk.printable import printable
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import new_id
from ryoshiki.desk.store.tables import consent_uses
from ryoshiki.model import RyoshikiError

_LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True)
class Use:
    """A place where the picture is, or was until ``removed_on``: the address of a post, or a paper."""

    id: str
    place: str
    used_on: date
    removed_on: date | None


def add(db: Connection, actor: Actor, id: str, place: str, on: date) -> Use:
    """Enter where the picture was used.

    Raises:
        RyoshikiError: the consent does not hold on that day, or is not the actor's to change.
    """
    consent = changeable(db, actor, id)
    place = place.strip()
    if not place or len(place) > _LONGEST or not printable(place):
        raise RyoshikiError(f"使った所を {_LONGEST} 文字までで書きます (say where, in {_LONGEST} characters at most)")
    if not consent.holds(on):
        raise RyoshikiError("この日には、同意がありません (the consent does not hold on that day)")
    use = Use(new_id(), place, on, None)
    db.execute(insert(consent_uses).values(id=use.id, consent=consent.id, place=place, used_on=on))
    journal.note(db, actor.number, "consent.use", consent.id)
    return use


def removed(db: Connection, actor: Actor, id: str, use: str, on: date) -> None:
    """Enter that the picture was taken away from there.

    Raises:
        RyoshikiError: there is no such place, or the consent is not the actor's to change.
    """
    consent = changeable(db, actor, id)
    where = (consent_uses.c.id == use, consent_uses.c.consent == consent.id, consent_uses.c.removed_on.is_(None))
    if db.execute(update(consent_uses).where(*where).values(removed_on=on)).rowcount != 1:
        raise DeniedError
    journal.note(db, actor.number, "consent.removed", consent.id)


def places(db: Connection, actor: Actor, id: str) -> tuple[Use, ...]:
    """Where the picture was used, the oldest first.

    Raises:
        DeniedError: the consent is not for the actor.
    """
    return of(db, find(db, actor, id))


def of(db: Connection, consent: Consent) -> tuple[Use, ...]:
    """As `places`, of a consent at hand."""
    order = (consent_uses.c.used_on, consent_uses.c.id)
    columns = (consent_uses.c[name] for name in Use.__dataclass_fields__)
    rows = db.execute(select(*columns).where(consent_uses.c.consent == consent.id).order_by(*order))
    return tuple(Use(*row) for row in rows)
