"""Cases: who sees them, where they may go, and what two pages at once cannot undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from ryoshiki.desk.people import OWNER, Actor, DeniedError
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.tables import cases as table
from ryoshiki.desk.trouble import cases, log
from ryoshiki.desk.trouble.cases import MOVES, STATES, Case, ChangedError, State, Told
from ryoshiki.desk.trouble.words import plain
from ryoshiki.model import RyoshikiError
from tests.desk.trouble.conftest import AUTHOR, HEAD, STRANGERS, WAY, again


def moved(store: Store, case: Case, *states: State) -> Case:
    for state in states:
        with store.write() as db:
            case = cases.move(db, AUTHOR, case.id, case.version, state)
    return case


def test_opened(store: Store, case: Case) -> None:
    """It begins with the way's id and nothing said; the log and the journal know."""
    assert (case.way, case.title, case.state, case.city_work) == (
        "wrong-information",
        "祭りの日付の誤り",
        "opened",
        None,
    )
    with store.read() as db:
        assert [entry.what for entry in log.entries(db, case.id)] == ["opened"]
        assert journal.verify(db).seq == 2  # the staff list, the case


def test_by_the_beginning_of_its_id(store: Store, case: Case) -> None:
    """Eight letters will do where they are one's own case alone; what is no id is nobody's."""
    with store.read() as db:
        assert cases.find(db, AUTHOR, case.id[:8]) == case
        for wrong in ("", case.id[:5], "％" * 8, "_" * 8, case.id + "0", "0" * 32):
            with pytest.raises(DeniedError):
                cases.find(db, AUTHOR, wrong)


def test_nobody_else_sees_it(store: Store, case: Case) -> None:
    """A colleague, the own head, another head, PR and the administrator get the same words as for no case at all."""
    told = Told("題", {}, None, now())
    for stranger in STRANGERS:
        acts: tuple[Callable[[Connection, Actor, str], object], ...] = (
            cases.find,
            lambda db, who, id: cases.tell(db, who, id, 1, told),
            lambda db, who, id: cases.note(db, who, id, "見た"),
            lambda db, who, id: cases.step(db, who, id, WAY, "pause"),
            lambda db, who, id: cases.move(db, who, id, 1, "steps"),
            lambda db, who, id: cases.close(db, who, id, 1, "学び"),
            lambda db, who, id: cases.sent(db, who, id, who.number),
        )
        for act, id in product(acts, (case.id, "0" * 32)):
            with store.write() as db, pytest.raises(DeniedError, match="not found, or not yours"):
                act(db, stranger, id)
        with store.read() as db:
            assert cases.listed(db, stranger) == ()
    assert again(store, case) == case


def test_to_whom_it_was_sent(store: Store, case: Case) -> None:
    """They see it, note what was done and change nothing; it moves to reported; nobody else sees more than before."""
    with store.write() as db:
        cases.sent(db, AUTHOR, case.id, HEAD.number)
        cases.sent(db, AUTHOR, case.id, HEAD.number)  # once more changes nothing
    with store.write() as db:
        found = cases.find(db, HEAD, case.id)
        assert found.state == "reported"
        assert cases.listed(db, HEAD) == (found,)
        assert cases.readers(db, found) == (HEAD.number,)
        cases.note(db, HEAD, case.id, "電話で聞きました")
        last = log.entries(db, case.id)[-1]
        assert (last.by, last.what, last.words) == (HEAD.number, "note", "電話で聞きました")
        with pytest.raises(DeniedError):
            cases.move(db, HEAD, case.id, found.version, "settled")
        for stranger in STRANGERS:
            assert stranger == HEAD or cases.listed(db, stranger) == ()
            if stranger != HEAD:
                with pytest.raises(DeniedError):
                    cases.note(db, stranger, case.id, "見た")


def test_ones_own_machine(store: Store, case: Case) -> None:
    """Whoever has the records there may see and do all."""
    with store.write() as db:
        cases.note(db, OWNER, case.id, "一言")
        assert cases.listed(db, OWNER) == (case,)


def test_moves(store: Store, people: None) -> None:
    """From each state only where the table says; to the end only with lessons."""
    ways: dict[State, tuple[State, ...]] = {
        "opened": (),
        "steps": ("steps",),
        "reported": ("reported",),
        "settled": ("settled",),
        "closed": ("settled",),
    }
    for start, to in product(STATES, STATES):
        with store.write() as db:
            case = cases.start(db, AUTHOR, WAY)
        case = moved(store, case, *ways[start])
        if start == "closed":
            with store.write() as db:
                case = cases.close(db, AUTHOR, case.id, case.version, "学び")
        if to in MOVES[start] and to != "closed":
            assert moved(store, case, to).state == to
        else:
            with pytest.raises(RyoshikiError):
                moved(store, case, to)
            assert again(store, case).state == start


def test_closed_with_lessons_and_opened_again(store: Store, case: Case) -> None:
    """A closed case takes nothing more until it is opened again."""
    case = moved(store, case, "settled")
    with store.write() as db, pytest.raises(RyoshikiError, match="lessons"):
        cases.close(db, AUTHOR, case.id, case.version, " \n")
    with store.write() as db:
        case = cases.close(db, AUTHOR, case.id, case.version, "日付は二人で見ます。")
    assert (case.state, case.lessons) == ("closed", "日付は二人で見ます。")
    assert case.closed_at is not None
    with store.write() as db, pytest.raises(RyoshikiError, match="open it again"):
        cases.note(db, AUTHOR, case.id, "もう一言")
    reopened = moved(store, case, "steps")
    assert reopened.closed_at is None
    with store.write() as db:
        cases.note(db, AUTHOR, case.id, "もう一言")


def test_what_the_person_says(store: Store, case: Case) -> None:
    """Answers, whether it is the city's work and when one learned of it; an empty answer is none."""
    at = now() - timedelta(hours=3)
    with store.write() as db:
        told = cases.tell(db, AUTHOR, case.id, 1, Told(" 題 ", {"what": "日付\r\nの誤り", "where": " "}, True, at))
    assert (told.title, dict(told.facts), told.city_work, told.known_at) == ("題", {"what": "日付\nの誤り"}, True, at)
    assert told.version == 2


def test_two_pages_at_once(store: Store, case: Case) -> None:
    """The second one, which has not seen the first one's change, is told so, and changes nothing."""
    told = Told("はじめの題", {}, None, now())
    with store.write() as db:
        cases.tell(db, AUTHOR, case.id, 1, told)
    with store.write() as db:
        with pytest.raises(ChangedError, match="look again"):
            cases.tell(db, AUTHOR, case.id, 1, Told("あとの題", {}, None, now()))
        with pytest.raises(ChangedError, match="look again"):
            cases.move(db, AUTHOR, case.id, 1, "settled")
    assert again(store, case).title == "はじめの題"


def test_what_cannot_be_said(store: Store, case: Case) -> None:
    """It is refused, and nothing of it is kept."""
    for told in (
        Told("", {}, None, now()),
        Told("題\n二行目", {}, None, now()),
        Told("題" * 201, {}, None, now()),
        Told("題", {"what": "あ" * 4001}, None, now()),
        Told("題", {"what": "\x1b[31m"}, None, now()),
        Told("題", {"what": "\ud800"}, None, now()),
        Told("題", {str(n): "あ" for n in range(41)}, None, now()),
        Told("題", {}, None, now() + timedelta(days=1)),
    ):
        with store.write() as db, pytest.raises(RyoshikiError):
            cases.tell(db, AUTHOR, case.id, 1, told)
    assert again(store, case) == case


def test_steps_are_ticked_off_into_the_log(store: Store, case: Case) -> None:
    """The first one moves the case on; pressing twice changes nothing; a tick can be taken away."""
    for step, is_done in (("pause", True), ("pause", True), ("keep", True), ("keep", False)):
        with store.write() as db:
            cases.step(db, AUTHOR, case.id, WAY, step, is_done)
    with store.read() as db:
        lines = log.entries(db, case.id)
    assert log.done(lines) == {"pause"}
    assert [(e.what, e.words) for e in lines] == [
        ("opened", ""),
        ("step", "pause"),
        ("moved", "steps"),
        ("step", "keep"),
        ("step-open", "keep"),
    ]
    with store.write() as db, pytest.raises(RyoshikiError, match="pause"):
        cases.step(db, AUTHOR, case.id, WAY, "panic")


def test_the_log_has_an_end(store: Store, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """More lines than any case needs are refused; it can still be closed."""
    monkeypatch.setattr(log, "MOST", 2)
    with store.write() as db:
        cases.note(db, AUTHOR, case.id, "一言")
    with store.write() as db, pytest.raises(RyoshikiError, match="full"):
        cases.note(db, AUTHOR, case.id, "もう一言")
    assert moved(store, case, "settled").state == "settled"


def test_the_newest_come_first(store: Store, case: Case) -> None:
    """A page at a time."""
    with store.write() as db:
        for n in range(3):
            cases.start(db, AUTHOR, WAY, str(n))
        assert [c.title for c in cases.listed(db, AUTHOR, most=2)] == ["2", "1"]
        assert [c.title for c in cases.listed(db, AUTHOR, offset=2)] == ["0", case.title]
        assert db.execute(select(func.count()).select_from(table)).scalar_one() == 4


@given(st.text())
def test_words_are_kept_as_they_are_or_refused(text: str) -> None:
    """What is kept has no control characters and can be written."""
    try:
        words = plain(text, "言葉")
    except RyoshikiError:
        return
    assert words.encode()
    assert words == words.strip()
    assert all(c >= " " or c in "\n\t" for c in words)


def test_wide_spaces_and_joined_letters_may_stay() -> None:
    """Names are written with a wide space, and a family is one sign of three."""
    assert plain("汐入　花子 👨‍👩‍👧", "名前") == "汐入　花子 👨‍👩‍👧"
