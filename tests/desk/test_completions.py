"""Who completed the training: seen by the person, the head of the section, the administrator."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import inspect

from ryoshiki.desk import completions
from ryoshiki.desk.completions import Completion
from ryoshiki.desk.people import OWNER, Actor
from ryoshiki.desk.staff import Person, take_in
from ryoshiki.desk.store.database import Store

DAY, LATER = date(2026, 6, 12), date(2026, 9, 1)


@pytest.fixture
def people(store: Store) -> dict[str, Actor]:
    """An employee and the head of one section, one of another, PR and an administrator."""
    made = [
        Person("1", "岬", "a@city.example", "港湾課", "regular", "employee"),
        Person("2", "汐", "b@city.example", "港湾課", "regular", "head"),
        Person("3", "浜", "c@city.example", "税務課", "regular", "employee"),
        Person("4", "磯", "d@city.example", "広報課", "regular", "pr"),
        Person("5", "潮", "e@city.example", "情報課", "regular", "admin"),
    ]
    with store.write() as db:
        take_in(db, OWNER, iter(made), False, lambda _: None)
    return {person.number: person.actor for person in made}


def numbers(store: Store, actor: Actor) -> list[str]:
    with store.read() as db:
        return [c.number for c in completions.listed(db, actor, "ours")]


def test_entered_once_a_day(store: Store, people: dict[str, Actor]) -> None:
    """The last day is told; another guideline's is another."""
    with store.write() as db:
        assert completions.add(db, people["1"], "ours", DAY)
        assert not completions.add(db, people["1"], "ours", DAY)
        assert completions.add(db, people["1"], "ours", LATER)
        assert completions.add(db, people["3"], "theirs", DAY)
    with store.read() as db:
        assert completions.last(db, people["1"], "ours") == LATER
        assert completions.last(db, people["3"], "ours") is None
        assert completions.listed(db, people["2"], "ours") == (
            Completion("1", "岬", "港湾課", LATER),
            Completion("2", "汐", "港湾課", None),
        )


def test_who_sees_whom(store: Store, people: dict[str, Actor]) -> None:
    """Oneself; the head, the section; the administrator, all."""
    assert numbers(store, people["1"]) == ["1"]
    assert numbers(store, people["2"]) == ["1", "2"]
    assert numbers(store, people["4"]) == ["4"]
    assert numbers(store, people["5"]) == ["1", "2", "3", "4", "5"]
    with store.read() as db:
        assert [c.number for c in completions.listed(db, people["5"], "ours", after="2", most=2)] == ["3", "4"]


def test_no_answer_is_kept(store: Store) -> None:
    """There is no place for one."""
    with store.read() as db:
        columns = {column["name"] for column in inspect(db).get_columns("completions")}
    assert columns == {"id", "number", "guideline", "completed_on"}
