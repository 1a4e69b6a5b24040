"""What a pattern cannot match without."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki import load
from ryoshiki.reading.literals import required


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("窓口", {"窓口"}),
        ("[0-9]+万円", {"万円"}),
        ("(友(だち|達)|知人)から", {"友だち", "友達", "知人"}),
        ("窓口[^。]{0,20}(離婚|滞納)", {"窓口"}),
        ("離婚届?を", {"離婚を", "離婚届を"}),
        ("[死四]ね", {"死ね", "四ね"}),
        ("(?i)DV", {"dv"}),
        ("x{2,3}", {"x"}),
        (r"\p{Han}{2}さん", {"さん"}),
        (r"\.$", {"."}),
        ("a?b*", None),
        (".+", None),
        ("(窓口|.*)", None),
        ("^$", None),
    ],
)
def test_the_literals_of_a_pattern(pattern: str, literals: set[str] | None) -> None:
    """The rarest set of literals is given, None where a pattern can match without any."""
    assert required(pattern) == (None if literals is None else frozenset(literals))


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
    """Whatever a pattern matches holds one of its literals, so that skipping it loses nothing."""
    literals = required(pattern)
    if literals is not None and re2.search(pattern, text):
        assert any(literal in text for literal in literals)


def test_patterns_of_the_guideline_compile_and_nearly_all_have_literals() -> None:
    """The built-in folder's patterns are trusted at load: this is where they are tried."""
    vocabulary = load().vocabulary
    patterns = [e.text for name in vocabulary.names() for e in vocabulary.entries(name) if e.mode == "/"]
    for pattern in patterns:
        re2.compile(pattern)
    assert sum(required(p) is None for p in patterns) <= len(patterns) // 50
