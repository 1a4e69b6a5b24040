"""Which settings go together; on a machine of one's own nobody signs in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ryoshiki import RyoshikiError
from ryoshiki.desk.store.database import Store
from ryoshiki.settings import Settings
from ryoshiki.web import signin
from ryoshiki.web.serving import Serving
from tests.web.signin.conftest import PAGE, Visit

ORIGIN = "https://desk.city.example"
BEHIND = Serving(origin=ORIGIN, proxies=("127.0.0.1",))


def never() -> Store:
    raise AssertionError("the records were opened")


def test_on_a_machine_of_ones_own(visit: Visit) -> None:
    """Everything is one's own, without a page to sign in at."""
    with visit() as browser:
        page = browser.get("/desk")
        assert page.status_code == 200
        assert "サインアウト" not in page.text
        assert browser.get("/sign-in").status_code == 404
        assert "set-cookie" not in page.headers


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"])
def test_a_proxy_that_nobody_told_of(visit: Visit, header: str) -> None:
    """Who put one before a server of one's own would make everybody the owner of the records: it is refused."""
    with visit() as browser:
        assert browser.get("/desk", headers={header: "10.0.0.1"} | PAGE).status_code == 403
        assert browser.get("/", headers={header: "10.0.0.1"}).status_code == 200


@pytest.mark.parametrize(
    "serving",
    [
        Serving(host="0.0.0.0"),
        Serving(host="10.0.0.1", origin=ORIGIN),
        BEHIND,
        Serving(origin=ORIGIN),
        Serving(proxies=("127.0.0.1",)),
    ],
)
def test_served_to_others_without_sign_in(serving: Serving) -> None:
    """There is no desk, and its records are not even opened; also where a proxy on this machine lets others in."""
    assert signin.desk(Settings(), serving, never) is None


@pytest.mark.parametrize("origin", [None, "http://127.0.0.1:8417", "http://localhost"])
def test_only_this_machine(origin: str | None) -> None:
    """An address that names this machine leads nobody else here."""
    assert Serving(origin=origin).alone


OIDC: dict[str, Any] = {"sign_in": "oidc", "oidc_issuer": "https://idp.example", "oidc_client_id": "desk"}


@pytest.mark.parametrize(
    ("chosen", "serving", "told"),
    [
        ({"sign_in": "local"}, Serving(host="0.0.0.0"), "web_origin"),
        ({"sign_in": "local"}, Serving(host="0.0.0.0", origin="http://desk.city.example"), "web_origin"),
        ({"sign_in": "local"}, Serving(origin="http://desk.city.example"), "web_origin"),
        ({"sign_in": "proxy"}, Serving(proxies=("127.0.0.1",)), "web_origin"),
        ({"sign_in": "proxy"}, Serving(), "web_proxies"),
        ({"sign_in": "proxy"}, replace(BEHIND, proxies=("proxy.example",)), "web_proxies"),
        ({"sign_in": "proxy"}, replace(BEHIND, proxies=("*",)), "web_proxies"),
        ({"sign_in": "proxy"}, replace(BEHIND, proxies=("127.0.0.1", "0.0.0.0/0")), "web_proxies"),
        ({"sign_in": "oidc"}, BEHIND, "oidc_issuer"),
        (OIDC | {"oidc_client_id": None}, BEHIND, "oidc_client_id"),
        (OIDC, Serving(host="::", origin="http://desk.city.example"), "web_origin"),
        ({"sign_in": "local", "session_idle": 0}, BEHIND, "session_idle"),
        ({"sign_in": "local", "session_hours": 0}, BEHIND, "session_hours"),
    ],
)
def test_settings_that_do_not_go_together(store: Store, chosen: dict[str, Any], serving: Serving, told: str) -> None:
    """The server is not started, and is told why."""
    with pytest.raises(RyoshikiError, match=told):
        signin.desk(replace(Settings(), **chosen), serving, lambda: store)


@pytest.mark.parametrize("way", [{"sign_in": "local"}, OIDC])
def test_parts_that_are_missing(monkeypatch: pytest.MonkeyPatch, way: dict[str, Any]) -> None:
    """Told with the way to get them."""
    monkeypatch.setattr(signin, "find_spec", lambda name: None)
    with pytest.raises(RyoshikiError, match=r"pip install ryoshiki\[server\]"):
        signin.desk(replace(Settings(), **way), BEHIND, never)


def test_records_that_cannot_be_had() -> None:
    """Found at the start, not when the first person signs in."""

    def opened() -> Store:
        raise RyoshikiError("no database")

    with pytest.raises(RyoshikiError, match="no database"):
        signin.desk(Settings(sign_in="local"), BEHIND, opened)
