"""The table of speeds from the seconds that were taken."""

from benchmarks.speed import figures


def test_ratios_are_of_loops_that_ran_one_after_the_other() -> None:
    """A slow minute that hits both does not change the ratio."""
    took = {"batch": [1.0, 4.0], "sudachi": [0.25, 1.0], "draft": [0.001] * 20, "short": [0.0005] * 4}
    rows = {row[0]: row[1] for row in figures(100, took, 120.4).rows}
    assert rows["time of batch mode as a multiple of Sudachi's"] == "4.0 (4.0–4.0)"
    assert rows["one review, median (ms)"] == "1.00"
    assert rows["peak memory of a batch process (MB)"] == "120"
