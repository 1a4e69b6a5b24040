"""What the query of an address says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Span
from ryoshiki.reading.folding import fold
from ryoshiki.reading.links import Link, links
from ryoshiki.reading.parameters import leads_to, lets_in, partner, query, shown_user


def only(text: str) -> Link:
    (link,) = links(fold(text))
    return link


def test_pairs() -> None:
    """Behind ?, # and ; alike."""
    assert list(query(only("https://a.example/p;s=1?x=2&y#z=3"))) == [("s", "1"), ("x", "2"), ("y", ""), ("z", "3")]


@pytest.mark.parametrize(
    ("url", "true"),
    [
        ("https://shop.example/dp/1?tag=taro-22", True),
        ("https://shop.example/?a8mat=3ABC", True),
        ("https://shop.example/?ref=taro77", True),
        ("https://shop.example/?invitation_code=abc", True),
        ("https://blog.example/?tag=travel", False),
        ("https://news.example/?ref=top", False),
        ("https://news.example/?ref=tw_asahi", False),
        ("https://news.example/?utm_source=sns", False),
        ("https://shop.example/?a_id=", False),
    ],
)
def test_who_earns(url: str, true: bool) -> None:
    """A partner's code, not a trace of where one came from."""
    assert partner(only(url)) is true


@pytest.mark.parametrize(
    ("url", "true"),
    [
        ("https://a.example/?access_token=abcd", True),
        ("https://a.example/;jsessionid=1A2B3C4D", True),
        ("https://a.example/#id_token=eyJh", True),
        ("https://user:pw@a.example/", True),
        ("https://a.example/?key=a8f3b2c19d0e4f5a6b7c", True),
        ("https://a.example/?key=muroran", False),
        ("https://a.example/?sid=1", False),
        ("https://a.example/?token=", False),
        ("https://x.example/status/1?s=20&t=AbCdEfGh12345678", False),
        ("https://user@a.example/", False),
    ],
)
def test_who_gets_in(url: str, true: bool) -> None:
    """A name that can only mean a key, or one that may with a value that looks like one."""
    assert lets_in(only(url)) is true


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.example/?url=https://b.test/x", "b.test"),
        ("https://a.example/?u=https%3A%2F%2Fb.test%2Fx", "b.test"),
        ("https://a.example/?u=https%253A%252F%252Fb.test", "b.test"),
        ("https://a.example/redirect?to=b.test", "b.test"),
        ("https://a.example/redirect?//b.test/x", "b.test"),
        ("https://a.example/out/https://b.test/x", "b.test"),
        ("https://a.example/?next=https://user@b.test:80/x", "b.test"),
        ("https://a.example/?next=/home", ""),
        ("https://a.example/?url=https://www.a.example/x", ""),
        ("https://www.shop.co.jp/?url=https://m.shop.co.jp/x", ""),
        ("https://a.example/share?url=https://b.test/", ""),
        ("https://web.archive.org/web/2020/https://b.test/", ""),
        ("https://a.example/?q=https://b.test/", ""),
        ("https://a.example/?to=park", ""),
        ("https://a.example/go/sale", ""),
    ],
)
def test_where_it_leads(url: str, target: str) -> None:
    """Another host in the query or the path of a page that passes on; sharing and showing are open about it."""
    assert leads_to(only(url)) == target


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.city.example@evil.test/", "www.city.example"),
        ("https://city.example:443@evil.test/", "city.example"),
        ("https://city.example%2Fa@evil.test/", "city.example"),
        ("https://taro@a.example/", ""),
        ("https://taro.1@a.example/", ""),
        ("https://a.example/@taro.example", ""),
    ],
)
def test_a_name_before_at(url: str, shown: str) -> None:
    """What looks like the host and is not."""
    assert shown_user(only(url)) == shown


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_query_is_read(path: str, user: str) -> None:
    """No address fails."""
    link = Link(Span(0, 1), "a.example", "/" + path, "", user)
    leads_to(link), lets_in(link), partner(link), shown_user(link)
