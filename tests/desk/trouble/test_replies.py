"""Calm replies: filled with what is entered, read as every draft is, kept nowhere."""

from __future__ import annotations

import pytest

from ryoshiki import load
from ryoshiki.desk.trouble.paths import Reply
from ryoshiki.desk.trouble.replies import check, filled
from ryoshiki.model import RyoshikiError
from tests.desk.trouble.conftest import TROUBLE

CALM = {
    "correction": {"post": "6月12日の、港まつりについての投稿", "wrong": "6月20日", "right": "6月21日"},
    "apology": {"what": "写真を、断りなく載せた", "next": "写真は外しました。次からは先に伺います。"},
    "later": {"about": "ご指摘の点", "until": "6月15日まで"},
}
WRITTEN = [reply for reply in TROUBLE.replies if reply.text]


@pytest.mark.parametrize("reply", WRITTEN, ids=lambda reply: reply.id)
def test_our_own_words_are_calm(reply: Reply) -> None:
    """With calm words in its places, the review finds nothing of concern."""
    text = filled(reply, CALM[reply.id])
    assert all(words in text for words in CALM[reply.id].values())
    assert "{" not in text
    assert check(text, load(), "どうなっていますか").report.findings == ()


def test_hot_words_are_found() -> None:
    """What the person enters is read like any draft, as an answer."""
    reply = TROUBLE.reply("apology")
    text = filled(reply, {"what": "騒がせた", "next": "文句があるなら、あなたが代わりにやってみればいい。はい論破。"})
    found = check(text, load()).report.findings
    assert {finding.rule for finding in found} == {"argument"}
    assert all(finding.span and finding.quote == finding.span.of(text) for finding in found)


def test_what_is_entered_is_not_read_again() -> None:
    """Braces are letters."""
    text = filled(TROUBLE.reply("later"), {"about": "{until}{0}{x.__class__}", "until": "明日まで"})
    assert "{until}{0}{x.__class__}について" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"about": "件"}, "until"),
        ({"about": "件", "until": " "}, "until"),
        ({"about": "件", "until": "あ" * 501}, "500"),
        ({"about": "件", "until": "明日", "more": "あ"}, "more"),
    ],
)
def test_what_cannot_be_filled(given: dict[str, str], said: str) -> None:
    """The place that is missing, too long or unknown is named."""
    with pytest.raises(RyoshikiError, match=said):
        filled(TROUBLE.reply("later"), given)


def test_to_send_none() -> None:
    """There is no draft of it, and the reason is told."""
    with pytest.raises(RyoshikiError, match="send no answer"):
        filled(TROUBLE.reply("no-answer"), {})
