"""Who is signed in, for how long, and with which role."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from ryoshiki.desk import sessions, staff
from ryoshiki.desk.people import OWNER
from ryoshiki.desk.sessions import Terms
from ryoshiki.desk.staff import Person
from ryoshiki.desk.store.database import Store
from ryoshiki.desk.store.schema import open_store
from ryoshiki.desk.store.tables import journal
from ryoshiki.desk.store.tables import sessions as table
from ryoshiki.desk.store.tables import staff as people

MISAKI = Person("0012", "岬太郎", "a@city.example", "港湾課", "regular", "employee")
START = datetime(2026, 6, 12, 8, 45, tzinfo=UTC)
TERMS = Terms()
MINUTE = timedelta(minutes=1)


def took_in(store: Store) -> Store:
    with store.write() as db:
        staff.take_in(db, OWNER, iter([MISAKI]), False, lambda _: None)
    return store


@pytest.fixture
def store(store: Store) -> Store:
    return took_in(store)


def test_the_token_stands_nowhere(store: Store) -> None:
    """The database knows its hash alone, and each is another one."""
    with store.write() as db:
        tokens = {sessions.begin(db, "0012", TERMS, START) for _ in range(3)}
        rows = db.execute(select(table)).all()
    assert len(tokens) == 3
    assert all(len(token) == 43 for token in tokens)
    assert not any(token in str(row) for token in tokens for row in rows)


@pytest.mark.parametrize("token", ["", "x", "あ", "0" * 43, "%' OR 1=1 --"])
def test_a_token_that_nobody_has(store: Store, token: str) -> None:
    """Leads to nobody."""
    with store.write() as db:
        sessions.begin(db, "0012", TERMS, START)
        assert sessions.find(db, token, TERMS, START) is None


def test_what_the_staff_list_says_now(store: Store) -> None:
    """A new role or section counts from the next request on, and who left is out."""
    with store.write() as db:
        token = sessions.begin(db, "0012", TERMS, START)
        for role, section in (("admin", "総務課"), ("employee", "港湾課")):
            db.execute(update(people).values(role=role, section=section))
            found = sessions.find(db, token, TERMS, START)
            assert found
            assert (found.person.actor.role, found.person.actor.section) == (role, section)
        db.execute(update(people).values(active=False))
        assert sessions.find(db, token, TERMS, START) is None


def test_signing_out(store: Store) -> None:
    """Here, and everywhere; the latter by another's hand is in the journal."""
    with store.write() as db:
        one, two, three = (sessions.begin(db, "0012", TERMS, START) for _ in range(3))
        sessions.end(db, one)
        assert sessions.find(db, one, TERMS, START) is None
        assert sessions.find(db, two, TERMS, START)
        assert [session.number for session in sessions.listed(db, START)] == ["0012", "0012"]
        assert sessions.listed(db, START + TERMS.whole) == ()
        assert sessions.end_all(db, OWNER.number, "0012") == 2
        assert sessions.find(db, three, TERMS, START) is None
        assert "session.end" in db.execute(select(journal.c.what)).scalars().all()


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One store for many examples."""
    return took_in(open_store(f"sqlite:///{tmp_path_factory.mktemp('quick') / 'desk.db'}"))


@given(gaps=st.lists(st.integers(1, 60 * 60), min_size=1, max_size=60))
def test_it_ends_when_idle_and_at_the_end_of_the_day(quick: Store, gaps: list[int]) -> None:
    """Alive exactly as long as no pause reaches half an hour (seen to the minute) and the twelve hours are not over."""
    at, seen = START, START
    with quick.write() as db:
        token = sessions.begin(db, "0012", TERMS, START)
        for gap in gaps:
            at += timedelta(seconds=gap)
            found = sessions.find(db, token, TERMS, at)
            assert (found is not None) == (at < START + TERMS.whole and at < seen + TERMS.idle)
            if found is None:
                break
            assert found.stale == (at >= seen + MINUTE)
            if found.stale:
                sessions.seen(db, token, at)
                seen = at


def test_nothing_is_written_for_each_request(store: Store) -> None:
    """Only once a minute: reading pages needs no turn among those who write."""
    with store.write() as db:
        token = sessions.begin(db, "0012", TERMS, START)
        for seconds, stale in ((0, False), (59, False), (60, True)):
            found = sessions.find(db, token, TERMS, START + timedelta(seconds=seconds))
            assert found
            assert found.stale is stale


def test_other_terms(store: Store) -> None:
    """An organisation may choose shorter ones; they count for who is signed in already."""
    with store.write() as db:
        token = sessions.begin(db, "0012", TERMS, START)
        assert sessions.find(db, token, Terms(idle=5 * MINUTE), START + 5 * MINUTE) is None
        assert sessions.find(db, token, TERMS, START + 5 * MINUTE)
