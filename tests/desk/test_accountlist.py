"""A list of accounts in any of its forms."""

from __future__ import annotations

import pytest

from ryoshiki.desk.accountlist import Entry, read
from ryoshiki.model import RyoshikiError


@pytest.mark.parametrize(
    "text",
    [
        "handle,name,picture\n\nshioiri_1,汐入町,a.png\n",
        "表示名,サービス,アカウント名,アイコン\r\n\r\n汐入町,,shioiri_1,a.png\r\n",
        "# 見つけたもの\n\nshioiri_1,汐入町,a.png",
        '\n\n{"handle": "shioiri_1", "display_name": "汐入町", "picture": "a.png", "note": 1}\n',
    ],
)
def test_three_forms(text: str) -> None:
    """CSV with a heading in either language, CSV without one, JSON lines."""
    assert read(text) == [Entry(3, "shioiri_1", "汐入町", "", "a.png")]


def test_a_plain_list() -> None:
    """One handle a line."""
    assert [e.handle for e in read("@shioiri\nhttps://x.com/shioiri_1\n")] == ["@shioiri", "https://x.com/shioiri_1"]


def test_a_bad_line_costs_no_other() -> None:
    """It says why."""
    found = read('{"handle": "a"}\n{\n{"handle": 1}\n{"note": "b"}\n[1]\n{"handle": "c"}\n')
    assert [(e.line, e.handle, bool(e.reason)) for e in found] == [
        *((1, "a", False), (2, "", True), (3, "", True), (4, "", True), (5, "", True), (6, "c", False)),
    ]
    assert [bool(e.reason) for e in read("a\n" + "b" * 301 + "\n,,\nc")] == [False, True, False]


@pytest.mark.parametrize(("text", "said"), [("", "empty"), ("handle,name\n", "empty"), ("a\n" * 100_001, "over")])
def test_a_list_that_cannot_be_used(text: str, said: str) -> None:
    """Nothing in it, or too much."""
    with pytest.raises(RyoshikiError, match=said):
        read(text)
