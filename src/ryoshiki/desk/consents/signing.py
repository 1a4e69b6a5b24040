"""Signing with a finger: an address that only the person asked was given. Who has it needs no account.

The address serves until the consent ends, so that the person can take it back by the same way. The database holds
only the token's SHA-256.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection, select, update

from ryoshiki.desk.consents.ledger import Consent, changeable, consent_of, settle, take_back
from ryoshiki.desk.people import Actor, DeniedError
from ryoshiki.desk.printable import printable
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import now
from ryoshiki.desk.store.tables import consents
from ryoshiki.model import RyoshikiError

BY_PERSON = "person"  # in the journal: the person asked, who has no staff number
_DAYS = 366 * 3  # that an address serves where the consent has no end
_LONGEST = 20_000  # characters of strokes
_LONGEST_NAME = 200
# Strokes of one pen on a field of whole units: moves and lines, nothing else of what SVG can do.
_STROKES = re.compile(r"(?:M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})+)+\Z", re.ASCII)


def invite(db: Connection, actor: Actor, id: str) -> str:
    """A new token for the address to sign at; one given before no longer serves.

    Raises:
        RyoshikiError: the consent is not the actor's to change, or it was refused or taken back.
    """
    consent = changeable(db, actor, id)
    if consent.state not in ("asked", "given"):
        raise RyoshikiError("すでに答えが記録されています (it was settled already)")
    token = secrets.token_urlsafe(24)
    until = now() + timedelta(days=_DAYS)
    if consent.until is not None:
        until = datetime.combine(consent.until + timedelta(days=1), time.max, UTC)
    values = {"sign_hash": _hash(token), "sign_until": until}
    db.execute(update(consents).where(consents.c.id == consent.id).values(values))
    journal.note(db, actor.number, "consent.invite", consent.id)
    return token


def invited(db: Connection, token: str) -> Consent:
    """The consent that the holder of a token is asked for.

    Raises:
        DeniedError: the token serves no more, or never did.
    """
    row = db.execute(select(consents).where(consents.c.sign_hash == _hash(token))).one_or_none()
    if row is None or row.sign_until < now():
        raise DeniedError
    return consent_of(row)


def sign(db: Connection, token: str, agreed: bool, strokes: str, typed: str = "") -> Consent:
    """The person's own answer; agreeing takes a signature: strokes, or the name ``typed`` by who cannot draw.

    Raises:
        RyoshikiError: no signature, one that is none, or the answer was given before.
    """
    consent = invited(db, token)
    signature = strokes or typed.strip()
    named = not strokes and 0 < len(signature) <= _LONGEST_NAME and printable(signature)
    if agreed and not named and not drawn(strokes):
        raise RyoshikiError("署名するか、お名前を書いてください (please sign, or write your name)")
    return settle(db, BY_PERSON, consent, agreed, signature if agreed else "")


def drawn(signature: str) -> bool:
    """Whether a signature was drawn, as the path of an SVG picture."""
    return len(signature) <= _LONGEST and _STROKES.match(signature) is not None


def withdraw(db: Connection, token: str) -> Consent:
    """The person takes the consent back.

    Raises:
        RyoshikiError: there is nothing to take back.
    """
    return take_back(db, BY_PERSON, invited(db, token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
