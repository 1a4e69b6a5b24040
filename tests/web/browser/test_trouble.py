"""Trouble from the first steps to its end, as people meet it: on a telephone, with a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.desk.smtp import Inbox
from tests.desk.smtp import serving as mail_server
from tests.pictures import encoded, sheet
from tests.web.browser.conftest import serving

SMALL: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    """A mail server, named in the settings of what is served."""
    (tmp_path / "ryoshiki").mkdir()
    with mail_server() as (port, inbox):
        (tmp_path / "ryoshiki/config.toml").write_text(
            f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "desk@city.shioiri.example"\n'
        )
        yield inbox


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, browser: Browser, inbox: Inbox, tmp_path: Path) -> Iterator[Page]:
    """The page of a machine of one's own in a small window."""
    with serving(tmp_path, store=str(tmp_path / "desk.db")) as served:
        context = browser.new_context(
            locale="ja-JP", viewport=SMALL, base_url=served.address, java_script_enabled=request.param
        )
        yield context.new_page()
        context.close()


@pytest.fixture
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether scripts run; they are what looks at a page."""
    return bool(request.node.callspec.params["page"])


def fits(page: Page, scripts: bool) -> None:
    """axe finds nothing, nothing is wider than the window, and the foot of the page names the version."""
    page.wait_for_load_state("networkidle")  # a form that was just sent may still be on its way
    expect(page.locator("footer")).to_contain_text("ryoshiki 0.")
    if scripts:
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_start_to_end(page: Page, scripts: bool, inbox: Inbox, tmp_path: Path) -> None:
    """First steps, a record, evidence, facts, a calm reply, the report by mail, settled, closed with lessons."""
    page.goto("/")
    page.get_by_role("link", name="困ったとき").click()
    fits(page, scripts)
    page.get_by_role("link", name="個人情報や仕事の情報が漏れた").click()
    expect(page.get_by_text("手を止めます。")).to_be_visible()
    fits(page, scripts)
    page.get_by_role("link", name="記録を始める").click()
    expect(page.get_by_label("個人情報や仕事の情報が漏れた")).to_be_checked()
    page.get_by_label("題", exact=True).fill("名簿が写った投稿")
    fits(page, scripts)
    page.get_by_role("button", name="記録を始める").click()
    case = page.url
    fits(page, scripts)

    page.get_by_role("button", name="済ませた").first.click()
    expect(page.locator("#steps .badge")).to_have_text("済み")
    expect(page.locator("#terms")).to_contain_text("あと 4 日")
    page.get_by_label("アドレス").fill("https://x.example/1")
    photo = encoded(sheet(["汐入花子"], 300, 160), "PNG")
    page.get_by_label("画面の画像").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": photo})
    page.get_by_role("button", name="証拠を残す").click()
    expect(page.locator("#evidence")).to_contain_text("SHA-256", timeout=60_000)
    page.get_by_label("何がありましたか").fill("名簿が写っていました。")
    page.get_by_label("はい").check()
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_label("何がありましたか")).to_have_value("名簿が写っていました。")
    fits(page, scripts)

    page.get_by_role("link", name="おわびする").click()
    page.get_by_label("何についてのおわびですか").fill("写真を、断りなく載せた")
    page.get_by_label("これからどうしますか").fill("写真は外しました。")
    page.get_by_role("button", name="下書きを作って確かめる").click()
    expect(page.get_by_role("status")).to_contain_text("気になる点は見つかりませんでした", timeout=60_000)
    fits(page, scripts)
    page.get_by_role("button", name="この下書きを記録に残す").click()
    expect(page.locator("#log")).to_contain_text("写真を、断りなく載せたことを、おわびします。")

    page.get_by_role("link", name="報告書を見る").click()
    expect(page.get_by_text("次のできごとがありましたので、報告します。")).to_be_visible()
    page.get_by_label("宛先のメールアドレス").fill("kacho@city.shioiri.example")
    fits(page, scripts)
    page.get_by_role("button", name="この内容で報告書を作る").click()
    page.get_by_role("button", name="メールで送る").click()
    expect(page.locator("#letters .badge")).to_have_text("送りました")
    assert "名簿が写っていました。" in inbox.mail().get_content()
    expect(page.get_by_role("button", name="メールで送る")).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("link", name="記録と証拠を一つのファイルで保存").click()
    assert saved.value.suggested_filename.endswith(".zip")

    page.get_by_role("button", name="収まった").click()
    page.get_by_label("次に生かすこと").fill("載せる前に二人で見ます。")
    page.get_by_role("button", name="終える").click()
    expect(page.get_by_text("載せる前に二人で見ます。")).to_be_visible()
    expect(page.get_by_role("button", name="もう一度開く")).to_be_visible()
    fits(page, scripts)
    page.goto("/desk/cases")
    expect(page.get_by_role("row", name="名簿が写った投稿")).to_contain_text("終えた")
    fits(page, scripts)
    assert page.goto(case)
    assert len(inbox.letters) == 1
