"""The checking page, and what a telephone's share menu brings to it."""

from __future__ import annotations

import base64
import json
import re
import tempfile
from typing import Any

import pytest

from ryoshiki import load
from ryoshiki.web.app import create_app
from tests.web.guard import HOST, Answer, ask

APP = create_app(load())
FORM = ("Content-Type", "multipart/form-data; boundary=edge")
EVIL = "</script><script>alert(1)</script><b>太い</b><!-- \u2028\u2029 & \" ' \\"


def field(name: str, value: str) -> bytes:
    return f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def photo(data: bytes, name: str = "a.jpg", kind: str = "image/jpeg") -> bytes:
    first = (
        f'--edge\r\nContent-Disposition: form-data; name="photos"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
    )
    return first.encode() + data + b"\r\n"


def share(*parts: bytes) -> Answer:
    answer = ask(APP, "POST", "/share", (HOST, FORM), b"".join(parts) + b"--edge--\r\n")
    assert answer.status == 200
    return answer


def shared(answer: Answer) -> Any:
    """What the page gives its scripts."""
    blocks = re.findall(r'<script type="application/json" id="[^"]*">(.*?)</script>', answer.body.decode(), re.DOTALL)
    (found,) = (data["shared"] for data in map(json.loads, blocks) if "shared" in data)
    return found


def test_nothing_is_shared_at_first() -> None:
    """The page at / starts empty."""
    assert shared(ask(APP, "GET", "/")) is None


def test_what_was_shared_comes_with_the_page() -> None:
    """Title, words and address each on a line, the same once; the photos' bytes as they came."""
    data = bytes(range(256))
    answer = share(field("title", "運動会"), field("text", " 楽しかった\n"), field("url", "運動会"), photo(data))
    told = shared(answer)
    assert told["text"] == "運動会\n楽しかった"
    assert [base64.b64decode(photo) for photo in told["photos"]] == [data]
    assert shared(share()) == {"text": "", "photos": []}


def test_what_was_shared_cannot_become_part_of_the_page() -> None:
    """Tags, the end of a script, a comment and the two strange line ends are data, and come back as they were."""
    answer = share(field("title", EVIL), field("text", "<img src=x onerror=y>"), photo(b"x", EVIL[:9], EVIL[:9]))
    page, plain = answer.body.decode(), ask(APP, "GET", "/").body.decode()
    assert shared(answer)["text"] == f"{EVIL}\n<img src=x onerror=y>".strip()
    for words in ("<script>alert", "<b>", "<!--", "\u2028", "\u2029", "<img src=x"):
        assert words not in page
    for tag in ("<script", "</script", "<img", "<b"):
        assert page.count(tag) == plain.count(tag)


@pytest.mark.parametrize("name", ["text", "title", "url"])
def test_half_letters_do_not_break_the_page(name: str) -> None:
    """Bytes that are no letters are read as well as they can be, or refused in words."""
    body = field(name, "x").replace(b"x\r\n", b"\xff\xed\xa0\x80\xe3\x81\r\n") + b"--edge--\r\n"
    assert ask(APP, "POST", "/share", (HOST, FORM), body).status in (200, 400)


def test_a_large_photo_never_touches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty megabytes stay in memory from the form to the page."""

    def touched(*given: object, **named: object) -> None:
        raise AssertionError("a file on the disk")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, touched)
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", touched)
    data = bytes(range(256)) * (20 * 1024 * 1024 // 256)
    (told,) = shared(share(photo(data)))["photos"]
    assert base64.b64decode(told) == data


def test_the_page_of_what_was_shared_asked_for_again_is_empty() -> None:
    """Loading it anew leads to the page at /: nothing was kept."""
    answer = ask(APP, "GET", "/share")
    assert (answer.status, answer.headers["location"]) == (303, "/")
