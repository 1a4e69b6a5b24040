"""The server says where it is, keeps no words in its log, and ends when it is told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.types import Message, Receive, Scope, Send

from ryoshiki import RyoshikiError, load
from ryoshiki.web.app import create_app
from ryoshiki.web.serving import AccessLog, Serving, serve
from tests.web.guard import HOST, JSON, answered, ask, head, live, wire

SECRET = "himitsu"
BODY = b'{"text": "himitsu"}'


@pytest.mark.parametrize(
    ("serving", "address"),
    [
        (Serving(), "http://127.0.0.1:8417"),
        (Serving(host="localhost", port=80), "http://localhost:80"),
        (Serving(host="::1"), "http://[::1]:8417"),
        (Serving(host="::", port=1), "http://[::]:1"),
        (Serving(origin="https://ryoshiki.city.example"), "https://ryoshiki.city.example"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(serving: Serving, address: str) -> None:
    """IPv6 stands in brackets, and the address that people type behind a proxy is its own."""
    assert serving.address == address


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False)],
)
def test_only_loopback_is_alone(host: str, alone: bool) -> None:
    """An address that others can reach is guarded as such."""
    assert Serving(host=host).alone is alone


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("POST", "/api/v1/review?himitsu=himitsu", "POST /api/v1/review 200"),
        ("GET", "/?text=himitsu", "GET / 200"),
        ("GET", "/himitsu", "GET - 404"),
        ("GET", "/api/v1/rules/himitsu", "GET - 404"),
        ("DELETE", "/", "DELETE - 405"),
        ("POST", "/share?himitsu", "POST /share 415"),
    ],
)
def test_a_line_tells_what_was_asked_and_nothing_of_the_draft(method: str, path: str, told: str) -> None:
    """Time, client, method, path, status and milliseconds; no query, body, header, or path that leads nowhere."""
    lines: list[str] = []
    app = AccessLog(create_app(load()), lines.append)
    ask(app, method, path, (HOST, JSON, ("X-Note", SECRET)), BODY if method == "POST" else b"")
    (line,) = lines
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d 127\.0\.0\.1 {told} \d+ms\n", line)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [("/himitsu", (("Host", "evil.example"),), 421), ("/himitsu", (HOST, ("Origin", "https://evil.example")), 403)],
)
def test_a_path_that_nobody_looked_at_is_not_written(path: str, headers: list[tuple[str, str]], status: int) -> None:
    """Who is refused at the door has not shown that the path leads anywhere."""
    lines: list[str] = []
    assert ask(AccessLog(create_app(load()), lines.append), "POST", path, headers).status == status
    assert SECRET not in lines[0]


def test_a_request_that_fails_is_written_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Without an answer the status is 0, and the failure goes on its way; lines go to the error output."""

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise OSError(SECRET)

    with pytest.raises(OSError, match=SECRET):
        ask(AccessLog(broken), "GET", "/himitsu")
    assert " GET - 0 " in capsys.readouterr().err


def test_the_log_passes_on_what_is_no_request() -> None:
    """A websocket goes to the app as it came."""
    import asyncio

    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        pass

    lines: list[str] = []
    asyncio.run(AccessLog(app, lines.append)({"type": "websocket"}, receive, send))
    assert (seen, lines) == (["websocket"], [])


def test_a_port_in_use_is_told_with_the_way_out() -> None:
    """The words name the address and the option that helps; nothing is announced as ready."""
    ready: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RyoshikiError, match="--port") as told:
            serve(create_app(load()), Serving(port=port), ready.append)
    assert f"127.0.0.1:{port}" in str(told.value)
    assert ready == []


def test_an_address_of_another_machine_is_told_likewise() -> None:
    """An address from a book of examples is nobody's here."""
    with pytest.raises(RyoshikiError, match="--port"):
        serve(create_app(load()), Serving(host="192.0.2.1", port=0), print)


def test_a_port_that_the_system_chose_is_told() -> None:
    """Port 0 becomes a real one, at which the app answers; who asks is known by address."""
    lines: list[str] = []
    written = threading.Event()

    def write(line: str) -> None:
        lines.append(line)
        written.set()

    with live(AccessLog(create_app(load()), write), Serving(port=0)) as port:
        assert port > 0
        with wire(port) as connection:
            connection.sendall(head("GET", "/api/v1/platforms"))
            assert answered(connection).status == 200
        assert written.wait(30)
    assert " 127.0.0.1 GET /api/v1/platforms 200 " in lines[0]


@pytest.mark.parametrize(("proxies", "client"), [((), "127.0.0.1"), (("127.0.0.1",), "192.0.2.7")])
def test_only_a_known_proxy_is_believed(proxies: tuple[str, ...], client: str) -> None:
    """What a request says about its sender counts when a proxy that was named brings it."""
    seen: list[object] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["client"][0])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    with live(app, Serving(port=0, proxies=proxies)) as port, wire(port) as connection:
        connection.sendall(head("GET", "/", ("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "https")))
        assert answered(connection).status == 204
    assert seen == [client]


@contextmanager
def running(*first: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`ryoshiki web` on a machine of its own, and its port; ``first``: statements before it."""
    start = "; ".join([*first, "from ryoshiki.cli import main", "main()"])
    command = [sys.executable, "-c", start, "web", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as it:
        try:
            assert it.stdout is not None
            told = re.match(r"http://127\.0\.0\.1:(\d+) ", it.stdout.readline())
            assert told is not None
            yield it, int(told[1])
        finally:
            it.kill()


def ends_well(it: subprocess.Popen[str]) -> None:
    output, errors = it.communicate(timeout=60)
    assert it.returncode in (0, 130)
    assert "終わりました" in output
    assert errors == ""


def begun(connection: socket.socket) -> None:
    """A request whose body the server waits for."""
    length = ("Content-Length", str(len(BODY)))
    connection.sendall(head("POST", "/api/v1/review", JSON, length, ("Expect", "100-continue")))
    assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process there")
def test_control_c_lets_a_request_end() -> None:
    """What is in progress gets its answer, and then the server ends without a word of complaint."""
    with running() as (it, port):
        with wire(port) as connection:
            begun(connection)
            it.send_signal(signal.SIGINT)
            connection.sendall(BODY)
            assert answered(connection).status == 200
        ends_well(it)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process there")
def test_control_c_does_not_wait_for_ever() -> None:
    """A request that does not end is broken off, and no traceback shows what it was about."""
    with running("from ryoshiki.web import serving", "serving._GRACE = 0") as (it, port), wire(port) as connection:
        begun(connection)
        it.send_signal(signal.SIGINT)
        ends_well(it)
