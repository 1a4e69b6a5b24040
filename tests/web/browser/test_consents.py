"""A consent from asking to taking back, as people do it: on a telephone, with a finger, without an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import FACES, add, payload, serving


@pytest.fixture
def page(browser: Browser, url: str, tmp_path: Path) -> Iterator[Page]:
    """The desk of a machine of one's own, on a window of a telephone's size; its records stand in ``url``."""
    with serving(tmp_path, store=url) as served:
        context = browser.new_context(locale="ja-JP", viewport={"width": 390, "height": 844}, base_url=served.address)
        yield context.new_page()
        context.close()


def fits(page: Page) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    page.wait_for_load_state("networkidle")  # a form that was just sent may still be on its way
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_start_to_end(page: Page) -> None:
    """Asked, printed, signed, tied to a photo, found from the review of that photo, used, taken back."""
    page.goto("/")
    page.get_by_role("link", name="窓口").click()
    fits(page)
    page.get_by_role("link", name="写真の同意の記録").click()
    page.get_by_role("link", name="同意を聞く").click()
    fits(page)
    page.get_by_label("行事・写真").fill("港まつり2026")
    page.get_by_label("写る人").fill("汐入みさき")
    page.get_by_label("保護者").fill("汐入花子")
    page.get_by_label("載せる先").fill("広報\n市のX")
    page.get_by_role("button", name="記録する").click()
    consent = page.url
    fits(page)

    page.get_by_role("button", name="用紙を作る").click()
    fits(page)
    expect(page.get_by_text("汐入花子 様")).to_be_visible()
    page.get_by_role("link", name="この画面で署名してもらう").click()
    fits(page)
    page.get_by_label("同意します").check()
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("alert")).to_have_text("わくの中に署名するか、お名前を書いてください。")
    sign(page)
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("status")).to_contain_text("同意をいただきました")
    fits(page)
    address = page.url

    page.goto(consent)
    expect(page.get_by_role("img", name="署名")).to_be_visible()
    page.get_by_label("写真", exact=True).set_input_files(payload(FACES))
    page.get_by_role("button", name="結び付ける").click()
    page.get_by_label("載せた投稿の住所や、紙の名前").fill("https://x.example/1")
    page.get_by_role("button", name="使った所を記録する").click()
    fits(page)

    page.goto("/")
    add(page, payload(FACES))
    page.get_by_role("button", name="この写真の同意の記録を調べる").click()
    expect(page.locator(".ledger li")).to_have_text("汐入みさき（港まつり2026）: 同意あり")

    page.goto(address)
    page.get_by_role("button", name="同意を取りやめる").click()
    expect(page.get_by_role("status")).to_contain_text("取りやめを受け付けました")
    page.goto(consent)
    expect(page.get_by_role("alert")).to_contain_text("写真を外してください")
    page.get_by_role("button", name="外したと記録する").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    fits(page)


def sign(page: Page) -> None:
    """Draw in the field; what is drawn is seen at once."""
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + step * 30, box["y"] + 20 + step % 3 * 25)
    page.mouse.up()
    expect(pad.locator("path")).to_have_attribute("d", re.compile(r"M\d+ \d+(L\d+ \d+){5,}"))
    page.get_by_role("button", name="書き直す").click()
    expect(pad.locator("path")).to_have_attribute("d", "")
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 60, steps=6)
    page.mouse.up()
