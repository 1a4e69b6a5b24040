"""What counts as found in invented people, and by what their circle grows."""

from pathlib import Path

import pytest

from benchmarks.circle import MORE, PEOPLE, THREE, _both, _grown, _planted, _read, _seen, _share
from ryoshiki.history.facts import kinds

PERSON = {
    "facts": [{"kind": "job", "posts": ["1"]}, {"kind": "job", "posts": ["2"]}, {"kind": "pet", "posts": ["3"]}],
    "second": [{"kind": "job", "posts": ["2", "4"]}, {"kind": "pet", "posts": ["5"]}, {"kind": "age", "posts": ["6"]}],
}


def test_what_both_readers_say_counts() -> None:
    """By kind, with the posts of both."""
    assert _both(PERSON) == {"job": {"1", "2", "4"}, "pet": {"3", "5"}, "age": {"6"}}


def test_readers_agree_where_they_share_a_post() -> None:
    """Of two kinds that were planted the second reader saw one from the same post; of three seen, one was planted."""
    assert _share([PERSON], _planted, _seen) == 1 / 2
    assert _share([PERSON], _seen, _planted) == 1 / 3


def test_a_kind_is_gone_when_all_its_posts_are() -> None:
    """Not before; then the circle grows by its share."""
    gold = _both(PERSON)
    assert _grown(gold, {"3"}) == 1
    assert _grown(gold, {"3", "5"}) == pytest.approx(1 / kinds()["pet"].share)


@pytest.mark.parametrize("file", [PEOPLE, MORE, THREE])
def test_the_people_are_whole(file: Path) -> None:
    """Every fact is of a known kind and stands in posts that there are."""
    for person in _read(file):
        ids = {post["id"] for post in person["posts"]}
        for kind, posts in _both(person).items():
            assert kind in kinds()
            assert posts <= ids
