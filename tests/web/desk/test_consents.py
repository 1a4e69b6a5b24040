"""The pages of the ledger over HTTP; the browser tries them as people see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from ryoshiki import load
from ryoshiki.desk.consents import ledger, signing
from ryoshiki.desk.consents.ledger import Asking
from ryoshiki.desk.people import OWNER, Actor
from ryoshiki.desk.store.database import Store
from ryoshiki.web.app import create_app
from ryoshiki.web.desk import Desk, SignInNeeded
from tests.pictures import encoded, people

PAGE = {"accept": "text/html"}
ASKED = {"person": "汐入みさき", "guardian": "", "event": "港まつり", "media": "広報\n X、YouTube", "how": "paper"}
NO_FILE = {"none": ("", b"")}  # makes the form multipart


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    """The whole app on a machine of one's own."""
    with TestClient(create_app(load(), None, Desk(lambda: store)), base_url="http://127.0.0.1") as made:
        yield made


def new(client: TestClient) -> str:
    """The path of a consent that was asked for."""
    answer = client.post("/desk/consents", data=ASKED, files=NO_FILE, headers=PAGE)
    assert answer.status_code == 200
    return str(answer.url.path)


def test_asked_by_a_form(client: TestClient) -> None:
    """It stands in the list and on a page of its own; reloading that page sends nothing again."""
    path = new(client)
    page = client.get(path).text
    for words in ("港まつり", "汐入みさき", "広報、X、YouTube", "取りやめるまで", "答え待ち"):
        assert words in page
    assert path in client.get("/desk/consents", params={"q": "まつり"}).text
    assert path not in client.get("/desk/consents", params={"q": "川"}).text


def test_signed_at_the_address_of_the_form(client: TestClient) -> None:
    """The sheet leads to a page where the person signs, and later takes it back."""
    path = new(client)
    sheet = client.post(f"{path}/form", files=NO_FILE, headers=PAGE).text
    address = re.search(r'href="(/consent/[\w-]+)"', sheet)
    assert address
    assert 'id="pad"' in client.get(address[1]).text
    refused = client.post(address[1], data={"answer": "agreed"}, files=NO_FILE, headers=PAGE)
    assert refused.status_code == 422
    assert "署名するか、お名前を" in refused.text
    signed = client.post(address[1], data={"answer": "agreed", "strokes": "M1 1L2 2"}, files=NO_FILE, headers=PAGE)
    assert "同意をいただきました" in signed.text
    assert '<path d="M1 1L2 2"/>' in client.get(path).text
    back = client.post(address[1], data={"answer": "withdraw"}, files=NO_FILE, headers=PAGE)
    assert "取りやめを受け付けました" in back.text
    assert "取りやめ" in client.get(path).text


def test_used_and_taken_back(client: TestClient) -> None:
    """A withdrawal tells from where the picture has to go."""
    path = new(client)
    for act, fields in (("answer", {"answer": "agreed"}), ("use", {"place": "https://x.example/1"}), ("withdraw", {})):
        assert client.post(f"{path}/{act}", data=fields, files=NO_FILE, headers=PAGE).status_code == 200
    page = client.get(path).text
    assert "写真を外してください" in page
    use = re.search(r'name="use" value="(\w+)"', page)
    assert use
    done = client.post(f"{path}/removed", data={"use": use[1]}, files=NO_FILE, headers=PAGE).text
    assert "外した日" in done
    assert "写真を外してください" not in done


def test_a_picture_asks_the_ledger(client: TestClient) -> None:
    """A page for people, JSON for a script; nothing of the picture is kept."""
    path = new(client)
    photo = {"photo": ("a.jpg", encoded(people(90), "JPEG"))}
    assert client.post(f"{path}/picture", files=photo, headers=PAGE).status_code == 200
    told = client.post("/desk/consents/ask", files=photo).json()
    assert told["consents"] == [{"person": "汐入みさき", "event": "港まつり", "holds": False, "bond": "same"}]
    assert "同じ写真" in client.post("/desk/consents/ask", files=photo, headers=PAGE).text
    none = client.post("/desk/consents/ask", data={"event": "川"}, files=NO_FILE).json()
    assert none["consents"] == []
    assert "聞きましょう" in none["words"]


def test_pages_of_the_list(client: TestClient, store: Store) -> None:
    """Fifty at once; odd numbers of pages are taken for the first."""
    with store.write() as db:
        for number in range(51):
            ledger.add(db, OWNER, Asking(f"岬{number:02}", "港まつり", ("X",)))
    first = client.get("/desk/consents").text
    assert "岬50" in first
    assert "岬00" not in first
    assert "岬00" in client.get("/desk/consents?page=2").text
    for odd in ("0", "-1", "x", "９", "9" * 40):
        assert client.get("/desk/consents", params={"page": odd}).status_code == 200


def test_what_cannot_be_kept_is_told_on_a_page(client: TestClient) -> None:
    """And names of people cannot become markup."""
    bad = client.post("/desk/consents", data=ASKED | {"until": "2020-01-01"}, files=NO_FILE, headers=PAGE)
    assert bad.status_code == 422
    assert "期限が過ぎています" in bad.text
    evil = client.post("/desk/consents", data=ASKED | {"event": "<img src=x>"}, files=NO_FILE, headers=PAGE)
    assert "<img src=x>" not in evil.text
    assert "&lt;img src=x&gt;" in evil.text


@pytest.mark.parametrize("path", ["/desk/consents/" + "f" * 32, "/consent/nothing"])
def test_a_record_that_is_not_there(client: TestClient, path: str) -> None:
    """The same words as for one that is somebody else's."""
    answer = client.get(path, headers=PAGE)
    assert answer.status_code == 404
    assert "見つからないか、あなたの記録ではありません" in answer.text


def test_nobody_signed_in(store: Store) -> None:
    """Shown the way, and back afterwards; the person who was asked to sign needs no account."""

    def nobody(_: object) -> Actor:
        raise SignInNeeded

    with store.write() as db:
        token = signing.invite(db, OWNER, ledger.add(db, OWNER, Asking("岬", "港まつり", ("X",))).id)
    app = create_app(load(), None, Desk(lambda: store, nobody))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        asked = client.get("/desk/consents?q=a&page=2")
        assert asked.status_code == 303
        assert asked.headers["location"] == "/sign-in?next=%2Fdesk%2Fconsents%3Fq%3Da%26page%3D2"
        assert client.post("/desk/consents", data=ASKED, files=NO_FILE).headers["location"] == "/sign-in"
        assert client.get(f"/consent/{token}").status_code == 200


def test_a_form_that_we_did_not_make(store: Store) -> None:
    """Without the token of this person's forms nothing is changed."""
    desk = Desk(lambda: store, token=lambda _: "secret")
    with TestClient(create_app(load(), None, desk), base_url="http://127.0.0.1") as client:
        assert 'name="token" value="secret"' in client.get("/desk/consents/new").text
        for token in ({}, {"token": ""}, {"token": "guess"}, {"token": "ひみつ"}):
            assert client.post("/desk/consents", data=ASKED | token, files=NO_FILE).status_code == 403
        assert client.post("/desk/consents", data=ASKED | {"token": "secret"}, files=NO_FILE).status_code == 200
    with store.read() as db:
        assert len(ledger.listed(db, OWNER)) == 1


def test_without_records_there_is_no_desk() -> None:
    """Neither its pages nor its place in the menu."""
    with TestClient(create_app(load()), base_url="http://127.0.0.1") as client:
        assert client.get("/desk").status_code == 404
        assert 'href="/desk"' not in client.get("/").text


def test_checking_never_opens_the_records() -> None:
    """Most who check a draft keep no records."""

    def opened() -> Store:
        raise AssertionError

    with TestClient(create_app(load(), None, Desk(opened)), base_url="http://127.0.0.1") as client:
        assert client.get("/").status_code == 200
        assert client.post("/api/v1/review", json={"text": "いい天気"}).status_code == 200
