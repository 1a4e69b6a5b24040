"""Every address of the app, asked from the outside as everybody: no one reads or changes what is not theirs.

A new route fails here until it has a line in `RULES`: who may, and a form with which it would be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.testclient import TestClient

from ryoshiki import load
from ryoshiki.desk import accounts
from ryoshiki.desk.mail import Post
from ryoshiki.settings import Settings
from ryoshiki.web import signin
from ryoshiki.web.app import create_app
from ryoshiki.web.serving import Serving
from tests.pictures import encoded, people
from tests.web.world import EVERYBODY, NOBODY, PASSWORD, PERSONS, SIGNED, World, made

GUIDELINE = load()
PHOTO = encoded(people(90), "JPEG")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READERS = frozenset({"owner", "colleague", "head", "pr"})  # of the owner's consents
CHANGERS = frozenset({"owner", "head"})
WATCHERS = frozenset({"owner", "head", "admin"})  # of the owner's training
TOLD = frozenset({"owner", "head"})  # to whom the owner sent one case; the other one was sent to nobody
AUTHOR = frozenset({"owner"})
# Words of the owner's records, and who may ever see them.
MARKS = {"同意者": READERS, PERSONS["owner"].name: WATCHERS, "送った件": TOLD, "自分だけの件": AUTHOR}
NO_MAIL = Post("127.0.0.1", 9, "none", "desk@city.example", timeout=1)  # nobody listens there


@dataclass(frozen=True)
class Rule:
    """``may``: for whom it is done; ``path``: what stands in the place of ``{…}``, by name in `World.ids`; ``form``:
    what is sent (the values by name, too); ``shows``: a word that all who may and who may see it find in the answer;
    ``token``: whether the form must be one of ours; ``open``: the address is itself the key to one record.
    """

    may: frozenset[str] = SIGNED
    path: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    photo: bool = False
    shows: str = ""
    token: bool = True
    open: bool = False


PUBLIC = Rule(EVERYBODY)
NEW_PASSWORD = "あたらしい長い言葉をならべました"
ASKED = {"person": "新しい人", "event": "港まつり", "media": "X", "how": "paper"}
_ASKED, _GIVEN = {"id": "asked"}, {"id": "given"}

_OWN, _SENT, _SETTLED = {"id": "own case"}, {"id": "sent case"}, {"id": "settled case"}
RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/"): PUBLIC,
    ("GET", "/share"): PUBLIC,
    ("POST", "/share"): replace(PUBLIC, form={"text": "いい天気"}),
    ("GET", "/leaflet"): PUBLIC,
    ("GET", "/rules"): PUBLIC,
    ("GET", "/rules/{id}"): replace(PUBLIC, path={"id": "rule"}),
    ("GET", "/social-media"): PUBLIC,
    ("GET", "/questions"): PUBLIC,
    ("GET", "/scope"): PUBLIC,
    ("POST", "/scope"): replace(PUBLIC, form={}),
    ("GET", "/training"): PUBLIC,
    ("GET", "/manifest.webmanifest"): PUBLIC,
    ("GET", "/static/{path}"): replace(PUBLIC, path={"path": "static"}),
    ("GET", "/api/v1/openapi.json"): PUBLIC,
    ("HEAD", "/api/v1/openapi.json"): PUBLIC,
    ("GET", "/api/v1/guideline"): PUBLIC,
    ("GET", "/api/v1/platforms"): PUBLIC,
    ("GET", "/api/v1/rules/{id}"): replace(PUBLIC, path={"id": "rule"}),
    **{("POST", f"/api/v1/{name}"): PUBLIC for name in ("review", "furigana", "ask")},
    **{("POST", f"/api/v1/photos{name}"): PUBLIC for name in ("", "/clean", "/preview")},
    # Signing in
    ("GET", "/sign-in"): PUBLIC,
    ("POST", "/sign-in"): replace(PUBLIC, form={"number": "number", "password": PASSWORD}, token=False),
    ("GET", "/sign-in/oidc"): PUBLIC,
    ("GET", "/sign-in/oidc/callback"): PUBLIC,
    ("POST", "/sign-out"): Rule(form={}),
    ("GET", "/desk/password"): Rule(),
    ("POST", "/desk/password"): Rule(form={"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}),
    # Consents
    ("GET", "/desk"): Rule(),
    ("GET", "/desk/consents"): Rule(shows="同意者"),
    ("GET", "/desk/consents/new"): Rule(),
    ("POST", "/desk/consents"): Rule(form=ASKED),
    ("POST", "/desk/consents/ask"): Rule(form={"event": "港まつり"}, photo=True, shows="同意者", token=False),
    ("GET", "/desk/consents/{id}"): Rule(READERS, _GIVEN, shows="同意者"),
    ("POST", "/desk/consents/{id}/form"): Rule(CHANGERS, _ASKED, {}),
    ("POST", "/desk/consents/{id}/answer"): Rule(CHANGERS, _ASKED, {"answer": "agreed"}),
    ("POST", "/desk/consents/{id}/withdraw"): Rule(CHANGERS, _GIVEN, {}),
    ("POST", "/desk/consents/{id}/use"): Rule(CHANGERS, _GIVEN, {"place": "https://x.example/2"}),
    ("POST", "/desk/consents/{id}/removed"): Rule(CHANGERS, _GIVEN, {"use": "use"}),
    ("POST", "/desk/consents/{id}/picture"): Rule(CHANGERS, _ASKED, {}, photo=True),
    ("GET", "/consent/{token}"): replace(PUBLIC, path={"token": "token"}, open=True),
    ("POST", "/consent/{token}"): replace(
        PUBLIC, path={"token": "token"}, form={"answer": "agreed", "typed": "岬"}, token=False, open=True
    ),
    # Trouble
    ("GET", "/trouble"): PUBLIC,
    ("GET", "/trouble/{id}"): replace(PUBLIC, path={"id": "way"}),
    ("GET", "/trouble/reply/{kind}"): replace(PUBLIC, path={"kind": "kind"}),
    ("POST", "/trouble/reply/{kind}"): replace(PUBLIC, path={"kind": "kind"}, form={}),
    ("GET", "/desk/cases"): Rule(shows="送った件"),
    ("GET", "/desk/cases/new"): Rule(),
    ("POST", "/desk/cases"): Rule(form={"way": "way", "title": "新しい件"}),
    ("GET", "/desk/cases/{id}"): Rule(TOLD, _SENT, shows="送った件"),
    ("GET", "/desk/cases/{id}/export"): Rule(TOLD, _SENT),
    ("GET", "/desk/cases/{id}/evidence/{piece}"): Rule(TOLD, {**_SENT, "piece": "piece"}),
    ("GET", "/desk/cases/{id}/letter"): Rule(AUTHOR, _OWN, shows="自分だけの件"),
    ("POST", "/desk/cases/{id}/step"): Rule(AUTHOR, _OWN, {"step": "step", "done": "yes"}),
    ("POST", "/desk/cases/{id}/facts"): Rule(AUTHOR, _OWN, {"version": "version", "title": "題を直す"}),
    ("POST", "/desk/cases/{id}/note"): Rule(TOLD, _SENT, {"words": "電話をしました"}),
    ("POST", "/desk/cases/{id}/reply"): Rule(AUTHOR, _OWN, {"words": "申し訳ありません"}),
    ("POST", "/desk/cases/{id}/move"): Rule(AUTHOR, _OWN, {"version": "version", "to": "steps"}),
    ("POST", "/desk/cases/{id}/close"): Rule(AUTHOR, _SETTLED, {"version": "settled version", "lessons": "学び"}),
    ("POST", "/desk/cases/{id}/evidence"): Rule(AUTHOR, _OWN, {"address": "https://x.example/3"}),
    ("POST", "/desk/cases/{id}/letters"): Rule(AUTHOR, _OWN, {"number": "head number"}),
    ("POST", "/desk/letters/{letter}/send"): Rule(AUTHOR, {"letter": "letter"}, {}),
    ("POST", "/desk/letters/{letter}/out"): Rule(AUTHOR, {"letter": "letter"}, {}),
    ("POST", "/desk/letters/{letter}/settle"): Rule(AUTHOR, {"letter": "doubtful"}, {"arrived": "yes"}),
    ("GET", "/desk/letters/{name}"): Rule(TOLD, {"name": "letter file"}),
    # Training
    ("GET", "/desk/training"): Rule(shows=PERSONS["owner"].name),
    ("POST", "/desk/training"): Rule(form={}),
}


def served(sign_in: str, store: Any = None, **chosen: Any) -> Any:
    """The real app of a server with that sign-in."""
    behind = Serving(origin="https://desk.city.example", proxies=("127.0.0.1",))
    serving = behind if sign_in == "proxy" else Serving()
    desk = signin.desk(replace(Settings(), sign_in=sign_in, **chosen), serving, lambda: store)
    assert desk is not None
    return create_app(GUIDELINE, serving, replace(desk, post=NO_MAIL))


def addresses(app: Any) -> set[tuple[str, str]]:
    """Each method and path that the app answers to."""
    while not isinstance(app, FastAPI):
        app = app.app
    return set(_walked(app.routes, ""))


def _walked(routes: Any, prefix: str) -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(route, Mount):
            yield "GET", f"{prefix}{route.path}/{{path}}"
        elif (inner := getattr(route, "original_router", None)) is not None:
            yield from _walked(inner.routes, prefix + route.include_context.prefix)
        else:
            for method in route.methods:
                yield method, prefix + route.path


ALL = {
    "local": addresses(served("local")),
    "proxy": addresses(served("proxy")),
    "oidc": addresses(served("oidc", oidc_issuer="https://idp.example", oidc_client_id="desk")),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        made_up = made(tmp_path_factory.mktemp("world"), GUIDELINE, PHOTO)
        yield replace(made_up, ids={**made_up.ids, "rule": next(iter(GUIDELINE.rules)), "static": "base.css"})
        made_up.store.close()


@pytest.fixture(scope="module")
def browser(world: World) -> Iterator[TestClient]:
    """Asks as whom the cookie says; keeps none, and follows nothing."""
    app = served("local", world.store)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def tokens(world: World, browser: TestClient) -> Mapping[str, str]:
    """What the forms of each person carry."""
    found = {}
    for who in SIGNED:
        page = browser.get("/desk", headers={"cookie": f"ryoshiki={world.cookies[who]}"}).text
        found[who] = page.partition('name="token" value="')[2].partition('"')[0]
    assert len(set(found.values())) == len(SIGNED)
    return found


@dataclass(frozen=True)
class Caller:
    """Asks one address as anybody, with the form that would do what it is for."""

    world: World
    browser: TestClient
    tokens: Mapping[str, str]

    def __call__(self, who: str, method: str, path: str, token: str | None = None, **headers: str) -> Any:
        rule = RULES.get((method, path), Rule())
        for name, id in rule.path.items():
            path = path.replace(f"{{{name}}}", self.world.ids[id])
        sent: dict[str, Any] = {}
        if rule.form is not None:
            fields = {name: self.world.ids.get(value, value) for name, value in rule.form.items()}
            token = self.tokens.get(who, "") if token is None else token
            sent["data"] = fields | ({"token": token} if token else {})
            sent["files"] = {"photo": ("a.jpg", PHOTO)} if rule.photo else {"none": ("", b"")}
        if self.world.cookies[who]:
            headers["cookie"] = f"ryoshiki={self.world.cookies[who]}"
        self.browser.cookies.clear()
        return self.browser.request(method, path, headers={"accept": "text/html", **headers}, **sent)


@pytest.fixture
def ask(world: World, browser: TestClient, tokens: Mapping[str, str]) -> Iterator[Caller]:
    yield Caller(world, browser, tokens)
    world.back()


def refused(answer: Any) -> bool:
    """Told no, or shown where to sign in."""
    if answer.status_code == 303:
        return str(answer.headers["location"]).startswith("/sign-in?next=") or answer.headers["location"] == "/sign-in"
    return answer.status_code in (401, 403, 404)


def test_every_address_has_a_rule() -> None:
    """A route that nobody thought about fails here; so does a rule for a route that is gone."""
    assert set().union(*ALL.values()) == set(RULES)


def test_without_sign_in_others_find_no_desk() -> None:
    """A server for others that signs nobody in has no page that keeps or shows a record."""
    found = addresses(create_app(GUIDELINE, Serving(host="0.0.0.0")))
    assert found < set(RULES)
    assert all(RULES[address] in (PUBLIC, *(r for r in RULES.values() if r.may == EVERYBODY)) for address in found)
    assert not {path for _, path in found if path.startswith(("/desk", "/consent/", "/sign-"))}


@pytest.mark.parametrize(("method", "path"), sorted(ALL["local"]), ids=lambda part: part)
def test_nobody_gets_at_what_is_not_theirs(ask: Caller, method: str, path: str) -> None:
    """Who may is answered, and sees what may be seen; all others are refused, and nothing of the records changes."""
    rule, before = RULES[method, path], ask.world.dump()
    for who in sorted(EVERYBODY):
        answer = ask(who, method, path)
        seen = {mark for mark in MARKS if mark in answer.text}
        if who in rule.may:
            assert not refused(answer), who
            assert answer.status_code < 400 or (rule.may == EVERYBODY and answer.status_code == 422), (who, answer.text)
            assert rule.shows in seen or who not in MARKS.get(rule.shows, ()), who
        else:
            assert refused(answer), (who, answer)
        assert rule.open or not {mark for mark in seen if who not in MARKS[mark]}, who
        if ask.world.dump() != before:
            assert who in rule.may, f"{who} changed the records"
            assert method != "GET", "reading changed the records"
            ask.world.back()


@pytest.mark.parametrize("path", sorted({path for _, path in ALL["local"]}))
def test_other_methods_are_not_there(ask: Caller, path: str) -> None:
    """Whoever asks, and nothing changes by it."""
    before = ask.world.dump()
    for method in METHODS:
        if (method, path) not in RULES and not path.startswith("/static/"):
            for who in ("nobody", "owner", "admin"):
                answer = ask.browser.request(method, path, headers={"cookie": f"ryoshiki={ask.world.cookies[who]}"})
                assert answer.status_code == 405 or refused(answer), (method, who)  # it may look like an id
    assert ask.world.dump() == before


FORMS = sorted(a for a in ALL["local"] if a[0] == "POST" and RULES[a].may <= SIGNED and RULES[a].token)


@pytest.mark.parametrize("path", [path for _, path in FORMS])
def test_a_forged_form_changes_nothing(ask: Caller, path: str) -> None:
    """Without our token, with another person's, or sent by another site: not for anybody who may."""
    before = ask.world.dump()
    for who in sorted(RULES["POST", path].may):
        theirs = ask.tokens["pr" if who != "pr" else "admin"]
        for token in ("0" * 64, theirs):
            assert ask(who, "POST", path, token).status_code == 403, who
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
            assert ask(who, "POST", path, **headers).status_code == 403, who
    assert ask.world.dump() == before


def test_only_a_form_that_asks_goes_without_a_token() -> None:
    """Among the addresses for people who are signed in, one, and it changes nothing."""
    without = {path for (method, path), rule in RULES.items() if rule.may <= SIGNED and not rule.token}
    assert without == {"/desk/consents/ask"}
    assert NOBODY.isdisjoint(SIGNED)
