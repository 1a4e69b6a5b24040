"""A small town hall in the records, for asking from the outside: one person's records, and everybody else around."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from ryoshiki.desk import accounts, completions, sessions, staff
from ryoshiki.desk.consents import ledger, pictures, signing, uses
from ryoshiki.desk.consents.ledger import Asking
from ryoshiki.desk.people import OWNER
from ryoshiki.desk.staff import Person
from ryoshiki.desk.store.database import Store, connect, now
from ryoshiki.desk.store.schema import open_store
from ryoshiki.desk.store.tables import metadata
from ryoshiki.desk.store.tables import sessions as signed
from ryoshiki.desk.store.tables import staff as people

PASSWORD = "みさきの灯台と白い船とかもめ"
PORT, OFFICE, NEWS, SYSTEMS = "港湾課", "総務課", "広報課", "情報課"
# Whoever acts: "owner" has the records that all the others try to get at.
PERSONS = {
    "owner": Person("0101", "持主太郎", "a@city.example", PORT, "regular", "employee"),
    "colleague": Person("0102", "同僚花子", "b@city.example", PORT, "regular", "employee"),
    "head": Person("0103", "課長一郎", "c@city.example", PORT, "regular", "head"),
    "other": Person("0201", "他課二郎", "d@city.example", OFFICE, "regular", "employee"),
    "other head": Person("0202", "他課長三郎", "e@city.example", OFFICE, "regular", "head"),
    "pr": Person("0301", "広報四郎", "f@city.example", NEWS, "regular", "pr"),
    "admin": Person("0401", "管理五郎", "g@city.example", SYSTEMS, "regular", "admin"),
    "left": Person("0104", "退職六郎", "h@city.example", PORT, "regular", "head"),
    "idle": Person("0105", "離席七郎", "i@city.example", PORT, "regular", "head"),
    "ended": Person("0106", "翌日八郎", "j@city.example", PORT, "regular", "head"),
}
NOBODY = frozenset(
    {"nobody", "stranger", "left", "idle", "ended"}
)  # no cookie, a made-up one, one that no longer counts
SIGNED = frozenset(PERSONS) - NOBODY
EVERYBODY = SIGNED | NOBODY


@dataclass(frozen=True)
class World:
    """``ids``: what stands for a part of an address or of a form; ``cookies``: who is signed in, by session."""

    file: Path
    store: Store
    ids: Mapping[str, str]
    cookies: Mapping[str, str]

    def dump(self) -> dict[str, Any]:
        """All that is kept, but for when somebody was last seen."""
        with self.store.read() as db:
            return {
                table.name: [
                    tuple(value for name, value in row._mapping.items() if name != "seen_at")
                    for row in db.execute(select(table).order_by(*table.primary_key))
                ]
                for table in metadata.sorted_tables
            }

    def back(self) -> None:
        """As it was in the beginning."""
        self.store.close()
        for left in (f"{self.file}-wal", f"{self.file}-shm"):
            Path(left).unlink(missing_ok=True)
        shutil.copy(f"{self.file}.first", self.file)


def made(folder: Path, guideline: str, photo: bytes) -> World:
    """The world, in a file of ``folder``; ``photo`` is tied to the owner's consent."""
    file = folder / "desk.db"
    store = open_store(f"sqlite:///{file}")
    ids = _records(store, guideline, photo)
    cookies = {"nobody": "", "stranger": "A" * 43} | _signed_in(store)
    store.close()
    shutil.copy(file, f"{file}.first")
    return World(file, connect(f"sqlite:///{file}"), ids, cookies)


def _records(store: Store, guideline: str, photo: bytes) -> dict[str, str]:
    owner = PERSONS["owner"].actor
    with store.write() as db:
        staff.take_in(db, OWNER, iter(PERSONS.values()), False, lambda _: None)
        for person in PERSONS.values():
            accounts.keep(db, OWNER, person.number, accounts.hashed(PASSWORD, person.number))
        asked = ledger.add(db, owner, Asking("答え待ち同意者", "港まつり", ("X",)))
        given = ledger.add(db, owner, Asking("答えた同意者", "港まつり", ("X",)))
        tokens = [signing.invite(db, owner, consent.id) for consent in (asked, given)]
        ledger.answered(db, owner, given.id, True)
        use = uses.add(db, owner, given.id, "https://x.example/1", date.today())
        pictures.attach(db, owner, given.id, pictures.fingerprint(photo))
        completions.add(db, owner, guideline, date.today() - timedelta(days=1))
    return {"asked": asked.id, "given": given.id, "use": use.id, "token": tokens[0], "number": owner.number}


def _signed_in(store: Store) -> dict[str, str]:
    at, terms = now(), sessions.Terms()
    with store.write() as db:
        cookies = {who: sessions.begin(db, person.number, terms, at) for who, person in PERSONS.items()}
        for who, values in (("idle", {"seen_at": at - terms.idle}), ("ended", {"ends_at": at})):
            db.execute(update(signed).where(signed.c.number == PERSONS[who].number).values(values))
        db.execute(update(people).where(people.c.number == PERSONS["left"].number).values(active=False))
    return cookies
