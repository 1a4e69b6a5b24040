"""What posts tell of their author adds up; what they tell of others is not taken in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history.facts import Hint, Told, kinds
from ryoshiki.history.posts import Post


def post(id: str, text: str, **more: object) -> Post:
    return Post(id, "x", None, text, **more)  # type: ignore[arg-type]


def hint(kind: str, text: str, words: str) -> list[Hint]:
    start = text.index(words)
    return [Hint(kind, start, start + len(words), 1.0)]


def told(*posts: tuple[Post, str, str]) -> Told:
    """Posts, each with a kind and the words that tell it."""
    gathered = Told()
    for one, kind, words in posts:
        gathered.take(one, hint(kind, one.text, words))
    return gathered


def test_posts_add_up() -> None:
    """One fact of each kind, with all its posts, in the surest words; other spellings are the same."""
    gathered = told(
        (post("1", "うちの柴、寝た"), "pet", "柴"),
        (post("2", "最寄りの東室蘭で降り損ねた"), "station", "東室蘭で"),
        (post("3", "毎朝東室蘭駅まで歩く"), "station", "東室蘭駅"),
        (post("4", "バスは知利別から"), "station", "知利別"),
        (post("5", "また東室蘭"), "station", "東室蘭"),
    )
    found = [(fact.kind, fact.value, fact.posts) for fact in gathered.facts()]
    assert found == [("pet", "柴", ("1",)), ("station", "東室蘭、知利別", ("2", "3", "4", "5"))]


def test_the_surest_words_stand_for_a_kind() -> None:
    """Three of them, however often weaker ones come, and none below the limit beside another."""

    def words_of(*said: tuple[str, float]) -> list[str]:
        gathered = Told()
        for number, (words, strength) in enumerate(said):
            gathered.take(post(str(number), words), [Hint("pet", 0, 1, strength)])
        return [fact.value for fact in gathered.facts()]

    assert words_of(("柴", 0.5), ("猫", 2.0), ("亀", 1.0), ("蛇", 3.0), ("柴", 0.5)) == ["蛇、猫、亀"]
    assert words_of(("猫", 2.0), ("亀", -0.1)) == ["猫"]


def test_what_is_not_the_authors_tells_nothing() -> None:
    """What was passed on, liked or deleted; kinds that are not known; places without words."""
    gathered = told(
        (post("1", "最寄りの輪西で降りた", kind="repost"), "station", "輪西"),
        (post("2", "最寄りの輪西で降りた", kind="like"), "station", "輪西"),
        (post("3", "最寄りの輪西で降りた", deleted=True), "station", "輪西"),
        (post("4", "最寄りの輪西で降りた"), "shoe size", "輪西"),
        (post("5", "最寄りの輪西で降りた。"), "station", "。"),
    )
    assert gathered.facts() == ()
    assert gathered.posts == {}


@pytest.mark.parametrize(
    ("strengths", "told"),
    [([1.0], True), ([0.9], False), ([0.2, -0.3], True), ([-0.1, -0.1], False), ([3.0, -2.0, -2.0], True), ([], False)],
)
def test_one_that_is_sure_or_two_that_are_nearly(strengths: list[float], told: bool) -> None:
    """A fact that one post hints at is no fact; posts below the limit belong to it once another is above."""
    gathered = Told()
    for number, strength in enumerate(strengths):
        gathered.take(post(str(number), "東室蘭"), [Hint("station", 0, 3, strength)])
    assert [len(fact.posts) for fact in gathered.facts()] == ([len(strengths)] if told else [])


def test_posts_of_a_fact_are_at_hand() -> None:
    """Those alone that told something are held."""
    gathered = told((post("2", "夜勤明け。寝る"), "shift", "夜勤明け"))
    gathered.take(post("1", "今日はカレー"), [])
    assert list(gathered.posts) == ["2"]


def test_every_kind_is_told_and_counts() -> None:
    """In both languages; a share is one of a town's people."""
    for kind in kinds().values():
        assert kind.title
        assert kind.title_en
        assert 0 < kind.share < 1


@given(st.lists(st.tuples(st.sampled_from(sorted(kinds())), st.text(min_size=1, max_size=20))))
def test_no_kind_is_told_twice(said: list[tuple[str, str]]) -> None:
    """However many posts tell it, and in whatever words."""
    gathered = Told()
    for number, (kind, text) in enumerate(said):
        gathered.take(post(str(number), text), [Hint(kind, 0, len(text), 1.0)])
    found = [fact.kind for fact in gathered.facts()]
    assert len(found) == len(set(found))
    assert {id for fact in gathered.facts() for id in fact.posts} == set(gathered.posts)
