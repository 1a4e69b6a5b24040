"""Signing in with OpenID Connect. Of the whole server, this is the one part that asks another one.

Code flow with PKCE; state, nonce and verifier come from one secret in the browser's cookie, so that nothing is kept
here in between and an answer helps nobody but the browser that asked.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from fastapi import APIRouter
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ryoshiki.desk import staff
from ryoshiki.web.desk import Desk
from ryoshiki.web.pages import Pages
from ryoshiki.web.problems import Problem
from ryoshiki.web.serving import LOOPBACK
from ryoshiki.web.signin.cookies import cookie
from ryoshiki.web.signin.signed import Signed, add_sign_out, ours

_FLOW = "ryoshiki-oidc"
_MINUTES_TO_COME_BACK = 10
_WAIT = 10.0  # seconds for an answer of the provider
_SKEW = 60  # seconds by which its clock may differ
_FRESH = 3600.0  # seconds that its description and keys are believed
_NOT_AGAIN = 60.0  # seconds before its keys are asked for once more, for a key that is not among them
_SIGNED_BY = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "Ed25519", "EdDSA"]
_BACK = "/sign-in/oidc/callback"


@dataclass(frozen=True, slots=True)
class Flow:
    """One signing in under way. ``path``: where to go afterwards."""

    secret: str
    path: str

    @classmethod
    def read(cls, value: str) -> Flow | None:
        """From the cookie; None: there is none."""
        secret, dot, path = value.partition(".")
        return cls(secret, ours(unquote(path))) if secret and dot else None

    def __str__(self) -> str:
        return f"{self.secret}.{quote(self.path, safe='')}"

    def part(self, name: str) -> str:
        """A value made for one purpose; it tells neither the secret nor another part."""
        made = hmac.digest(self.secret.encode(), name.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


@dataclass
class Provider:
    """The organisation's identity provider."""

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    _known: tuple[float, Mapping[str, Any], KeySet] | None = field(default=None, repr=False)
    _asking: Lock = field(default_factory=Lock, repr=False)
    _tls: ssl.SSLContext = field(default_factory=httpx2.create_ssl_context, repr=False)  # a tenth of a second to make

    def address(self, flow: Flow, back: str) -> str:
        """Where to send the browser.

        Raises:
            Problem: the provider cannot be reached, or is not who it should be.
        """
        about, _ = self._about(_FRESH)
        with self._client(about, back) as client:
            url, _ = client.create_authorization_url(
                about["authorization_endpoint"],
                state=flow.part("state"),
                nonce=flow.part("nonce"),
                code_verifier=flow.part("verifier"),
            )
        return str(url)

    def claims(self, answer: Mapping[str, str], flow: Flow, back: str) -> Mapping[str, Any]:
        """What the provider says of the person, proved to be said by it, to us, now, and to this browser.

        Raises:
            Problem: one of these cannot be proved.
        """
        about, _ = self._about(_FRESH)
        if not hmac.compare_digest(answer.get("state", "").encode(), flow.part("state").encode()):
            raise _refused("state")
        says = answer.get("iss", "" if about.get("authorization_response_iss_parameter_supported") else self.issuer)
        if says != self.issuer or "code" not in answer:  # RFC 9207
            raise _refused("iss" if says != self.issuer else "code")
        try:
            with self._client(about, back) as client:
                tokens = client.fetch_token(
                    about["token_endpoint"],
                    grant_type="authorization_code",
                    code=answer["code"],
                    code_verifier=flow.part("verifier"),
                )
        except httpx2.HTTPError:
            raise _unreachable() from None
        except (AuthlibBaseError, ValueError):
            raise _refused("token") from None
        return self._checked(tokens, flow)

    def _checked(self, tokens: Mapping[str, Any], flow: Flow) -> Mapping[str, Any]:
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
        }
        told = {"nonce": flow.part("nonce"), "client_id": self.client_id, "access_token": tokens.get("access_token")}
        try:
            token = self._decoded(str(tokens["id_token"]))
            claims = CodeIDToken(token.claims, token.header, options, told)
            claims.validate(leeway=_SKEW)
        except (JoseError, KeyError, ValueError, TypeError) as reason:
            raise _refused(f"{type(reason).__name__} {getattr(reason, 'claim', None) or ''}".strip()) from None
        found: Mapping[str, Any] = claims
        return found

    def _decoded(self, id_token: str) -> jwt.Token:
        _, keys = self._about(_FRESH)
        try:
            return jwt.decode(id_token, keys, algorithms=_SIGNED_BY)
        except (InvalidKeyIdError, BadSignatureError):  # it may have changed its keys since
            _, keys = self._about(_NOT_AGAIN)
            return jwt.decode(id_token, keys, algorithms=_SIGNED_BY)

    def _about(self, fresh: float) -> tuple[Mapping[str, Any], KeySet]:
        """The provider's description of itself and its keys, asked for when what is known is older than ``fresh``."""
        with self._asking:
            if self._known is None or time.monotonic() - self._known[0] > fresh:
                try:
                    self._known = (time.monotonic(), *self._asked())
                except (httpx2.HTTPError, httpx2.InvalidURL, JoseError, ValueError, KeyError, TypeError):
                    raise _unreachable() from None
            return self._known[1], self._known[2]

    def _asked(self) -> tuple[Mapping[str, Any], KeySet]:
        with httpx2.Client(timeout=_WAIT, verify=self._tls) as client:

            def got(url: str) -> Any:
                return client.get(_private(url)).raise_for_status().json()

            about = got(self.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if about["issuer"] != self.issuer:
                raise ValueError("another issuer")
            for name in ("authorization_endpoint", "token_endpoint"):
                _private(about[name])
            return about, KeySet.import_key_set(got(about["jwks_uri"]))

    def _client(self, about: Mapping[str, Any], back: str) -> Any:
        ways = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        way = next((w for w in ("client_secret_basic", "client_secret_post") if w in ways), "client_secret_basic")
        return OAuth2Client(
            self.client_id,
            self.client_secret,
            token_endpoint_auth_method=way if self.client_secret else "none",
            scope="openid",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_WAIT,
            verify=self._tls,
        )


def router(signed: Signed, provider: Provider, claim: str, origin: str | None) -> Callable[[Pages, Desk], APIRouter]:
    """Makes /sign-in, /sign-in/oidc, /sign-in/oidc/callback and /sign-out."""
    flows = cookie(_FLOW, origin)

    def back(request: Request) -> str:
        return (origin or str(request.base_url)).rstrip("/") + _BACK  # without an origin, the guard knows our names

    def made(pages: Pages, desk: Desk) -> APIRouter:
        routes = APIRouter(include_in_schema=False)

        @routes.get("/sign-in")
        def asked(request: Request) -> Response:
            path = ours(request.query_params.get("next", ""))
            return pages.page(request, "sign-in", page="desk", way="oidc", next=path, out="out" in request.query_params)

        @routes.get("/sign-in/oidc")
        def begun(request: Request) -> Response:
            flow = Flow(secrets.token_urlsafe(32), ours(request.query_params.get("next", "")))
            answer = RedirectResponse(provider.address(flow, back(request)), 303)
            flows.put(answer, str(flow), _MINUTES_TO_COME_BACK * 60)
            return answer

        @routes.get(_BACK)
        def returned(request: Request) -> Response:
            flow = Flow.read(flows.read(request))
            if flow is None:
                raise _refused("cookie")
            number = provider.claims(request.query_params, flow, back(request)).get(claim)
            with signed.store.read() as db:
                person = staff.find(db, number) if isinstance(number, str) else None
            if person is None:
                raise Problem(
                    403,
                    "窓口を使う人として登録されていません (not on the staff list)",
                    "管理の担当に伝えてください (please tell your administrator)",
                )
            answer = signed.enter(request, person.number, flow.path)
            flows.drop(answer)
            return answer

        add_sign_out(routes, signed, pages, desk)
        return routes

    return made


def _private(url: str) -> str:
    """``url``, whose way must not be readable by others: HTTPS, or this very machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("no https")
    return url


def _refused(reason: str) -> Problem:
    return Problem(
        403,
        "サインインできませんでした (could not sign in)",
        f"もう一度、窓口を開いてください。続くときは、管理の担当に「{reason}」と伝えてください"
        f" (open the desk again; if it goes on, tell your administrator: {reason})",
    )


def _unreachable() -> Problem:
    return Problem(
        502,
        "サインインの窓口につながりません (the identity provider cannot be reached)",
        "少し待って、もう一度どうぞ。点検は、いつもどおり使えます (try again in a moment; checking works as always)",
    )
