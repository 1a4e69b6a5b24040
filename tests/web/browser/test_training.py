"""A round in a real browser: what is said, what is remembered, and that nothing is sent."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ryoshiki import load
from ryoshiki.desk.training import Progress, cases
from tests.web.browser.conftest import Open

MURORAN = load()
BEST = {case.situation: next(c.say for c in case.choices if c.best) for case in cases(MURORAN)}
TODAY = date(2026, 6, 12)


def begin(visit: Open, **options: Any) -> Page:
    page = visit("/training", **options)
    page.click("text=10問をはじめる")
    return page


def choose(page: Page, *, best: bool) -> None:
    """Answer the case on the page, and read why."""
    right = BEST[page.inner_text(".situation")]
    says = page.locator(".choice span").all_inner_texts()
    wanted = next(n for n, say in enumerate(says) if (say == right) is best)
    page.locator(".choice input").nth(wanted).check()
    page.click("text=これにする")


def play(page: Page, wrong: int = 0) -> None:
    """A round with this many mistakes at its beginning, which are mended at its end."""
    for n in range(10 + wrong):
        choose(page, best=n >= wrong)
        page.locator("#training section > button").click()


def record(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('ryoshiki-training')"))


def test_an_answer_is_explained_at_once(visit: Open) -> None:
    """The explanation gets the focus: which was best, which was taken, a reason for each, the clause."""
    page = begin(visit)
    assert page.evaluate("document.activeElement.textContent") == "事例 1／10"
    choose(page, best=False)
    assert page.evaluate("document.activeElement.textContent") == "もっとよい選び方があります"
    expect(page.locator(".reasons li")).to_have_count(3)
    expect(page.locator(".reasons .best .badge")).to_have_text("よい選び方")
    expect(page.locator(".reasons li:not(.best) .badge")).to_have_text("選んだもの")
    page.click("text=次へ")
    assert page.evaluate("document.activeElement.textContent") == "事例 2／10"
    choose(page, best=True)
    assert page.evaluate("document.activeElement.textContent") == "よい選び方です"


def test_no_choice_is_asked_for(visit: Open) -> None:
    """It is said in words, to screen readers too, and the choices get the focus."""
    page = begin(visit)
    page.click("text=これにする")
    expect(page.get_by_role("alert")).to_have_text("一つ選んでください。")
    assert page.evaluate("document.activeElement.type") == "radio"


def test_mistakes_are_asked_again_and_come_back_tomorrow(visit: Open) -> None:
    """Two of ten: completed, with a certificate; the record is what the command's would be, without any answer."""
    page = begin(visit)
    play(page, wrong=2)
    expect(page.locator("#training")).to_contain_text("10問のうち8問")
    expect(page.locator("#training")).to_contain_text("修了です")
    kept = Progress.from_json(json.dumps(record(page)))
    dues = sorted(card.due for card in kept.cards.values())
    assert dues == [TODAY + timedelta(1)] * 2 + [TODAY + timedelta(7)] * 8
    assert kept.completed == {"muroran 2013-08-09": TODAY}


def test_three_mistakes_are_too_many(visit: Open) -> None:
    """What it takes is said, and no certificate is offered."""
    page = begin(visit)
    play(page, wrong=3)
    expect(page.locator("#training")).to_contain_text("8問で、はじめからよい選び方ができると修了")
    expect(page.locator(".certify")).to_have_count(0)
    page.click("text=もう10問")
    expect(page.locator("h2").first).to_have_text("事例 1／10")


def test_nothing_is_sent_while_one_trains(visit: Open) -> None:
    """After the page has come, the server hears nothing more."""
    page = begin(visit)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(3):
        choose(page, best=False)
        page.click("text=次へ")
    assert asked == []


def test_what_went_wrong_comes_first_next_time(visit: Open) -> None:
    """The page remembers across visits, says so, and forgets on request."""
    page = begin(visit)
    missed = page.inner_text(".situation")
    choose(page, best=False)
    page.reload()
    expect(page.locator("#training")).to_contain_text("もう一度考えたい事例が1あります")
    page.click("text=10問をはじめる")
    assert page.inner_text(".situation") == missed
    page.reload()
    page.click("text=記録を消す")
    expect(page.get_by_role("status")).to_have_text("このブラウザの記録を消しました。")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"version":1,"cases":{"a":{"box":9,"due":"x"}},"completed":{}}'])
def test_a_damaged_record_does_not_stop_the_page(visit: Open, damaged: str) -> None:
    """One begins anew."""
    page = visit("/training")
    page.evaluate("text => localStorage.setItem('ryoshiki-training', text)", damaged)
    page.reload()
    page.click("text=10問をはじめる")
    expect(page.locator(".choice")).to_have_count(3)


def test_the_certificate_is_one_sheet_with_the_name(visit: Open) -> None:
    """It shows in print alone; the name is neither kept nor sent."""
    page = begin(visit)
    page.evaluate("window.print = () => document.body.dataset.printed = 1")
    play(page)
    page.fill("#name", "汐入 はなこ")
    page.click("text=修了証を印刷する")
    assert page.get_attribute("body", "data-printed") == "1"
    assert not page.locator(".paper").is_visible()
    page.emulate_media(media="print")
    shown = page.inner_text("body")
    for said in ("修了証", "汐入 はなこ", "2026年6月12日", "室蘭市ソーシャルメディア利用ガイドライン", "10"):
        assert said in shown
    assert "おつかれさま" not in shown
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    assert "汐入" not in json.dumps(record(page), ensure_ascii=False)


def test_without_a_script_the_cases_can_be_read(browser: Any, served: str) -> None:
    """Ten of them, with their answers to open; no button is dead."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}/training")
        page.locator("summary").first.click()
        assert page.locator(".reasons").first.is_visible()
        assert page.locator("main button").count() == 0


@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}], ids=["light", "dark, 320 px"]
)
def test_axe_finds_nothing(visit: Open, options: dict[str, Any]) -> None:
    """At the beginning, at a case, at its explanation and at the end; and nothing runs over the side."""
    page = visit("/training", bypass_csp=True, **options)
    width = page.evaluate("innerWidth")

    def look() -> None:
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    look()
    page.click("text=10問をはじめる")
    look()
    choose(page, best=False)
    look()
    page.click("text=次へ")
    play_rest(page)
    look()


def play_rest(page: Page) -> None:
    while page.locator(".situation").count():
        choose(page, best=True)
        page.locator("#training section > button").click()


def test_both_sides_move_cases_alike(visit: Open) -> None:
    """The page's rules are the package's: whatever is answered, when and how, both records agree."""
    page = visit("/training")
    random = Random(4)
    known = cases(MURORAN)
    steps = [
        (known[random.randrange(6)].id, random.random() < 0.6, (TODAY + timedelta(n)).isoformat()) for n in range(60)
    ]
    ours = Progress()
    for id, right, day in steps:
        ours = ours.answered(id, right, date.fromisoformat(day))
    theirs = page.evaluate(
        """async (steps) => {
          const { answered, empty } = await import("/static/boxes.js");
          const rules = JSON.parse(document.getElementById("page-data").textContent);
          return steps.reduce((record, [id, right, day]) => answered(record, id, right, day, rules), empty());
        }""",
        steps,
    )
    assert Progress.from_json(json.dumps(theirs)) == ours


def test_both_sides_ask_by_the_same_urgency(visit: Open) -> None:
    """Mistakes that are due, new cases, others that are due; and no rule twice before every other."""
    page = visit("/training")
    known = cases(MURORAN)
    progress = Progress().answered(known[0].id, False, TODAY).answered(known[1].id, True, TODAY - timedelta(30))
    asked = page.evaluate(
        """async (record) => {
          const { roundOf } = await import("/static/boxes.js");
          const rules = JSON.parse(document.getElementById("page-data").textContent);
          return roundOf(JSON.parse(record), "2026-06-12", { ...rules, round: 128 }).map(({ id }) => id);
        }""",
        progress.as_json(),
    )
    assert (asked[0], asked[-1], len(set(asked))) == (known[0].id, known[1].id, len(known))
    rules = [next(case.rule for case in known if case.id == id) for id in asked]
    assert len(set(rules[:19])) == 19
