"""A draft stays with its author: nothing leaves, nothing is stored, nothing is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.pictures import encoded
from tests.web.browser.conftest import EVENING, FACES, FLAGS, Open, add, chromium, payload, serving, write

SECRET = "カワセミ計画の話は内緒です。山田さんの電話は090-0000-1234"
STORED = """async () => ({
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def test_nothing_is_stored_in_the_browser(visit: Open) -> None:
    """No cookie, no local or session storage, no database, no cache, no service worker after use."""
    page = visit()
    write(page, SECRET)
    add(page, payload(FACES))
    page.click("#language")
    nothing = {"local": 0, "session": 0, "cookies": "", "databases": 0, "caches": 0, "workers": 0}
    assert page.evaluate(STORED) == nothing
    assert page.context.cookies() == []


def test_nothing_of_a_draft_is_written_to_the_disk(playwright: Playwright, tmp_path: Path) -> None:
    """Neither the browser's profile nor the server's folder holds the words or the photo, in any of its encodings."""
    home, profile = tmp_path / "home", tmp_path / "profile"
    photo = encoded(FACES)
    with serving(home, "--log") as served:
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=chromium(), args=list(FLAGS)
        )
        page = context.pages[0]
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(served.address)
        write(page, SECRET)
        add(page, payload(FACES))
        page.goto(served.address + "/rules")
        page.go_back()
        context.close()
        said = served.kill()
    assert "/api/v1/review" in said  # the log is there …
    assert "?" not in said  # … and names paths alone
    needles = [SECRET[:6].encode(code) for code in ("utf-8", "utf-16-le", "cp932")]
    needles += [b"090-0000-1234", photo[200:260], b"%E3%82%AB%E3%83%AF%E3%82%BB"]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        assert not [needle for needle in needles if needle in data], path
    assert not any(needle in said.encode() for needle in needles)


def test_the_address_never_holds_the_draft(visit: Open) -> None:
    """Words go in bodies, never in addresses; nor does the name of a photo's file."""
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    write(page, SECRET)
    add(page, payload(FACES, name="山田家の花見.jpg"))
    assert not [url for url in asked if "%E3%82%AB" in url or "%E5%B1%B1" in url]


def test_two_tabs_know_nothing_of_each_other(visit: Open) -> None:
    """Each tab has its own draft, and its own settled points."""
    page = visit()
    write(page, SECRET)
    page.locator("#notes >> text=この点は大丈夫").first.click()
    other = page.context.new_page()
    other.goto(page.url)
    assert other.input_value("#draft") == ""
    write(other, SECRET)
    expect(other.locator("#answered")).to_be_hidden()
    assert page.input_value("#draft") == SECRET


def test_going_away_asks_first(visit: Open) -> None:
    """Back, reload or close with a draft on the page: the browser asks, and staying keeps the text."""
    page = visit("/rules")
    page.goto(page.url.replace("/rules", "/"))
    write(page, SECRET)
    page.locator("#draft").press("End")  # a browser asks only people who have done something
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.go_back()
    assert asked == ["beforeunload"]


def test_a_server_that_dies_loses_no_text(visit: Open, tmp_path: Path) -> None:
    """The page says so in plain words, keeps the text, and reads on by itself when the server is back."""
    with serving(tmp_path) as served:
        page = visit(clock=EVENING)
        page.goto(served.address)
        write(page, "夕飯はカレー")
        served.kill()
        page.locator("#draft").press("End")
        page.keyboard.type("。山田さんの電話は090-0000-1234です")
        expect(page.locator("#trouble")).to_contain_text("つながりません")
        assert page.input_value("#draft") == "夕飯はカレー。山田さんの電話は090-0000-1234です"
        port = served.port
    for _ in range(20):
        try:
            with serving(tmp_path, port=port):
                page.locator("#trouble button").click()
                expect(page.locator("#notes .note")).to_have_count(1)
                expect(page.locator("#trouble")).to_be_hidden()
            return
        except AssertionError as reason:  # the port may rest for a moment
            if "cannot listen" not in str(reason):
                raise
            time.sleep(0.5)
    pytest.fail("the port did not come back")


def test_a_client_that_is_too_quick_is_answered_later(visit: Open) -> None:
    """A refusal with Retry-After is told, and the draft is read when the time has come."""
    page = visit()
    refused: list[str] = []

    def once(route: object) -> None:
        if refused:
            route.fallback()  # type: ignore[attr-defined]
        else:
            refused.append("429")
            route.fulfill(status=429, headers={"Retry-After": "1"}, body="{}")  # type: ignore[attr-defined]

    page.route("**/api/v1/review", once)
    page.fill("#draft", SECRET)
    expect(page.locator("#trouble")).to_contain_text("混み合っています")
    page.wait_for_selector(".note")
    expect(page.locator("#trouble")).to_be_hidden()
