"""A small identity provider that is real: it signs whoever comes in at once, and checks what a provider has to check.

``wrong`` makes it break one promise, as an attacker between or a careless provider would.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ryoshiki.web.serving import Serving
from tests.web.guard import live

CLIENT, SECRET = "ryoshiki-desk", "a secret : with signs & letters"
_KEYS = [RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}) for kid in ("one", "two")]
_STRANGER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})  # says that it is the first


@dataclass
class Provider:
    """What it is asked to do, and what it was asked."""

    sub: Any = "0012"
    wrong: str = ""
    key: int = 0
    issuer: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.about),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/jwks", self.jwks),
            ]
        )

    async def about(self, request: Request) -> Response:
        issuer = "https://other.example" if self.wrong == "other issuer" else self.issuer
        far = "http://idp.example" if self.wrong == "plain http" else self.issuer
        more = {"authorization_response_iss_parameter_supported": True} if self.wrong != "old" else {}
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{far}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
                **more,
            }
        )

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(asked)
        if asked["client_id"] != CLIENT or asked["response_type"] != "code" or "openid" not in asked["scope"].split():
            return JSONResponse({"error": "invalid_request"}, 400)
        if asked["code_challenge_method"] != "S256":
            return JSONResponse({"error": "invalid_request"}, 400)
        told = {"state": asked["state"], "iss": self.issuer}
        if self.wrong == "state":
            told["state"] = "another"
        if self.wrong == "iss parameter":
            told["iss"] = "https://other.example"
        if self.wrong in ("no iss parameter", "old"):
            del told["iss"]
        if self.wrong == "denied":
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(told | {'error': 'access_denied'})}", 302)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(told | {'code': code})}", 302)

    async def token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if not self._known(request):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self.codes.pop(form.get("code", ""), None)  # a code counts once
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = _plain(made)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"] or challenge != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if self.wrong == "no json":
            return Response("<html>", media_type="text/html")
        told = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 60}
        return JSONResponse(told if self.wrong == "no id token" else told | {"id_token": self._id_token(asked, told)})

    async def jwks(self, request: Request) -> Response:
        return JSONResponse({"keys": [_KEYS[self.key].as_dict(private=False)]})

    def _known(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme == "Basic" and base64.b64decode(given).decode() == f"{CLIENT}:{SECRET}"

    def _id_token(self, asked: dict[str, str], told: dict[str, Any]) -> str:
        now = int(time.time())
        half = hashlib.sha256(told["access_token"].encode()).digest()[:16]
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": self.sub,
            "aud": CLIENT,
            "exp": now + 60,
            "iat": now,
            "nonce": asked["nonce"],
            "at_hash": _plain(half),
            "staff_number": "0013",
        }
        broken: dict[str, dict[str, Any]] = {
            "iss": {"iss": "https://other.example"},
            "iss with a stroke": {"iss": self.issuer + "/"},
            "aud": {"aud": "another-client"},
            "aud in spite of azp": {"aud": "another-client", "azp": CLIENT},
            "aud of many": {"aud": [CLIENT, "another-client"]},
            "azp": {"aud": [CLIENT, "another-client"], "azp": "another-client"},
            "nonce": {"nonce": "another"},
            "expired": {"exp": now - 90, "iat": now - 150},
            "expired within the skew": {"exp": now - 30, "iat": now - 90},
            "from the future": {"iat": now + 300, "exp": now + 600},
            "at_hash": {"at_hash": "AAAA"},
        }
        claims |= broken.get(self.wrong, {})
        for name in ("exp", "iat", "nonce", "aud", "iss", "sub"):
            if self.wrong == f"no {name}":
                del claims[name]
        return self._signed(claims)

    def _signed(self, claims: dict[str, Any]) -> str:
        header, key = {"alg": "RS256", "kid": _KEYS[self.key].kid}, _KEYS[self.key]
        body = jwt.encode(header, claims, key).split(".")[1]
        if self.wrong == "signature":
            return jwt.encode(header, claims, _STRANGER)
        if self.wrong == "alg none":
            return f"{_plain(json.dumps({'alg': 'none'}).encode())}.{body}."
        if self.wrong == "alg HS256":  # signed with what everybody knows
            told = f"{_plain(json.dumps({'alg': 'HS256', 'kid': 'one'}).encode())}.{body}"
            return f"{told}.{_plain(hmac.digest(key.as_pem(private=False), told.encode(), 'sha256'))}"
        if self.wrong == "payload":
            head, _, end = jwt.encode(header, claims | {"sub": "0013"}, key).split(".")
            return f"{head}.{body}.{end}"
        return jwt.encode(header, claims, key)


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def provided() -> Iterator[Provider]:
    """A provider that is being served on this machine."""
    provider = Provider()
    with live(provider.app, Serving(port=0)) as port:
        provider.issuer = f"http://127.0.0.1:{port}"
        yield provider
