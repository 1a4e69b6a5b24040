"""One message to one person by SMTP, once: when its text began to go and no answer comes, the end is unknown.

Nothing of a message is logged; an outcome holds what the server's number says, not its words.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from threading import Timer
from typing import Literal

from ryoshiki.model import RyoshikiError

Security = Literal["starttls", "tls", "none"]
End = Literal["sent", "failed", "unknown"]
LONGEST = 60  # seconds of one wait; a whole sending takes three of them at most
_WAITS = 3
_READY, _TAKEN = 354, 250
_DOT = re.compile(rb"^\.", re.MULTILINE)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Post:
    """The server that takes mail, and who sends. ``timeout``: seconds for each answer of the server."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""
    timeout: int = 20

    def __post_init__(self) -> None:
        address(self.sender, "smtp_from")
        if self.user and self.security == "none":
            raise RyoshikiError(
                "smtp_security: none では、smtp_user は使えません。パスワードがそのまま流れます (a password needs TLS)"
            )


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sending ended; ``reason`` is in words for the person, "" where it was sent."""

    end: End
    reason: str = ""


def address(text: str, what: str) -> str:
    """A mail address as it goes into a letter's head: plain letters, no name beside it.

    Raises:
        RyoshikiError: it is none.
    """
    if not _ADDRESS.fullmatch(text) or ".." in text:
        raise RyoshikiError(f"{what}: メールアドレスの形をしていません (no mail address)")
    return text


def deliver(post: Post, message: EmailMessage, to: str) -> Outcome:
    """Hand the message to the server, once. Nothing that the network or the server does is raised.

    Raises:
        RyoshikiError: ``to`` is no mail address.
    """
    try:
        data = _DOT.sub(b"..", message.as_bytes(policy=SMTP))
        with _connection(post) as server:
            refused = _introduced(server, post, to)
            return refused or _handed_over(server, data)
    except _UnsureError:
        return Outcome("unknown", "送る途中でサーバーの返事がなくなりました (no answer after the text went)")
    except smtplib.SMTPNotSupportedError:
        return Outcome(
            "failed", "サーバーが、設定した安全なつなぎ方を知りません (the server offers no STARTTLS or login)"
        )
    except (smtplib.SMTPAuthenticationError, UnicodeEncodeError):
        return Outcome("failed", "サーバーへのサインインが断られました (the server refused user and password)")
    except ssl.SSLError:
        return Outcome(
            "failed", "サーバーと安全につなげません。証明書を確かめてください (TLS failed; see the certificate)"
        )
    except smtplib.SMTPResponseException as reason:
        return Outcome("failed", f"サーバーに断られました (refused by the server): {reason.smtp_code}")
    except (OSError, smtplib.SMTPException) as reason:  # a timeout is an OSError
        return Outcome("failed", f"サーバーにつながりません (cannot be reached): {type(reason).__name__}")


class _UnsureError(Exception):
    """The text began to go, and no answer came."""


@contextmanager
def _connection(post: Post) -> Iterator[smtplib.SMTP]:
    """A secured connection; one that drips bytes for ever is cut in the end."""
    wait = min(max(post.timeout, 1), LONGEST)
    context = ssl.create_default_context() if post.security != "none" else None
    server = smtplib.SMTP(timeout=wait) if post.security != "tls" else smtplib.SMTP_SSL(timeout=wait, context=context)
    cut = Timer(wait * _WAITS, _cut, [server])
    cut.daemon = True
    cut.start()
    try:
        server._host = post.host  # type: ignore[attr-defined]  # what a certificate is held against
        code, _ = server.connect(post.host, post.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, "")
        server.ehlo_or_helo_if_needed()
        if post.security == "starttls":
            server.starttls(context=context)
            server.ehlo()
        yield server
    finally:
        cut.cancel()
        with suppress(OSError, smtplib.SMTPException):
            server.close()


def _cut(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        with suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)


def _introduced(server: smtplib.SMTP, post: Post, to: str) -> Outcome | None:
    """Say who sends to whom; the outcome where that is refused."""
    if post.user:
        server.login(post.user, post.password)
    for said, command, wanted in (
        ("差出人 (sender)", ("MAIL", f"FROM:<{post.sender}>"), (250,)),
        ("宛先 (recipient)", ("RCPT", f"TO:<{address(to, 'to')}>"), (250, 251)),
        ("手紙 (message)", ("DATA",), (_READY,)),
    ):
        code, _ = server.docmd(*command)
        if code not in wanted:
            return Outcome("failed", f"{said} をサーバーが断りました (refused by the server): {code}")
    return None


def _handed_over(server: smtplib.SMTP, data: bytes) -> Outcome:
    """From here on the server may have taken the message, whatever is heard of it."""
    try:
        server.send(data + (b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n"))
        code, _ = server.getreply()
    except (OSError, smtplib.SMTPException):
        raise _UnsureError from None
    if code != _TAKEN:
        return Outcome("failed", f"手紙 (message) をサーバーが断りました (refused by the server): {code}")
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    return Outcome("sent")
