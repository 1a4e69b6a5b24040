"""Mail servers for tests: a real one, and some that stop where a server must not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

Talk = Callable[[socket.socket], None]


@dataclass
class Inbox:
    """Keeps what came in; refuses recipients that begin with "no"."""

    letters: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  as aiosmtpd calls it
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("no"):
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if b"refuse-me" in (envelope.original_content or b""):
            return "554 not this"
        self.letters.append(envelope)
        return "250 OK"

    def mail(self) -> EmailMessage:
        """The one letter that came."""
        (letter,) = self.letters
        found = message_from_bytes(letter.original_content or b"", policy=default)
        assert isinstance(found, EmailMessage)
        return found


def _only(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == b"secret", handled=False)


@contextmanager
def serving(**options: Any) -> Iterator[tuple[int, Inbox]]:
    """A real server on this machine: its port, and what it has received."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=_free(), ready_timeout=10, **options)
    controller.start()
    try:
        yield controller.port, inbox
    finally:
        controller.stop(no_assert=True)


def authenticated(over_tls: bool = False) -> dict[str, Any]:
    """Options of a server that wants a password; ``over_tls`` where TLS came before its first word."""
    return {"authenticator": _only, "auth_required": True, "auth_require_tls": not over_tls}


@contextmanager
def talking(talk: Talk) -> Iterator[tuple[int, list[int]]]:
    """A server that says what ``talk`` says, to each that connects: its port, and how many have connected."""
    listening = socket.create_server(("127.0.0.1", 0))
    connected: list[int] = []
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                one, _ = listening.accept()
            except OSError:
                return
            connected.append(1)
            threading.Thread(target=_talked, args=(one, talk, over), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1], connected
    finally:
        over.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _talked(one: socket.socket, talk: Talk, over: threading.Event) -> None:
    with one, suppress(OSError):
        talk(one)
        over.wait(20)  # hangs: nothing is said, and the connection stays


def line(one: socket.socket, answer: str) -> bytes:
    """Wait for a line, then answer it."""
    said = b""
    while not said.endswith(b"\r\n"):
        piece = one.recv(1000)
        if not piece:
            raise OSError
        said += piece
    one.sendall(answer.encode() + b"\r\n")
    return said


def until_data(one: socket.socket, last: str = "354 go on") -> None:
    """A proper beginning, up to the answer to DATA."""
    one.sendall(b"220 here\r\n")
    for answer in ("250 here", "250 sender", "250 recipient", last):
        line(one, answer)


def whole(one: socket.socket) -> bytes:
    """Take a message up to its end."""
    said = b""
    while not said.endswith(b"\r\n.\r\n"):
        piece = one.recv(65536)
        if not piece:
            raise OSError
        said += piece
    return said


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate for localhost, and the file of those that are trusted."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "trusted.pem").write_bytes(pem)
    (folder / "server.pem").write_bytes(secret + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context, folder / "trusted.pem"


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
