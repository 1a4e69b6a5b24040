"""Signing in with an identity provider that is real, and with one that breaks its promises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from ryoshiki.desk.store.database import Store, connect
from ryoshiki.desk.store.tables import sessions, staff
from ryoshiki.web.serving import Serving
from ryoshiki.web.signin import oidc
from tests.web.signin.conftest import PAGE, Visit, visiting
from tests.web.signin.provider import CLIENT, SECRET, Provider, provided

Door = tuple[TestClient, Store]
TLS = httpx.create_ssl_context()  # once: it takes a tenth of a second


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with provided() as running:
        yield running


@pytest.fixture
def provider(served: Provider) -> Provider:
    """The provider, honest again."""
    served.sub, served.wrong, served.key = "0012", "", 0
    served.asked.clear()
    return served


def browse(visit: Visit, provider: Provider, **more: object) -> AbstractContextManager[TestClient]:
    made: AbstractContextManager[TestClient] = visit(
        sign_in="oidc",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        **more,
    )
    return made


def led_back(browser: TestClient, path: str = "/sign-in/oidc?next=/desk/consents") -> str:
    """Where the provider leads back to: a path and query of our own."""
    begun = browser.get(path)
    assert begun.status_code == 303
    back = httpx.get(begun.headers["location"], verify=TLS)
    assert back.status_code == 302, back.text
    there = urlsplit(back.headers["location"])
    assert f"{there.scheme}://{there.netloc}" == "http://127.0.0.1"
    return f"{there.path}?{there.query}"


def signed_in(store: Store) -> int:
    with store.read() as db:
        return db.execute(select(func.count()).select_from(sessions)).scalar_one()


def test_from_start_to_end(visit: Visit, provider: Provider, store: Store) -> None:
    """Led there from a page of the desk, back to it, known by name, and out again."""
    with browse(visit, provider) as browser:
        asked = browser.get("/desk/consents?q=a")
        page = browser.get(asked.headers["location"]).text
        assert 'href="/sign-in/oidc?next=/desk/consents%3Fq%3Da"' in page
        done = browser.get(led_back(browser, "/sign-in/oidc?next=/desk/consents%3Fq%3Da"))
        assert (done.status_code, done.headers["location"]) == (303, "/desk/consents?q=a")
        home = browser.get("/desk").text
        assert "岬太郎" in home
        assert "パスワードを変える" not in home
        token = home.partition('name="token" value="')[2].partition('"')[0]
        left = browser.post("/sign-out", data={"token": token}, files={"none": ("", b"")})
        assert left.headers["location"] == "/sign-in?out=1"
        assert browser.get("/desk").status_code == 303
    assert signed_in(store) == 0


def test_what_the_provider_learns(visit: Visit, provider: Provider) -> None:
    """A challenge, a state and a nonce, new each time, none of which tells the secret in the cookie."""
    with browse(visit, provider) as browser:
        seen: set[str] = set()
        for _ in range(3):
            led_back(browser)
            secret = browser.cookies["ryoshiki-oidc"].partition(".")[0]
            asked = provider.asked[-1]
            assert asked["redirect_uri"] == "http://127.0.0.1/sign-in/oidc/callback"
            assert asked["scope"] == "openid"
            assert secret not in str(asked)
            seen |= {secret, asked["state"], asked["nonce"], asked["code_challenge"]}
        assert len(seen) == 12


WRONG = (
    "signature",
    "payload",
    "alg none",
    "alg HS256",
    "iss",
    "iss with a stroke",
    "aud",
    "aud in spite of azp",
    "aud of many",
    "azp",
    "nonce",
    "expired",
    "from the future",
    "at_hash",
    "no exp",
    "no iat",
    "no nonce",
    "no aud",
    "no iss",
    "no sub",
    "no id token",
    "no json",
    "state",
    "iss parameter",
    "no iss parameter",
    "denied",
)


@pytest.fixture(scope="module")
def door(served: Provider, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One app for many who must not come in."""
    store = connect(f"sqlite:///{shutil.copy(prepared, tmp_path_factory.mktemp('door'))}")
    with browse(visiting(store), served) as browser:
        yield browser, store
    store.close()


@pytest.mark.parametrize("wrong", WRONG)
def test_a_provider_that_breaks_a_promise(door: Door, provider: Provider, wrong: str) -> None:
    """Nobody is let in, whatever it is that does not hold; the page says what to tell, and nothing that was sent."""
    browser, store = door
    browser.cookies.clear()
    provider.wrong = wrong
    answer = browser.get(led_back(browser), headers=PAGE)
    assert answer.status_code == 403
    assert "サインインできませんでした" in answer.text
    assert "0012" not in answer.text
    assert "ryoshiki" not in browser.cookies
    assert browser.get("/desk").status_code == 303
    assert signed_in(store) == 0


@pytest.mark.parametrize("odd", ["expired within the skew", "old"])
def test_what_providers_may_do(visit: Visit, provider: Provider, odd: str) -> None:
    """A clock that is half a minute off; one that does not say who answers (RFC 9207 is younger)."""
    provider.wrong = odd
    with browse(visit, provider) as browser:
        assert browser.get(led_back(browser)).status_code == 303


def test_an_answer_counts_once_and_in_one_browser(visit: Visit, provider: Provider, store: Store) -> None:
    """Not in a browser that did not ask, not in one that asked for another, not a second time."""
    with browse(visit, provider) as mine, browse(visit, provider) as theirs:
        answer = led_back(mine)
        assert theirs.get(answer).status_code == 403
        led_back(theirs)
        assert theirs.get(answer).status_code == 403
        cookie = mine.cookies["ryoshiki-oidc"]
        assert mine.get(answer).status_code == 303
        assert "ryoshiki-oidc" not in mine.cookies
        mine.cookies["ryoshiki-oidc"] = cookie
        assert mine.get(answer).status_code == 403
    assert signed_in(store) == 1


@pytest.mark.parametrize("sub", ["0099", "", " 0012", 12, ["0012"], None])
def test_somebody_whom_we_do_not_know(visit: Visit, provider: Provider, store: Store, sub: object) -> None:
    """The provider knows more people than the staff list."""
    provider.sub = sub
    with browse(visit, provider) as browser:
        assert browser.get(led_back(browser)).status_code == 403
    assert signed_in(store) == 0


def test_somebody_who_has_left(visit: Visit, provider: Provider, store: Store) -> None:
    """Though the provider still knows them."""
    with store.write() as db:
        db.execute(update(staff).values(active=False))
    with browse(visit, provider) as browser:
        assert browser.get(led_back(browser)).status_code == 403


def test_another_claim(visit: Visit, provider: Provider) -> None:
    """The staff number stands where the settings say."""
    with browse(visit, provider, oidc_claim="staff_number") as browser:
        browser.get(led_back(browser))
        assert "汐見花子" in browser.get("/desk").text


def test_the_provider_changes_its_keys(visit: Visit, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are asked for anew, but not for each forged token."""
    with browse(visit, provider) as browser:
        assert browser.get(led_back(browser)).status_code == 303
        provider.key = 1
        assert browser.get(led_back(browser)).status_code == 403
        monkeypatch.setattr(oidc, "_NOT_AGAIN", 0.0)
        assert browser.get(led_back(browser)).status_code == 303


@pytest.mark.parametrize("wrong", ["other issuer", "plain http"])
def test_a_description_that_is_not_its_own(visit: Visit, provider: Provider, wrong: str) -> None:
    """One of another issuer, or one that would have secrets sent in the clear, is not believed."""
    provider.wrong = wrong
    with browse(visit, provider) as browser:
        assert browser.get("/sign-in/oidc", headers=PAGE).status_code == 502


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9", "http://idp.example", "nowhere", "https://[", "https://x y"])
def test_the_provider_cannot_be_reached(visit: Visit, issuer: str) -> None:
    """The desk has to wait; checking goes on."""
    with visit(sign_in="oidc", oidc_issuer=issuer, oidc_client_id=CLIENT) as browser:
        answer = browser.get("/sign-in/oidc", headers=PAGE)
        assert answer.status_code == 502
        assert "つながりません" in answer.text
        assert browser.get("/").status_code == 200
        assert browser.post("/api/v1/review", json={"text": "いい天気"}).status_code == 200


def test_behind_https(visit: Visit, provider: Provider) -> None:
    """The address to come back to is that which people type, and cookies are bound to it."""
    origin = "https://desk.city.example"
    with browse(visit, provider, serving=Serving(host="0.0.0.0", origin=origin), base=origin) as browser:
        begun = browser.get("/sign-in/oidc")
        (cookie,) = begun.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-ryoshiki-oidc=")
        for mark in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=lax", "; Max-Age=600"):
            assert mark in cookie
        assert "Domain" not in cookie
        asked = parse_qs(urlsplit(begun.headers["location"]).query)
        assert asked["redirect_uri"] == [f"{origin}/sign-in/oidc/callback"]
