"""The notes: three first, each with its clause, its reason and a way out; what is settled stays settled."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.browser.conftest import Open, marked, write

MANY = (
    "山田さんの電話は090-0000-1234です。\n"
    "2026年6月20日（日）は運動会です。\n"
    "7月1日（土）はお休みです。\n"
    "来週から水道水が飲めなくなるらしい。みんなに拡散して！\n"
    "お前みたいなバカは消えろ\n"
)


def test_three_notes_come_first(visit: Open) -> None:
    """The weightiest three are shown, the rest on request, and all words are marked."""
    page = visit()
    write(page, MANY)
    count = len(marked(page))
    assert count > 3
    expect(page.locator("#notes .note")).to_have_count(3)
    page.click("#more")
    assert page.locator("#notes .note").count() >= count
    page.click("#more")
    expect(page.locator("#notes .note")).to_have_count(3)


def test_a_note_leads_to_its_words_and_back(visit: Open) -> None:
    """The note's button selects the words; a caret in marked words points at the note."""
    page = visit()
    write(page, "やあ。山田さんの電話は090-0000-1234です")
    page.locator("#notes >> text=文のこの場所を見る").click()
    assert page.evaluate("document.activeElement.id") == "draft"
    expect(page.locator(".note.near")).to_have_count(1)
    page.keyboard.press("Control+Home")
    expect(page.locator(".note.near")).to_have_count(0)


def test_what_is_settled_can_be_taken_back(visit: Open) -> None:
    """A settled note goes, also when the text goes on, and comes back on request; another tab knows nothing of it."""
    page = visit()
    write(page, "山田さんの電話は090-0000-1234です")
    page.locator("#notes >> text=この点は大丈夫").click()
    expect(page.locator("#notes .note")).to_have_count(0)
    expect(page.locator("#status")).to_have_text("残りの気になる点はありません。")
    write(page, "山田さんの電話は090-0000-1234です。よろしく")
    expect(page.locator("#notes .note")).to_have_count(0)
    page.click("#answered summary")
    page.locator("#answered button").click()
    expect(page.locator("#notes .note")).to_have_count(1)


def test_the_clock_is_read_and_has_a_way_out(visit: Open) -> None:
    """In working hours the note offers to post later; then the clock is among what was not looked at."""
    page = visit(clock="2026-06-12T10:30:00+09:00")
    write(page, "お昼なに食べよう")
    expect(page.locator(".note")).to_contain_text("勤務時間")
    page.locator("#notes >> text=あとで投稿することにする").click()
    expect(page.locator("#notes .note")).to_have_count(0)
    page.click("#unchecked summary")
    expect(page.locator("#unchecked")).to_contain_text("就業時間")
    page.select_option("#when", "at")
    page.fill("#at", "2026-06-12T11:00")
    expect(page.locator(".note")).to_contain_text("11:00")


def test_what_is_not_the_guidelines_own_is_marked_so(visit: Open) -> None:
    """A clause of general law says where it is from."""
    page = visit()
    write(page, "楽天ROOMから買ってもらえると私にポイントが入る仕組みです。ポチッとお願いします")
    expect(page.locator(".note .from").first).to_have_text("一般の法律から")


def test_official_accounts_and_replies_are_read_as_such(visit: Open) -> None:
    """What the account is and what is answered go with the draft."""
    page = visit(clock="2026-06-12T10:30:00+09:00")
    write(page, "お昼なに食べよう")
    page.select_option("#account", "official")
    expect(page.locator("#notes .note")).to_have_count(0)
    page.click("#reply summary")
    with page.expect_request("**/api/v1/review") as asked:
        page.fill("#reply-to", "税金の無駄づかいだ")
    sent = asked.value.post_data_json or {}
    assert (sent["reply_to"], sent["account"]) == ("税金の無駄づかいだ", "official")


def test_the_rule_opens_beside_the_draft(visit: Open) -> None:
    """The rule's own page opens in another tab, so that the draft stays."""
    page = visit()
    write(page, "山田さんの電話は090-0000-1234です")
    with page.context.expect_page() as opened:
        page.locator(".note >> text=この規則を読む").click()
    assert "/rules/privacy" in opened.value.url
    expect(opened.value.locator("h1")).to_be_visible()
    assert page.input_value("#draft") == "山田さんの電話は090-0000-1234です"


def test_english_is_a_switch_that_keeps_the_draft(visit: Open) -> None:
    """Labels change in place, the guideline's words stay Japanese and say so, and undo still works."""
    page = visit()
    write(page, "山田さんの電話は090-0000-1234です")
    page.click("#language")
    expect(page.locator("#status")).to_have_text("Notes on this draft: 1.")
    expect(page.locator("nav a").first).to_have_text("Check")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".note p").first.get_attribute("lang") == "ja"
    assert page.input_value("#draft") == "山田さんの電話は090-0000-1234です"
    assert "lang=en" in page.locator("nav a").nth(1).get_attribute("href")  # type: ignore[operator]
    page.click("#language")
    expect(page.locator("#status")).to_have_text("気になる点が 1 件あります。")


def test_furigana_stand_over_kanji_on_request(visit: Open) -> None:
    """Readings come over labels and notes, not into the draft, and go again."""
    page = visit()
    write(page, "山田さんの電話は090-0000-1234です")
    page.click("#furigana")
    page.wait_for_selector(".note ruby")
    assert "てん" in "".join(page.locator("h1 rt").all_text_contents())
    assert page.locator("#mirror ruby").count() == 0
    write(page, "山田さんの電話は090-0000-1234です。6月20日（日）")
    page.wait_for_selector(".note ruby")
    page.click("#furigana")
    expect(page.locator("ruby")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("下書きの点検")


def test_the_text_can_be_copied_and_cleared(visit: Open) -> None:
    """Copied as it stands; cleared with everything around it, and undo brings it back."""
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    write(page, "夕飯は\nカレー😀")
    page.click("#copy")
    expect(page.locator("#copied")).to_have_text("コピーしました。")
    page.click("#reply summary")
    page.focus("#reply-to")
    page.keyboard.press("Control+V")  # the page itself may not read the clipboard
    assert page.input_value("#reply-to") == "夕飯は\nカレー😀"
    page.click("#clear")
    assert page.input_value("#draft") == ""
    page.focus("#draft")
    page.keyboard.press("Control+Z")
    assert page.input_value("#draft") == "夕飯は\nカレー😀"


def test_a_pause_is_offered_for_heated_words(visit: Open) -> None:
    """Half an hour runs in the page, can be stopped, and ends with a word; a calm draft is offered none."""
    page = visit(clock=None)
    page.clock.install(time="2026-06-12T21:14:00+09:00")
    page.reload()
    page.fill("#draft", "夕飯はカレー")
    page.clock.run_for(500)
    expect(page.locator("#status")).to_contain_text("見つかりません")
    expect(page.locator("#cool")).to_be_hidden()
    page.fill("#draft", "お前みたいなバカは消えろ")
    page.clock.run_for(500)
    page.locator("#cool button", has_text="30分後").click()
    page.clock.run_for(61_000)
    expect(page.locator("#cool")).to_contain_text("28:5")
    assert page.title().startswith("(28:5")
    page.clock.run_for(29 * 60_000)
    expect(page.locator("#cool")).to_contain_text("30分たちました")
    assert not page.title().startswith("(")
    assert page.input_value("#draft") == "お前みたいなバカは消えろ"
