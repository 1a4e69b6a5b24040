"""The pages made from the guideline's data."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from ryoshiki import load
from ryoshiki.desk.scope import kinds
from ryoshiki.model import Clause, Draft, Guideline, Photo, Rule, RyoshikiError
from ryoshiki.report.phrases import PHRASES
from ryoshiki.sight import Box, Code, Face, Line, Sight, Trace
from ryoshiki.web.pages import STATIC, TEMPLATES, Pages, router
from tests import making

EVIL = "<script>alert('1')</script>&amp;\"<img src=x onerror=y>{quote}"
VOID = {"meta", "link", "img", "br", "input"}
LIMIT = 40_000  # bytes of what every page loads besides its own content


class Page(HTMLParser):
    """Notes what elements a page has and what it says, and that elements close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def named(self, id: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.elements if attrs.get("id") == id)


def client(guideline: Guideline, lang: str = "ja") -> TestClient:
    app = FastAPI()
    app.include_router(router(Pages(guideline, lang)))
    app.mount("/static", StaticFiles(directory=STATIC))
    return TestClient(app)


@pytest.fixture(scope="module")
def muroran() -> Guideline:
    return load()


@pytest.fixture(scope="module")
def web(muroran: Guideline) -> Iterator[TestClient]:
    with client(muroran) as opened:
        yield opened


@pytest.fixture
def small() -> Guideline:
    """One rule with one sign that all but shows every kind of proof."""
    return making.guideline({"a": ["あ"]}, making.sign("lexicon", words=("a",)))


def proved(guideline: Guideline, *flags: Draft, **changes: object) -> Guideline:
    """The guideline with these drafts as proofs of its only sign."""
    (rule,) = guideline.rules.values()
    sign = replace(rule.signs[0], flags=flags, **changes)  # type: ignore[arg-type]
    return replace(guideline, rules={rule.id: replace(rule, signs=(sign,))})


PATHS = ["/leaflet", "/rules", "/rules/insult", "/social-media"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_keeps_to_the_policy(web: TestClient, path: str, lang: str) -> None:
    """Nothing is loaded from elsewhere, and no script or style stands in the page itself."""
    page = Page(web.get(path, params={"lang": lang}).text)
    for tag, attrs in page.elements:
        assert "style" not in attrs
        assert not any(name.startswith("on") for name in attrs)
        assert tag != "style"
        if tag in ("script", "img", "link"):
            assert re.match(r"/(?!/)", str(attrs.get("src") or attrs.get("href")))


@pytest.mark.parametrize("path", PATHS)
def test_the_language_is_the_one_asked_for(web: TestClient, path: str) -> None:
    """Links between pages carry the language, and one link leads to the same page in the other."""
    for lang, other, href in (("ja", "en", f"{path}?lang=en"), ("en", "ja", path)):
        page = Page(web.get(path, params={"lang": lang}).text)
        assert ("html", {"lang": lang}) in page.elements
        assert page.named("language")["href"] == href
        assert page.named("language")["hreflang"] == other
        inner = [str(a["href"]) for t, a in page.elements if t == "a" and str(a["href"]).startswith("/")]
        assert all(("lang=en" in h) == (lang == "en") for h in inner if h != href)


def test_the_language_set_needs_no_address(muroran: Guideline) -> None:
    """Where English is the setting, it is Japanese that is asked for."""
    page = Page(client(muroran, "en").get("/rules").text)
    assert ("html", {"lang": "en"}) in page.elements
    assert page.named("language")["href"] == "/rules?lang=ja"


def test_an_unknown_language_is_the_one_set(web: TestClient) -> None:
    """What stands in the address never becomes a language of the page."""
    assert '<html lang="ja">' in web.get("/rules?lang=x%22%3E").text


def test_the_language_link_stays_on_this_host(small: Guideline) -> None:
    """A path of two strokes does not become the address of another host."""
    app = FastAPI()
    app.add_route("/{rest:path}", lambda request: Pages(small).page(request, "rules", sections=[]))
    page = Page(TestClient(app).get("http://testserver//evil.example/x").text)
    assert page.named("language")["href"] == "/evil.example/x?lang=en"


def test_the_page_at_hand_is_marked(web: TestClient) -> None:
    """The list of pages tells which one is open; a rule belongs to the rules."""
    for path, marked in (("/leaflet", "/leaflet"), ("/rules/insult", "/rules"), ("/social-media", "/social-media")):
        page = Page(web.get(path).text)
        assert [a["href"] for t, a in page.elements if a.get("aria-current")] == [marked]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_says_who_did_not_make_it(web: TestClient, lang: str) -> None:
    """The pages do not pose as the city's or as the Digital Agency's, and say what happens to drafts."""
    words = web.get("/leaflet", params={"lang": lang}).text
    assert {"ja": "市がつくったものでも、デジタル庁がつくったものでもありません", "en": "Neither the city nor"}[
        lang
    ] in words
    assert {"ja": "保存しません", "en": "not kept"}[lang] in words


def test_the_leaflet_has_all_of_the_guideline_and_nothing_else(web: TestClient, muroran: Guideline) -> None:
    """The guideline's clauses stand in it in order, with their numbers; general law and others' practice do not."""
    text = unescape(web.get("/leaflet").text)
    own = [c for c in muroran.clauses.values() if c.origin == "guideline"]
    others = [c for c in muroran.clauses.values() if c.origin != "guideline"]
    places = [text.index(f">{c.id}</span>") for c in own]
    assert places == sorted(places)
    assert all(c.title in text and c.gist in text for c in own)
    assert others
    assert not [c for c in others if c.gist in text]
    assert muroran.organisation.tell in text
    assert all(rule.question in text for rule in muroran.rules.values())


def test_the_rules_are_all_listed(web: TestClient, muroran: Guideline) -> None:
    """Each rule leads to its page, under its clause's section."""
    page = Page(web.get("/rules").text)
    linked = {a["href"] for t, a in page.elements if t == "a"}
    assert {f"/rules/{id}" for id in muroran.rules} <= linked
    assert all(rule.why in page.words for rule in muroran.rules.values())


def test_every_rule_can_be_opened(web: TestClient, muroran: Guideline) -> None:
    """Each rule's page says why, what to do, what to ask, what is missed, and its clause, in both languages."""
    for rule in muroran.rules.values():
        for lang in ("ja", "en"):
            page = Page(web.get(f"/rules/{rule.id}", params={"lang": lang}).text)
            clause = muroran.clauses[rule.clause]
            for words in (rule.why, rule.advice, rule.question, rule.misses, clause.id, clause.gist):
                assert words in page.words
            assert (rule.title if lang == "ja" else rule.title_en) in page.words
            assert all(page.named(sign.id.split("/")[-1]) for sign in rule.signs)


def test_an_unknown_rule_is_not_found(web: TestClient) -> None:
    """What there is not is answered with 404."""
    assert web.get("/rules/none").status_code == 404


def test_examples_are_folded_away(web: TestClient, muroran: Guideline) -> None:
    """Words that may hurt are not shown before somebody asks for them, and five of each are enough."""
    text = web.get("/rules/insult").text
    outside = unescape(re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL))
    for sign in muroran.rules["insult"].signs:
        for drafts in (sign.flags, sign.passes):
            assert all(escape(d.text) in text.replace("&#34;", "&quot;") for d in drafts[:5])
            assert not [d for d in drafts if len(d.text) > 8 and d.text in outside]


def test_an_example_tells_what_goes_with_it(small: Guideline) -> None:
    """Time, account, what is replied to and what a photo shows stand beside the words."""
    box = Box(0, 0, 9, 9)
    sight = Sight(
        "p", 9, 9, (Trace("place", "42.3"),), (Face(box, 1.0),), (Line("名札", box),), (Code("QRCode", "a", box),), 0.9
    )
    draft = Draft("あ", reply_to="元の話", account="official", photos=(Photo("p", sight=sight),))
    words = Page(client(proved(small, draft)).get("/rules/a-rule").text).words
    for said in (
        "返信先: 元の話",
        "公式アカウント",
        "顔 1",
        "「名札」",
        "「a」",
        "撮影した場所（42.3）",
        "肌の多く出た写真",
    ):
        assert said in words


def test_letters_in_a_photo_are_told_from_a_draft(small: Guideline) -> None:
    """Of a sign that reads only photos, an example is what stands in the photo."""
    guideline = proved(small, Draft("社外秘"), reads=("photo",))
    assert "写真の中の文字" in client(guideline).get("/rules/a-rule").text
    assert "写真の中の文字" not in client(proved(small, Draft("社外秘"))).get("/rules/a-rule").text


def test_a_sign_without_proofs_says_so(small: Guideline) -> None:
    """A sign of the organisation's own words has no examples, and no empty list either."""
    page = Page(client(small).get("/rules/a-rule").text)
    assert "例はありません" in page.words
    assert not [tag for tag, _ in page.elements if tag == "details"]


def test_what_is_not_the_guideline_s_is_marked(small: Guideline) -> None:
    """A clause or a sign from general law or others' practice says where it is from."""
    law = replace(small.clauses["1"], origin="general-law")
    marked = replace(proved(small, origin="others-practice"), clauses={"1": law})
    for lang in ("ja", "en"):
        words = Page(client(marked).get(f"/rules/a-rule?lang={lang}").text).words
        assert PHRASES[lang]["general-law"] in words
        assert PHRASES[lang]["others-practice"] in words
    assert PHRASES["ja"]["general-law"] in client(marked).get("/rules").text


def test_a_message_shows_where_the_draft_goes(small: Guideline) -> None:
    """The places that a draft fills are dots."""
    words = Page(client(small).get("/rules/a-rule").text).words
    assert "「…」とあります。" in words
    assert "{quote}" not in words


def test_services_are_told_apart(web: TestClient, muroran: Guideline) -> None:
    """Each service has its reach, editing, taking back and how it counts; merits and demerits stand before."""
    words = Page(web.get("/social-media").text).words
    for platform in muroran.platforms.values():
        for said in (platform.name, platform.reach, platform.editing, platform.taking_back):
            assert said in words
    others = [c for c in muroran.clauses.values() if not c.id.startswith("2")]
    assert not [c for c in others if c.gist in words]
    assert "280 まで。全角の文字は 2" in words
    assert "2,200 文字まで" in words
    assert words.index("よい点") < words.index("気をつける点") < words.index("サービスごとの違い")


def test_data_never_becomes_markup(small: Guideline) -> None:
    """Whatever a guideline's author writes is shown as it is, on every page."""
    (rule,) = small.rules.values()
    sign = replace(rule.signs[0], message=EVIL, flags=(Draft(EVIL, reply_to=EVIL),))
    evil = Rule("a-rule", EVIL, EVIL, "2-1", "stop", EVIL, EVIL, EVIL, EVIL, (sign,))
    clause = Clause("2-1", EVIL, EVIL, EVIL, EVIL, "guideline")
    guideline = replace(
        small,
        title=EVIL,
        source="javascript:alert(1)",
        rules={"a-rule": evil},
        clauses={"2-1": clause},
        platforms={"x": replace(small.platforms["x"], name=EVIL, reach=EVIL)},
        organisation=replace(small.organisation, tell=EVIL),
    )
    for path in ("/leaflet", "/rules", "/rules/a-rule", "/social-media"):
        page = Page(client(guideline).get(path).text)
        assert "<script>alert" in page.words
        assert [a["src"] for t, a in page.elements if t == "img"] == ["/static/icon.svg"]
        assert not [a for t, a in page.elements if t == "a" and str(a["href"]).startswith("javascript:")]


def test_the_manifest_takes_what_is_shared(web: TestClient) -> None:
    """A phone can hand over words and pictures, in the body of a request, never in an address."""
    answer = web.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["share_target"]["method"] == "POST"
    assert manifest["share_target"]["enctype"] == "multipart/form-data"
    assert manifest["share_target"]["params"]["files"] == [{"name": "photos", "accept": ["image/*"]}]
    assert all(web.get(icon["src"]).status_code == 200 for icon in manifest["icons"])


def test_the_pages_are_light() -> None:
    """The frame's page, style and pictures fit in 40 kB, and the style stays small."""
    loaded = [TEMPLATES / "base.html", *(STATIC / name for name in ("base.css", "icon.svg", "icon-192.png"))]
    assert sum(len(file.read_bytes()) for file in loaded) <= LIMIT
    assert len((STATIC / "base.css").read_bytes()) <= 14_000


def test_who_is_covered(web: TestClient, muroran: Guideline) -> None:
    """Every kind of people, with its clause; a duty is marked as general law, never as the guideline's."""
    words = Page(web.get("/scope").text).words
    for kind in kinds(muroran.folder):
        assert kind.title in words
        assert kind.why in words
    assert "地方公務員法" in words
    assert words.count("（一般の法律から）") >= 6
    assert "Who is covered" in web.get("/scope?lang=en").text
    assert 'href="/scope"' in web.get("/leaflet").text


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_staff_list_comes_back_answered(web: TestClient, encoding: str) -> None:
    """As a table, without the names that stood in it; a list that is none is refused."""
    data = "職員番号,氏名,任用形態\n0012,汐入花子,正規\n13,岬太郎,なぞ\n".encode(encoding)
    answer = web.post("/scope", files={"list": ("staff.csv", data)})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1] == "2,0012,正規の職員,対象です,"
    assert lines[2].startswith("3,13,,,種類が分かりません")
    assert "花子" not in answer.text
    with pytest.raises(RyoshikiError, match="empty"):
        web.post("/scope", files={"list": ("staff.csv", b"\n")})
