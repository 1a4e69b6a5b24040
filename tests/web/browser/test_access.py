"""For everyone: keyboard, screen reader, telephone, large letters, dark, English. axe finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.browser.conftest import FACES, Open, add, marked, payload, write
from tests.web.browser.test_notes import MANY

STATES = [
    pytest.param({}, id="as it is"),
    pytest.param({"color_scheme": "dark"}, id="dark"),
    pytest.param({"viewport": {"width": 320, "height": 640}}, id="320 px"),
    pytest.param({"path": "/?lang=en"}, id="English"),
    pytest.param({"path": "/?furigana=1"}, id="furigana"),
]


def filled(page: Page) -> None:
    """The page with everything on it: notes of all kinds, a photo, a settled point, a pause, opened details."""
    add(page, payload(FACES))
    write(page, MANY)
    page.click("#more")
    page.locator("#notes .note").last.locator(".row button").last.click()
    for summary in page.locator("details:visible > summary").all():
        summary.click()
    page.wait_for_timeout(300)


@pytest.mark.parametrize("options", STATES)
def test_axe_finds_nothing(visit: Open, options: dict[str, Any]) -> None:
    """The page at first, and with everything on it."""
    page = visit(**{"bypass_csp": True, "reduced_motion": "reduce", **options})
    for fill in (lambda page: None, filled):
        fill(page)
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_is_wider_than_the_window(visit: Open, width: int) -> None:
    """A telephone, and 200 % or 400 % zoom of a desktop: no scrolling to the side."""
    page = visit(viewport={"width": width, "height": 800})
    filled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough_for_a_thumb(visit: Open) -> None:
    """Whatever is pressed is at least 24 px high and wide, as WCAG 2.2 asks."""
    page = visit(viewport={"width": 390, "height": 844})
    filled(page)
    small = page.evaluate("""() => [...document.querySelectorAll("button, select, summary, input, a.button, nav a")]
      .filter((each) => each.checkVisibility() && !each.closest(".file"))
      .map((each) => [each.textContent || each.id, each.getBoundingClientRect()])
      .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24)).map(([name]) => name)""")
    assert small == []


def test_the_keyboard_is_enough(visit: Open) -> None:
    """From the first Tab to a fixed draft without a mouse; what has the focus shows it."""
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ移る"
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.id") != "draft":
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "getComputedStyle(document.activeElement.closest('.file, .sheet') ?? document.activeElement).outlineStyle"
        )
        assert outline == "solid"
    page.keyboard.insert_text("2026年6月20日（日）は運動会です")
    page.wait_for_selector(".note")
    for _ in range(30):
        if "に直す" in page.evaluate("document.activeElement.textContent"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.input_value("#draft") == "2026年6月20日（土）は運動会です"
    assert page.evaluate("document.activeElement.id") == "draft"


def test_the_number_of_notes_is_read_out_once(visit: Open) -> None:
    """The live region changes when the number does, and not with every key."""
    page = visit()
    page.evaluate("""() => {
      window.told = [];
      new MutationObserver(() => window.told.push(document.querySelector("#status").textContent))
        .observe(document.querySelector("#status"), { childList: true, characterData: true, subtree: true });
    }""")
    write(page, "山田さんの電話は090-0000-1234です")
    for more in "。よろしく":
        page.keyboard.type(more)
        page.wait_for_timeout(120)
    assert page.evaluate("window.told") == ["気になる点が 1 件あります。"]


def test_levels_differ_without_colour(visit: Open) -> None:
    """Each level has its own line under the words, and its name in the note."""
    page = visit()
    write(page, MANY)
    page.click("#more")
    styles = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll("#mirror .mark")]
      .map((mark) => [mark.classList[1], getComputedStyle(mark).textDecorationStyle]))""")
    assert len(set(styles.values())) == len(styles) >= 2
    assert {"やめましょう", "見直しましょう"} <= set(page.locator(".note .badge").all_text_contents())


def test_forced_colours_keep_text_and_marks(visit: Open) -> None:
    """In Windows' contrast mode the text is there and the marks are still lines."""
    page = visit(forced_colors="active")
    write(page, MANY)
    assert marked(page)
    ink = page.evaluate("getComputedStyle(document.querySelector('#draft')).color")
    paper = page.evaluate("getComputedStyle(document.querySelector('#draft').closest('.sheet')).backgroundColor")
    assert ink != paper
