"""How findings of other tools are counted, and what becomes of a tool that does not run."""

from pathlib import Path

from benchmarks.drafts import Drafts
from benchmarks.others import Seen, Tool, catches, compared, costs, tools

CASES = (
    {"id": "a", "text": "…", "labels": ["privacy"]},
    {"id": "b", "text": "…", "labels": ["rumor"]},
    {"id": "c", "text": "…", "labels": []},
)


def test_caught_means_anything_found() -> None:
    """A draft counts once, in the column of its labels."""
    seen = {"it": Seen(kinds={"a": ["PERSON", "PHONE"], "b": [], "c": ["PERSON"]})}
    assert catches(CASES, seen).rows == (("it", "1 of 1 (100 %)", "0 of 1 (0 %)", "1 of 1 (100 %)"),)


def test_places_are_left_out_unless_asked_for() -> None:
    """A town in a clean draft is no false alarm."""
    seen = {"it": Seen(kinds={"c": ["LOCATION"]})}
    assert catches(CASES, seen).rows[0][3] == "0 of 1 (0 %)"
    assert catches(CASES, seen, passing=frozenset()).rows[0][3] == "1 of 1 (100 %)"


def test_a_tool_without_its_environment_stays_in_the_tables() -> None:
    """It stands there with its reason."""
    seen = compared(Drafts("some", Path(), CASES), tools(Path("no/such/python"))[1:2])
    (row,) = costs(seen).rows
    assert row[2] == "did not run: its environment is not there; `make bench` sets it up"
    assert catches(CASES, seen).rows[0][1] == "did not run"


def test_a_tool_that_breaks_says_why() -> None:
    """The last line of its standard error is the reason."""
    seen = compared(Drafts("some", Path(), CASES), [Tool("gone", "benchmarks.adapters.gone", None)])
    assert "No module named benchmarks.adapters.gone" in seen["gone"].failure
