"""The training page as it is served: a round that can be read and thought about without any script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ryoshiki import load
from ryoshiki.desk.training import Case, Choice, cases
from ryoshiki.model import Guideline
from ryoshiki.web.pages import Pages
from ryoshiki.web.training import router
from tests.web.test_pages import EVIL, Page

MURORAN = load()


def client(guideline: Guideline, known: tuple[Case, ...]) -> TestClient:
    app = FastAPI()
    app.include_router(router(Pages(guideline, cases=known)))
    return TestClient(app)


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    with client(MURORAN, cases(MURORAN)) as opened:
        yield opened


def given(text: str) -> Any:
    """What the page gives its script."""
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_ten_cases_stand_in_the_page(web: TestClient, lang: str) -> None:
    """Each with its choices as radio buttons under a legend, and the answer folded beneath."""
    page = Page(web.get("/training", params={"lang": lang}).text)
    tags = [tag for tag, _ in page.elements]
    assert (tags.count("fieldset"), tags.count("legend"), tags.count("details")) == (10, 10, 10)
    names = [attrs["name"] for tag, attrs in page.elements if tag == "input"]
    assert len(names) == 30
    assert len(set(names)) == 10


def test_nothing_can_be_sent(web: TestClient) -> None:
    """There is no form that would go to the server, and no address that takes an answer."""
    assert "<form" not in web.get("/training").text
    assert web.post("/training").status_code == 405


def test_the_script_is_given_all_cases_and_the_rules(web: TestClient) -> None:
    """As the package has them, so that both ask the same."""
    data = given(web.get("/training").text)
    assert [case["id"] for case in data["cases"]] == [case.id for case in cases(MURORAN)]
    assert data["intervals"] == [1, 3, 7, 21, 60]
    assert (data["round"], data["passed"], data["edition"]) == (10, 8, "muroran 2013-08-09")
    law = next(case for case in data["cases"] if case["id"] == "friend-runs-for-office")
    assert law["clause"] == "law-36 地方公務員法 第36条（政治的行為）（一般の法律から）"


def test_what_is_not_the_guideline_s_is_marked() -> None:
    """In the page without a script, too."""
    law = tuple(case for case in cases(MURORAN) if case.id == "friend-runs-for-office")
    assert "一般の法律から" in Page(client(MURORAN, law).get("/training").text).words


def test_a_case_never_becomes_markup() -> None:
    """Whatever a guideline's author writes is shown as it is."""
    choices = tuple(Choice(f"{EVIL}{n}", EVIL, n == 0) for n in range(3))
    case = Case("a-case", "", "1", EVIL, EVIL, EVIL, False, choices)
    guideline = replace(MURORAN, title=EVIL, version=EVIL)
    page = Page(client(guideline, (case,)).get("/training?lang=en").text)
    assert "<script>alert" in page.words
    assert [attrs["src"] for tag, attrs in page.elements if tag == "img"] == ["/static/icon.svg"]


def test_a_guideline_without_cases_has_no_page() -> None:
    """Nor a way to it in the menu."""
    assert client(MURORAN, ()).get("/training").status_code == 404
    assert '"/training"' in client(MURORAN, cases(MURORAN)).get("/training").text
    app = FastAPI()
    from ryoshiki.web import pages

    app.include_router(pages.router(Pages(MURORAN)))
    assert '"/training"' not in TestClient(app).get("/leaflet").text
