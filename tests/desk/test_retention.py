"""Records go when their term is over, not before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from ryoshiki.desk.retention import Terms, due, purge
from ryoshiki.desk.store import journal, tables
from ryoshiki.desk.store.database import Store

NOW = datetime(2026, 6, 12, 3, 0, tzinfo=UTC)
TERMS = Terms(consents=365, cases=1095, staff=365)
YEAR, DAY = timedelta(days=365), timedelta(days=1)


def consent(db: Connection, id: str, **fields: object) -> None:
    usual: dict[str, object] = {
        "person": "岬",
        "guardian": "",
        "event": "e",
        "media": [],
        "asked_how": "paper",
        "section": "",
        "state": "given",
    }
    usual |= {"kept_by": "1", "asked_at": NOW - 3 * YEAR, "given_at": NOW - 3 * YEAR, "signature": ""}
    db.execute(insert(tables.consents).values(usual | {"id": id} | fields))


def case(db: Connection, id: str, closed_at: datetime | None) -> None:
    usual = {"path": "leak", "title": "", "facts": {}, "state": "opened", "opened_by": "1", "lessons": "", "version": 1}
    old = NOW - 9 * YEAR
    db.execute(
        insert(tables.cases).values(usual | {"id": id, "opened_at": old, "known_at": old, "closed_at": closed_at})
    )


def person(db: Connection, number: str, active: bool, changed_at: datetime) -> None:
    usual = {"name": "岬", "mail": "a@b.example", "section": "s", "kind": "regular", "role": "employee"}
    db.execute(insert(tables.staff).values(usual | {"number": number, "active": active, "changed_at": changed_at}))
    done = {"id": number, "number": number, "guideline": "g", "completed_on": date(2020, 1, 1)}
    db.execute(insert(tables.completions).values(done))


def fill(db: Connection) -> None:
    consent(db, "ended", until=(NOW - YEAR - DAY).date())
    consent(db, "just-ended", until=(NOW - YEAR + DAY).date())
    consent(db, "open-end")
    consent(db, "withdrawn", withdrawn_at=NOW - YEAR - DAY, state="withdrawn")
    consent(db, "just-withdrawn", withdrawn_at=NOW - DAY, state="withdrawn")
    consent(db, "never-answered", given_at=None, asked_at=NOW - YEAR - DAY, state="asked")
    consent(db, "just-asked", given_at=None, asked_at=NOW - DAY, state="asked")
    for id in ("ended", "open-end"):
        use = {"id": f"use-{id}", "consent": id, "place": "p", "used_on": date(2020, 1, 1)}
        db.execute(insert(tables.consent_uses).values(use))
    case(db, "closed", NOW - 3 * YEAR - DAY)
    case(db, "just-closed", NOW - 3 * YEAR + DAY)
    case(db, "open", None)
    person(db, "left", False, NOW - YEAR - DAY)
    person(db, "just-left", False, NOW - DAY)
    person(db, "here", True, NOW - 9 * YEAR)


def test_what_goes_and_what_stays(store: Store) -> None:
    """With all that belongs to it; each is entered in the journal, without a name."""
    with store.write() as db:
        fill(db)
    with store.read() as db:
        expected = due(db, TERMS, NOW)
    with store.write() as db:
        assert purge(db, "owner", TERMS, NOW) == expected
    assert expected == {"consents": 3, "cases": 1, "completions": 1, "staff": 1, "sessions": 0}
    with store.read() as db:
        assert set(db.execute(select(tables.consents.c.id)).scalars()) == {
            "just-ended", "open-end", "just-withdrawn", "just-asked",
        }  # fmt: skip
        assert list(db.execute(select(tables.consent_uses.c.id)).scalars()) == ["use-open-end"]
        assert set(db.execute(select(tables.cases.c.id)).scalars()) == {"just-closed", "open"}
        assert set(db.execute(select(tables.staff.c.number)).scalars()) == {"just-left", "here"}
        assert set(db.execute(select(tables.completions.c.number)).scalars()) == {"just-left", "here"}
        assert journal.verify(db).seq == 6


def test_a_second_time_nothing_goes(store: Store) -> None:
    """What is due is done once."""
    with store.write() as db:
        fill(db)
        purge(db, "owner", TERMS, NOW)
        assert not any(purge(db, "owner", TERMS, NOW).values())
