"""The second reader, asked over a real connection; failures included."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from ryoshiki import Draft, RyoshikiError, Span, review
from ryoshiki.second_reader import NoOpinionError, Opinion, SecondReader
from tests.making import guideline, sign

TEXT = "うちの課のあの人、また休んでる"
GUIDELINE = guideline({"w": ["ぺけぺけ"]}, sign("lexicon", words=["w"]))


class Answers(BaseHTTPRequestHandler):
    """Speaks the chat completions protocol, and answers with what the test laid down."""

    answer: Any
    status = 200
    delay = 0.0
    asked: list[dict[str, Any]]
    paths: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(json.loads(body))
        self.paths.append(self.path)
        time.sleep(self.delay)
        data = self.answer if isinstance(self.answer, bytes) else completion(self.answer)
        with suppress(OSError):  # who asked may have gone
            self.send_response(self.status)
            if self.status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


def completion(content: Any) -> bytes:
    """An answer in the protocol's form."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


@contextmanager
def serving(answer: Any, **settings: Any) -> Iterator[tuple[SecondReader, type[Answers]]]:
    """A server on this machine that gives this answer, and a reader that asks it."""
    handler = type("Handler", (Answers,), {"answer": answer, "asked": [], "paths": [], **settings})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield SecondReader(f"http://127.0.0.1:{server.server_port}/v1", "a-model", 1), handler
    finally:
        server.shutdown()
        server.server_close()


def findings(*pairs: tuple[Any, Any]) -> dict[str, Any]:
    return {"findings": [{"rule": rule, "quote": quote} for rule, quote in pairs]}


def test_what_it_cites_becomes_a_place() -> None:
    """A rule of the guideline and words of the draft make an opinion."""
    with serving(findings(("a-rule", "あの人"))) as (second, _):
        assert second.read(Draft(TEXT), GUIDELINE) == [Opinion("a-rule", Span(5, 8))]


@pytest.mark.parametrize(
    "pair", [("a-rule", "この人"), ("b-rule", "あの人"), ("a-rule", " "), ("a-rule", 1), (["a-rule"], "あの人")]
)
def test_what_is_not_in_draft_or_guideline_is_dropped(pair: tuple[Any, Any]) -> None:
    """Words that the draft does not hold and rules that do not exist are no opinion."""
    with serving(findings(pair, ("a-rule", "休んでる"))) as (second, _):
        assert [o.span.of(TEXT) for o in second.read(Draft(TEXT), GUIDELINE)] == ["休んでる"]


def test_the_request_holds_draft_rules_and_a_strict_schema() -> None:
    """The draft stands apart from the instruction, and the form of the answer is laid down."""
    with serving(findings()) as (second, server):
        assert second.read(Draft(TEXT, reply_to="だれ？"), GUIDELINE) == []
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert asked["model"] == "a-model"
    assert "a-rule" in asked["messages"][0]["content"]
    assert TEXT not in asked["messages"][0]["content"]
    assert json.loads(asked["messages"][1]["content"])["text"] == TEXT
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert asked["response_format"]["json_schema"]["schema"]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("answer", "settings", "said"),
    [
        (b"{", {}, "決めた形"),
        (b"[]", {}, "決めた形"),
        ("これはよい投稿です", {}, "決めた形"),
        ({"findings": 3}, {}, "決めた形"),
        ({"findings": [{"rule": "a-rule"}]}, {}, "決めた形"),
        (findings(), {"status": 500}, "HTTP 500"),
        (findings(), {"status": 302}, "HTTP 302"),
        (findings(), {"delay": 1.5}, "つながりません"),
        (b" " * 1_000_001, {}, "長すぎ"),
    ],
)
def test_a_failure_says_why(answer: Any, settings: dict[str, Any], said: str) -> None:
    """No answer, a late one or one of another form is told in a line; nothing else is asked for."""
    with serving(answer, **settings) as (second, server), pytest.raises(NoOpinionError, match=said):
        second.read(Draft(TEXT), GUIDELINE)
    assert server.paths == ["/v1/chat/completions"]


def test_nobody_listening_says_so() -> None:
    """A closed port is a failure like any other."""
    with pytest.raises(NoOpinionError, match="つながりません"):
        SecondReader("http://127.0.0.1:9", "m", 1).read(Draft(TEXT), GUIDELINE)


@pytest.mark.parametrize("url", ["", "ftp://x.example", "city.example/v1", "http://"])
def test_only_http_is_an_endpoint(url: str) -> None:
    """A setting that is no http(s) URL is refused before a draft is read."""
    with pytest.raises(RyoshikiError, match="second_reader_url"):
        SecondReader(url, "m")


def test_a_review_shows_its_opinion_as_such() -> None:
    """The finding has the rule's advice, and says whose reading it is."""
    with serving(findings(("a-rule", "あの人"))) as (second, _):
        (finding,) = review(Draft(TEXT), GUIDELINE, second=second).findings
    assert (finding.rule, finding.sign, finding.quote) == ("a-rule", "a-rule/second-opinion", "あの人")
    assert "第二の読み手" in finding.message


def test_a_failure_stands_under_what_was_not_looked_at() -> None:
    """What words saw stays, and the report says that the second reader did not answer."""
    with serving(findings(), status=503) as (second, _):
        report = review(Draft("ぺけぺけだ"), GUIDELINE, second=second)
    assert [f.quote for f in report.findings] == ["ぺけぺけ"]
    assert any("HTTP 503" in u.why for u in report.unchecked)


def test_a_review_that_does_not_ask_sends_nothing() -> None:
    """The endpoint is asked in that review alone in which the author wants it."""
    with serving(findings(("a-rule", "あの人"))) as (_, server):
        review(Draft(TEXT), GUIDELINE)
    assert server.asked == []
