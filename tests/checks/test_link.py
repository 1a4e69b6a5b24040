"""The check for links: what an address tells by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ryoshiki.checks.link import LinkCheck
from ryoshiki.model import Draft, RyoshikiError
from ryoshiki.reading import Reading
from tests.making import guideline

GUIDELINE = guideline(
    {
        "hosts/adult": ["adult", "ero-"],
        "hosts/short": ["short.example", "bit.example"],
        "hosts/shop": ["afl.shop.example"],
        "hosts/drop": ["drop.example", "docs.example/d", "-docs.example/d/forms"],
        "hosts/pieces": ["sex", "!porn", "-sexual"],
        "hosts/inner": ["gw", "wan.example"],
        "hosts/known": ["bad.example", "half.example/bad"],
        "hosts/honest": ["city-shioiri.example"],
        "words/mine": ["自宅"],
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
        ("mixed-script", "", "https://ex\u0430mple.jp/", "ex\u0430mple.jp"),
        ("host-words", "hosts/pieces", "https://sex-movie.example/", "sex-movie.example"),
        ("host-words", "hosts/pieces", "https://freeporn.example/", "freeporn.example"),
        ("file-sharing", "hosts/drop", "https://docs.example/d/1", "docs.example"),
        ("private-host", "hosts/inner", "https://gw.city.shioiri.example/x", "gw.city.shioiri.example"),
        ("private-host", "hosts/inner", "https://app.wan.example/", "app.wan.example"),
        ("redirect", "", "https://a.example/?url=https://b.test/", "a.example"),
        ("user-trick", "", "https://city.shioiri.example@evil.test/", "evil.test"),
        ("organisation-look-alike", "", "https://city.shioiri.example.evil.test/", "city.shioiri.example.evil.test"),
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
        ("mixed-script", "", "https://日本語.jp/"),
        ("host-words", "hosts/pieces", "https://essex.example/sexual-health"),
        ("shortener", "hosts/short", "https://short.example/"),
        ("file-sharing", "hosts/drop", "https://docs.example/d/forms/1"),
        ("private-host", "hosts/inner", "https://gw.example/x"),
        ("private-host", "hosts/inner", "https://a.gw/x"),
        ("redirect", "", "https://a.example/?url=https://www.city.shioiri.example/"),
        ("redirect", "", "https://city.shioiri.example/?url=https://b.test/"),
        ("user-trick", "", "https://a.example/@b.example"),
        ("organisation-look-alike", "", "https://www.city.shioiri.example/"),
        ("organisation-look-alike", "hosts/honest", "https://city-shioiri.example/"),
    ],
)
def test_ordinary_links_are_quiet(of: str, words: str, text: str) -> None:
    """A host counts as a whole, a parameter by its name and value."""
    assert hosts(LinkCheck(of, (words,) if words else ()), text) == []


class Listing:
    """A list of one host."""

    damaged: tuple[str, ...] = ()

    def listed(self, host: str, path: str, kinds: tuple[str, ...]) -> str | None:
        return "見本" if host == "listed.example" and kinds == ("obscene",) else None


def test_a_listed_link_is_found() -> None:
    """In a list that was taken in, or in the guideline's own words; the other fact says in which."""
    check, ours = LinkCheck("listed", ("hosts/known",), ("obscene",)), replace(GUIDELINE, links=Listing())
    reading = Reading(Draft("listed.example と https://a.bad.example/ と https://half.example/bad/1"), ours)
    assert [match.facts["other"] for match in check.find(reading)] == ["見本", "hosts/known", "hosts/known"]
    reading = Reading(
        Draft("https://listed.example.jp/ と https://half.example/ と https://city.shioiri.example/"), ours
    )
    assert list(check.find(reading)) == []
    assert hosts(LinkCheck("listed", (), ("dangerous",)), "https://listed.example/") == []


def test_a_damaged_list_is_no_silence() -> None:
    """What the good lists say comes first; then the check says what it could not look at."""
    broken = Listing()
    broken.damaged = ("x.links: damaged",)
    check, ours = LinkCheck("listed", (), ("obscene",)), replace(GUIDELINE, links=broken)
    found = iter(check.find(Reading(Draft("https://listed.example/"), ours)))
    assert next(found).facts["host"] == "listed.example"
    with pytest.raises(RyoshikiError, match="damaged"):
        next(found)
    assert list(check.find(Reading(Draft("リンクのない文"), ours))) == []


def test_what_silences_a_link() -> None:
    """A word of the classes in its sentence or in the draft, or the stance of the sentence."""
    text = "自宅は http://192.168.0.1/ です。職場は http://192.168.0.2/ です"
    assert hosts(LinkCheck("private-host", unless=("words/mine",)), text) == ["192.168.0.2"]
    assert hosts(LinkCheck("private-host", never=("words/mine",)), text) == []
    warned = "にせサイト https://city-shioiri.test/ に注意してください"
    assert hosts(LinkCheck("organisation-look-alike", ignore=("warned",)), warned) == []
    assert hosts(LinkCheck("organisation-look-alike"), warned) == ["city-shioiri.test"]


def test_lists_have_kinds() -> None:
    """Only a listed link asks for them, and only for those that there are."""
    for of, kinds in [("listed", ()), ("listed", ("silly",)), ("redirect", ("obscene",))]:
        with pytest.raises(ValueError, match="kinds"):
            LinkCheck(of, (), kinds)


@pytest.mark.parametrize("of", ["hosts", "shortener", "host-words"])
def test_a_wrong_sort_or_missing_words_are_refused(of: str) -> None:
    """A sign that could never speak fails at load."""
    with pytest.raises(ValueError, match=of):
        LinkCheck(of)
