"""The ledger: ask, answer once, take back; seen by whom it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ryoshiki.desk.consents import ledger, uses
from ryoshiki.desk.consents.ledger import Asking, Consent
from ryoshiki.desk.people import OWNER, Actor, DeniedError
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import Store, now
from ryoshiki.model import RyoshikiError

ASKING = Asking("汐入みさき", "港まつり", ("広報", "X"), guardian="汐入花子")
KEEPER, COLLEAGUE = Actor("1", "employee", "港湾課"), Actor("2", "employee", "港湾課")
HEAD, PR, STRANGER = Actor("3", "head", "港湾課"), Actor("4", "pr", "広報課"), Actor("5", "employee", "税務課")
TODAY = now().date()


def added(store: Store, asking: Asking = ASKING, actor: Actor = KEEPER) -> Consent:
    with store.write() as db:
        return ledger.add(db, actor, asking)


def given(store: Store, asking: Asking = ASKING, actor: Actor = KEEPER) -> Consent:
    asked = added(store, asking, actor)
    with store.write() as db:
        return ledger.answered(db, actor, asked.id, True)


def test_asked_and_given(store: Store) -> None:
    """It holds from the answer to its last day, and no longer."""
    until = TODAY + timedelta(days=30)
    asked = added(store, Asking(" 岬　花子 ", "港まつり", ("X", "X", " ", "広報"), until))
    assert (asked.state, asked.person, asked.media, asked.section) == ("asked", "岬　花子", ("X", "広報"), "港湾課")
    assert not asked.holds(TODAY)
    with store.write() as db:
        agreed = ledger.answered(db, KEEPER, asked.id, True)
    assert agreed.holds(TODAY)
    assert agreed.holds(until)
    assert not agreed.holds(until + timedelta(days=1))


def test_without_an_end_it_holds_until_taken_back(store: Store) -> None:
    """Taking back ends it, once; an answer is given once."""
    consent = given(store)
    assert consent.holds(date(2099, 1, 1))
    with store.write() as db:
        assert not ledger.withdraw(db, KEEPER, consent.id).holds(TODAY)
    with store.write() as db:
        with pytest.raises(RyoshikiError, match="already"):
            ledger.withdraw(db, KEEPER, consent.id)
        with pytest.raises(RyoshikiError, match="already"):
            ledger.answered(db, KEEPER, consent.id, True)


def test_refused(store: Store) -> None:
    """It never holds."""
    asked = added(store)
    with store.write() as db:
        assert not ledger.answered(db, KEEPER, asked.id, False).holds(TODAY)


@pytest.mark.parametrize(
    "asking",
    [
        Asking(" ", "港まつり", ("X",)),
        Asking("岬", "", ("X",)),
        Asking("岬", "港まつり", (" ",)),
        Asking("岬", "港まつり", ("X",), date(2020, 1, 1)),
        Asking("岬" * 201, "港まつり", ("X",)),
        Asking("岬\x00", "港まつり", ("X",)),
        Asking("岬", "港まつり", tuple(map(str, range(21)))),
        Asking("岬", "港まつり", ("X",), asked_how="telepathy"),
    ],
)
def test_what_cannot_be_asked(store: Store, asking: Asking) -> None:
    """It is refused, and nothing is kept."""
    with store.write() as db, pytest.raises(RyoshikiError):
        ledger.add(db, KEEPER, asking)
    with store.read() as db:
        assert ledger.listed(db, OWNER) == ()


def test_who_sees_and_who_changes(store: Store) -> None:
    """The keeper, their section and PR see; the keeper and the head change; strangers learn nothing."""
    consent = given(store)
    for actor, sees, changes in (
        (KEEPER, True, True),
        (COLLEAGUE, True, False),
        (HEAD, True, True),
        (PR, True, False),
        (STRANGER, False, False),
        (Actor("6", "admin", "情報課"), False, False),
        (Actor("7", "head", "税務課"), False, False),
    ):
        with store.read() as db:
            assert bool(ledger.listed(db, actor)) is sees
            for reach in (ledger.find, uses.places):
                if sees:
                    reach(db, actor, consent.id)
                else:
                    with pytest.raises(DeniedError):
                        reach(db, actor, consent.id)
        if not changes:
            with store.write() as db, pytest.raises(DeniedError):
                ledger.withdraw(db, actor, consent.id)


def test_by_the_beginning_of_its_id(store: Store) -> None:
    """Where it is enough to tell it apart; never by less, or by a pattern."""
    consent = added(store)
    with store.read() as db:
        assert ledger.find(db, KEEPER, consent.id[:8]) == consent
        for id in ("", consent.id[:3], "%%%%%%%%", "______", "ffffffffff", consent.id + "0"):
            with pytest.raises(DeniedError):
                ledger.find(db, KEEPER, id)


def test_the_list(store: Store) -> None:
    """The newest first, by words of event or name, page by page; signs of a pattern are only letters."""
    for number in range(5):
        added(store, Asking(f"岬{number}", "港まつり" if number % 2 else "100%祭", ("X",)))
    with store.read() as db:
        names = [c.person for c in ledger.listed(db, KEEPER)]
        assert names == ["岬4", "岬3", "岬2", "岬1", "岬0"]
        assert [c.person for c in ledger.listed(db, KEEPER, offset=1, most=2)] == ["岬3", "岬2"]
        assert [c.person for c in ledger.listed(db, KEEPER, "まつり")] == ["岬3", "岬1"]
        assert [c.person for c in ledger.listed(db, KEEPER, "岬2")] == ["岬2"]
        assert [c.person for c in ledger.listed(db, KEEPER, "0%")] == ["岬4", "岬2", "岬0"]


def test_uses(store: Store) -> None:
    """Where the picture is, and is no more; only while the consent holds."""
    consent = given(store, Asking("岬", "港まつり", ("X",), TODAY + timedelta(days=1)))
    with store.write() as db:
        use = uses.add(db, KEEPER, consent.id, "https://x.example/1", TODAY)
        with pytest.raises(RyoshikiError, match="does not hold"):
            uses.add(db, KEEPER, consent.id, "広報", TODAY + timedelta(days=2))
        ledger.withdraw(db, KEEPER, consent.id)
        with pytest.raises(RyoshikiError, match="does not hold"):
            uses.add(db, KEEPER, consent.id, "広報", TODAY)
    with store.write() as db:
        uses.removed(db, KEEPER, consent.id, use.id, TODAY)
        assert [u.removed_on for u in uses.places(db, KEEPER, consent.id)] == [TODAY]
        with pytest.raises(DeniedError):
            uses.removed(db, KEEPER, consent.id, use.id, TODAY)


def test_a_use_of_another_consent(store: Store) -> None:
    """It cannot be reached through one's own."""
    mine, other = given(store), given(store, actor=STRANGER)
    with store.write() as db:
        use = uses.add(db, STRANGER, other.id, "広報", TODAY)
        with pytest.raises(DeniedError):
            uses.removed(db, KEEPER, mine.id, use.id, TODAY)


def test_the_journal_knows_no_names(store: Store) -> None:
    """What was done stands there, by number and id."""
    consent = given(store)
    with store.write() as db:
        ledger.withdraw(db, HEAD, consent.id)
    with store.read() as db:
        assert journal.verify(db).seq == 3
        rows = db.exec_driver_sql('SELECT "by", what, "on" FROM journal ORDER BY seq').all()
    assert [tuple(row) for row in rows] == [
        ("1", "consent.add", consent.id),
        ("1", "consent.given", consent.id),
        ("3", "consent.withdrawn", consent.id),
    ]
