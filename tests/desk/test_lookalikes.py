"""Accounts like the official ones are seen with the reason; honest neighbours are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.desk.lookalikes import KINDS, Likeness, Seen, bare_handle, likeness
from ryoshiki.model import OfficialAccount

CITY = OfficialAccount("x", "muroran_city", "室蘭市")
BOSAI = OfficialAccount("facebook", "muroran.bosai", "室蘭市防災ナビ")
SERVER = OfficialAccount("mastodon", "@shioiri@social.example", "汐入町")
ICON = OfficialAccount("instagram", "shioiri_town", "汐入町役場", "f0f0f0f00f0f0f0f")
REGISTER = (CITY, BOSAI, SERVER, ICON)


def like(handle: str, name: str = "", platform: str = "", picture: str = "") -> Likeness | None:
    return likeness(Seen(1, handle, name, platform, picture), REGISTER)


@pytest.mark.parametrize(
    ("handle", "kind"),
    [
        ("muroran_clty", "letters"),
        ("rnuroran_city", "letters"),
        ("mur0ran_c1ty", "letters"),
        ("murоran_city", "letters"),
        ("muroran__city", "separators"),
        ("muroran-city", "separators"),
        ("MuroranCity_", "separators"),
        ("muroarn_city", "slip"),
        ("muroran_citty", "slip"),
        ("murorn_city", "slip"),
        ("muroran_city_official", "added"),
        ("official_muroran_city", "added"),
        ("muroran_city2026", "added"),
        ("muroran_clty_info", "added"),
        ("murorancityjp", "added"),
        ("city_muroran", "words"),
        ("muroran_shi", "words"),
        ("muroran_cityhall", "words"),
        ("@shioiri@social.bad.example", "other-server"),
        ("https://x.com/muroran_c1ty", "letters"),
        ("muroran-city.bsky.social", "separators"),
    ],
)
def test_a_handle_that_is_like(handle: str, kind: str) -> None:
    """Letters drawn alike, a slip, words added or changed round, another server."""
    found = like(handle)
    assert (found.kinds if found else ()) == (kind,)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("室蘭市", "name-same"),
        ("🌸室 蘭 市🌸", "name-same"),
        ("室蘭巿", "name-letters"),
        ("室蘭市防災ナピ", "name-letters"),
        ("室蘭市防災ナ匕", "name-letters"),
        ("室蘭市防災ナヒ", "name-letters"),
        ("室市蘭", "name-slip"),
        ("室蘭市【公式】", "name-added"),
        ("室蘭市役所 公式アカウント", "name-added"),
        ("新・室蘭市 給付金窓口", "name-added"),
        ("室蘭市公式2", "name-added"),
    ],
)
def test_a_display_name_that_is_like(name: str, kind: str) -> None:
    """The same, letters drawn alike, two changed round, or usual words around it."""
    found = like("somebody", name)
    assert (found.kinds if found else ()) == (kind,)


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("muroran_ramen", "室蘭ラーメン部"),
        ("muroran_shimin", "室蘭市民の会"),
        ("muroran_citizens", "室蘭市民"),
        ("muroran_city_fc", "室蘭シティFC"),
        ("muroran_city_lovers", "室蘭市が好き"),
        ("muroran", "むろらん"),
        ("muroran_kanko", "室蘭観光協会"),
        ("muroran_gikai", "室蘭市議会"),
        ("muroran_hospital", "室蘭市立病院"),
        ("noboribetsu_city", "登別市"),
        ("tomakomai_city", "苫小牧市"),
        ("city_photo", "市"),
        ("bosai_fan", "防災ナビ"),
        ("shioiri", "汐入"),
        ("", ""),
    ],
)
def test_an_honest_neighbour_stays_quiet(handle: str, name: str) -> None:
    """Fans, clubs, other towns, the assembly: the town's name is everybody's."""
    assert like(handle, name) is None


def test_the_register_itself_is_no_likeness() -> None:
    """In any case and form; on a service where it is not registered the same handle is worth a look."""
    assert like("@Muroran_City", "室蘭市") is None
    assert like("https://x.com/muroran_city?lang=ja", platform="x") is None
    found = like("muroran_city", platform="tiktok")
    assert found
    assert (found.kinds, found.sure) == (("other-service",), "like")


def test_how_sure_it_is() -> None:
    """Alike in two parts is very alike; words added, or a picture alone, may be an honest neighbour's."""
    both, slip, added = like("muroran_c1ty", "室蘭市"), like("muroran_citty"), like("muroran_city_info")
    icon = like("somebody", picture="f0f0f0f00f0f0f0e")
    assert [one.sure if one else None for one in (both, slip, added, icon)] == ["very", "like", "somewhat", "somewhat"]
    assert icon
    assert icon.official is ICON
    assert like("somebody", picture="0ff0f0f00f0f0f0e") is None


def test_the_most_alike_is_named() -> None:
    """Where it is like several."""
    found = like("muroran_city_info", "室蘭市防災ナビ", picture="f0f0f0f00f0f0f0f")
    assert found
    assert found.official in (BOSAI, CITY)
    assert like("shioiri_t0wn", "汐入町役場") == Likeness(
        Seen(1, "shioiri_t0wn", "汐入町役場"), ICON, ("letters", "name-same")
    )


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_account_can_be_compared(handle: str, name: str) -> None:
    """Nothing breaks it, and what it says it can explain."""
    found = like(handle, name)
    assert found is None or (found.kinds and all(kind in KINDS for kind in found.kinds))
    assert "@" not in bare_handle(handle)[:1] or bare_handle(handle).startswith("@")
