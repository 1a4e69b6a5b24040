"""What a post tells of its author, and what it tells of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history.facts import Told, facts, hints, kinds
from ryoshiki.history.posts import Post


def told(text: str) -> set[tuple[str, str]]:
    return {(hint.kind, hint.value) for hint in hints(text)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("夜勤明け。今日は寝る", "shift", "夜勤"),
        ("港湾課に異動して半年たちました", "section", "港湾課"),
        ("市立図書館で働いて十年になる", "workplace", "市立図書館"),
        ("最寄りの東室蘭で降り損ねた", "station", "東室蘭"),
        ("娘が港北小の入学式でした", "school", "港北小"),
        ("３歳の娘と公園へ", "family", "３歳の娘"),
        ("今日で三十四歳。早いなあ", "age", "三十四歳"),
        ("実家は函館だから雪には慣れてる", "origin", "函館"),
        ("うちのハリネズミの爪切り", "pet", "ハリネズミ"),
        ("ジムニーが納車されました", "vehicle", "ジムニー"),
        ("合唱団の練習、アルトが足りない", "club", "合唱団の練習"),
        ("インスタは @misaki_0143 です", "handle", "@misaki_0143"),
    ],
)
def test_what_an_author_lets_slip(text: str, kind: str, value: str) -> None:
    """In passing, in the author's own words and width."""
    found = told(text)
    assert any(kind == k and (value in v or v in value) for k, v in found), found


@pytest.mark.parametrize(
    "text",
    [
        "友人の娘さんが小1になったそう",
        "ドラマの主人公は消防士を十年目にやめる",
        "もし私が保育士だったら毎日泣いてる",
        "市立図書館で働いているわけじゃないです",
        "旅行で東室蘭の駅に降りた",
        "ニュースで、柴犬を飼っている百歳の人を見た",
        "今日はカレー。おいしくできた",
        "",
    ],
)
def test_what_is_about_others_or_nobody(text: str) -> None:
    """It is not taken for the author's."""
    assert told(text) == set()


def post(id: str, text: str, **more: object) -> Post:
    return Post(id, "x", None, text, **more)  # type: ignore[arg-type]


def test_posts_add_up() -> None:
    """The same fact in several posts is one, with all of them; what is passed on or deleted tells nothing."""
    found = facts(
        [
            post("1", "最寄りの東室蘭で降り損ねた"),
            post("2", "毎朝東室蘭駅まで歩く"),
            post("3", "最寄りの輪西で降りた", kind="repost"),
            post("4", "最寄りの輪西で降りた", deleted=True),
        ]
    )
    assert [(f.kind, f.posts) for f in found] == [("station", ("1", "2"))]


def test_a_trade_shows_in_several_posts() -> None:
    """One post with words of a trade is talk; three tell what the author does."""
    some = [post("1", "住民票の列が長い"), post("2", "納税通知の封入で腰が痛い")]
    assert facts(some) == ()
    found = facts([*some, post("3", "番号札、最後は187番")])
    assert {(f.kind, f.value) for f in found} == {("job", "役所の仕事"), ("workplace", "役所")}


def test_posts_of_a_fact_are_at_hand() -> None:
    """Those alone that told something are held."""
    gathered = Told()
    for each in (post("1", "今日はカレー"), post("2", "夜勤明け。寝る")):
        gathered.take(each)
    assert list(gathered.posts) == ["2"]


def test_every_kind_is_told_and_counts() -> None:
    """In both languages; a share is one of a town's people."""
    for kind in kinds().values():
        assert kind.title
        assert kind.title_en
        assert 0 < kind.share < 1


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    """What is told stands in it."""
    for hint in hints(text):
        assert hint.value in text
        assert hint.kind in kinds()
