"""A telephone's "share" brings text and photos into the page, and nothing stays behind."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pictures import encoded, people
from tests.web.browser.conftest import Open

SEND = """([text, data]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/share", enctype: "multipart/form-data" });
  for (const [name, value] of [["title", "お知らせ"], ["text", text], ["url", ""]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    form.append(field);
  }
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(data)], "a.jpg", { type: "image/jpeg" }));
  const input = document.createElement("input");
  Object.assign(input, { type: "file", name: "photos", multiple: true });
  input.files = files.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


def share(page: Page, text: str) -> None:
    with page.expect_navigation():
        page.evaluate(SEND, [text, list(encoded(people(90)))])


def test_what_is_shared_is_read(visit: Open) -> None:
    """Title and text stand in the draft, the photo beside it, both read; a reload asks nobody to send it again."""
    page = visit("/leaflet")
    share(page, "山田さんの電話は090-0000-1234です</script><b>😀")
    assert page.input_value("#draft") == "お知らせ\n山田さんの電話は090-0000-1234です</script><b>😀"
    expect(page.locator(".photo .busy")).to_have_count(0, timeout=60_000)
    assert page.locator(".picture svg text").all_text_contents() == ["1"]
    expect(page.locator(".note", has_text="090-0000-1234")).to_have_count(1)
    assert page.url.endswith("/")
    page.reload()
    assert page.input_value("#draft") == ""


def test_the_page_can_be_installed(visit: Open) -> None:
    """The manifest is read without a complaint, and names the door for what is shared."""
    page = visit()
    session = page.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    assert '"action":"/share"' in told["data"].replace(" ", "")
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
