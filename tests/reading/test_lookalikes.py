"""Hosts that pass themselves off as another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.reading.lookalikes import imitated, mixed, own

DOMAINS = ("city.shioiri.lg.jp",)


@pytest.mark.parametrize(
    "host",
    [
        "city.shioiri.lg.jp.example",
        "city-shioiri.lg.jp.example",
        "city-shioiri-lg-jp.example",
        "city.shioiri.lg.jp-login.example",
        "login-city-shioiri-lg-jp.example",
        "cityshioirilgjp.example",
        "www.city.shioiri.lg.jp.evil.example",
        "wwwcity.shioiri.lg.jp",
        "city-shioiri.jp",
        "city-shioiri.lg.jp",
        "cityshioiri.example",
        "shioiri-city.example",
        "shioiri-shi.example",
        "shioiri-city-kyufukin.example",
        "city.shioiri-official.example",
        "city.shioiri.example",
        "city.shioiri.go.jp",
        "city.shi0iri.lg.jp",
        "city.shioirl.1g.jp",
        "cιty.shioiri.lg.jp",
        "city.shіoiri.lg.jp",
        "city.shioïri.lg.jp",
        "city.shoiiri.lg.jp",
        "city.shioiiri.lg.jp",
        "city.shioir.lg.jp",
        "city.shiorri.lg.jp",
        "city.shioiri.lg.jo",
    ],
)
def test_imitations_are_seen(host: str) -> None:
    """Twins of letters, slips, the domain taken along, and its name under another ending."""
    assert imitated(host, DOMAINS) == DOMAINS[0]


@pytest.mark.parametrize(
    "host",
    [
        "city.shioiri.lg.jp",
        "www.city.shioiri.lg.jp",
        "lib.city.shioiri.lg.jp",
        "city.hamakaze.lg.jp",
        "pref.hamakaze.lg.jp",
        "shioiri.example",
        "shioiri-kanko.example",
        "shioiri-it.ac.jp",
        "shioiri-city-hotel.example",
        "shioiri-shi-ishikai.example",
        "city.shioiri.hokkaido.jp",
        "cityhotel-shioiri.example",
        "city-heaven.example",
        "lg.jp",
        "jp",
        "",
    ],
)
def test_honest_hosts_imitate_none(host: str) -> None:
    """Own hosts, neighbours, local firms and schools."""
    assert imitated(host, DOMAINS) is None


def test_a_short_name_allows_no_slip() -> None:
    """Between short names of real places lies one letter."""
    assert imitated("city.oita.lg.jp", ("city.ota.lg.jp",)) is None
    assert imitated("city.0ta.lg.jp", ("city.ota.lg.jp",)) == "city.ota.lg.jp"


def test_a_domain_that_says_little_is_taken_literally() -> None:
    """Without a name of its own, or a kind of body, only the whole domain can be imitated."""
    assert imitated("www.city.example.jp", ("www.city.example",)) is None
    assert imitated("kanko-shioiri.example", ("shioiri.example",)) is None
    assert imitated("shioiri.example.evil.test", ("shioiri.example",)) == "shioiri.example"


def test_own_hosts() -> None:
    """The domain and what lies under it, with or without www."""
    assert own("a.city.example", ("www.city.example",))
    assert not own("acity.example", ("www.city.example",))


@pytest.mark.parametrize("host", ["ex\u0430mple.jp", "аррӏе.example", "xn--80ak6aa92e.example", "goοgle.example"])
def test_mixed_letters(host: str) -> None:
    """Latin with Cyrillic or Greek, or a word of twins alone."""
    assert mixed(host)


@pytest.mark.parametrize(
    "host",
    ["example.jp", "日本語.example", "室蘭city.example", "пример.рф", "ελλάδα.gr", "münchen.example", "xn--.example"],
)
def test_one_script_is_honest(host: str) -> None:
    """A name in a script of its own imitates nobody."""
    assert not mixed(host)


@given(st.one_of(st.text(max_size=40), st.text("city.shoran-lgjp0", max_size=40)))
def test_any_host_is_judged(host: str) -> None:
    """No host fails, and none under an own domain imitates it."""
    imitated(host, DOMAINS), mixed(host)
    assert imitated(f"{host}.{DOMAINS[0]}", DOMAINS) is None
