"""People of two sections, a small guideline, and a case among them."""

from __future__ import annotations

import pytest

from ryoshiki.desk.people import Actor
from ryoshiki.desk.staff import Person, take_in
from ryoshiki.desk.store.database import Store
from ryoshiki.desk.trouble import cases
from ryoshiki.desk.trouble.cases import Case
from ryoshiki.desk.trouble.paths import trouble

AUTHOR, COLLEAGUE = Actor("1", "employee", "港湾課", "岬太郎"), Actor("2", "employee", "港湾課", "岬次郎")
HEAD, OTHER_HEAD = Actor("3", "head", "港湾課", "汐入花子"), Actor("4", "head", "税務課", "汐入一郎")
PR, ADMIN = Actor("5", "pr", "広報課", "汐入二郎"), Actor("6", "admin", "総務課", "汐入三郎")
STRANGERS = (COLLEAGUE, HEAD, OTHER_HEAD, PR, ADMIN)
TROUBLE = trouble()
WAY = TROUBLE.way("wrong-information")


@pytest.fixture
def people(store: Store) -> None:
    """The staff list."""
    listed = [
        Person(a.number, a.name, f"n{a.number}@city.shioiri.example", a.section, "regular", a.role)
        for a in (AUTHOR, *STRANGERS)
    ]
    with store.write() as db:
        take_in(db, ADMIN, iter(listed), True, lambda _: None)


@pytest.fixture
def case(store: Store, people: None) -> Case:
    """A case that the author has just opened."""
    with store.write() as db:
        return cases.start(db, AUTHOR, WAY, "祭りの日付の誤り")


def again(store: Store, case: Case) -> Case:
    """The case as it is now."""
    with store.read() as db:
        return cases.find(db, AUTHOR, case.id)
