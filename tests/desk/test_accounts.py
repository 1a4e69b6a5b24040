"""Passwords: what is taken, what is kept, and how guessing is slowed."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from unittest import mock

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from ryoshiki.desk import accounts, sessions, staff
from ryoshiki.desk.accounts import PasswordError
from ryoshiki.desk.people import OWNER, Actor, DeniedError
from ryoshiki.desk.staff import Person
from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.tables import passwords
from ryoshiki.desk.store.tables import staff as people

MISAKI = Person("0012", "岬太郎", "a@city.example", "港湾課", "regular", "employee")
SHIOMI = Person("0013", "汐見花子", "b@city.example", "港湾課", "regular", "admin")
RIGHT = "みさきの灯台と白い船とかもめ"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # as an older version may have hashed


@pytest.fixture
def store(store: Store) -> Store:
    """Two people; the first has a password, hashed with the parameters of an older version."""
    with store.write() as db:
        staff.take_in(db, OWNER, iter([MISAKI, SHIOMI]), False, lambda _: None)
        accounts.keep(db, OWNER, MISAKI.number, QUICK.hash(RIGHT))
    return store


def kept(store: Store) -> tuple[str, int]:
    with store.read() as db:
        row = db.execute(select(passwords)).one()
    return row.hash, row.failures


def test_the_right_one_and_others(store: Store) -> None:
    """Yes to the right one alone; it is then kept with today's parameters, and stays the same password."""
    at = now()
    assert not accounts.verify(store, "0012", RIGHT + "。", at)
    assert kept(store)[1] == 1
    assert accounts.verify(store, "0012", RIGHT, at)
    hash, failures = kept(store)
    assert hash.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert failures == 0
    assert accounts.verify(store, "0012", RIGHT, at)
    assert kept(store)[0] == hash


@pytest.mark.parametrize("number", ["0013", "0099", "", "0012 OR 1=1", "０１２"])
def test_who_has_no_password(store: Store, number: str) -> None:
    """No, after verifying something all the same, so that the time tells nothing."""
    nobody = mock.patch.object(accounts, "_NOBODY", QUICK.hash(RIGHT))
    with nobody, mock.patch.object(accounts, "_HASHER", wraps=QUICK) as hasher:
        assert not accounts.verify(store, number, RIGHT, now()), "not even with what is kept for nobody"
    assert hasher.verify.call_count == 1


def test_who_has_left(store: Store) -> None:
    """The right password of somebody who is no longer active is none."""
    with store.write() as db:
        db.execute(update(people).where(people.c.number == "0012").values(active=False))
    assert not accounts.verify(store, "0012", RIGHT, now())


def test_what_nobody_has_is_hashed_as_what_people_have(store: Store) -> None:
    """Else an unknown number would be refused sooner than a known one."""
    with store.write() as db:
        nobody = accounts.attempt(db, "0099", now())
    assert not nobody.counted
    assert not accounts._HASHER.check_needs_rehash(nobody.hash)


def test_guessing_has_to_wait(store: Store) -> None:
    """Five free; then even the right one is refused until the wait is over, and the wait doubles up to its limit."""
    at = now()
    for _ in range(5):
        with store.write() as db:
            assert accounts.attempt(db, "0012", at).counted
    assert not accounts.verify(store, "0012", RIGHT, at)
    assert kept(store)[1] == 5, "a guess that is not looked at counts for nothing"
    assert accounts.verify(store, "0012", RIGHT, at + timedelta(seconds=1))
    assert kept(store)[1] == 0


def test_many_guesses_at_once_cannot_outrun_the_wait(store: Store) -> None:
    """Each is counted before it is looked at: of twenty at the same moment only five are."""
    at = now()
    with store.write() as db:
        tried = [accounts.attempt(db, "0012", at).counted for _ in range(20)]
    assert sum(tried) == 5


def test_wrong_guesses_are_forgotten_after_a_day(store: Store) -> None:
    """Who mistypes now and then never comes to wait."""
    at = now()
    for day in range(10):
        with store.write() as db:
            assert accounts.attempt(db, "0012", at + timedelta(days=1.1 * day)).counted
    assert kept(store)[1] == 1


@given(st.integers(0, 10**6))
def test_the_wait_grows_and_ends(failures: int) -> None:
    """It never shrinks, and is never longer than a quarter of an hour."""
    assert accounts.wait(failures) <= accounts.wait(failures + 1) <= timedelta(minutes=15)
    assert (accounts.wait(failures) == timedelta(0)) == (failures < 5)


@given(st.lists(st.integers(0, 3000), max_size=400))
def test_no_day_has_many_guesses(gaps: list[int]) -> None:
    """However they are spread, the guesses that are looked at in a day are about a hundred."""
    at, until, failures, looked_at = timedelta(0), timedelta(0), 0, 0
    for gap in gaps:
        at += timedelta(seconds=gap)
        if at > timedelta(days=1):
            break
        if at >= until:
            failures, looked_at = failures + 1, looked_at + 1
            until = at + accounts.wait(failures)
    assert looked_at <= 5 + 10 + 24 * 4 + 1


@pytest.mark.parametrize(
    "password",
    [
        "",
        "みじかい",
        "12345678901",
        "x" * 257,
        "Password1234",
        "ｐａｓｓｗｏｒｄ１２３４",
        "aaaaaaaaaaaaaaa",
        "かもめかもめかもめかもめ",
        "abcdabcdabcda",
        "employee-0012",
    ],
)
def test_what_is_not_taken(password: str) -> None:
    """Too short, too long, among the commonest in any width, a few letters over and over, the number itself."""
    with pytest.raises(PasswordError):
        accounts.hashed(password, "employee-0012")


@pytest.mark.parametrize(
    "password", ["かもめが三羽とんでいる浜", "correct horse battery", "            x", "🐟🐠🐡🦈🐙🦑🦐🦞🦀🐚🪸🐳"]
)
def test_what_is_taken(password: str) -> None:
    """Anything long enough: no rule asks for digits, capitals or signs."""
    with mock.patch.object(accounts, "_HASHER", QUICK):
        assert accounts.hashed(password, "0012").startswith("$argon2id$")


@settings(max_examples=40)
@given(st.text(min_size=12, max_size=40))
def test_one_password_in_every_width(password: str) -> None:
    """What an input method writes in full width is the password that was set in half width."""
    with mock.patch.object(accounts, "_HASHER", QUICK):
        try:
            hash = accounts.hashed(password, "0012")
        except PasswordError:
            return
        assert QUICK.verify(hash, unicodedata.normalize("NFKC", password))


def test_who_may_set_it(store: Store) -> None:
    """Oneself, and the owner of the records; not an administrator, who could then act as somebody else."""
    hash = QUICK.hash(RIGHT)
    with store.write() as db:
        accounts.keep(db, MISAKI.actor, "0012", hash)
        for actor, number in ((SHIOMI.actor, "0012"), (MISAKI.actor, "0013"), (OWNER, "0099"), (Actor("", "pr"), "0")):
            with pytest.raises(DeniedError):
                accounts.keep(db, actor, number, hash)


def test_a_new_one_ends_where_one_is_signed_in(store: Store) -> None:
    """Whoever had the old one is out."""
    at: datetime = now()
    with store.write() as db:
        token = sessions.begin(db, "0012", sessions.Terms(), at)
        accounts.keep(db, OWNER, "0012", QUICK.hash("別の長いパスワードにしました"))
        assert sessions.find(db, token, sessions.Terms(), at) is None
    assert not accounts.verify(store, "0012", RIGHT, at)


def test_one_that_was_changed_meanwhile(store: Store) -> None:
    """Verified against the old one while a new one is set: the answer is no, and the new one stays."""
    new = QUICK.hash("別の長いパスワードにしました")
    verified = QUICK.verify

    def meanwhile(hash: str, password: str) -> bool:
        with store.write() as db:
            accounts.keep(db, OWNER, "0012", new)
        return verified(hash, password)

    with mock.patch.object(accounts, "_HASHER", wraps=QUICK) as hasher:
        hasher.verify.side_effect = meanwhile
        assert not accounts.verify(store, "0012", RIGHT, now())
    assert kept(store) == (new, 0)
