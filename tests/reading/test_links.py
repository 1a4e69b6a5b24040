"""Addresses, hashtags and mentions of a text."""

from __future__ import annotations

import socket
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.reading.folding import fold
from ryoshiki.reading.links import Link, hashtags, links, mentions


def linked(text: str) -> list[str]:
    return [link.span.of(text) for link in links(fold(text))]


def only(text: str) -> Link:
    (link,) = links(fold(text))
    return link


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("詳しくはhttps://example.jp/a?x=1#yをご覧ください", ["https://example.jp/a?x=1#y"]),
        ("（https://example.jp/x_(y)）", ["https://example.jp/x_(y)"]),
        ("(see https://example.jp/x)", ["https://example.jp/x"]),
        ("https://example.jp。", ["https://example.jp"]),
        ("https://example.jpはexample.comより", ["https://example.jp", "example.com"]),
        ("https://example.jp/室蘭市のページ", ["https://example.jp/"]),
        ("ＨＴＴＰＳ：／／ＥＸＡＭＰＬＥ．ＪＰ／ｘ", ["ＨＴＴＰＳ：／／ＥＸＡＭＰＬＥ．ＪＰ／ｘ"]),
        ("ttps://example.jp/a", ["ttps://example.jp/a"]),
        ("example.jp/abcを", ["example.jp/abc"]),
        ("amzn.to/3abcで", ["amzn.to/3abc"]),
        ("https://室蘭.example/a", ["https://室蘭.example/a"]),
        ("\\\\fs01\\共有\\名簿.xlsx に", ["\\\\fs01\\共有\\名簿.xlsx"]),
        ("server01.local にある", ["server01.local"]),
        ("hxxps://evil[.]example/aです", ["hxxps://evil[.]example/a"]),
        ("hxxp[:]//evil(.)example と evil[dot]example/x", ["hxxp[:]//evil(.)example", "evil[dot]example/x"]),
        ("http://[2001:db8::1]:80/xを", ["http://[2001:db8::1]:80/x"]),
        ("https://example.jp./a", ["https://example.jp./a"]),
        ("x.gd/Ab1C を", ["x.gd/Ab1C"]),
        ("それは is.it で foo.in の live.st", []),
        ("👨‍👩‍👧𠮷 https://example.jp/", ["https://example.jp/"]),
        ("taro@example.jpへ", []),
        ("taro.jp@example.comへ", []),
        ("readme.md と v1.2 と 3.14 と Node.js と e.g.", []),
        ("t.co の話", []),
        ("そう...だよ", []),
        ("http://", []),
    ],
)
def test_addresses_end_where_they_end(text: str, found: list[str]) -> None:
    """With or without a scheme; Japanese text and punctuation behind one are left out."""
    assert linked(text) == found


def test_parts_of_an_address() -> None:
    """Host, path and what stands before @ are told apart."""
    link = only("https://user:pass@intra.example:8443/p?q=1")
    assert (link.host, link.path, link.user) == ("intra.example", "/p?q=1", "user:pass")


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("http://192.168.0.1:8080/admin", True),
        ("http://10.1.2.3/", True),
        ("http://172.20.0.1/", True),
        ("http://intra/", True),
        ("http://wiki.lan/x", True),
        ("\\\\fs01\\共有", True),
        ("http://[fd00::1]/", True),
        ("http://[2001:db8::1]/", False),
        ("http://localhost:3000/", False),
        ("http://127.0.0.1/", False),
        ("http://203.0.113.9/", False),
        ("http://8.8.8.8/", False),
        ("https://example.jp/", False),
    ],
)
def test_inner_hosts_are_known(text: str, private: bool) -> None:
    """Private ranges, inner endings and bare names belong to an inner network."""
    assert only(text).private is private


def test_an_address_made_harmless_still_says_its_host() -> None:
    """What was written stays the place; host and address are those that are meant."""
    link = only("ｈｘｘｐｓ：／／www[.]evil(.)example/a")
    assert (link.host, link.path, link.url) == ("www.evil.example", "/a", "https://www.evil.example/a")


def test_foreign_letters_in_a_host_are_known() -> None:
    """A Cyrillic а in a host is told, and so is punycode; plain hosts are not."""
    assert only("https://ex\u0430mple.jp/").foreign
    assert only("https://xn--example-9a.jp/").foreign
    assert not only("https://example.jp/").foreign


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("＃室蘭 と #室蘭_夜景", ["＃室蘭", "#室蘭_夜景"]),
        ("#ポスト・続き", ["#ポスト"]),
        ("#2027春", ["#2027春"]),
        ("救急は#7119へ", []),
        ("c#minor https://example.jp/#top", []),
        ("#", []),
    ],
)
def test_hashtags(text: str, found: list[str]) -> None:
    """Any script, either width; a number alone and a fragment are none."""
    assert [span.of(text) for span in hashtags(fold(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("＠shioiri_city さん", ["＠shioiri_city"]),
        ("@taro.bsky.example。", ["@taro.bsky.example"]),
        ("@taro@mstdn.example へ", ["@taro@mstdn.example"]),
        ("写真@kujira", ["@kujira"]),
        ("taro@example.jp", []),
        ("一人@100円 @汐入", []),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    """Accounts, also with their server; addresses and prices are none."""
    assert [span.of(text) for span in mentions(fold(text))] == found


def test_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading an address asks no network."""

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert linked("https://example.jp/") == ["https://example.jp/"]


@pytest.mark.parametrize("unit", ["a.", "http://", "a.jp", "#", "@a", "\\", ")", "https://a.jp/)", "a@", "://"])
def test_time_grows_with_the_text(unit: str, capfd: pytest.CaptureFixture[str]) -> None:
    """No text makes the search quadratic, or the automaton complain of its memory."""
    folded = fold("http://a.jp/" + (unit * 40_000)[:40_000])
    start = time.perf_counter()
    links(folded), hashtags(folded), mentions(folded)
    assert time.perf_counter() - start < 2
    assert capfd.readouterr().err == ""


PIECES = st.sampled_from(
    [
        "https://",
        "example.jp",
        ".",
        "/",
        "?",
        "#",
        "@",
        "(",
        ")",
        "室蘭",
        "\\\\",
        "a",
        "192.168.0.1",
        ":",
        "＃",
        "👨‍👩‍👧",
        "。",
        "ｱ",
        "xn--",
        "\ud83d",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_is_read(text: str) -> None:
    """Spans lie inside the text, in order, without overlap."""
    folded = fold(text)
    for spans in ([link.span for link in links(folded)], list(hashtags(folded)), list(mentions(folded))):
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
    for link in links(folded):
        assert link.host
        assert link.private in (True, False)
