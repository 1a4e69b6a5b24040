"""What stands before the application: who is let in, how much, how often, and what every answer carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ryoshiki.web.guard.bodies import Bodies, Limits
from ryoshiki.web.guard.headers import Headers
from ryoshiki.web.guard.origin import SHARE, Origin
from ryoshiki.web.guard.rates import Paced, Rates
from ryoshiki.web.problems import LastNet

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PHOTOS = "/api/v1/photos"
SIGN_IN = "/sign-in"
_GUESS_COST = 5.0  # a password takes half a second to verify, on purpose
_PHOTO_COST = 5.0  # tokens: a photo takes a second of all cores, a text some hundredths


@dataclass(frozen=True, slots=True)
class Guard:
    """``hosts``: names under which the server may be asked (None: any); ``rates`` None: nobody is held back."""

    hosts: frozenset[str] | None = None
    origin: str | None = None
    limits: Limits = field(default_factory=Limits)
    rates: Rates | None = None


def guarded(app: ASGIApp, guard: Guard) -> ASGIApp:
    """The app behind its guard. Headers stand outermost, so that refusals carry them too."""
    app = Bodies(LastNet(app), guard.limits, _sizes(guard.limits))
    if guard.rates is not None:
        app = Paced(app, guard.rates, _cost)
    return Headers(LastNet(Origin(app, guard.hosts, guard.origin)))


def _sizes(limits: Limits) -> Callable[[str], int]:
    def size(path: str) -> int:
        if path.startswith(PHOTOS):
            return limits.photo
        return limits.share if path == SHARE else limits.json

    return size


def _cost(path: str) -> float:
    if path.startswith("/static/"):
        return 0.0
    if path.startswith(SIGN_IN):
        return _GUESS_COST
    return _PHOTO_COST if path.startswith(PHOTOS) or path == SHARE else 1.0
