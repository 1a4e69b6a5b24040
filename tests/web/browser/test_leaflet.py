"""The reading pages in a real browser: the leaflet on paper, and every page for people who cannot see it well."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PATHS = ["/leaflet", "/rules", "/rules/portrait", "/questions", "/training", "/social-media"]


@pytest.fixture
def site(served: str) -> str:
    return served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(bypass_csp=True) as context:  # tests add styles and scripts of their own
        yield context.new_page()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_leaflet_is_one_sheet_of_paper(page: Page, site: str, lang: str) -> None:
    """It prints on both sides of one A4 sheet, in letters that can be read."""
    page.goto(f"{site}/leaflet?lang={lang}")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
    width, height = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed).groups()  # type: ignore[union-attr]
    assert (round(float(width)), round(float(height))) == (595, 842)
    page.emulate_media(media="print")
    sizes = page.eval_on_selector_all(".leaflet *", "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) * 72 / 96 >= 8.49  # points


def test_nothing_of_the_frame_is_printed(page: Page, site: str) -> None:
    """On paper there are no buttons and no way to other pages."""
    page.goto(f"{site}/leaflet")
    page.emulate_media(media="print")
    for left_out in ("header.site-head", "footer.site-foot", "#print"):
        assert not page.locator(left_out).is_visible()


def test_a_long_guideline_takes_more_paper(page: Page, site: str) -> None:
    """What does not fit on one sheet goes on, and nothing is cut off."""
    page.goto(f"{site}/leaflet")
    page.eval_on_selector(
        ".leaflet-body", "body => [...body.children].slice(0, 4).forEach(e => body.prepend(e.cloneNode(true)))"
    )
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) in (3, 4)


def test_the_button_prints(page: Page, site: str) -> None:
    """It is there where scripts run, and asks the browser to print."""
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(f"{site}/leaflet")
    page.locator("#print").click()
    assert page.title() == "printed"


def test_without_scripts_no_button_is_dead(browser: Browser, site: str) -> None:
    """What only a script can do is not offered without one."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/leaflet")
        assert not page.locator("#print").is_visible()
        assert not page.locator("#furigana").is_visible()
        assert page.locator("#language").is_visible()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, scheme: str, lang: str) -> None:
    """Names, headings, languages and contrasts are right on every page, examples opened."""
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for path in PATHS:
            page.goto(f"{site}{path}?lang={lang}")
            page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


@pytest.mark.parametrize(("width", "letters"), [(320, 100), (390, 100), (640, 200)])
def test_nothing_runs_over_the_side(page: Page, site: str, width: int, letters: int) -> None:
    """On a narrow screen, or in large letters, a page is read by scrolling down alone."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in PATHS:
        for lang in ("ja", "en"):
            page.goto(f"{site}{path}?lang={lang}")
            page.add_style_tag(content=f":root {{ font-size: {letters}% }}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_can_be_pressed_is_large_enough(page: Page, site: str) -> None:
    """Whatever is pressed in the frame is 44 pixels high, on a phone as well."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/leaflet")
    for each in page.locator(".site-head a, .site-head button, #print").all():
        if each.is_visible():
            box = each.bounding_box()
            assert box is not None
            assert box["height"] >= 44, each.inner_text()


def test_the_keyboard_reaches_the_content_first(page: Page, site: str) -> None:
    """The first stop leads past the frame, and is seen when it is reached."""
    page.goto(f"{site}/rules")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert skip.evaluate("e => getComputedStyle(e).outlineWidth") == "4px"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_question_is_answered_as_it_is_written(page: Page, site: str) -> None:
    """What fits comes first and opened; a strange question is told as such; nothing of it is in the address."""
    page.goto(f"{site}/questions")
    page.fill("#asked", "昼休みにスマホで書き込んでいい？")
    page.wait_for_selector("#answers details[open]")
    assert "昼休み" in page.locator("#answers details").first.inner_text()
    page.fill("#asked", "カレーの作り方")
    page.wait_for_function("document.querySelector('#answered').textContent.includes('所属長')")
    assert page.locator("#answers details").count() == 0
    assert page.url == f"{site}/questions"
