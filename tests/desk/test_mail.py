"""One message, once: sent, refused, or unknown, whatever the server does."""

from __future__ import annotations

import socket
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.desk.mail import Outcome, Post, address, deliver
from ryoshiki.model import RyoshikiError
from tests.desk.smtp import authenticated, certificate, line, serving, talking, until_data, whole

TO = "head@city.shioiri.example"


def post(port: int, **options: object) -> Post:
    given = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "desk@city.shioiri.example"}
    return Post(**(given | {"timeout": 1} | options))  # type: ignore[arg-type]


def letter(body: str = "報告します。\n.点で始まる行\n以上\n") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "できごとについて（報告）"
    mail["To"] = TO
    mail.set_content(body, charset="utf-8", cte="8bit")
    return mail


def test_sent() -> None:
    """A real server has it once, word for word; a line that begins with a dot too."""
    with serving() as (port, inbox):
        assert deliver(post(port), letter(), TO) == Outcome("sent")
    assert inbox.letters[0].rcpt_tos == [TO]
    assert inbox.letters[0].mail_from == "desk@city.shioiri.example"
    assert inbox.mail()["Subject"] == "できごとについて（報告）"
    assert inbox.mail().get_content().splitlines() == ["報告します。", ".点で始まる行", "以上"]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it does not see TLS from the start
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_sent_over_tls(security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a password, to a server whose certificate is trusted and bears its name."""
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    options = {"tls_context": context, "require_starttls": True} if security == "starttls" else {"ssl_context": context}
    with serving(**options, **authenticated(security == "tls")) as (port, inbox):
        secured = {"security": security, "user": "desk"}
        assert deliver(post(port, host="localhost", password="secret", **secured), letter(), TO).end == "sent"
        wrong = deliver(post(port, host="localhost", password="wrong", **secured), letter(), TO)
        assert (wrong.end, "password" in wrong.reason) == ("failed", True)
        stranger = deliver(post(port, host="127.0.0.1", password="secret", **secured), letter(), TO)
        assert (stranger.end, "certificate" in stranger.reason) == ("failed", True)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        assert deliver(post(port, host="localhost", password="secret", **secured), letter(), TO).end == "failed"
    assert len(inbox.letters) == 1


def test_without_starttls_nothing_goes() -> None:
    """A server, or somebody between, that does not offer it gets neither password nor letter."""
    with serving() as (port, inbox):
        outcome = deliver(post(port, security="starttls", user="desk", password="secret"), letter(), TO)
    assert (outcome.end, "STARTTLS" in outcome.reason) == ("failed", True)
    assert inbox.letters == []


def test_refused() -> None:
    """A recipient or a letter that the server refuses did not go, and may go again; its number is told."""
    with serving() as (port, inbox):
        nobody = deliver(post(port), letter(), "nobody@city.shioiri.example")
        assert nobody == Outcome("failed", "宛先 (recipient) をサーバーが断りました (refused by the server): 550")
        refused = deliver(post(port), letter("refuse-me"), TO)
        assert (refused.end, refused.reason[-3:]) == ("failed", "554")
        assert inbox.letters == []
        assert deliver(post(port), letter(), TO).end == "sent"


def hangs_at_once(one: socket.socket) -> None:
    """Says nothing."""


def hangs_at_the_recipient(one: socket.socket) -> None:
    one.sendall(b"220 here\r\n")
    line(one, "250 here")
    line(one, "250 sender")


def drops_at_the_recipient(one: socket.socket) -> None:
    hangs_at_the_recipient(one)
    one.shutdown(socket.SHUT_RDWR)


def refuses_data(one: socket.socket) -> None:
    until_data(one, "451 later")


def talks_nonsense(one: socket.socket) -> None:
    one.sendall(b"\xff\xfe nonsense\r\n" * 3)


def is_busy(one: socket.socket) -> None:
    one.sendall(b"421 busy\r\n")


def drips(one: socket.socket) -> None:
    for _ in range(100):
        one.sendall(b"2")
        one.settimeout(0.1)
        try:
            if not one.recv(1):
                return
        except TimeoutError:
            continue


def hangs_after_the_text(one: socket.socket) -> None:
    until_data(one)
    whole(one)


def drops_in_the_text(one: socket.socket) -> None:
    until_data(one)
    one.recv(10)
    one.shutdown(socket.SHUT_RDWR)


def drops_after_the_text(one: socket.socket) -> None:
    hangs_after_the_text(one)
    one.shutdown(socket.SHUT_RDWR)


def hangs_at_the_goodbye(one: socket.socket) -> None:
    hangs_after_the_text(one)
    one.sendall(b"250 taken\r\n")


@pytest.mark.parametrize(
    ("talk", "end"),
    [
        (hangs_at_once, "failed"),
        (hangs_at_the_recipient, "failed"),
        (drops_at_the_recipient, "failed"),
        (refuses_data, "failed"),
        (talks_nonsense, "failed"),
        (is_busy, "failed"),
        (drips, "failed"),
        (hangs_after_the_text, "unknown"),
        (drops_in_the_text, "unknown"),
        (drops_after_the_text, "unknown"),
        (hangs_at_the_goodbye, "sent"),
    ],
)
def test_a_server_that_stops(talk: Callable[[socket.socket], None], end: str) -> None:
    """Before the text it failed; once the text began to go, nobody knows; after the answer it was sent. Tried once."""
    with talking(talk) as (port, connected):
        assert deliver(post(port), letter(), TO).end == end
        assert len(connected) == 1


def test_nobody_there() -> None:
    """A port at which nobody listens, and a host that there is not."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert deliver(post(port), letter(), TO).end == "failed"
    assert deliver(post(25, host="no-such-host.invalid"), letter(), TO).end == "failed"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "head",
        "head@",
        "@city.example",
        "a b@city.example",
        "head@city.example\r\nBcc: x@evil.example",
        "head@city.example>",
        "<head@city.example>",
        "花子@city.example",
        "head@city..example",
        "a@b@city.example",
        '"head"@city.example',
    ],
)
def test_what_is_no_address(given: str) -> None:
    """It goes into no head and no command."""
    with pytest.raises(RyoshikiError, match="no mail address"):
        address(given, "to")
    with pytest.raises(RyoshikiError):
        post(25, sender=given)


@given(st.text())
def test_any_address_is_one_word_or_none(text: str) -> None:
    """Whatever is let through has neither spaces nor brackets nor line ends."""
    try:
        good = address(text, "to")
    except RyoshikiError:
        return
    assert good.isascii()
    assert not set(good) & set(' \t\r\n<>,;:"()[]\\')


def test_a_password_needs_tls() -> None:
    """It is refused before anything is sent."""
    with pytest.raises(RyoshikiError, match="TLS"):
        post(25, user="desk", password="secret")
