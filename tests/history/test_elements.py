"""A long JSON list, element by element, wherever its text is cut into pieces and whatever is damaged."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ryoshiki.history.elements import elements

TEXTS = st.text('"\\\\{}[], あ', max_size=5)
VALUES = st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS, max_size=3), max_size=3)
LISTS = st.lists(VALUES, max_size=5)
few = settings(max_examples=50)


def listed(text: str, size: int = 7, keys: tuple[str, ...] = ()) -> tuple[list[Any], list[str]]:
    notes: list[str] = []
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    return list(elements(pieces, notes.append, lambda e: isinstance(e, dict), keys)), notes


@few
@given(LISTS, st.integers(1, 50), st.booleans())
def test_every_element_comes_as_it_was(values: list[Any], size: int, indented: bool) -> None:
    """In order, however the text is cut."""
    text = "window.YTD.tweets.part0 = " + json.dumps(values, indent=2 if indented else None)
    assert listed(text, size) == (values, [])


@few
@given(LISTS, st.integers(1, 50))
def test_the_list_under_a_key(values: list[Any], size: int) -> None:
    """Whatever stands before it."""
    text = json.dumps({"total": 3, "note": 'of "items": [1]', "items": values, "after": []})
    assert listed(text, size, ("items",)) == (values, [])


@few
@given(LISTS.filter(bool), st.data())
def test_a_list_that_is_cut_off(values: list[Any], data: st.DataObject) -> None:
    """It gives a beginning of what it held, and says so."""
    text = json.dumps(values)
    cut = data.draw(st.integers(1, len(text) - 1))
    found, notes = listed(text[:cut])
    assert found == values[: len(found)]
    assert len(notes) == 1


def test_an_object_alone_is_one_element() -> None:
    """Where there is no list."""
    assert listed('x = {"a": [1, {"b": 2}]} ;') == ([{"a": [1, {"b": 2}]}], [])


def test_what_has_no_list() -> None:
    """It is said."""
    assert listed("hello")[1] == ["投稿の並びが見つかりません (no list of posts)"]
    assert listed('{"a": 1}', keys=("items",))[1] == ["投稿の並びが見つかりません (no list of posts)"]


def test_much_damage_ends_in_time() -> None:
    """A list of nothing but beginnings is given up."""
    found, notes = listed('[{"a":1}' + ',{"b":' * 50_000, 65_536)
    assert found == [{"a": 1}]
    assert len(notes) == 1
