"""The check for links: what an address tells by itself."""

from __future__ import annotations

import pytest

from ryoshiki.checks.link import LinkCheck
from ryoshiki.model import Draft
from ryoshiki.reading import Reading
from tests.making import guideline

GUIDELINE = guideline(
    {
        "hosts/adult": ["adult", "ero-"],
        "hosts/short": ["short.example", "bit.example"],
        "hosts/shop": ["afl.shop.example"],
        "hosts/drop": ["drop.example"],
    }
)


def hosts(check: LinkCheck, text: str) -> list[str]:
    return [match.facts["host"] for match in check.find(Reading(Draft(text), GUIDELINE))]


@pytest.mark.parametrize(
    ("of", "words", "text", "host"),
    [
        ("host-words", "hosts/adult", "https://my-adult.example/x", "my-adult.example"),
        ("host-words", "hosts/adult", "https://a.example/Adult/1", "a.example"),
        ("shortener", "hosts/short", "bit.example/3abc", "bit.example"),
        ("shortener", "hosts/short", "https://www.bit.example/3abc", "www.bit.example"),
        ("file-sharing", "hosts/drop", "https://drop.example/f/1", "drop.example"),
        ("affiliate", "hosts/shop", "https://afl.shop.example/x", "afl.shop.example"),
        ("affiliate", "", "https://books.example/dp/1?tag=taro-22", "books.example"),
        ("affiliate", "", "https://shop.example/?a_id=123456", "shop.example"),
        ("private-host", "", "http://192.168.0.1/admin", "192.168.0.1"),
        ("private-host", "", "http://wiki.lan/", "wiki.lan"),
        ("credentials", "", "https://user:pass@a.example/", "a.example"),
        ("credentials", "", "https://a.example/?x=1&token=abcd1234", "a.example"),
        ("look-alike", "", "https://ex\u0430mple.jp/", "ex\u0430mple.jp"),
    ],
)
def test_a_link_is_found(of: str, words: str, text: str, host: str) -> None:
    """The fact is the host."""
    assert hosts(LinkCheck(of, (words,) if words else ()), text) == [host]


@pytest.mark.parametrize(
    ("of", "words", "text"),
    [
        ("host-words", "hosts/adult", "https://a.example/x と adult"),
        ("shortener", "hosts/short", "https://notbit.example/3abc"),
        ("shortener", "hosts/short", "https://bit.example.jp/3abc"),
        ("affiliate", "", "https://blog.example/?tag=travel"),
        ("affiliate", "", "https://blog.example/ref"),
        ("private-host", "", "https://example.jp/lan"),
        ("credentials", "", "https://a.example/token?x=1"),
        ("credentials", "", "https://user@a.example/?token="),
        ("look-alike", "", "https://example.jp/"),
    ],
)
def test_ordinary_links_are_quiet(of: str, words: str, text: str) -> None:
    """A host counts as a whole, a parameter by its name and value."""
    assert hosts(LinkCheck(of, (words,) if words else ()), text) == []


@pytest.mark.parametrize("of", ["hosts", "shortener", "host-words"])
def test_a_wrong_sort_or_missing_words_are_refused(of: str) -> None:
    """A sign that could never speak fails at load."""
    with pytest.raises(ValueError, match=of):
        LinkCheck(of)
