"""Tables for the terminal and the page."""

import pytest

from benchmarks.tables import Section, Table, render, share, spread


def test_columns_stand_under_each_other() -> None:
    """Figures end in line, and full-width letters count as two."""
    table = Table(("tool", "n"), (("良識", "7"), ("other", "1,234")))
    assert render(table) == "| tool  |     n |\n|-------|------:|\n| 良識  |     7 |\n| other | 1,234 |"


def test_a_cell_cannot_break_the_table() -> None:
    """A bar is escaped and a line end becomes a space."""
    assert "a\\|b c" in render(Table(("tool", "why"), (("x", "a|b\nc"),)))


def test_a_short_row_is_refused() -> None:
    """A figure must not slide under another heading."""
    with pytest.raises(ValueError, match="cells"):
        render(Table(("tool", "n"), (("x",),)))


def test_a_spread_is_the_median_with_the_extremes() -> None:
    """Thousands have a comma."""
    assert spread([3000, 1000, 2000], 0) == "2,000 (1,000–3,000)"


@pytest.mark.parametrize(("part", "whole", "said"), [(7, 30, "7 of 30 (23 %)"), (0, 0, "–")])
def test_a_share_names_both_numbers(part: int, whole: int, said: str) -> None:
    """Where there is nothing to count stands a dash."""
    assert share(part, whole) == said


def test_a_section_names_its_command() -> None:
    """Whoever doubts a figure can run it."""
    assert Section("Speed", "run it", ("words",)).render() == "## Speed\n\n`run it`\n\nwords\n"
