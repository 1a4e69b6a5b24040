"""What a line of a list names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.linklists.lines import named, read


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("0.0.0.0 bad.example", ["bad.example"]),
        ("127.0.0.1\tbad.example  other.example # 二つ", ["bad.example", "other.example"]),
        ("::1 bad.example", ["bad.example"]),
        ("0 bad.example", ["bad.example"]),
        ("bad.example", ["bad.example"]),
        ("  BAD.Example.  ", ["bad.example"]),
        ("www.bad.example", ["bad.example"]),
        ("*.bad.example", ["bad.example"]),
        (".bad.example", ["bad.example"]),
        ("bad.example # 説明", ["bad.example"]),
        ("half.example/Bad/", ["half.example/bad"]),
        ("http://www.half.example:80/bad?x=1#y", ["half.example/bad?x=1"]),
        ("http://bad.example/", ["bad.example"]),
        ("blogspot.com/bad", ["blogspot.com/bad"]),
        ("||bad.example^", ["bad.example"]),
        ("||bad.example^$third-party", ["bad.example"]),
        ("||half.example/bad^", ["half.example/bad"]),
        ("203.0.113.9", ["203.0.113.9"]),
        ("http://203.0.113.9:8080/x", ["203.0.113.9/x"]),
        ("2001:DB8::1", ["2001:db8::1"]),
        ("[2001:db8::1]:443", ["2001:db8::1"]),
        ("日本語.example", ["xn--wgv71a119e.example"]),
        ("ｂａｄ．example", ["bad.example"]),
    ],
)
def test_a_line_names_hosts(line: str, entries: list[str]) -> None:
    """Hosts files, UT1, one host or address a line, and Adblock, in one form."""
    assert named(line) == (entries, None)


@pytest.mark.parametrize("line", ["", "   ", "# 説明", "! comment", "; comment", "[Adblock Plus 2.0]", "\ufeff# a"])
def test_remarks_name_nothing(line: str) -> None:
    """A blank line and a remark are no fault."""
    assert named(line) == ([], None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("127.0.0.1 localhost", "local"),
        ("::1 ip6-localhost ip6-loopback", "local"),
        ("fe80::1%lo0 localhost", "local"),
        ("255.255.255.255 broadcasthost", "local"),
        ("0.0.0.0 0.0.0.0", "local"),
        ("192.168.1.1", "local"),
        ("com", "suffix"),
        ("0.0.0.0 jp", "suffix"),
        ("co.jp", "suffix"),
        ("lg.jp", "suffix"),
        ("www.co.jp", "suffix"),
        ("||co.uk^", "suffix"),
        ("hokkaido.jp", "suffix"),
        ("github.io", "suffix"),
        ("198.51.100.7 bank.example", "elsewhere"),
        ("@@||good.example^", "exception"),
        ("203.0.113.0/24", "range"),
        ("good.example##.banner", "unreadable"),
        ("||good.example^$domain=other.example", "unreadable"),
        ("||ad*.example^", "unreadable"),
        ("この一覧は ご自由に", "unreadable"),
        ("bad.example is bad", "unreadable"),
        ("bad.example,adult", "unreadable"),
        ("<html>", "unreadable"),
        ("a" * 70 + ".example", "unreadable"),
    ],
)
def test_a_line_that_names_none_says_why(line: str, reason: str) -> None:
    """The machine itself, whole countries, exceptions and prose never come into a list."""
    assert named(line) == ([], reason)


def test_a_line_may_be_good_in_part() -> None:
    """The name of the machine is left out, the other one taken."""
    assert named("127.0.0.1 localhost bad.example") == (["bad.example"], "local")


def test_lines_are_counted() -> None:
    """Entries, reasons by place, and remarks."""
    found = read(["# a", "bad.example", "com", "", "0.0.0.0 worse.example"])
    assert found.entries == ["bad.example", "worse.example"]
    assert found.skipped == [(2, "suffix")]
    assert found.remarks == 2


PIECES = st.sampled_from(
    [
        "0.0.0.0 ",
        "||",
        "^",
        "www.",
        "a",
        "bad",
        ".",
        "example",
        "com",
        "co.jp",
        "/",
        "#",
        "@@",
        "::",
        "[",
        "]",
        " ",
        "日",
        "%",
        "$",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=10).map("".join)))
def test_the_quick_way_says_the_same(line: str) -> None:
    """Most lines take a short cut; it never leads elsewhere. No line crashes."""
    entries, reason = named(line)
    found = read([line])
    assert found.entries == entries
    assert [r for _, r in found.skipped] == ([reason] if reason else [])
