"""What goes wrong is told in plain words, none of which are the sender's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp, Receive, Scope, Send

from ryoshiki import load
from ryoshiki.failing import place
from ryoshiki.web import api
from ryoshiki.web.app import create_app
from ryoshiki.web.problems import LastNet, Problem, answer
from tests.web.guard import HOST, JSON, Answer, ask

SECRET = "ひみつの下書き"
APP = create_app(load())
MEDIA = "application/problem+json"


def sent(body: str | bytes, path: str = "/api/v1/review") -> Answer:
    return ask(APP, "POST", path, (HOST, JSON), body if isinstance(body, bytes) else body.encode())


def refused(body: str | bytes, *statuses: int) -> dict[str, Any]:
    answer = sent(body)
    assert answer.status in (statuses or (422,)), answer.body.decode()
    assert SECRET not in answer.body.decode()
    assert "\\u3072" not in answer.body.decode()
    return answer.problem()


LISTED: list[tuple[dict[str, Any], str]] = [
    ({SECRET: 1}, "body.?"),
    ({SECRET: {SECRET: SECRET}}, "body.?"),
    ({"text": {SECRET: SECRET}}, "body.text"),
    ({"text": [SECRET]}, "body.text"),
    ({"account": SECRET}, "body.account"),
    ({"posted_at": SECRET}, "body.posted_at"),
    ({"tags": SECRET}, "body.tags"),
    ({"tags": ["", {SECRET: SECRET}]}, "body.tags.1"),
    ({"waivers": [SECRET]}, "body.waivers.0"),
    ({"handle": SECRET * 1_000}, "body.handle"),
    ({"photos": SECRET}, "body.photos"),
    ({"photos": [SECRET]}, "body.photos.0"),
    ({"photos": [{SECRET: SECRET}]}, "body.photos.0.?"),
    ({"photos": [{"name": "a", "width": SECRET}]}, "body.photos.0.width"),
    ({"photos": [{"name": "a", "faces": [{"box": {SECRET: SECRET}}]}]}, "body.photos.0.faces.0.box.?"),
    ({"photos": [{"name": "a", "traces": [{"kind": SECRET, "value": ""}]}]}, "body.photos.0.traces.0.kind"),
]


@pytest.mark.parametrize(("draft", "where"), LISTED)
def test_what_was_sent_is_not_repeated(draft: dict[str, Any], where: str) -> None:
    """Neither values nor made-up keys, at any depth: the problem names the place and what belongs there."""
    problem = refused(json.dumps({"text": "あ", **draft}, ensure_ascii=False))
    assert where in [error["where"] for error in problem["errors"]]
    assert all(error["what"] for error in problem["errors"])


@pytest.mark.parametrize("path", [f"/api/v1/photos?name={'n' * 201}", "/api/v1/photos?letters=himitsu"])
def test_what_stood_in_the_query_is_not_repeated(path: str) -> None:
    """An address is looked over like a body."""
    told = ask(APP, "POST", path, (HOST,), b"x")
    assert told.status == 422
    assert told.problem()["errors"][0]["where"].startswith("query.")
    assert b"himitsu" not in told.body
    assert b"nnnn" not in told.body


BODIES: list[str | bytes] = [
    SECRET,
    "",
    "null",
    "[]",
    f'"{SECRET}"',
    f'{{"text": "{SECRET}"',
    f'{{"text": "{SECRET}" "text"}}',
    f'{{"text": "{SECRET}", "photos": NaN}}',
    '{"text": NaN}',
    '{"text": "a", "photos": [{"name": "a", "width": Infinity}]}',
    '{"text": "a", "photos": [{"name": "a", "width": -Infinity, "height": 1e999}]}',
    f'{{"text": {"9" * 10_000}}}',
    f'{{"text": "a", "photos": [{{"name": "a", "width": {"9" * 10_000}}}]}}',
    f'{{"text": "a", "posted_at": {"9" * 4_000}}}',
    "[" * 100_000,
    '{"text":' * 100_000,
    f'{{"text": "a", "tags": {"[" * 50_000}{"]" * 50_000}}}',
    f'{{"text": "a", "photos": {"[" * 900}{"]" * 900}}}',
    f'{{"text": "a", "photos": [{{"name": "a", "texts": {"[" * 900}{"]" * 900}}}]}}',
    '{"text": "\\ud800"}',
    '{"text": "a", "handle": "\\udfff"}',
    '{"text": "a", "tags": ["\\ud83d"]}',
    '{"text": "a", "\\ud800": 1}',
    '{"text": "a", "platform": "\\ud800"}',
    '{"text": "a", "photos": [{"name": "\\ud800", "width": 1, "height": 1}]}',
    '{"text": "a", "photos": [{"\\ud800": 1}]}',
    b"\xff\xfe{\x00}\x00",
    b'{"text": "\xff"}',
    b'{"text": "\xe3\x81"}',
    b'{"text": "\xed\xa0\x80"}',
    "{\"text\": 'a'}",
    '{"text": "a\x00\x1b"}',
]


@pytest.mark.parametrize("body", BODIES, ids=map(str, range(len(BODIES))))
def test_what_is_no_draft_is_refused(body: str | bytes) -> None:
    """No JSON, half of it, too deep, numbers that are none, half letters: a refusal in words and no failure."""
    refused(body, 400, 422)


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("text", "platform", "account", "posted_at", "reply_to", "handle", "tags", "photos", "waivers")


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(FIELDS), trees, max_size=4))
def test_whatever_is_sent_is_understood_or_refused(draft: dict[str, Any]) -> None:
    """Any JSON in any field: an answer of 200, or a problem of the sender's."""
    told = sent(json.dumps({"text": "あ", **draft}))
    if told.status != 200:
        assert told.status in (400, 422), told.body.decode()
        told.problem()


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_whatever_bytes_are_sent_are_refused(body: bytes) -> None:
    """Bytes at random are no draft."""
    refused(body, 400, 422)


@pytest.mark.parametrize("reason", [ValueError, KeyError, RecursionError, MemoryError, AssertionError])
def test_a_failure_keeps_the_words_to_itself(
    reason: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A 500 without the message, and on the error output one line: what kind of failure, and where."""

    def broken(*given: object) -> None:
        raise reason(SECRET)

    monkeypatch.setattr(api, "review", broken)
    told = sent(json.dumps({"text": SECRET}))
    assert (told.status, told.headers["content-type"]) == (500, MEDIA)
    assert told.problem()["detail"] == ""
    output = capsys.readouterr()
    assert output.out == ""
    line = broken.__code__.co_firstlineno + 1
    assert output.err == f"内部の誤りです (internal error): {reason.__name__} test_problems.py:{line}\n"
    assert SECRET not in told.body.decode()


def test_a_failure_in_the_middle_of_an_answer_is_told_once() -> None:
    """An answer that has begun is broken off; no second one is started."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise OSError(SECRET)

    lines: list[str] = []
    assert ask(LastNet(app, lines.append), "GET", "/").status == 200
    assert len(lines) == 1
    assert "OSError test_problems.py:" in lines[0]
    assert SECRET not in lines[0]


def test_a_failure_that_was_never_raised_has_no_place() -> None:
    """Its type alone is told."""
    assert place(ValueError(SECRET)) == "ValueError"


def test_a_problem_behind_the_last_net_is_answered() -> None:
    """A middleware may raise one, with headers of its own."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise Problem(409, "だめ", "わけ", headers={"Retry-After": "7"})

    lines: list[str] = []
    told = ask(LastNet(app, lines.append), "GET", "/")
    assert (told.status, told.headers["retry-after"], told.problem()["detail"]) == (409, "7", "わけ")
    assert lines == []


def test_half_a_letter_in_a_detail_does_not_break_the_refusal() -> None:
    """JSON can carry half of a surrogate pair, UTF-8 cannot."""
    app: ASGIApp = answer(Problem(422, "だめ", "\ud800"), errors=[{"where": "\udfff"}])
    assert ask(app, "GET", "/").problem()["detail"] == "?"


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("DELETE", "/api/v1/review", "POST"), ("PATCH", "/api/v1/platforms", "GET"), ("POST", "/", "GET")],
)
def test_another_method_is_told_which_to_use(method: str, path: str, allow: str) -> None:
    """With 405 comes what is allowed."""
    told = ask(APP, method, path)
    assert (told.status, told.headers["allow"]) == (405, allow)
    told.problem()


def test_a_path_that_leads_nowhere_is_not_repeated() -> None:
    """Somebody may have pasted words into the address."""
    for path in ("/himitsu", "/api/v1/himitsu", "/api/v1/rules/himitsu", "/static/himitsu", "/rules/himitsu"):
        told = ask(APP, "GET", path)
        assert told.status == 404
        assert b"himitsu" not in told.body
        told.problem()
