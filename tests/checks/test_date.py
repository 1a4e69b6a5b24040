"""The date check points at the draft's own words and mends only what is wrong in them."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from ryoshiki.checks.date import DateCheck
from ryoshiki.model import Draft
from ryoshiki.reading import Reading
from tests.making import guideline

JAPAN = timezone(timedelta(hours=9))


def reading(text: str, posted: date | None = date(2026, 7, 3)) -> Reading:
    moment = datetime.combine(posted, time(20), JAPAN) if posted else None
    return Reading(Draft(text, posted_at=moment), guideline())


@pytest.mark.parametrize(
    ("fault", "text", "quote", "right", "replacement"),
    [
        ("weekday", "🎉７月１８日（木曜）に", "７月１８日（木曜）", "土", "７月１８日（土曜）"),
        ("weekday", "7月18日㈭に", "7月18日㈭", "土", "7月18日㈯"),
        ("weekday", "7月18日㊍に", None, None, None),
        ("weekday", "7月18日（月・祝）", "7月18日（月・祝）", "土", None),
        ("weekday", "7/18 (Thu)", "7/18 (Thu)", "土", None),
        ("era", "令和８年（２０２７年）の", "令和８年（２０２７年）", "2026年", "令和８年（2026年）"),
        ("impossible", "締切は１１月３１日！", "１１月３１日", "11月は30日まで", None),
        ("order", "6月10日〜5月29日", "6月10日〜5月29日", "5月29日から6月10日", None),
        ("time", "午後１５時に", "午後１５時", "午後3時、または15時", "午後3時"),
    ],
)
def test_a_fault_is_quoted_and_mended(
    fault: str, text: str, quote: str | None, right: str | None, replacement: str | None
) -> None:
    """Width and signs of the draft stay as they are."""
    found = list(DateCheck(fault).find(reading(text)))
    if quote is None:
        assert found == []
        return
    (match,) = found
    assert match.span is not None
    assert match.span.of(text) == quote
    assert (match.facts["right"], match.replacement) == (right, replacement)
    assert set(match.facts) == DateCheck.facts


def test_an_unknown_fault_is_refused() -> None:
    """The message names the ones there are."""
    with pytest.raises(ValueError, match="weekday, era"):
        DateCheck("season")
