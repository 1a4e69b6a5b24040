"""Every answer, whoever made it, carries the same list of headers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ryoshiki import load
from ryoshiki.web import api
from ryoshiki.web.app import create_app
from ryoshiki.web.guard.bodies import Limits
from ryoshiki.web.guard.headers import CONTENT_SECURITY_POLICY
from ryoshiki.web.serving import Serving
from tests.web.guard import HOST, JSON, Answer, ask, live

MURORAN = load()
APP = create_app(MURORAN, Serving(limits=Limits(idle=0.01)))
FORM = ("Content-Type", "multipart/form-data")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob:",
    "connect-src": "'self'",
    "font-src": "'none'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
# As a person reads them: the pages need none of these features, and copying is the one that they may use.
PERMISSIONS = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), compute-pressure=(), "
    "cross-origin-isolated=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), "
    "gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), language-detector=(), "
    "local-fonts=(), magnetometer=(), microphone=(), midi=(), on-device-speech-recognition=(), otp-credentials=(), "
    "payment=(), picture-in-picture=(), private-state-token-issuance=(), private-state-token-redemption=(), "
    "publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), "
    "speaker-selection=(), storage-access=(), summarizer=(), sync-xhr=(), translator=(), unload=(), usb=(), "
    "window-management=(), xr-spatial-tracking=(), clipboard-write=(self)"
)
SECURITY = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": PERMISSIONS,
    "origin-agent-cluster": "?1",
    "x-robots-tag": "noindex",
    "x-dns-prefetch-control": "off",
    "cache-control": "no-store",
}
# What an answer has beside them, by its kind.
OWN = {"content-type", "content-length", "allow", "retry-after", "connection", "etag", "last-modified", "accept-ranges"}
LARGE = ("Content-Length", str(100 * 1024 * 1024))
HTML = ("Accept", "text/html")


def flooded() -> Answer:
    app = create_app(MURORAN, Serving(host="0.0.0.0"))
    answers = (ask(app, "GET", "/api/v1/platforms") for _ in range(1_000))
    return next(answer for answer in answers if answer.status != 200)


CASES: dict[str, tuple[int, Callable[[], Answer]]] = {
    "the checking page": (200, lambda: ask(APP, "GET", "/")),
    "an answer of the interface": (200, lambda: ask(APP, "GET", "/api/v1/platforms")),
    "a form that is broken": (400, lambda: ask(APP, "POST", "/share", (HOST, FORM), b"junk")),
    "another site": (403, lambda: ask(APP, "POST", "/api/v1/review", (HOST, ("Origin", "https://evil.example")))),
    "no such page, for people": (404, lambda: ask(APP, "GET", "/nowhere", (HOST, HTML))),
    "no such page, for programs": (404, lambda: ask(APP, "GET", "/nowhere")),
    "another method": (405, lambda: ask(APP, "DELETE", "/api/v1/review")),
    "a body that does not come": (408, lambda: ask(APP, "POST", "/api/v1/review", (HOST, JSON), None)),
    "a large body": (413, lambda: ask(APP, "POST", "/api/v1/review", (HOST, JSON, LARGE), None)),
    "no form": (415, lambda: ask(APP, "POST", "/share", (HOST, JSON), b"{}")),
    "another name": (421, lambda: ask(APP, "GET", "/", (("Host", "evil.example"),))),
    "no draft": (422, lambda: ask(APP, "POST", "/api/v1/review", (HOST, JSON), b"{}")),
    "too often": (429, flooded),
    "a failure": (500, lambda: ask(APP, "POST", "/api/v1/review", (HOST, JSON), b'{"text": "a"}')),
}


@pytest.mark.parametrize("case", CASES)
def test_every_answer_carries_the_whole_list(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page, the interface, and each way to be refused: the same headers with the same values, and none besides."""

    def broken(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(api, "review", broken)
    status, made = CASES[case]
    answer = made()
    assert answer.status == status
    assert {name: value for name, value in answer.headers.items() if name not in OWN} == SECURITY
    if status >= 400 and "for people" not in case:
        answer.problem()


def test_the_page_for_people_who_are_lost_is_a_page() -> None:
    """Who asks for HTML gets HTML."""
    answer = ask(APP, "GET", "/nowhere", (HOST, HTML))
    assert answer.headers["content-type"].startswith("text/html")
    assert b"</html>" in answer.body


def test_a_static_file_is_kept_and_asked_about() -> None:
    """Script and style carry the list too, but may be kept; one that did not change is not sent again."""
    answer = ask(APP, "GET", "/static/check.js")
    assert answer.status == 200
    expected = SECURITY | {"cache-control": "no-cache"}
    assert {name: value for name, value in answer.headers.items() if name not in OWN} == expected
    again = ask(APP, "GET", "/static/check.js", (HOST, ("If-None-Match", answer.headers["etag"])))
    assert (again.status, again.body) == (304, b"")
    assert {name: value for name, value in again.headers.items() if name not in OWN} == expected


def test_only_https_is_told_to_stay_https() -> None:
    """Over http the header would mean nothing, and on a machine of one's own it would lock people out."""
    told = "strict-transport-security"
    assert told not in ask(APP, "GET", "/").headers
    assert ask(APP, "GET", "/", scheme="https").headers[told] == "max-age=31536000"
    assert ask(APP, "GET", "/nowhere", scheme="https").headers[told] == "max-age=31536000"


def test_nothing_of_the_app_stands_against_the_list() -> None:
    """A header that the app itself gave is replaced, not doubled."""
    from starlette.responses import Response

    from ryoshiki.web.guard.headers import Headers

    app = Headers(Response("", headers={"Cache-Control": "public", "X-Frame-Options": "SAMEORIGIN"}))
    answer = ask(app, "GET", "/")
    assert (answer.headers["cache-control"], answer.headers["x-frame-options"]) == ("no-store", "DENY")
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_the_server_does_not_say_what_it_is() -> None:
    """No name or version of the server's software for those who look for holes."""
    from http.client import HTTPConnection

    with live(APP, Serving(port=0)) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/api/v1/platforms")
        answer = connection.getresponse()
        answer.read()
        connection.close()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    assert answer.status == 200
    assert headers["content-security-policy"] == SECURITY["content-security-policy"]
    assert headers.keys() & {"server", "x-powered-by", "via"} == set()
