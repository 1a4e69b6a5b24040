"""The figures on archives."""

from pathlib import Path

from benchmarks.history import POSTS, figures, made, posts
from tests.history.making import read

CASES = ({"text": "港の朝 <&>"}, {"text": "散歩"})


def test_an_archive_of_so_many_posts(tmp_path: Path) -> None:
    """Each text comes as it was, by turns, over years; the same every time."""
    found, problems = read(made(tmp_path / "a.zip", CASES, 50))
    assert [p.text for p in found] == [case["text"] for case in CASES] * 25
    assert [p.posted_at for p in found] == [at for _, _, at in posts(CASES, 50)]
    assert problems == []


def test_the_ratio_is_of_two_that_ran_by_turns() -> None:
    """The median of their ratios."""
    took = [{"batch": 10.0, "history": 10.5, "again": 1.0}, {"batch": 20.0, "history": 20.0, "again": 2.0}]
    many = {"peak": 300, "seconds": 800.0, "again": 15.0, "page": 2e6, "noted": 9}
    rows = {row[0]: row[1] for row in figures(took, many).rows}
    assert rows["time of `history` as a multiple"].startswith("1.02 (1.00–1.05)")
    assert rows["posts a second, `history`"].startswith(f"{POSTS * (1 / 10.5 + 1 / 20) / 2:,.0f}")
