"""The patterns of a guideline: which could match, and each compiled when it is first asked for."""

from ryoshiki.reading.patterns import Patterns, fault


def made() -> Patterns:
    patterns = Patterns()
    patterns.add("[0-9]+万円", [[1], [2]])
    patterns.add("昇進", [[3]])
    patterns.give("昇進", ["news"])
    patterns.give("昇進", ["staff", "news"])
    patterns.close()
    return patterns


def test_only_those_whose_letters_are_there_could_match() -> None:
    """Of every set of letters one must be seen."""
    patterns = made()
    assert patterns.possible({1, 2}) == [0]
    assert patterns.possible({1, 3}) == [1]
    assert patterns.possible(set()) == []


def test_a_pattern_belongs_to_all_classes_that_have_it() -> None:
    """It is known once, however many classes hold it."""
    patterns = made()
    assert "昇進" in patterns
    assert patterns.owners == [set(), {"news", "staff"}]
    assert patterns.of("news") == patterns.of("staff") == {1}
    assert patterns.of("none") == set()


def test_what_re2_refuses_is_told_and_not_raised() -> None:
    """A words file is anybody's."""
    assert fault("(a") == "missing ): (a"
    assert fault("(?=a)") is not None
    assert fault("a{1,3}") is None
