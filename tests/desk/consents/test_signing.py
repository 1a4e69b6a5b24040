"""Signing without an account: only by the address, only once, and the way back by the same address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from ryoshiki.desk.consents import ledger, signing
from ryoshiki.desk.consents.ledger import Asking
from ryoshiki.desk.people import Actor, DeniedError
from ryoshiki.desk.store.database import Store, now
from ryoshiki.model import RyoshikiError

KEEPER = Actor("1", "employee", "港湾課")
STROKES = "M10 20L30 40L600 200M5 5L5 5"


@pytest.fixture
def asked(store: Store) -> tuple[str, str]:
    """Id and token of a consent that somebody was asked for."""
    with store.write() as db:
        id = ledger.add(db, KEEPER, Asking("岬", "港まつり", ("X",))).id
        return id, signing.invite(db, KEEPER, id)


@pytest.mark.parametrize(("strokes", "typed"), [(STROKES, ""), ("", "岬 花子")])
def test_signed_and_taken_back(store: Store, asked: tuple[str, str], strokes: str, typed: str) -> None:
    """By strokes, or by a name that was written; the keeper sees both answers."""
    id, token = asked
    with store.write() as db:
        assert signing.sign(db, token, True, strokes, typed).signature == (strokes or typed)
    with store.write() as db:
        signing.withdraw(db, token)
    with store.read() as db:
        assert ledger.find(db, KEEPER, id).state == "withdrawn"


def test_refused_without_a_signature(store: Store, asked: tuple[str, str]) -> None:
    """Who does not agree need not sign, and cannot answer again."""
    with store.write() as db:
        assert signing.sign(db, asked[1], False, STROKES).signature == ""
    with store.write() as db, pytest.raises(RyoshikiError, match="already"):
        signing.sign(db, asked[1], True, STROKES)


@pytest.mark.parametrize(
    "strokes",
    ["", "M1 1", "M1 1L2 2Z", 'M1 1L2 2"/><script>', "M１ 1L2 2", "M1 1L2 2\n", "M1 1L99999 2", "M1 1" + "L2 2" * 6000],
)
def test_no_signature(store: Store, asked: tuple[str, str], strokes: str) -> None:
    """Only moves and lines are one, of a length that can be kept."""
    with store.write() as db, pytest.raises(RyoshikiError, match="please sign"):
        signing.sign(db, asked[1], True, strokes)
    assert not signing.drawn(strokes)


def test_a_new_address_ends_the_old(store: Store, asked: tuple[str, str]) -> None:
    """So that a sheet that was lost serves nobody."""
    id, old = asked
    with store.write() as db:
        new = signing.invite(db, KEEPER, id)
    with store.read() as db:
        assert signing.invited(db, new).id == id
        for token in (old, "", "x", id, "\ud800"):
            with pytest.raises(DeniedError):
                signing.invited(db, token)


def test_an_address_serves_until_the_consent_ends(store: Store) -> None:
    """A day longer, and no more."""
    until = now().date() + timedelta(days=3)
    with store.write() as db:
        id = ledger.add(db, KEEPER, Asking("岬", "港まつり", ("X",), until)).id
        token = signing.invite(db, KEEPER, id)
        row = db.execute(text("SELECT sign_hash FROM consents")).one()
        assert token not in row
    with store.write() as db:
        db.execute(text("UPDATE consents SET sign_until = '2020-01-01 00:00:00+00'"))
    with store.read() as db, pytest.raises(DeniedError):
        signing.invited(db, token)


def test_only_the_keeper_invites(store: Store, asked: tuple[str, str]) -> None:
    """And nobody once it was refused."""
    with store.write() as db, pytest.raises(DeniedError):
        signing.invite(db, Actor("2", "employee", "港湾課"), asked[0])
    with store.write() as db:
        signing.sign(db, asked[1], False, "")
        with pytest.raises(RyoshikiError, match="already"):
            signing.invite(db, KEEPER, asked[0])
