"""Which of many things are let in by the names that are present."""

from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.gates import Gates

NAMES = st.integers(0, 9)
NEEDS = st.lists(st.frozensets(NAMES, min_size=1, max_size=3), max_size=4)


def test_of_each_group_one_must_be_there() -> None:
    """A thing without groups is always let in; the order is that in which they were given."""
    gates = Gates([("both", [{"a", "b"}, {"c"}]), ("always", []), ("one", [{"c"}])])
    assert gates.let_in({"a", "c"}) == ["both", "always", "one"]
    assert gates.let_in({"a", "b"}) == ["always"]
    assert gates.let_in({"d"}) == ["always"]


def test_no_things_are_no_trouble() -> None:
    """A guideline may have no patterns."""
    assert Gates[str, str]([]).let_in({"a"}) == []


@given(st.lists(NEEDS, max_size=12), st.lists(st.frozensets(NAMES), min_size=1, max_size=3))
def test_as_if_each_were_looked_at(needs: list[list[frozenset[int]]], asked: list[frozenset[int]]) -> None:
    """What was asked before changes nothing."""
    gates = Gates(enumerate(needs))
    for present in asked:
        wanted = [at for at, groups in enumerate(needs) if all(not group.isdisjoint(present) for group in groups)]
        assert gates.let_in(present) == wanted
