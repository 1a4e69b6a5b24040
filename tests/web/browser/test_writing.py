"""Writing: marks stand under their words whatever is typed, and the newest answer wins."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.web.browser.conftest import Open, marked, write

PHONE = "山田さんの電話は090-0000-1234です"
NUMBER = "090-0000-1234"


def boxes(page: Page) -> list[dict[str, float]]:
    """Where marks are on the screen."""
    found: list[dict[str, float]] = page.evaluate(
        "[...document.querySelectorAll('#mirror .mark')].map((mark) => mark.getBoundingClientRect().toJSON())"
    )
    return found


def test_words_of_concern_are_marked_in_place(visit: Open) -> None:
    """The mark covers the words, is numbered as its note, and the number of notes is told to everyone."""
    page = visit()
    write(page, f"こんにちは。{PHONE}")
    assert marked(page) == [NUMBER]
    expect(page.locator("#mirror .mark")).to_have_attribute("data-n", "1")
    expect(page.locator("#status")).to_have_text("気になる点が 1 件あります。")
    expect(page.locator("#notes .note")).to_contain_text("4-2")


def test_a_clean_draft_stays_quiet(visit: Open) -> None:
    """No mark, no note; what was not looked at can be opened; never a word of "safe"."""
    page = visit()
    write(page, "夕飯はカレーでした。おいしかった")
    assert marked(page) == []
    expect(page.locator("#status")).to_have_text("気になる点は見つかりませんでした。")
    assert "安全" not in page.locator("body").inner_text()


def test_marks_move_with_what_is_typed_before_them(visit: Open) -> None:
    """Between a key and the answer a mark stays on its words."""
    page = visit()
    write(page, PHONE)
    page.route("**/api/v1/review", lambda route: None)  # no answer comes any more
    page.locator("#draft").press("Control+Home")
    page.keyboard.type("あいう😀\n")
    assert marked(page) == [NUMBER]
    page.locator("#draft").press("Control+End")
    page.keyboard.type("。")
    assert marked(page) == [NUMBER]


def test_a_mark_that_is_typed_over_goes(visit: Open) -> None:
    """Words that are gone are not pointed at."""
    page = visit()
    write(page, PHONE)
    page.route("**/api/v1/review", lambda route: None)
    page.locator("#draft").select_text()
    page.keyboard.type("べつの話")
    assert marked(page) == []


@pytest.mark.parametrize("before", ["👨‍👩‍👧𠮷と", "ｶﾞｷﾞ", "a\tb\n\n　"])
def test_places_hold_after_emoji_and_rare_letters(visit: Open, before: str) -> None:
    """The server counts code points, the browser UTF-16 units."""
    page = visit()
    write(page, before + PHONE)
    assert marked(page) == [NUMBER]


def test_an_input_method_is_not_disturbed(visit: Open) -> None:
    """While kana are being turned into kanji nothing is asked, and nothing is lost; after it, the answer comes."""
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "review" in request.url else None)
    page.focus("#draft")
    input_method: CDPSession = page.context.new_cdp_session(page)
    for kana in ("で", "でん", "でんわ"):
        input_method.send(
            "Input.imeSetComposition", {"text": kana, "selectionStart": len(kana), "selectionEnd": len(kana)}
        )
        page.wait_for_timeout(150)
    assert asked == []
    assert page.input_value("#draft") == "でんわ"
    with page.expect_response("**/api/v1/review"):
        input_method.send("Input.insertText", {"text": PHONE})
    assert page.input_value("#draft") == PHONE
    page.wait_for_selector("#mirror .mark")
    assert marked(page) == [NUMBER]


def test_marks_stand_exactly_under_the_words(visit: Open) -> None:
    """The copy that bears the marks breaks its lines where the field does, to the last of ten thousand letters."""
    page = visit()
    write(page, ("むかしむかし、あるところに、おじいさんとおばあさんがいました。abc def ghi jkl\n" * 220) + PHONE)
    heights = page.evaluate(
        "[document.querySelector('#draft').scrollHeight, document.querySelector('#mirror').clientHeight]"
    )
    assert abs(heights[0] - heights[1]) <= 1
    if page.locator("#more").is_visible():
        page.click("#more")
    page.locator(".note", has_text=NUMBER).locator("text=文のこの場所を見る").click()
    box, sheet = boxes(page)[marked(page).index(NUMBER)], page.locator(".sheet").bounding_box()
    assert sheet is not None
    assert sheet["y"] <= box["top"]
    assert box["bottom"] <= sheet["y"] + sheet["height"]
    selected = page.evaluate(
        "(({ value, selectionStart: a, selectionEnd: b }) => value.slice(a, b))(document.querySelector('#draft'))"
    )
    assert selected == NUMBER


def test_ten_thousand_letters_can_be_pasted(visit: Open) -> None:
    """Pasted text is whole, and is read."""
    page = visit()
    text = "あ" * 10_000 + PHONE
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.focus("#draft")
    with page.expect_response("**/api/v1/review"):
        page.keyboard.press("Control+V")
    assert page.input_value("#draft") == text
    page.wait_for_selector("#mirror .mark")
    assert marked(page)[-1] == NUMBER


def test_fast_typing_asks_seldom_and_the_newest_answer_wins(visit: Open) -> None:
    """Keys without a pause are one question; an old answer that comes late is not shown."""
    page = visit()
    texts: list[str] = []

    def answer(route: Route) -> None:
        text = json.loads(route.request.post_data or "")["text"]
        texts.append(text)
        if len(texts) == 1:
            page.wait_for_timeout(400)  # the first answer is late
        route.continue_()

    page.route("**/api/v1/review", answer)
    page.focus("#draft")
    page.keyboard.insert_text(PHONE)
    page.wait_for_timeout(200)
    page.locator("#draft").select_text()
    page.keyboard.type("夕飯はカレーでした", delay=5)
    page.wait_for_timeout(1500)
    assert texts[-1] == "夕飯はカレーでした"
    assert len(texts) <= 4
    assert marked(page) == []
    expect(page.locator("#status")).to_have_text("気になる点は見つかりませんでした。")


def test_undo_takes_a_fix_back(visit: Open) -> None:
    """A fix is one step, as if typed: Ctrl+Z brings the old words, and the mark with them."""
    page = visit()
    write(page, "2026年6月20日（日）は運動会です")
    page.locator("#notes .button", has_text="に直す").click()
    assert page.input_value("#draft") == "2026年6月20日（土）は運動会です"
    expect(page.locator("#notes .note")).to_have_count(0)
    page.focus("#draft")
    page.keyboard.press("Control+Z")
    assert page.input_value("#draft") == "2026年6月20日（日）は運動会です"
    expect(page.locator("#notes .note")).to_have_count(1)


def test_the_length_is_shown_as_the_platform_counts(visit: Open) -> None:
    """Full-width characters are two on X, one elsewhere; what is too much is told."""
    page = visit()
    write(page, "あ" * 141)
    expect(page.locator("#count")).to_have_text("282 / 280（全角は 2 と数えます） 2 多すぎます")
    page.select_option("#platform", "bluesky")
    expect(page.locator("#count")).to_have_text("141 / 300")
