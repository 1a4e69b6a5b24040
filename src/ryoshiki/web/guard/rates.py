"""How often one client may ask: a bucket of tokens for each, filled at a steady pace."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING

from ryoshiki.web.problems import Problem, answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Rates:
    """Tokens that a client gets a second, how many it can save up, and for how many clients that is remembered."""

    per_second: float = 10.0
    burst: float = 100.0
    clients: int = 10_000


class Buckets:
    """The tokens of each client. A client that is not remembered has a full bucket."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when; last seen last

    def __len__(self) -> int:
        return len(self._levels)

    def take(self, client: str, cost: float, now: float) -> float:
        """Take ``cost`` tokens, and return 0; or take none, and return the seconds until there are enough.

        What costs more than a full bucket costs a full one, else it could never be had.
        """
        tokens, then = self._levels.pop(client, (self.rates.burst, now))
        now = max(then, now)
        tokens = min(self.rates.burst, tokens + (now - then) * self.rates.per_second)
        cost = min(cost, self.rates.burst)
        enough = tokens >= cost
        self._levels[client] = (tokens - cost if enough else tokens, now)
        if len(self._levels) > self.rates.clients:
            self._levels.popitem(last=False)
        return 0.0 if enough else (cost - tokens) / self.rates.per_second


class Paced:
    """Refuses clients that ask too often. ``cost``: the tokens that a request for a path takes."""

    def __init__(
        self,
        app: ASGIApp,
        rates: Rates,
        cost: Callable[[str], float],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app, self.cost, self.clock = app, cost, clock
        self.buckets = Buckets(rates)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = 0.0
        if scope["type"] == "http":
            wait = self.buckets.take(client_of(scope), self.cost(scope["path"]), self.clock())
        await (answer(_too_often(math.ceil(wait))) if wait else self.app)(scope, receive, send)


def client_of(scope: Scope) -> str:
    """Who asks: the address, of IPv6 its /64, for one household or telephone has that many. "-" where none is known."""
    address = (scope.get("client") or ("-",))[0]
    try:
        parsed = ip_address(address)
    except ValueError:
        return str(address)
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else f"{int(parsed) >> 64:016x}/64"


def _too_often(seconds: int) -> Problem:
    return Problem(
        429,
        "少し間をおいてください (too many requests)",
        f"{seconds} 秒たったら、もう一度送れます (try again in {seconds} s)",
        headers={"Retry-After": str(seconds)},
    )
