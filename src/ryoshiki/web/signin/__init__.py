"""Sign-in, only where records need it: none on one's own machine, else by a provider, a proxy or our own passwords."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ryoshiki.desk.people import OWNER, Actor
from ryoshiki.desk.sessions import Terms
from ryoshiki.model import RyoshikiError
from ryoshiki.web.desk import Desk
from ryoshiki.web.problems import Problem
from ryoshiki.web.signin.cookies import cookie
from ryoshiki.web.signin.signed import SESSION, Signed

if TYPE_CHECKING:
    from starlette.requests import Request

    from ryoshiki.desk.store.database import Store
    from ryoshiki.settings import Settings
    from ryoshiki.web.serving import Serving

# What proxies say of whom they ask for. On a machine of one's own there is none: one that stands there all the same
# would make everybody behind it the owner of the records.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def desk(chosen: Settings, serving: Serving, opened: Callable[[], Store]) -> Desk | None:
    """The desk with the sign-in that the settings name; None where others are served and nobody signs in.

    Raises:
        RyoshikiError: the settings do not go together, or the records cannot be had.
    """
    if chosen.sign_in == "none":
        return Desk(opened, _owner, origin=serving.origin) if serving.alone else None
    _fit(chosen, serving)
    store = opened()  # now: a server that cannot reach its records is better not started
    if chosen.sign_in == "proxy":
        from ryoshiki.web.signin.proxy import Proxy, networks

        told = Proxy(store, chosen.sign_in_header, networks(serving.proxies))
        return Desk(lambda: store, told.who, told.token, serving.origin)
    terms = Terms(timedelta(minutes=chosen.session_idle), timedelta(hours=chosen.session_hours))
    signed = Signed(store, terms, cookie(SESSION, serving.origin), chosen.sign_in == "local")
    if chosen.sign_in == "local":
        from ryoshiki.web.signin import local

        return Desk(lambda: store, signed.who, signed.token, serving.origin, local.router(signed))
    from ryoshiki.web.signin import oidc

    assert chosen.oidc_issuer is not None
    assert chosen.oidc_client_id is not None
    provider = oidc.Provider(chosen.oidc_issuer, chosen.oidc_client_id, chosen.oidc_client_secret)
    entrance = oidc.router(signed, provider, chosen.oidc_claim, serving.origin)
    return Desk(lambda: store, signed.who, signed.token, serving.origin, entrance)


def _owner(request: Request) -> Actor:
    if any(name in request.headers for name in _FORWARDED):
        raise Problem(
            403,
            "窓口は、この端末からだけ使えます (this machine only)",
            "ほかの端末から使うには、設定 sign_in が要ります (to serve others, set sign_in)",
        )
    return OWNER


def _fit(chosen: Settings, serving: Serving) -> None:
    """Refuse settings with which people would sign in unsafely, or not at all."""
    if not serving.alone and (serving.origin is None or urlsplit(serving.origin).scheme != "https"):
        raise RyoshikiError(
            "web_origin: サインインするには https:// で始まる URL が要ります。暗号化しないと、だれかが読み取れます"
            " (sign-in needs a web_origin that begins with https://; else others could read it on its way)"
        )
    if min(chosen.session_idle, chosen.session_hours) < 1:
        raise RyoshikiError("session_idle, session_hours: 1 以上にします (at least 1)")
    parts = {"local": "argon2", "oidc": "authlib"}.get(chosen.sign_in)
    if parts and find_spec(parts) is None:
        raise RyoshikiError(
            "サインインの部品が入っていません。pip install ryoshiki[server] で入ります"
            " (the parts for sign-in are missing)"
        )
    if chosen.sign_in == "oidc":
        for name in ("oidc_issuer", "oidc_client_id"):
            if getattr(chosen, name) is None:
                raise RyoshikiError(f"{name}: sign_in = oidc に要ります (needed for it)")
