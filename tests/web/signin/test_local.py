"""Signing in with a password of our own, going idle, signing out, and changing the password."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from ryoshiki.desk import accounts
from ryoshiki.desk.people import OWNER
from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.tables import consents, sessions, staff
from ryoshiki.web.serving import Serving
from ryoshiki.web.signin.signed import ours
from tests.web.signin.conftest import NO_FILE, PAGE, Visit

RIGHT = "みさきの灯台と白い船とかもめ"
ASKED = {
    "person": "汐入みさき",
    "event": "港まつり",
    "media": "広報\r\n市のX",
    "how": "paper",
    "until": "",
    "guardian": "",
}


@pytest.fixture
def store(store: Store) -> Store:
    with store.write() as db:
        for number in ("0012", "0013"):
            accounts.keep(db, OWNER, number, accounts.hashed(RIGHT, number))
    return store


def browse(visit: Visit, **more: object) -> AbstractContextManager[TestClient]:
    made: AbstractContextManager[TestClient] = visit(sign_in="local", **more)
    return made


def sign_in(browser: TestClient, number: str = "0012", password: str = RIGHT, path: str = "/desk") -> Any:
    fields = {"number": number, "password": password, "next": path}
    return browser.post("/sign-in", data=fields, files=NO_FILE, headers=PAGE)


def token(page: str) -> dict[str, str]:
    """What the forms of a page carry."""
    found = set(re.findall(r'name="token" value="(\w+)"', page))
    assert len(found) == 1
    return {"token": found.pop()}


def count(store: Store, table: object = sessions) -> int:
    with store.read() as db:
        return db.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def test_from_start_to_end(visit: Visit, store: Store) -> None:
    """Led to the form, back to where one wanted, known by name, out again; then the old cookie opens nothing."""
    with browse(visit) as browser:
        asked = browser.get("/desk/consents?q=a")
        assert asked.headers["location"] == "/sign-in?next=%2Fdesk%2Fconsents%3Fq%3Da"
        form = browser.get(asked.headers["location"]).text
        assert 'name="next" value="/desk/consents?q=a"' in form
        done = sign_in(browser, path="/desk/consents?q=a")
        assert (done.status_code, done.headers["location"]) == (303, "/desk/consents?q=a")
        home = browser.get("/desk").text
        assert "岬太郎" in home
        cookie = browser.cookies["ryoshiki"]
        assert browser.post("/sign-out", files=NO_FILE).status_code == 403
        left = browser.post("/sign-out", data=token(home), files=NO_FILE)
        assert left.headers["location"] == "/sign-in?out=1"
        assert "サインアウトしました" in browser.get("/sign-in?out=1").text
        assert "ryoshiki" not in browser.cookies
        browser.cookies["ryoshiki"] = cookie
        assert browser.get("/desk").status_code == 303
    assert count(store) == 0


def test_the_cookie(visit: Visit, store: Store) -> None:
    """No script reads it, no other site sends it along; over HTTPS no other host can set it."""
    with browse(visit) as browser:
        plain = sign_in(browser).headers["set-cookie"]
    assert re.fullmatch(r"ryoshiki=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", plain)
    origin = "https://desk.city.example"
    with browse(visit, serving=Serving(host="0.0.0.0", origin=origin), base=origin) as browser:
        secure = sign_in(browser).headers["set-cookie"]
        assert re.fullmatch(r"__Host-ryoshiki=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", secure)
        assert browser.get("/desk").status_code == 200
        browser.cookies["ryoshiki"] = browser.cookies.pop("__Host-ryoshiki")
        assert browser.get("/desk").status_code == 303, "a cookie without the prefix could be another host's"


def test_one_answer_for_whatever_is_wrong(visit: Visit, store: Store) -> None:
    """A wrong password, a number that nobody has, somebody who left, and a wait look alike, also when it is right."""
    with store.write() as db:
        db.execute(update(staff).where(staff.c.number == "0013").values(active=False))
    with browse(visit) as browser:
        answers = [
            sign_in(browser, number, "違うパスワードです。") for number in ("0012", "0099", "0013", *["0012"] * 5)
        ]
        answers.append(sign_in(browser))
    assert {answer.status_code for answer in answers} == {403}
    assert len({re.sub(r"00\d\d", "", answer.text) for answer in answers}) == 1
    assert count(store) == 0


def test_a_planted_session_is_not_taken_over(visit: Visit, store: Store) -> None:
    """Signing in makes a new one, and ends the one that the browser had."""
    with browse(visit) as browser:
        planted = sign_in(browser).headers["set-cookie"]
        sign_in(browser, "0013")
        assert count(store) == 1
        assert "汐見花子" in browser.get("/desk").text
        browser.cookies.clear()
        browser.cookies["ryoshiki"] = planted.partition("=")[2].partition(";")[0]
        assert browser.get("/desk").status_code == 303


def test_a_change_in_the_staff_list_counts_at_once(visit: Visit, store: Store) -> None:
    """Without signing in anew."""
    with browse(visit) as browser:
        sign_in(browser)
        assert "汐見花子" not in browser.get("/desk/training").text
        with store.write() as db:
            db.execute(update(staff).where(staff.c.number == "0012").values(role="admin"))
        assert "汐見花子" in browser.get("/desk/training").text
        with store.write() as db:
            db.execute(update(staff).where(staff.c.number == "0012").values(active=False))
        assert browser.get("/desk/training").status_code == 303


def test_what_was_typed_outlives_the_session(visit: Visit, store: Store) -> None:
    """Half an hour over one form: it is shown again, to be sent after signing in; nothing is kept in between."""
    with browse(visit) as browser:
        sign_in(browser)
        old = token(browser.get("/desk/consents/new").text)
        with store.write() as db:
            db.execute(update(sessions).values(seen_at=now() - timedelta(minutes=31)))
        late = browser.post("/desk/consents", data=ASKED | old, files=NO_FILE, headers=PAGE)
        assert late.status_code == 403
        assert "サインインの時間が切れていました" in late.text
        assert 'value="広報\r\n市のX"' in late.text
        assert old["token"] not in late.text
        sign_in(browser)
        once_more = browser.post("/desk/consents", data=ASKED, files=NO_FILE, headers=PAGE)
        assert once_more.status_code == 403
        assert count(store, consents) == 0
        sent = browser.post("/desk/consents", data=ASKED | token(once_more.text), files=NO_FILE, headers=PAGE)
        assert sent.status_code == 303
        assert "広報、市のX" in browser.get(sent.headers["location"]).text


def test_what_is_shown_again_is_text(visit: Visit, store: Store) -> None:
    """And a program gets a problem, or the way to the sign-in."""
    evil = ASKED | {"person": '"><script>alert(1)</script>', '"><script>x': "1"}
    with browse(visit) as browser:
        for _ in range(2):
            assert "<script>" not in browser.post("/desk/consents", data=evil, files=NO_FILE, headers=PAGE).text
            assert browser.post("/desk/consents", data=evil, files=NO_FILE).status_code in (303, 403)
            sign_in(browser)


def test_a_form_of_another_person(visit: Visit, store: Store) -> None:
    """What another person's forms carry, or the same person's in another browser, does not count."""
    with browse(visit) as mine, browse(visit) as again, browse(visit) as theirs:
        for browser, number in ((mine, "0012"), (again, "0012"), (theirs, "0013")):
            sign_in(browser, number)
        for browser in (again, theirs):
            foreign = token(browser.get("/desk/consents/new").text)
            assert mine.post("/desk/consents", data=ASKED | foreign, files=NO_FILE).status_code == 403
    assert count(store, consents) == 0


def test_a_new_password(visit: Visit, store: Store) -> None:
    """With the old one, twice the same, and not a common one; other browsers are out, this one stays in."""
    new = "あたらしい長いことばをならべる"
    with browse(visit) as browser, browse(visit) as other:
        sign_in(browser)
        sign_in(other)
        page = browser.get("/desk/password").text
        for fields, told in (
            ({"old": "違うパスワードです。", "new": new, "again": new}, "今のパスワードが違います"),
            ({"old": RIGHT, "new": new, "again": new + "。"}, "二つで違います"),
            ({"old": RIGHT, "new": "password1234", "again": "password1234"}, "よく使われる"),
            ({"old": RIGHT, "new": "みじかい", "again": "みじかい"}, "12 文字から"),
        ):
            refused = browser.post("/desk/password", data=fields | token(page), files=NO_FILE, headers=PAGE)
            assert refused.status_code == 422
            assert told in refused.text
            assert not any(word in refused.text for word in fields.values())
        fields = {"old": RIGHT, "new": new, "again": new}
        assert browser.post("/desk/password", data=fields, files=NO_FILE, headers=PAGE).status_code == 403
        done = browser.post("/desk/password", data=fields | token(page), files=NO_FILE, headers=PAGE)
        assert done.status_code == 303
        assert browser.get("/desk").status_code == 200
        assert other.get("/desk").status_code == 303
        assert sign_in(other).status_code == 403
        assert sign_in(other, password=new).status_code == 303


def test_passwords_are_never_shown_again(visit: Visit, store: Store) -> None:
    """Whatever was wrong with the form that carried them."""
    with browse(visit) as browser:
        fields = {"old": RIGHT, "new": "ひみつのことばをならべました", "again": "ひみつのことばをならべました"}
        for _ in range(2):
            answer = browser.post("/desk/password", data=fields, files=NO_FILE, headers=PAGE)
            assert answer.status_code in (303, 403)
            assert not any(word in answer.text for word in fields.values())
            assert RIGHT not in sign_in(browser, "0099").text
            sign_in(browser)


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/desk",
        "//evil.example/desk",
        "/\\evil.example",
        "/desk\\..\\\\evil.example",
        "/desk\r\nSet-Cookie: a=b",
        "/desk\t",
        "/deskevil",
        "javascript:alert(1)",
        "/sign-out",
        "desk",
        "",
        "/desk/" + "a" * 2000,
    ],
)
def test_nobody_is_led_elsewhere(visit: Visit, store: Store, path: str) -> None:
    """Signing in leads to a page of the desk, whatever the address said."""
    with browse(visit) as browser:
        form = browser.get("/sign-in", params={"next": path}).text
        assert 'name="next" value="/desk"' in form
        assert sign_in(browser, path=path).headers["location"] == "/desk"


@given(st.text() | st.text("/\\desk?.:@%\r\n\t ", max_size=20) | st.text(max_size=9).map("/desk/{}".format))
def test_only_pages_of_the_desk(path: str) -> None:
    """What comes out is a path of ours in plain letters, and what was one stays as it is."""
    out = ours(path)
    assert out == "/desk" or out.startswith(("/desk/", "/desk?"))
    assert out in (path, "/desk")
    assert out.isascii()
    assert out.isprintable()
    assert "\\" not in out


def test_in_english(visit: Visit, store: Store) -> None:
    """The language goes along."""
    with browse(visit) as browser:
        assert "Staff number" in browser.get("/sign-in?lang=en").text
        fields = {"number": "0012", "password": RIGHT, "next": "/desk"}
        done = browser.post("/sign-in?lang=en", data=fields, files=NO_FILE)
        assert done.headers["location"] == "/desk?lang=en"
        assert "Sign out" in browser.get("/desk?lang=en").text
