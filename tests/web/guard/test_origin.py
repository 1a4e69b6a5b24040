"""Requests to this server's own name are let in, and changes only from its own pages or from no page at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from starlette.responses import PlainTextResponse

from ryoshiki import load
from ryoshiki.web.app import create_app
from ryoshiki.web.guard.origin import Origin
from ryoshiki.web.serving import LOOPBACK, Serving
from tests.web.guard import HOST, Fields, ask

if TYPE_CHECKING:
    from starlette.types import Message

WELCOME = PlainTextResponse("in")
ALONE = Origin(WELCOME, LOOPBACK)
PUBLIC = "https://ryoshiki.city.example"
BEHIND = Origin(WELCOME, LOOPBACK, PUBLIC)
INTRANET = Origin(WELCOME, None)


def status(app: Origin, method: str, headers: Fields, path: str = "/api/v1/review", scheme: str = "http") -> int:
    answer = ask(app, method, path, headers, scheme=scheme)
    if answer.status != 200:
        answer.problem()
    return answer.status


@pytest.mark.parametrize("port", ["", ":80", ":8417"])
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_this_machine_has_three_names(name: str, port: str) -> None:
    """Each of them, with a port or without, in any case."""
    assert status(ALONE, "GET", [("Host", name + port)]) == 200


@pytest.mark.parametrize(
    "hosts",
    [
        ["evil.example"],
        ["evil.example:8417"],
        ["localhost.evil.example"],
        ["127.0.0.1.evil.example"],
        ["127.0.0.1@evil.example"],
        ["192.168.0.10:8417"],
        ["[::2]"],
        ["[::1].evil.example"],
        ["::1"],
        [""],
        [],
        ["127.0.0.1", "evil.example"],
        ["127.0.0.1", "127.0.0.1"],
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_name_leads_nowhere(method: str, hosts: list[str]) -> None:
    """A site that makes its own name lead here is refused, and so is who gives no name or two."""
    assert status(ALONE, method, [("Host", host) for host in hosts]) == 421


@pytest.mark.parametrize("headers", [[], [("Host", "any.example")], [("Host", "10.0.0.1:80")]])
def test_on_an_intranet_any_name_is_fine(headers: Fields) -> None:
    """A server that all may ask does not know what it is called."""
    assert status(INTRANET, "GET", headers) == 200


SAME = "http://127.0.0.1:8417"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], 200),
        ([("Origin", SAME)], 200),
        ([("Origin", SAME), ("Sec-Fetch-Site", "same-origin")], 200),
        ([("Origin", "HTTP://127.0.0.1:8417")], 200),
        ([("Origin", "null"), ("Sec-Fetch-Site", "same-origin")], 200),
        ([("Sec-Fetch-Site", "none")], 200),
        ([("Origin", "https://evil.example")], 403),
        ([("Origin", "http://127.0.0.1")], 403),
        ([("Origin", "http://127.0.0.1:3000")], 403),
        ([("Origin", "https://127.0.0.1:8417")], 403),
        ([("Origin", "http://localhost:8417")], 403),
        ([("Origin", "")], 403),
        ([("Origin", "null")], 403),
        ([("Origin", "null"), ("Sec-Fetch-Site", "none")], 403),
        ([("Origin", "null"), ("Sec-Fetch-Site", "cross-site")], 403),
        ([("Origin", SAME), ("Origin", "https://evil.example")], 403),
        ([("Origin", SAME), ("Sec-Fetch-Site", "cross-site")], 403),
        ([("Sec-Fetch-Site", "cross-site")], 403),
        ([("Sec-Fetch-Site", "same-site")], 403),
        ([("Sec-Fetch-Site", "Same-Origin")], 403),
        ([("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "same-origin")], 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_change_comes_from_our_pages_or_from_a_program(method: str, headers: Fields, expected: int) -> None:
    """Another site, another port and a sandboxed frame are refused; a program, which says neither, is let in."""
    assert status(ALONE, method, [HOST, *headers]) == expected


def test_who_only_reads_may_come_from_anywhere() -> None:
    """A link on another site opens the page."""
    headers = [HOST, ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")]
    assert [status(ALONE, method, headers) for method in ("GET", "HEAD", "OPTIONS")] == [200] * 3


def test_the_usual_port_may_be_left_out() -> None:
    """Browsers leave out port 80 of http and 443 of https, and no other."""
    assert status(ALONE, "POST", [("Host", "localhost:80"), ("Origin", "http://localhost")]) == 200
    secure = [("Host", "localhost"), ("Origin", "https://localhost:443")]
    assert status(ALONE, "POST", secure, scheme="https") == 200
    assert status(ALONE, "POST", [("Host", "localhost:443"), ("Origin", "http://localhost")]) == 403


@pytest.mark.parametrize(
    ("site", "path", "expected"),
    [
        ("none", "/share", 200),
        ("same-origin", "/share", 200),
        ("cross-site", "/share", 403),
        ("same-site", "/share", 403),
        ("none", "/share/", 403),
        ("none", "/api/v1/photos", 403),
    ],
)
def test_a_telephone_may_share(site: str, path: str, expected: int) -> None:
    """The share menu sends a form of nobody's; a form in another site's frame is nobody's too, but says so."""
    assert status(ALONE, "POST", [HOST, ("Origin", "null"), ("Sec-Fetch-Site", site)], path) == expected


@pytest.mark.parametrize("host", ["127.0.0.1:8417", "ryoshiki.city.example", "ryoshiki.city.example:443"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_may_stand_before(host: str, scheme: str) -> None:
    """The address that people type counts as our own, whether the proxy passes its name on or not."""
    own = [("Host", host), ("Origin", PUBLIC), ("Sec-Fetch-Site", "same-origin")]
    assert status(BEHIND, "POST", own, scheme=scheme) == 200
    assert status(BEHIND, "POST", [("Host", host), ("Origin", "https://city.example")], scheme=scheme) == 403
    assert status(BEHIND, "POST", [("Host", "evil.example"), ("Origin", PUBLIC)], scheme=scheme) == 421


@pytest.mark.parametrize("written", [PUBLIC + "/", PUBLIC + ":443", PUBLIC.upper()])
def test_the_public_address_may_be_written_in_several_ways(written: str) -> None:
    """With a slash at its end, with the usual port, in capitals."""
    app = Origin(WELCOME, LOOPBACK, written)
    assert status(app, "POST", [("Host", "ryoshiki.city.example"), ("Origin", PUBLIC)]) == 200


def test_websockets_are_refused() -> None:
    """There are none, and browsers let any site open them."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1"), (b"origin", b"https://evil.example")]
    scope = {"type": "websocket", "path": "/", "scheme": "ws", "headers": headers}
    asyncio.run(create_app(load())(scope, receive, send))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_the_app_stands_behind_the_door() -> None:
    """The whole app refuses what its door refuses, and knows its public address."""
    app = create_app(load(), Serving(origin=PUBLIC))
    assert ask(app, "GET", "/", [("Host", "evil.example")]).status == 421
    assert ask(app, "GET", "/", [("Host", "ryoshiki.city.example")]).status == 200
    assert ask(app, "POST", "/api/v1/furigana", [HOST, ("Origin", "https://evil.example")]).status == 403
