"""The pictures in the README show the page as it is. `WRITE_PICTURES=1 make pytest` takes them anew."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import FACES, Open, add, payload, write

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs" / "pictures"
DRAFT = (ROOT / "examples" / "draft.txt").read_text(encoding="utf-8")
STALE = 12  # of 255: how far two pictures may differ in the mean, since fonts do from machine to machine


def shown(page: Page, name: str) -> None:
    """Write the picture, or hold it against the one that is there."""
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(200)
    taken = page.screenshot()
    path = PICTURES / name
    if os.environ.get("WRITE_PICTURES"):
        path.parent.mkdir(exist_ok=True)
        Image.open(BytesIO(taken)).quantize(128).save(path, optimize=True)
    new, old = (Image.open(given).convert("L") for given in (BytesIO(taken), path))
    assert new.size == old.size
    small = [picture.resize((48, 48)) for picture in (new, old)]
    assert ImageStat.Stat(ImageChops.difference(*small)).mean[0] < STALE


@pytest.mark.parametrize(("path", "name"), [("/", "page-ja.png"), ("/?lang=en", "page-en.png")])
def test_the_readme_shows_a_draft_with_its_marks(visit: Open, path: str, name: str) -> None:
    """The sample draft of `make run`, on a desktop."""
    page = visit(path, viewport={"width": 1200, "height": 860})
    write(page, DRAFT)
    expect(page.locator(".note")).to_have_count(3)
    shown(page, name)


def test_the_readme_shows_a_telephone(visit: Open) -> None:
    """A photo with its boxes, on a small screen in the dark."""
    page = visit(viewport={"width": 390, "height": 844}, color_scheme="dark")
    write(page, "みんなで花見。楽しかった！")
    add(page, payload(FACES))
    page.locator("#photos").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#photos').scrollIntoView()")
    shown(page, "photo.png")
