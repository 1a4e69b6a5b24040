"""The certificate: who, what and when, and no score."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from ryoshiki import RyoshikiError
from ryoshiki.desk.certificate import NAME_LIMIT, Certificate, page

ONE = Certificate("汐入 はなこ", "見本のガイドライン", "2026-04-01", date(2026, 6, 2), 12)


class Words(HTMLParser):
    """What a page says, and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.tags = "", list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onload", "action"}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_names_person_guideline_and_day() -> None:
    """In Japanese, with English beside it."""
    words = Words(page(ONE)).words
    for said in ("修了証", "Certificate", "汐入 はなこ", "見本のガイドライン", "2026-04-01", "2026年6月2日", "12"):
        assert said in words


def test_it_stands_alone_and_runs_nothing() -> None:
    """Whatever the name is, it is text; nothing is loaded."""
    read = Words(page(replace(ONE, name="<script>alert(1)</script>{name}", guideline="<b>&")))
    assert "<script>alert(1)</script>{name}" in read.words
    assert not {"script", "img", "link", "b"} & set(read.tags)


@pytest.mark.parametrize("name", ["", "  ", "あ\nい", "あ\u202eい", "あ" * (NAME_LIMIT + 1)])
def test_a_name_is_one_line(name: str) -> None:
    """Neither empty nor long, and nothing hidden in it."""
    with pytest.raises(RyoshikiError, match="--name"):
        replace(ONE, name=name)
