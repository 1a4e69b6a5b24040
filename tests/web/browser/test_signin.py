"""Signing in with a password as people do it: to the desk, until one was away too long, and out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from ryoshiki.desk import accounts, staff
from ryoshiki.desk.people import OWNER
from ryoshiki.desk.staff import Person
from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.schema import open_store
from ryoshiki.desk.store.tables import sessions
from tests.web.browser.conftest import serving

PHONE, DESKTOP = (390, 844), (1280, 900)
MISAKI = Person("0012", "岬太郎", "a@city.example", "港湾課", "regular", "employee")
RIGHT = "みさきの灯台と白い船とかもめ"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'desk.db'}")
    with opened.write() as db:
        staff.take_in(db, OWNER, iter([MISAKI]), False, lambda _: None)
        accounts.keep(db, OWNER, MISAKI.number, accounts.hashed(RIGHT, MISAKI.number))
    yield opened
    opened.close()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, browser: Browser, store: Store, tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "ryoshiki").mkdir()
    (tmp_path / "ryoshiki" / "config.toml").write_text('sign_in = "local"\n', encoding="utf-8")
    width, height = request.param
    with serving(tmp_path, store=str(tmp_path / "desk.db")) as served:
        context = browser.new_context(
            locale="ja-JP", viewport={"width": width, "height": height}, base_url=served.address
        )
        yield context.new_page()
        context.close()


def fits(page: Page) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    page.wait_for_load_state("networkidle")  # a form that was just sent may still be on its way
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def sign_in(page: Page, password: str = RIGHT) -> None:
    page.get_by_label("職員番号").fill("0012")
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="サインインする").click()


def test_from_start_to_end(page: Page, store: Store) -> None:
    """In, away too long over a form that is not lost, in again, out."""
    page.goto("/desk/consents/new")
    expect(page.get_by_role("heading", level=1)).to_have_text("サインイン")
    fits(page)
    sign_in(page, "違うパスワードです。")
    expect(page.get_by_role("alert")).to_contain_text("サインインできませんでした")
    expect(page.get_by_label("パスワード")).to_have_value("")
    fits(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("同意を聞く")
    expect(page.get_by_text("サインイン中: 岬太郎")).to_be_visible()
    assert page.evaluate("document.cookie") == ""
    fits(page)

    page.get_by_label("行事・写真").fill("港まつり")
    page.get_by_label("写る人").fill("汐入みさき")
    page.get_by_label("載せる先").fill("広報\n市のX")
    with store.write() as db:
        db.execute(update(sessions).values(seen_at=now() - timedelta(minutes=31)))
    page.get_by_role("button", name="記録する").click()
    expect(page.get_by_role("alert")).to_contain_text("書いたものは、この画面に残っています")
    fits(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="サインインする").click()
    sign_in(opened.value)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("窓口")
    opened.value.close()
    page.get_by_role("button", name="もう一度送る").click()
    expect(page.get_by_role("alert")).to_contain_text("もう一度送ってください")
    fits(page)
    page.get_by_role("button", name="もう一度送る").click()
    expect(page.get_by_text("広報、市のX")).to_be_visible()

    page.get_by_role("link", name="パスワードを変える").click()
    fits(page)
    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_role("status")).to_have_text("サインアウトしました。")
    fits(page)
    page.go_back()
    expect(page.get_by_text("岬太郎")).to_have_count(0)
    page.goto("/desk")
    expect(page.get_by_role("heading", level=1)).to_have_text("サインイン")
