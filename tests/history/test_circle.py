"""How few people the facts leave, and which posts to take away so that there are more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history.circle import Fact, advice, people


def fact(share: float, *posts: str, kind: str = "job") -> Fact:
    return Fact(kind, "".join(posts), posts, share)


SOME = st.lists(
    st.builds(
        lambda posts, share: fact(share, *sorted(posts)),
        st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=4),
        st.sampled_from([0.5, 0.1, 0.02, 0.003]),
    ),
    max_size=8,
)


def test_facts_narrow_the_circle() -> None:
    """Each by its share; the author is always left."""
    assert people([], 1000) == 1000
    assert people([fact(0.1, "a"), fact(0.5, "b")], 1000) == pytest.approx(50)
    assert people([fact(0.0001, "a"), fact(0.0001, "b")], 1000) == 1


def test_what_widens_most_comes_first() -> None:
    """For each post that has to go: a telling fact in one post before the same in four."""
    once, often = fact(0.01, "a"), fact(0.01, "b", "c", "d", "e", kind="area")
    first, second = advice([often, once], 1_000_000)
    assert (first.posts, first.gone) == (("a",), (once,))
    assert (second.posts, second.gone) == (("b", "c", "d", "e"), (often,))
    assert first.people == pytest.approx(10_000)
    assert second.people == pytest.approx(1_000_000)


def test_one_post_may_give_several_facts_away() -> None:
    """Then its going is worth them all."""
    both = [fact(0.1, "a"), fact(0.1, "a", kind="area")]
    alone = fact(0.05, "b", kind="pet")
    assert advice([alone, *both])[0].posts == ("a",)


@given(SOME, st.integers(1, 8))
def test_advice_widens_and_keeps_to_its_bound(facts: list[Fact], most: int) -> None:
    """The circle only grows, no post is named twice, and what is gone is gone wholly."""
    steps = advice(facts, 10_000, most)
    posts = [post for step in steps for post in step.posts]
    assert len(posts) == len(set(posts)) <= most
    circles = [people(facts, 10_000), *(step.people for step in steps)]
    assert circles == sorted(circles)
    gone = [fact for step in steps for fact in step.gone]
    assert all(set(fact.posts) <= set(posts) for fact in gone)
    assert people([f for f in facts if not set(f.posts) <= set(posts)], 10_000) == pytest.approx(circles[-1])
