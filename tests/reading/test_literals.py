"""What a pattern cannot match without."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki import load
from ryoshiki.reading.literals import required


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("窓口", [{"窓口"}]),
        ("[0-9]+万円", [{"万円"}]),
        ("(友(だち|達)|知人)から", [{"友だちから", "友達から", "知人から"}]),
        ("窓口[^。]{0,20}(離婚|滞納)", [{"窓口"}, {"離婚", "滞納"}]),
        ("窓口.*(が|は).*(離婚|滞納)届?", [{"窓口"}, {"離婚", "滞納"}]),
        ("(窓口.+離婚|滞納.+)", [{"窓口", "滞納"}]),
        ("[死四]ね", [{"死ね", "四ね"}]),
        ("(?i)DV", [{"dv"}]),
        ("x{2,3}", [{"x"}]),
        (r"\p{Han}{2}さん", [{"さん"}]),
        (r"\.$", [{"."}]),
        ("a?b*", []),
        (".+", []),
        ("(窓口|.*)", []),
        ("^$", []),
    ],
)
def test_the_literals_of_a_pattern(pattern: str, sets: list[set[str]]) -> None:
    """Each set holds a literal of every match; where a pattern can match without any, there is none."""
    assert [set(one) for one in required(pattern)] == sets


_PATTERNS = st.recursive(
    st.sampled_from(["a", "bc", "死", "[ab]", "[^a]", ".", r"\p{Han}", r"\.", "窓口", "[0-3]", "^", "$"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,}", "+?"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=8,
)


@given(_PATTERNS, st.text(alphabet="abc死窓口.01", max_size=12))
def test_no_match_without_a_literal(pattern: str, text: str) -> None:
    """Whatever a pattern matches holds a literal of each set, so that skipping it loses nothing."""
    if re2.search(pattern, text):
        assert all(any(literal in text for literal in literals) for literals in required(pattern))


def test_patterns_of_the_guideline_compile_and_nearly_all_have_literals() -> None:
    """The built-in folder's patterns are trusted at load: this is where they are tried."""
    vocabulary = load().vocabulary
    patterns = [e.text for name in vocabulary.names() for e in vocabulary.entries(name) if e.mode == "/"]
    for pattern in patterns:
        re2.compile(pattern)
    assert sum(not required(p) for p in patterns) <= len(patterns) // 50
