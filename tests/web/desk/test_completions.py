"""The page of completed training."""

from __future__ import annotations

from datetime import date

from starlette.testclient import TestClient

from ryoshiki import load
from ryoshiki.desk.people import OWNER, Actor
from ryoshiki.desk.staff import Person, take_in
from ryoshiki.desk.store.database import Store
from ryoshiki.web.app import create_app
from ryoshiki.web.desk import Desk

EMPLOYEE = Person("0001", "岬太郎", "a@city.example", "港湾課", "regular", "employee")
HEAD = Person("0000", "汐入花子", "b@city.example", "港湾課", "regular", "head")
NO_FILE = {"none": ("", b"")}


def client(store: Store, actor: Actor) -> TestClient:
    desk = Desk(lambda: store, lambda _: actor, lambda _: actor.number)
    return TestClient(create_app(load(), None, desk), base_url="http://127.0.0.1")


def test_entered_and_seen(store: Store) -> None:
    """By oneself, with the day; the head sees the section."""
    with store.write() as db:
        take_in(db, OWNER, iter([EMPLOYEE, HEAD]), False, lambda _: None)
    with client(store, EMPLOYEE.actor) as mine, client(store, HEAD.actor) as theirs:
        assert "まだ記録がありません" in mine.get("/desk/training").text
        assert mine.post("/desk/training", files=NO_FILE).status_code == 403
        done = mine.post("/desk/training", data={"token": "0001"}, files=NO_FILE)
        assert f"あなたは {date.today()} に終えています" in done.text
        assert "汐入花子" not in done.text
        seen = theirs.get("/desk/training").text
        assert "岬太郎" in seen
        assert "まだ記録がありません" in seen


def test_many_people_come_in_parts(store: Store) -> None:
    """A hundred at once, each once."""
    admin = Actor("x", "admin")
    people = [Person(f"{n:04}", f"岬{n:04}", "a@city.example", "課", "regular", "employee") for n in range(101)]
    with store.write() as db:
        take_in(db, OWNER, iter(people), False, lambda _: None)
    with client(store, admin) as web:
        first = web.get("/desk/training").text
        assert "岬0099" in first
        assert "岬0100" not in first
        assert 'href="/desk/training?after=0099"' in first
        second = web.get("/desk/training?after=0099").text
        assert "岬0100" in second
        assert "岬0099" not in second
