"""The report as a page."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from ryoshiki.model import Guideline
from ryoshiki.report.frame import Frame
from ryoshiki.report.html import render
from tests.report.conftest import Maker

EVIL = "<script>alert('1')</script>&amp;\"<img src=https://a.example/x onerror=y>\x1b"


class Reader(HTMLParser):
    """Notes what elements and what text a page has, and that elements close in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_everything_is_escaped(lang: str, guideline: Guideline, making: type[Maker]) -> None:
    """A draft of tags makes no element, in place, in the quote and in the fix."""
    maker = making(EVIL).note(EVIL, fix=EVIL).note("alert", "caution")
    page = Reader(render(maker.report(), maker.draft, guideline, Frame(lang=lang)))
    assert not {"script", "img"} & {tag for tag, _ in page.elements}
    assert "<script>" in page.words
    assert "\x1b" not in page.words


def test_the_page_asks_for_nothing_from_outside(guideline: Guideline, making: type[Maker]) -> None:
    """No element loads anything; the policy forbids all but the page's own style, by its hash."""
    maker = making("鈴木さん").note("鈴木")
    text = render(maker.report(), maker.draft, guideline, Frame())
    page = Reader(text)
    assert not {"link", "script", "img", "iframe"} & {tag for tag, _ in page.elements}
    assert not any("src" in attrs or "style" in attrs for _, attrs in page.elements)
    assert all((attrs["href"] or "").startswith("#note-") for tag, attrs in page.elements if tag == "a")
    policy = next(a["content"] for t, a in page.elements if t == "meta" and "http-equiv" in a) or ""
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_words_are_marked_in_place(guideline: Guideline, making: type[Maker]) -> None:
    """Marked words link to their note."""
    maker = making("来た鈴木さん").note("鈴木さん", "caution")
    shown = render(maker.report(), maker.draft, guideline, Frame())
    assert '来た<mark class="caution">鈴木さん</mark><sup><a href="#note-1">1</a></sup>' in shown
    assert '<li class="caution" id="note-1">' in shown
    assert '<html lang="ja">' in shown


def test_an_english_frame_is_said_to_be_english(guideline: Guideline, making: type[Maker]) -> None:
    """Screen readers are told which words are not Japanese."""
    maker = making("鈴木さん")
    assert '<span lang="en">Nothing of concern was found.</span>' in render(
        maker.report(), maker.draft, guideline, Frame(lang="en")
    )
