"""Counts over an archive, and which posts come first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ryoshiki import load
from ryoshiki.history.posts import Post
from ryoshiki.history.state import Note
from ryoshiki.history.survey import Survey, duty

GUIDELINE = load()


@pytest.fixture
def survey() -> Survey:
    return Survey(GUIDELINE)


def sign(severity: str, kind: str | None = None) -> str:
    """Any sign of that weight, of another kind than the clock."""
    signs = (s for rule in GUIDELINE.rules.values() for s in rule.signs)
    return next(s.id for s in signs if s.severity == severity and (s.kind == kind if kind else s.kind != "clock"))


def post(id: str, at: str | None = "2026-06-12T21:14+09:00", **more: Any) -> Post:
    return Post(id, "x", datetime.fromisoformat(at) if at else None, "文", **more)


def test_counts(survey: Survey) -> None:
    """Posts by kind, month and hour; those in working hours; those without a time."""
    survey.add(post("1", "2026-06-12T10:00+09:00"), (Note(sign("stop", "clock")),))
    survey.add(post("2", "2026-06-13T10:00+09:00"), ())
    survey.add(post("3", None), (Note(sign("stop"), 0, 1),))
    survey.add(
        post("4", "2025-12-31T15:30+00:00", kind="reply"), (Note(sign("stop"), 0, 1), Note(sign("caution"), 0, 1))
    )
    assert (survey.posts, survey.on_duty, survey.undated, len(survey.noted)) == (4, 1, 1, 3)
    assert survey.hours == {(4, 10): 1, (5, 10): 1, (3, 0): 1}
    assert (str(survey.first)[:10], str(survey.last)[:10]) == ("2026-01-01", "2026-06-13")
    assert survey.levels() == {"on-duty": 1, "stop": 2}
    rows = survey.over_time()
    assert [name for name, _, _ in rows] == [f"2026-0{n}" for n in range(1, 7)]
    assert (rows[0][1], dict(rows[0][2])) == (1, {"stop": 1, "caution": 1})
    assert sum(counts.total() for _, counts in survey.rules()) == 4


@pytest.mark.parametrize(
    ("last", "names"), [("2021", ["2020-01", "2021-01"]), ("2030", ["2020 Q1", "2030 Q1"]), ("2035", ["2020", "2035"])]
)
def test_time_in_months_quarters_or_years(survey: Survey, last: str, names: list[str]) -> None:
    """As long as the archive is; quiet times are there too."""
    for year in ("2020", last):
        survey.add(post(year, f"{year}-01-05T00:00+09:00"), ())
    rows = [name for name, _, _ in survey.over_time()]
    assert [rows[0], rows[-1]] == names
    assert len(rows) > 2


def test_what_comes_first(survey: Survey) -> None:
    """What is still there, what weighs most, what shows most, the author's own, the newest; the clock alone last."""
    stop, caution, clock = Note(sign("stop"), 0, 1), Note(sign("caution"), 0, 1), Note(sign("stop", "clock"))
    for each, notes in (
        (post("clock"), (clock,)),
        (post("deleted", deleted=True), (stop, caution)),
        (post("caution"), (caution,)),
        (post("old", "2020-01-01T00:00+09:00"), (stop,)),
        (post("new"), (stop,)),
        (post("liked", kind="like"), (stop,)),
        (post("both"), (stop, caution)),
        (post("quiet"), ()),
    ):
        survey.add(each, notes)
    ordered = [looked.post.id for looked in survey.first_to_look_at(99)]
    assert ordered == ["both", "new", "old", "liked", "caution", "clock", "deleted"]
    assert len(survey.first_to_look_at(2)) == 2


def test_a_sign_that_is_no_more(survey: Survey) -> None:
    """Notes of a sign that the guideline lacks do not count."""
    survey.add(post("1"), (Note("gone/sign"),))
    assert survey.noted == []


def test_working_time_in_minutes(with_shift: Callable[..., Any]) -> None:
    """By weekday; what runs past midnight stands on the next day."""
    assert next(iter(duty(GUIDELINE.organisation))) == (0, 525, 1050)
    night = with_shift("17:00", "08:45", weekdays={6})
    assert list(duty(night)) == [(6, 1020, 1440), (0, 0, 525)]


@pytest.fixture
def with_shift() -> Callable[..., Any]:
    from dataclasses import replace
    from datetime import time

    def made(start: str, end: str, weekdays: set[int]) -> Any:
        shift = replace(
            GUIDELINE.organisation.shifts[0],
            start=time.fromisoformat(start),
            end=time.fromisoformat(end),
            weekdays=frozenset(weekdays),
        )
        return replace(GUIDELINE.organisation, shifts=(shift,))

    return made
