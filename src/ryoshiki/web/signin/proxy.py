"""People known by what a trusted proxy says of them in a header of each request."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from ryoshiki.desk import staff
from ryoshiki.desk.store.database import Store
from ryoshiki.model import RyoshikiError
from ryoshiki.web.problems import Problem
from ryoshiki.web.serving import PEER

if TYPE_CHECKING:
    from starlette.requests import Request

    from ryoshiki.desk.people import Actor

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Proxy:
    """Believes ``header`` when it comes straight from one of ``proxies``, and nobody else."""

    store: Store
    header: str
    proxies: tuple[Network, ...]
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def who(self, request: Request) -> Actor:
        """Who asks, as the staff list has them now.

        Raises:
            Problem: the request did not come by the proxy, or the proxy named nobody whom we know.
        """
        number = self._number(request)
        with self.store.read() as db:
            person = staff.find(db, number)
        if person is None:
            raise Problem(
                403,
                "窓口を使う人として登録されていません (not on the staff list)",
                "管理の担当に伝えてください (please tell your administrator)",
            )
        request.state.signed_in = {"name": person.name, "token": "", "password": False}
        return person.actor

    def token(self, request: Request) -> str:
        """What forms of this person carry; a new start of the server makes new ones."""
        return hmac.digest(self._key, self._number(request).encode(), hashlib.sha256).hex()

    def _number(self, request: Request) -> str:
        named = request.headers.getlist(self.header)
        if not self._trusted(str(request.scope.get(PEER, ""))) or len(named) != 1 or not named[0].strip():
            raise Problem(
                403,
                "だれからの要求か分かりません (nobody is named)",
                "いつもの入口から開いてください。続くときは、管理の担当に伝えてください"
                " (please come in by the usual address, or tell your administrator)",
            )
        return named[0].strip()

    def _trusted(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self.proxies)


def networks(proxies: tuple[str, ...]) -> tuple[Network, ...]:
    """The addresses of the setting ``web_proxies``.

    Raises:
        RyoshikiError: there are none, or one is no address: whoever is believed must be named exactly.
    """
    try:
        found = tuple(ip_network(proxy) for proxy in proxies)
    except ValueError:
        found = ()
    if not found or any(network.prefixlen == 0 for network in found):
        raise RyoshikiError(
            "web_proxies: sign_in = proxy では、信じるプロキシの IP アドレスを書きます"
            " (with sign_in = proxy, give the IP addresses of the proxies that are believed)"
        )
    return found
