"""People named by a proxy, over real connections: believed from its address, and from no other."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from ryoshiki.desk.store.database import Store
from ryoshiki.desk.store.tables import consents, staff
from ryoshiki.settings import Settings
from ryoshiki.web import signin
from ryoshiki.web.app import create_app
from ryoshiki.web.serving import Serving
from tests.web.guard import Answer, answered, head, live
from tests.web.signin.conftest import GUIDELINE

PROXY, OTHER = "127.0.0.1", "127.0.0.2"  # where connections come from
MISAKI = ("X-Remote-User", "0012")


@pytest.fixture
def port(store: Store) -> Iterator[int]:
    """The server as it runs behind a proxy."""
    serving = Serving(port=0, origin="https://desk.city.example", proxies=(PROXY,))
    desk = signin.desk(Settings(sign_in="proxy"), serving, lambda: store)
    with live(create_app(GUIDELINE, serving, desk), replace(serving, origin=None)) as port:  # tells the port then
        yield port


def named(method: str, path: str, *headers: tuple[str, str]) -> bytes:
    """The head of a request to the name that people know."""
    return head(method, path, *headers).replace(b"Host: 127.0.0.1", b"Host: desk.city.example")


def ask(port: int, *headers: tuple[str, str], path: str = "/desk", peer: str = PROXY) -> Answer:
    with socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(peer, 0)) as connection:
        connection.sendall(named("GET", path, *headers, ("Accept", "text/html")))
        return answered(connection)


def send(port: int, fields: dict[str, str], *headers: tuple[str, str]) -> Answer:
    part = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = ("".join(part.format(*field) for field in fields.items()) + "--b--\r\n").encode()
    first = named(
        "POST",
        "/desk/consents",
        *headers,
        ("Content-Type", "multipart/form-data; boundary=b"),
        ("Content-Length", str(len(body))),
    )
    with socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(PROXY, 0)) as connection:
        connection.sendall(first + body)
        return answered(connection)


def test_named_by_the_proxy(port: int) -> None:
    """Known with each request, wherever the client behind it stands; there is nothing to sign out of."""
    for forwarded in ((), (("X-Forwarded-For", "10.1.2.3"), ("X-Forwarded-Proto", "https"))):
        page = ask(port, MISAKI, *forwarded)
        assert page.status == 200
        assert "岬太郎" in page.body.decode()
        assert "サインアウト" not in page.body.decode()
        assert "set-cookie" not in page.headers
    assert "汐見花子" in ask(port, ("x-remote-user", "0013")).body.decode()
    assert ask(port, MISAKI, path="/sign-in").status == 404


@pytest.mark.parametrize(
    "headers",
    [
        (MISAKI,),
        (MISAKI, ("X-Forwarded-For", PROXY)),
        (MISAKI, ("X-Real-IP", PROXY), ("Forwarded", f"for={PROXY}")),
    ],
)
def test_named_by_somebody_else(port: int, headers: tuple[tuple[str, str], ...]) -> None:
    """Who comes round the proxy is nobody, whatever they say of themselves and of where they come from."""
    answer = ask(port, *headers, peer=OTHER)
    assert answer.status == 403
    assert "岬太郎" not in answer.body.decode()
    assert ask(port, *headers, path="/", peer=OTHER).status == 200, "checking needs nobody"


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("X-Remote-User", ""),),
        (("X-Remote-User", " "),),
        (("X-Remote-User", "0099"),),
        (("X-Remote-User", "0012, 0013"),),
        (MISAKI, ("X-Remote-User", "0013")),
        (MISAKI, MISAKI),
        (("X_Remote_User", "0012"),),
        (("Remote-User", "0012"),),
    ],
)
def test_named_badly(port: int, headers: tuple[tuple[str, str], ...]) -> None:
    """Nobody, somebody unknown, or two at once: a proxy that lets a client's own header through shows by the second."""
    assert ask(port, *headers).status == 403


def test_somebody_who_has_left(port: int, store: Store) -> None:
    """Though the proxy still lets them in."""
    with store.write() as db:
        db.execute(update(staff).values(active=False))
    assert ask(port, MISAKI).status == 403


def test_forms_are_a_persons_own(port: int, store: Store) -> None:
    """Without the token of this person's forms nothing is kept."""

    def token(who: tuple[str, str]) -> str:
        found = re.search(r'name="token" value="(\w+)"', ask(port, who, path="/desk/consents/new").body.decode())
        assert found
        return found[1]

    asked = {"person": "岬", "event": "港まつり", "media": "X", "how": "paper"}
    assert send(port, asked, MISAKI).status == 403
    assert send(port, asked | {"token": token(("X-Remote-User", "0013"))}, MISAKI).status == 403
    assert send(port, asked | {"token": token(MISAKI)}).status == 403
    assert send(port, asked | {"token": token(MISAKI)}, MISAKI).status == 303
    with store.read() as db:
        assert db.execute(select(func.count()).select_from(consents)).scalar_one() == 1
