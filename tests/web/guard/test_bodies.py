"""A real server reads bodies within their limits, and whoever breaks one gets an answer that can be read."""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from ryoshiki import load
from ryoshiki.web.app import create_app
from ryoshiki.web.guard.bodies import MIB, Limits
from ryoshiki.web.serving import Serving
from tests.web.guard import HOST, JSON, Answer, answered, ask, head, live, wire

LARGE = 50 * MIB
REVIEW = "/api/v1/review"
CHUNKED = ("Transfer-Encoding", "chunked")
BLOCK = b"x" * MIB


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server that waits as long as it does for people."""
    serving = Serving(port=0)
    with live(create_app(load(), serving), serving) as port:
        yield port


@pytest.fixture(scope="module")
def hasty() -> Iterator[int]:
    """A server that waits for nobody."""
    serving = Serving(port=0, limits=Limits(idle=0.2, whole=0.5))
    with live(create_app(load(), serving), serving) as port:
        yield port


def length(count: int) -> tuple[str, str]:
    return ("Content-Length", str(count))


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def refused(connection: socket.socket, status: int) -> Answer:
    answer = answered(connection)
    assert answer.status == status
    assert answer.headers["connection"] == "close"
    assert answer.problem()["detail"]
    return answer


def alive(port: int) -> bool:
    """Whether the server still answers, with a body read as it should be."""
    body = json.dumps({"text": "夕飯はカレー", "platform": "blog"}).encode()
    with wire(port) as connection:
        connection.sendall(head("POST", REVIEW, JSON, length(len(body))) + body)
        answer = answered(connection)
    return answer.status == 200 and json.loads(answer.body)["length"]["count"] == 6


def test_what_is_announced_as_too_large_is_refused_in_words(port: int) -> None:
    """A client that sends all of it before it listens gets the answer and no reset."""
    with wire(port) as connection:
        connection.sendall(head("POST", REVIEW, JSON, length(LARGE)))
        for _ in range(LARGE // MIB):
            connection.sendall(BLOCK)
        assert "4 MiB" in refused(connection, 413).problem()["detail"]
    assert alive(port)


def test_what_grows_too_large_is_refused_in_words(port: int) -> None:
    """A body whose length nobody told is counted as it comes."""
    with wire(port) as connection:
        connection.sendall(head("POST", REVIEW, JSON, CHUNKED))
        for _ in range(LARGE // MIB):
            connection.sendall(chunk(BLOCK))
        connection.sendall(b"0\r\n\r\n")
        refused(connection, 413)
    assert alive(port)


def test_a_client_that_asks_first_need_not_send(port: int) -> None:
    """With Expect: 100-continue the refusal comes whole before a byte was sent."""
    with wire(port) as connection:
        connection.sendall(head("POST", REVIEW, JSON, length(LARGE), ("Expect", "100-continue")))
        refused(connection, 413)
    body = b'{"text": "a"}'
    with wire(port) as connection:
        connection.sendall(head("POST", REVIEW, JSON, length(len(body)), ("Expect", "100-continue")))
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert answered(connection).status == 200


def test_a_body_where_none_belongs_is_read_over(port: int) -> None:
    """A GET with a short body gets its page, and the next request on the connection its own; a long one is refused."""
    with wire(port) as connection:
        for _ in range(2):
            connection.sendall(head("GET", "/api/v1/platforms", length(9)) + b"GET / ...")
            assert answered(connection).status == 200
    with wire(port) as connection:
        connection.sendall(head("GET", "/", length(LARGE)))
        for _ in range(LARGE // MIB):
            connection.sendall(BLOCK)
        refused(connection, 413)


@pytest.mark.parametrize(
    ("path", "limit"),
    [(REVIEW, 4), ("/nowhere", 4), ("/api/v1/photos", 30), ("/api/v1/photos/clean", 30), ("/share", 40)],
)
def test_each_path_has_its_limit(path: str, limit: int) -> None:
    """To the byte: what is just as large gets through to the app, one byte more does not."""
    app = create_app(load(), Serving(limits=Limits(idle=0.01)))
    fitting = ask(app, "POST", path, (HOST, JSON), b"x" * limit * MIB)
    assert fitting.status in (404, 415, 422)
    assert ask(app, "POST", path, (HOST, JSON), b"x" * (limit * MIB + 1)).status == 413
    assert ask(app, "POST", path, (HOST, JSON, length(limit * MIB + 1)), None).status == 413


def test_a_body_may_come_byte_by_byte(port: int) -> None:
    """However it is cut, it arrives whole and in order."""
    text = "".join(chr(0x3041 + i % 80) for i in range(400))
    body = json.dumps({"text": text, "platform": "blog"}, ensure_ascii=False).encode()
    with wire(port) as connection:
        connection.sendall(head("POST", REVIEW, JSON, CHUNKED))
        for i in range(len(body)):
            connection.sendall(chunk(body[i : i + 1]))
        connection.sendall(b"0\r\n\r\n")
        answer = answered(connection)
    assert answer.status == 200
    assert json.loads(answer.body)["length"]["count"] == len(text)


def test_a_large_body_arrives_whole(port: int) -> None:
    """Many pieces are put together again."""
    texts = [f"{i:05}" * 500 for i in range(200)]
    body = json.dumps({"texts": texts}).encode()
    with wire(port) as connection:
        connection.sendall(head("POST", "/api/v1/furigana", JSON, length(len(body))) + body)
        answer = answered(connection)
    assert ["".join(base for base, _ in pieces) for pieces in json.loads(answer.body)["texts"]] == texts


def test_who_stops_sending_is_told_so(hasty: int) -> None:
    """Half a body, and then nothing."""
    with wire(hasty) as connection:
        connection.sendall(head("POST", REVIEW, JSON, length(100)) + b"{")
        refused(connection, 408)
    assert alive(hasty)


def test_who_sends_for_ever_is_told_so(hasty: int) -> None:
    """A byte now and then keeps no place."""
    with wire(hasty) as connection:
        connection.sendall(head("POST", REVIEW, JSON, length(10_000)))
        for _ in range(200):
            if select.select([connection], [], [], 0.05)[0]:
                break
            connection.sendall(b" ")
        else:
            pytest.fail("it was let go on")
        refused(connection, 408)
    assert alive(hasty)


@pytest.mark.parametrize("rude", [False, True])
def test_a_client_may_go_away(port: int, rude: bool) -> None:
    """In the middle of its body, with a word of parting or without: the server serves the others."""
    for sent in (head("POST", REVIEW, JSON, length(100)), head("POST", REVIEW, JSON, length(LARGE)) + BLOCK):
        with wire(port) as connection:
            connection.sendall(sent + b"x")
            if rude:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert alive(port)


def test_many_large_bodies_together_are_too_many() -> None:
    """The memory for bodies is bounded: one that does not fit is asked to come again, and the others get through."""
    serving = Serving(port=0, limits=Limits(json=2 * MIB, together=2 * MIB + MIB // 2))
    body = b" " * MIB + b'{"text": "a"}'
    with live(create_app(load(), serving), serving) as port:
        with ExitStack() as stack:
            connections = [stack.enter_context(wire(port)) for _ in range(3)]
            for connection in connections:
                connection.sendall(head("POST", REVIEW, JSON, length(len(body))) + body[:MIB])
            sent_away = select.select(connections, [], [], 30)[0]
            assert len(sent_away) == 1
            for connection in connections:
                connection.sendall(body[MIB:])
            answers = {connection: answered(connection) for connection in connections}
            assert answers[sent_away[0]].headers["retry-after"] == "5"
            assert sorted(answer.status for answer in answers.values()) == [200, 200, 503]
        assert alive(port)  # what the three held is free again
