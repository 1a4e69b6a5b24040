"""The pages of trouble over HTTP: first help for everybody, a case for whom it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from ryoshiki import load
from ryoshiki.desk.mail import Post
from ryoshiki.desk.people import OWNER, Actor
from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.tables import letters as table
from ryoshiki.desk.trouble import cases, evidence
from ryoshiki.desk.trouble.cases import Case
from ryoshiki.web.app import create_app
from ryoshiki.web.desk import Desk
from tests.desk.smtp import serving
from tests.desk.trouble.conftest import AUTHOR, HEAD, STRANGERS, TROUBLE, people
from tests.desk.trouble.test_evidence import PICTURE, SCREEN

PAGE = {"accept": "text/html"}
NO_FILE = {"none": ("", b"")}  # makes the form multipart
WORDS = replace(load(), reader=None)  # quicker, and none of these tests is about its findings
__all__ = ["people"]  # a fixture

Client = Callable[..., TestClient]


@pytest.fixture
def as_(store: Store) -> Iterator[Client]:
    """``as_(AUTHOR)`` is the whole app as that person sees it."""
    made: list[TestClient] = []

    def client(actor: Actor, post: Post | None = None) -> TestClient:
        app = create_app(WORDS, None, Desk(lambda: store, lambda _: actor, lambda _: "ours", post=post))
        made.append(TestClient(app, base_url="http://127.0.0.1"))
        return made[-1]

    yield client
    for each in made:
        each.close()


def send(client: TestClient, path: str, **fields: str) -> str:
    """Send a form of ours; the page that comes then."""
    answer = client.post(path, data={"token": "ours", **fields}, files=NO_FILE, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


def begun(client: TestClient, way: str = "leak") -> str:
    """The path of a new case."""
    answer = client.post(
        "/desk/cases", data={"token": "ours", "way": way, "title": "名簿"}, files=NO_FILE, headers=PAGE
    )
    assert answer.status_code == 200
    return str(answer.url.path)


def test_first_help_needs_no_record() -> None:
    """Without a desk all seven ways are there, step by step, in both languages; nothing leads to records."""
    with TestClient(create_app(WORDS), base_url="http://127.0.0.1") as client:
        page = client.get("/trouble").text
        for way in TROUBLE.ways:
            assert way.title in page
            shown = client.get(f"/trouble/{way.id}").text
            assert all(step.words in shown for step in way.steps)
            assert "/desk" not in shown
            english = client.get(f"/trouble/{way.id}?lang=en").text
            assert all(step.words_en.replace("’", "’") in english for step in way.steps)
        assert client.get("/trouble/none", headers=PAGE).status_code == 404
        assert client.get("/trouble/reply/none", headers=PAGE).status_code == 404


def test_steps_say_where_they_are_from() -> None:
    """A clause of the leaflet, or that it is not from there."""
    with TestClient(create_app(WORDS), base_url="http://127.0.0.1") as client:
        page = client.get("/trouble/leak").text
    assert "一般の法律から" in page
    assert "ほかの団体の例から" in page
    assert "4-3-3" in page
    assert "法律の担当者に確かめたものではありません" in page


def test_a_calm_reply() -> None:
    """What is entered comes back as a draft with its notes, and stays in the fields; nothing is active in it."""
    with TestClient(create_app(WORDS), base_url="http://127.0.0.1") as client:
        given = {"what": "<b>騒がせた", "next": "嫌なら見なければいいのでは"}
        page = client.post("/trouble/reply/apology", data=given, files=NO_FILE, headers=PAGE).text
        assert "&lt;b&gt;騒がせたことを、おわびします。" in page
        assert page.count("嫌なら見なければいいのでは") >= 2
        assert "気になる点は見つかりません" not in page
        missing = client.post("/trouble/reply/apology", data={"what": "あ"}, files=NO_FILE, headers=PAGE)
        assert missing.status_code == 422
        assert "返事をしないことも" in client.get("/trouble/reply/no-answer").text


def test_from_start_to_end(as_: Client, store: Store, people: None) -> None:
    """Opened, steps done, facts told, evidence kept, a reply kept, reported by mail, settled, closed."""
    with serving() as (port, inbox):
        client = as_(AUTHOR, Post("127.0.0.1", port, "none", "desk@city.shioiri.example"))
        assert "30日のうち" in client.get("/trouble/leak").text
        path = begun(client)
        assert "あと 4 日" in client.get(path).text
        assert "済み" in send(client, f"{path}/step", step="pause", done="yes")
        facts = {"fact-what": "名簿が\n写った", "city_work": "yes", "title": "名簿", "known_at": "2026-06-12T21:14"}
        page = send(client, f"{path}/facts", version="2", **facts)
        assert "名簿が\n写った" in page
        assert "2026-06-16" in page
        photo = {"photo": ("a.png", SCREEN)}
        more = {"token": "ours", "address": "https://x.example/1", "at": ""}
        assert PICTURE.sha256 in client.post(f"{path}/evidence", data=more, files=photo, headers=PAGE).text
        reply = client.post(
            "/trouble/reply/later",
            data={"about": "ご指摘の点", "until": "明日まで", "case": path[-32:]},
            files=NO_FILE,
            headers=PAGE,
        ).text
        assert f"{path}/reply" in reply
        send(client, f"{path}/reply", words="ご指摘の点について、確かめています。")
        preview = client.get(f"{path}/letter").text
        assert "港湾課　汐入花子　様" in preview
        written = send(client, f"{path}/letters", number=HEAD.number)
        letter = re.search(r"/desk/letters/(\w+)/send", written)
        assert letter
        page = send(client, letter[0])
        assert "送りました" in page
        assert "汐入花子" in page
        assert PICTURE.sha256 in inbox.mail().get_content()
        version = re.search(r'name="version" value="(\d+)"', page)
        assert version
        page = send(client, f"{path}/move", version=version[1], to="settled")
        page = send(client, f"{path}/close", version=str(int(version[1]) + 1), lessons="二人で見ます。")
        assert "二人で見ます。" in page
        assert "もう一度開く" in page
        assert f'{path}/evidence"' not in page  # a closed case takes nothing more
        again = client.post(letter[0], data={"token": "ours"}, files=NO_FILE, headers=PAGE)
        assert again.status_code == 422
        assert len(inbox.letters) == 1


def opened(store: Store) -> tuple[Case, str]:
    """A case of the author with a piece of evidence."""
    with store.write() as db:
        case = cases.start(db, AUTHOR, TROUBLE.way("leak"), "ひみつの件")
        return case, evidence.add(db, AUTHOR, case.id, file=PICTURE).id


def test_nobody_else_sees_it(as_: Client, store: Store, people: None) -> None:
    """A colleague, the own head, another head, PR and the administrator: 404 and the same page as for no case."""
    case, piece = opened(store)
    for stranger in STRANGERS:
        client = as_(stranger)
        assert "ひみつの件" not in client.get("/desk/cases").text
        for path in ("", f"/evidence/{piece}", "/export", "/letter"):
            seen = client.get(f"/desk/cases/{case.id}{path}", headers=PAGE)
            none = client.get(f"/desk/cases/{'0' * 32}{path}", headers=PAGE)
            assert seen.status_code == none.status_code == 404
            assert seen.text.replace(case.id, "0" * 32) == none.text
        for act in ("step", "facts", "note", "reply", "move", "close", "evidence", "letters"):
            done = client.post(f"/desk/cases/{case.id}/{act}", data={"token": "ours"}, files=NO_FILE, headers=PAGE)
            assert done.status_code == 404, act
    with store.read() as db:
        assert cases.find(db, AUTHOR, case.id) == case


def test_to_whom_it_was_sent(as_: Client, store: Store, people: None) -> None:
    """They read it and the evidence, and can add to its log; the author sees by whose hand. No button changes more."""
    case, piece = opened(store)
    with store.write() as db:
        cases.sent(db, AUTHOR, case.id, HEAD.number)
    client = as_(HEAD)
    assert "送られた件" in client.get("/desk/cases").text
    page = client.get(f"/desk/cases/{case.id}").text
    assert "あなたに送られた記録です" in page
    assert re.findall(r'action="([^"]+)"', page.partition("<main")[2]) == [f"/desk/cases/{case.id}/note"]
    form = {"words": "電話で聞きました", "token": "ours"}
    client.post(f"/desk/cases/{case.id}/note", data=form, files=NO_FILE, headers=PAGE)
    assert re.search(rf"{HEAD.name}.*電話で聞きました", as_(AUTHOR).get(f"/desk/cases/{case.id}").text)
    file = client.get(f"/desk/cases/{case.id}/evidence/{piece}")
    assert (file.content, file.headers["content-disposition"][:10]) == (SCREEN, "attachment")
    with ZipFile(BytesIO(client.get(f"/desk/cases/{case.id}/export").content)) as archive:
        assert archive.testzip() is None


def test_a_foreign_form_changes_nothing(as_: Client, store: Store, people: None) -> None:
    """Without our token nothing is entered."""
    case, _ = opened(store)
    answer = as_(AUTHOR).post(f"/desk/cases/{case.id}/note", data={"words": "あ"}, files=NO_FILE, headers=PAGE)
    assert answer.status_code == 403


def test_in_doubt_the_person_sees_what_to_do(as_: Client, store: Store, people: None) -> None:
    """A letter that was cut off, as after kill -9: ask the recipient; only then it may go again."""
    client = as_(AUTHOR, Post("127.0.0.1", 9, "none", "desk@city.shioiri.example"))
    path = begun(client)
    send(client, f"{path}/letters", number=HEAD.number)
    with store.write() as db:
        db.execute(update(table).values(state="sending", tried_at=now() - timedelta(hours=1)))
    page = client.get(path).text
    assert "届いたか分かりません。相手に確かめてください。" in page
    assert "/send" not in page
    settle = re.search(r"/desk/letters/(\w+)/settle", page)
    assert settle
    refused = client.post(settle[0].replace("settle", "send"), data={"token": "ours"}, files=NO_FILE, headers=PAGE)
    assert refused.status_code == 422
    page = send(client, settle[0], arrived="no")
    assert "もう一度送る" in page
    page = send(client, settle[0].replace("settle", "send"))  # nobody listens at port 9
    assert "送れませんでした" in page
    assert "サーバーにつながりません" in page


def test_two_pages_at_once(as_: Client, store: Store, people: None) -> None:
    """The page that is behind is told so."""
    case, _ = opened(store)
    client = as_(AUTHOR)
    send(client, f"/desk/cases/{case.id}/facts", version="1", title="はじめ")
    late = {"token": "ours", "version": "1", "title": "あと"}
    answer = client.post(f"/desk/cases/{case.id}/facts", data=late, files=NO_FILE, headers=PAGE)
    assert answer.status_code == 422
    assert "ほかの画面で変わっています" in answer.text


def test_on_ones_own_machine(as_: Client) -> None:
    """The report goes to any address, or is saved as a mail or a text."""
    client = as_(OWNER)
    path = begun(client, "flames")
    page = send(client, f"{path}/letters", name="港湾課長", mail="")
    files = re.findall(r'href="(/desk/letters/\w+\.(?:eml|txt))"', page)
    mail, text = (client.get(file) for file in files)
    assert b"X-Unsent: 1" in mail.content
    assert "港湾課長　様" in text.text
    assert "メールで送る" not in page
    page = send(client, files[0].removesuffix(".eml") + "/out")
    assert "ファイルで渡しました" in page
    assert "報告した" in page


def test_what_is_no_picture_is_refused(as_: Client) -> None:
    """With its reason; nothing is kept."""
    client = as_(OWNER)
    path = begun(client)
    photo = {"photo": ("a.png", b"%PDF-1.7 no picture")}
    answer = client.post(f"{path}/evidence", data={"token": "ours"}, files=photo, headers=PAGE)
    assert answer.status_code == 422
    assert "PDF" in answer.text
    assert "SHA-256" not in client.get(path).text
