"""A client may ask so often and no more, and nobody pays for another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from ryoshiki import load
from ryoshiki.web.app import create_app
from ryoshiki.web.guard.rates import Buckets, Paced, Rates, client_of
from ryoshiki.web.serving import Serving
from tests.web.guard import HOST, ask

HERE = {"type": "http"}
rates = st.builds(Rates, st.floats(0.1, 100), st.floats(1, 1_000))
steps = st.lists(st.tuples(st.floats(0, 60), st.floats(0, 2_000)), max_size=60)


@given(rates, steps)
def test_no_span_of_time_gives_more_than_was_saved_and_earned(rates: Rates, steps: list[tuple[float, float]]) -> None:
    """Between any two moments: a full bucket and what flowed in since, at most."""
    buckets, now = Buckets(rates), 1_000.0
    taken: list[tuple[float, float]] = []
    for pause, cost in steps:
        now += pause
        if not buckets.take("a", cost, now):
            taken.append((now, min(cost, rates.burst)))
    for i, (begin, _) in enumerate(taken):
        for j in range(i, len(taken)):
            spent = sum(cost for _, cost in taken[i : j + 1])
            assert spent <= (rates.burst + rates.per_second * (taken[j][0] - begin)) * (1 + 1e-6)


@given(rates, steps)
def test_who_waits_as_told_is_let_in(rates: Rates, steps: list[tuple[float, float]]) -> None:
    """The seconds that a refusal names are enough, and a little less is not."""
    buckets, now = Buckets(rates), 1_000.0
    for pause, cost in steps:
        now += pause
        wait = buckets.take("a", cost, now)
        assert wait >= 0
        if wait > 0.01:
            assert buckets.take("a", cost, now + wait * 0.9)
            assert buckets.take("a", cost, now + wait + 1e-6) == 0
            now += wait + 1e-6


def test_clients_have_a_bucket_each() -> None:
    """One that is empty leaves the other full."""
    buckets = Buckets(Rates(1, 2))
    assert [buckets.take("a", 1, 0) for _ in range(3)] == [0, 0, 1]
    assert buckets.take("b", 2, 0) == 0


def test_a_clock_that_goes_back_gives_nothing() -> None:
    """Time that was counted once is not counted again."""
    buckets = Buckets(Rates(1, 2))
    assert buckets.take("a", 2, 100) == 0
    assert buckets.take("a", 1, 50) == 1
    assert buckets.take("a", 1, 100) == 1


@given(st.lists(st.integers(0, 30), max_size=200))
def test_so_many_clients_are_remembered(clients: list[int]) -> None:
    """Memory is bounded; who has asked last is kept."""
    buckets = Buckets(Rates(1, 10, clients=5))
    for now, client in enumerate(clients):
        buckets.take(str(client), 10, now / 1_000)
        assert len(buckets) <= 5
        assert buckets.take(str(client), 10, now / 1_000) > 0  # it is not forgotten at once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", True),
        ("2001:db8:0:1::1", "2001:0DB8::1:0:0:0:5", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("nonsense", "192.0.2.1", False),
    ],
)
def test_a_household_is_one_client(one: str, other: str, same: bool) -> None:
    """Of IPv6, one household has a /64 of addresses; an IPv4 address in IPv6 clothes is the same client."""
    names = {client_of({**HERE, "client": (address, 1)}) for address in (one, other)}
    assert len(names) == (1 if same else 2)


@pytest.mark.parametrize("scope", [HERE, {**HERE, "client": None}])
def test_who_cannot_be_known_shares_a_bucket(scope: dict[str, object]) -> None:
    """A server on a socket file tells no address."""
    assert client_of(scope) == "-"


@given(st.floats(0.01, 50), st.floats(0, 1))
def test_the_seconds_to_wait_are_whole(per_second: float, pause: float) -> None:
    """Retry-After is a whole number of one at least, and enough."""
    now = [0.0]
    app = Paced(PlainTextResponse("in"), Rates(per_second, 1), lambda path: 1.0, lambda: now[0])
    assert ask(app, "GET", "/").status == 200
    now[0] += pause / per_second / 2
    answer = ask(app, "GET", "/")
    assert answer.status == 429
    told = answer.headers["retry-after"]
    assert told.isascii()
    assert told.isdecimal()
    assert int(told) >= 1
    assert f"{told} 秒" in answer.problem()["detail"]
    now[0] += int(told) + 1e-6
    assert ask(app, "GET", "/").status == 200


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still, so that slow machines count as fast ones do."""
    paced: Callable[..., None] = Paced.__init__
    monkeypatch.setattr(Paced, "__init__", lambda self, app, rates, cost: paced(self, app, rates, cost, lambda: 0.0))


@pytest.mark.usefixtures("frozen")
def test_a_flood_is_held_back_and_harms_nobody() -> None:
    """On an intranet a client gets a hundred requests at once, and another is not affected."""
    app = create_app(load(), Serving(host="0.0.0.0"))
    seen = [ask(app, "GET", "/api/v1/platforms", client="192.0.2.1").status for _ in range(105)]
    assert seen == [200] * 100 + [429] * 5
    assert ask(app, "GET", "/static/check.js", client="192.0.2.1").status == 200
    assert ask(app, "GET", "/api/v1/platforms", client="192.0.2.2").status == 200


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("path", ["/api/v1/photos", "/api/v1/photos/clean", "/share", "/sign-in"])
def test_what_takes_long_costs_more(path: str) -> None:
    """A photo takes a second of all cores, and so does a guess at a password: twenty of them are a flood."""
    app = create_app(load(), Serving(host="0.0.0.0"))
    seen = [ask(app, "POST", path, (HOST, ("Content-Type", "image/png"))).status for _ in range(21)]
    assert [status == 429 for status in seen] == [False] * 20 + [True]


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_this_machine_nobody_is_held_back(host: str) -> None:
    """Who serves only himself may ask as he likes."""
    app = create_app(load(), Serving(host=host))
    assert {ask(app, "GET", "/static/icon.svg").status for _ in range(50)} == {200}
    assert {ask(app, "GET", "/api/v1/platforms").status for _ in range(150)} == {200}
