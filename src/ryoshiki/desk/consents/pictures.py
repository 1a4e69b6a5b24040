"""Which consents belong to a picture: by its bytes, by what it looks like, or by the event it is of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, insert, or_, select

from ryoshiki.desk.consents.ledger import Consent, changeable, consent_of, readable
from ryoshiki.desk.people import Actor
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import new_id
from ryoshiki.desk.store.tables import consent_pictures, consents
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.photo.likeness import ALIKE, alike, likeness

_PART = 16  # bits of one part of a likeness
_MOST = 500  # consents of one picture or event that are told
_PARTS = [consent_pictures.c[f"likeness{part}"] for part in range(4)]
assert len(_PARTS) > ALIKE, "pictures that look alike must share a part"

Bond = Literal["same", "alike", "event"]  # how a consent belongs to what was asked about, the closest first


@dataclass(frozen=True, slots=True)
class Print:
    """By what a picture is known again; nothing of the picture itself is kept."""

    sha256: str
    likeness: int


def fingerprint(data: bytes) -> Print:
    """What the bytes of a picture are known by.

    Raises:
        RyoshikiError: they cannot be read as a picture.
    """
    from ryoshiki.reading.photo.opening import PictureError, opened, upright

    try:
        image = upright(opened(data)).image
    except PictureError as reason:
        raise RyoshikiError(str(reason)) from None
    return Print(hashlib.sha256(data).hexdigest(), likeness(image))


def attach(db: Connection, actor: Actor, id: str, picture: Print) -> bool:
    """Enter that a consent is about this picture; False where that was known.

    Raises:
        RyoshikiError: the consent is not the actor's to change.
    """
    consent = changeable(db, actor, id)
    same = (consent_pictures.c.consent == consent.id, consent_pictures.c.sha256 == picture.sha256)
    if db.execute(select(consent_pictures.c.id).where(*same)).first() is not None:
        return False
    parts = {column.name: part for column, part in zip(_PARTS, _parts(picture.likeness), strict=True)}
    db.execute(insert(consent_pictures).values(id=new_id(), consent=consent.id, sha256=picture.sha256, **parts))
    journal.note(db, actor.number, "consent.picture", consent.id)
    return True


def attached(db: Connection, consent: Consent) -> int:
    """To how many pictures a consent was tied."""
    rows = db.execute(select(consent_pictures.c.id).where(consent_pictures.c.consent == consent.id))
    return len(rows.all())


def ask(
    db: Connection, actor: Actor, picture: Print | None = None, event: str = ""
) -> tuple[tuple[Bond, Consent], ...]:
    """Consents that belong to a picture or an event and that the actor may see, the closest first."""
    found: dict[str, Bond] = {}
    if picture is not None:
        parts = _parts(picture.likeness)
        near = or_(*(column == part for column, part in zip(_PARTS, parts, strict=True)))
        where = or_(consent_pictures.c.sha256 == picture.sha256, near)
        for row in db.execute(select(consent_pictures).where(where)).mappings():
            if row["sha256"] == picture.sha256:
                found[row["consent"]] = "same"
            elif alike(_joined([row[column.name] for column in _PARTS]), picture.likeness):
                found.setdefault(row["consent"], "alike")
    if event.strip():
        named = select(consents.c.id).where(consents.c.event.contains(event.strip(), autoescape=True)).limit(_MOST)
        for id in db.execute(named).scalars():
            found.setdefault(id, "event")
    ids = list(found)[:_MOST]
    rows = db.execute(select(consents).where(consents.c.id.in_(ids)))
    seen = readable(actor, (consent_of(row) for row in rows))
    order: tuple[Bond, ...] = ("same", "alike", "event")
    return tuple(sorted(((found[c.id], c) for c in seen), key=lambda e: (order.index(e[0]), e[1].person, e[1].id)))


def _parts(hash: int) -> list[int]:
    return [hash >> _PART * place & 0xFFFF for place in range(len(_PARTS))]


def _joined(parts: list[int]) -> int:
    return sum(part << _PART * place for place, part in enumerate(parts))
