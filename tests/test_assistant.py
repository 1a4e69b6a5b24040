"""The tools for assistants, spoken to inside this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("mcp")

from mcp import Client
from mcp_types import CallToolResult, ListToolsResult, TextContent

from ryoshiki import Draft, load, review
from ryoshiki.assistant import Desk, server
from ryoshiki.model import Guideline, RyoshikiError
from ryoshiki.report.explanation import explained
from ryoshiki.report.json import as_dict
from ryoshiki.report.phrases import PHRASES
from ryoshiki.settings import Settings

GUIDELINE = load()
PHONE = "窓口に来た人の電話は 090-0000-1357 です"


def desk(guideline: Callable[[], Guideline] = lambda: GUIDELINE, **chosen: Any) -> Desk:
    return Desk(Settings(**chosen), guideline, frozenset)


def ask(tool: str, of: Desk | None = None, /, **arguments: Any) -> CallToolResult:
    async def talk() -> CallToolResult:
        async with Client(server(of or desk())) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(talk())


def said(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def refusal(result: CallToolResult) -> str:
    assert result.is_error
    return said(result)


def tools() -> ListToolsResult:
    async def talk() -> ListToolsResult:
        async with Client(server(desk())) as client:
            return await client.list_tools()

    return asyncio.run(talk())


def test_there_are_two_tools_that_change_nothing() -> None:
    """Both only read, and what they read is on this machine."""
    listed = tools().tools
    assert [tool.name for tool in listed] == ["check", "explain"]
    for tool in listed:
        assert tool.annotations
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.open_world_hint is False


def test_tools_explain_themselves_in_two_languages() -> None:
    """So do their parameters, of which only the draft is required."""
    for tool in tools().tools:
        parameters = tool.input_schema["properties"]
        for words in [tool.title, tool.description, *(parameter["description"] for parameter in parameters.values())]:
            assert words
            assert any("a" <= char <= "z" for char in words)
            assert any("ぁ" <= char <= "鿿" for char in words)
    check, explain = tools().tools
    assert check.input_schema["required"] == ["text"]
    assert "required" not in explain.input_schema


def test_a_check_gives_the_report() -> None:
    """The same object as everywhere, as structured content."""
    result = ask("check", text=PHONE, platform="line", account="private", reply_to="教えて")
    expected = as_dict(review(Draft(PHONE, platform="line", reply_to="教えて"), GUIDELINE))
    assert not result.is_error
    assert result.structured_content == expected
    assert [finding["sign"] for finding in expected["findings"]][:1] == ["personal-info/number-from-duty"]


def test_the_time_of_posting_is_read() -> None:
    """During working hours a private post is pointed out."""
    result = ask("check", text="今日のお昼はラーメン", posted_at="2026-06-12T10:30+09:00")
    assert result.structured_content
    assert "working-hours" in {finding["rule"] for finding in result.structured_content["findings"]}


def test_what_is_not_said_comes_from_the_settings() -> None:
    """The service and the kind of account are those that the author has set."""
    result = ask("check", desk(account="official"), text="いい天気", platform="")
    assert result.structured_content == as_dict(review(Draft("いい天気", account="official"), GUIDELINE))
    assert "mixi" in refusal(ask("check", desk(platform="nowhere"), text="いい天気"))


def test_what_was_accepted_is_not_shown_again() -> None:
    """A finding that the author waived since the last call is left out."""
    found = review(Draft(PHONE), GUIDELINE).findings
    accepted: set[str] = set()
    of = Desk(Settings(), lambda: GUIDELINE, lambda: frozenset(accepted))
    before = ask("check", of, text=PHONE).structured_content
    accepted |= {finding.fingerprint for finding in found}
    after = ask("check", of, text=PHONE).structured_content
    assert before
    assert after
    assert before["findings"]
    assert after["findings"] == []
    assert after["waived"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"text": " "}, "text: the draft is empty"),
        ({"text": "あ", "platform": "myspace"}, "platform: 'myspace' は使えません。使えるもの (one of): x, "),
        ({"text": "あ", "account": "mine"}, "(one of): private, official"),
        ({"text": "あ", "posted_at": "きのう"}, "2026-06-12T21:14+09:00"),
        ({"text": "あ", "posted_at": "2026-06-12T21:14"}, "2026-06-12T21:14+09:00"),
        ({"text": "あ", "posted_at": "1026-06-12T21:14+09:00"}, "posted_at"),
        ({"text": "あ" * 100_001}, "100000"),
        ({"text": 3}, "text"),
        ({}, "text"),
    ],
)
def test_bad_input_is_told(arguments: dict[str, Any], words: str) -> None:
    """The answer is a tool error that names the parameter and what it may be."""
    assert words in refusal(ask("check", **arguments))


@pytest.mark.parametrize("text", ["[1]", "{}", "null", "3", '"いい天気"'])
def test_a_draft_that_looks_like_json_is_a_text(text: str) -> None:
    """So is the post that it answers."""
    result = ask("check", text=text, reply_to=text)
    assert not result.is_error, said(result)


def test_an_explanation_is_that_of_the_command() -> None:
    """A rule, a sign, a clause or, without a name, the list; in the language set."""
    for name in ("personal-info", "personal-info/number-from-duty", "5-1-1", ""):
        assert said(ask("explain", name=name)) == explained(name or None, GUIDELINE, PHRASES["ja"], 80)
    assert said(ask("explain", desk(lang="en"), name="5-1-1")).startswith("Clause 5-1-1")
    assert said(ask("explain")) == said(ask("explain", name=""))


def test_an_unknown_name_gets_the_nearest() -> None:
    """The assistant can mend its own slip."""
    assert "personal-info" in refusal(ask("explain", name="personal-inf"))


def test_the_guideline_is_opened_once_and_late() -> None:
    """Not before the first call, so that the greeting is answered at once; then it is kept, however many ask."""
    opened: list[int] = []

    def guideline() -> Guideline:
        opened.append(threading.get_ident())
        return GUIDELINE

    async def talk() -> None:
        async with Client(server(desk(guideline))) as client:
            await client.list_tools()
            assert not opened
            await asyncio.gather(*(client.call_tool("explain", {"name": "5-1-1"}) for _ in range(8)))

    asyncio.run(talk())
    assert len(opened) == 1


def test_a_guideline_that_was_mended_is_opened_again() -> None:
    """What is wrong with it is told at each call until it can be used."""
    attempts: list[str] = []

    def guideline() -> Guideline:
        attempts.append("")
        if len(attempts) == 1:
            raise RyoshikiError("rules/a.toml:3: だめです")
        return GUIDELINE

    async def talk() -> tuple[CallToolResult, CallToolResult]:
        async with Client(server(desk(guideline))) as client:
            return await client.call_tool("explain"), await client.call_tool("explain")

    first, second = asyncio.run(talk())
    assert "rules/a.toml:3: だめです" in refusal(first)
    assert not second.is_error


def test_an_inner_failure_shows_no_words() -> None:
    """The kind of failure is told, and never its message, which may quote the draft."""

    def broken() -> Guideline:
        raise ValueError("ひみつの下書き")

    words = refusal(ask("check", desk(broken), text="ひみつの下書き"))
    assert "ValueError" in words
    assert "ひみつ" not in words
