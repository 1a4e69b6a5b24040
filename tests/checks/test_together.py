"""Things seen near each other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.checks.together import Together
from ryoshiki.model import Draft
from ryoshiki.reading import Reading
from tests.making import guideline, sign

CLASSES = {"duty": ["窓口"], "person": ["奥さん", "課長"], "matter": ["離婚", "滞納"], "public": ["発表済み"]}


def quotes(text: str, **parameters: Any) -> list[str]:
    one = sign("together", **parameters)
    reading = Reading(Draft(text), guideline(CLASSES, one))
    return [m.span.of(text) for m in one.check.find(reading) if m.span]


THREE = ["duty", "person", "matter"]


def test_every_part_needs_a_hit_of_its_own() -> None:
    """All parts in one sentence are one finding, from the first word to the last."""
    assert quotes("今日の窓口に花屋の奥さんが離婚届を出しに来た。", all=THREE) == ["窓口に花屋の奥さんが離婚"]
    assert quotes("窓口に花屋の奥さんが来た。", all=THREE) == []


def test_the_window_is_a_sentence_and_the_next_by_default() -> None:
    """Neighbouring sentences count together, farther ones do not, unless the whole draft is asked for."""
    apart = "窓口の話。天気はよい。奥さんが離婚した。"
    assert quotes("窓口の話。奥さんが離婚した。", all=THREE)
    assert quotes(apart, all=THREE) == []
    assert quotes(apart, all=THREE, within="draft")
    assert quotes("窓口の話。奥さんが離婚した。", all=THREE, within="sentence") == []


def test_alternatives_serve_for_one_another() -> None:
    """A part that is a list is met by any of its classes."""
    assert quotes("窓口で滞納の話", all=["duty", ["person", "matter"]]) == ["窓口で滞納"]


def test_one_word_is_not_two_parts() -> None:
    """The same hit does not stand for two parts."""
    assert quotes("課長が来た", all=["person", "person"]) == []


@pytest.mark.parametrize("key", ["unless", "never"])
def test_a_silencing_class(key: str) -> None:
    """A hit of these classes keeps the sign quiet: in the window, or anywhere in the draft."""
    far = "発表済みです。よい天気。また明日。窓口で離婚。"
    assert quotes("窓口で離婚、発表済み", all=["duty", "matter"], **{key: ["public"]}) == []
    assert bool(quotes(far, all=["duty", "matter"], **{key: ["public"]})) == (key == "unless")


def test_limits_on_distance_and_order() -> None:
    """`apart` bounds the length, `ordered` asks for the order given."""
    text = "離婚した人が窓口に"
    assert quotes(text, all=["duty", "matter"], apart=9)
    assert quotes(text, all=["duty", "matter"], apart=5) == []
    assert quotes(text, all=["duty", "matter"], ordered=True) == []


def test_enough_of_several() -> None:
    """`any` with `at_least` counts how many different classes speak."""
    assert quotes("窓口の課長", any=THREE, at_least=2)
    assert quotes("窓口で窓口", any=THREE, at_least=2) == []


def test_an_ignored_stance_does_not_count() -> None:
    """A word that is warned against is not used."""
    assert quotes("離婚と滞納をなくそう", all=["matter", "matter"], ignore=["warned"]) == []


@pytest.mark.parametrize(
    "parameters", [{}, {"all": ["duty"], "within": "page"}, {"any": ["duty"], "at_least": 2}, {"all": ["duty"], "x": 1}]
)
def test_parameters_that_make_no_sense_are_refused(parameters: dict[str, Any]) -> None:
    """A sign that could never speak is refused at load."""
    with pytest.raises(ValueError, match=r"together|within|at_least"):
        sign("together", **parameters)


SENTENCES = ["窓口は混んだ。", "田中さんが来た。", "離婚だって。", "佐藤花子と会った。", "海を見た。", "滞納の話。"]


@pytest.mark.parametrize("within", ["sentence", "near", "draft"])
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map("".join))
def test_names_are_looked_for_only_where_they_could_tell(within: str, text: str) -> None:
    """And what is found is the same as by reading the whole draft for them."""
    parameters = {"all": [["person", "@person"], "matter"], "within": within}
    found = quotes(text, **parameters)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Together, "_near", lambda *_: None)
        assert quotes(text, **parameters) == found


def test_a_name_far_from_the_matter_is_not_read() -> None:
    """To find names takes the tokeniser."""
    one = sign("together", all=["@person", "matter"])
    reading = Reading(Draft("離婚だって。海を見た。空も見た。田中さんが来た。"), guideline(CLASSES, one))
    assert list(one.check.find(reading)) == []
    assert sorted(reading._people) == [0, 1]
