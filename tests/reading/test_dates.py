"""Dates are read as a Japanese reader would read them, and judged only where the words settle it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.reading.date_faults import FAULTS, Fault
from ryoshiki.reading.date_forms import WEEKDAYS, number
from ryoshiki.reading.dates import dates
from ryoshiki.reading.folding import fold
from ryoshiki.reading.times import times

JULY = date(2026, 7, 3)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
FORMS = st.sampled_from(
    ["{m}月{d}日（{w}）", "{m}/{d}({w})", "{m}月{d}日{w}曜日", "{m}月{d}日・{w}曜", "{m}月{d}日 {w}曜の夜"]
)


def faults(text: str, posted: date | None = JULY) -> dict[str, list[Fault]]:
    folded = fold(text).text
    found, clock = dates(folded, posted), times(folded)
    return {kind: hits for kind, look in FAULTS.items() if (hits := list(look(folded, found, clock)))}


@pytest.mark.parametrize(
    ("text", "posted", "wanted"),
    [
        ("7月18日（土）", JULY, "2026-07-18"),
        ("２０２６／０７／１８", None, "2026-07-18"),
        ("R8.7.18", None, "2026-07-18"),
        ("令和八年七月十八日", None, "2026-07-18"),
        ("令和元年5月1日", None, "2019-05-01"),
        ("平成31年（2019年）4月30日", None, "2019-04-30"),
        ("二〇二六年七月十八日", None, "2026-07-18"),
        ("令和7年度3月15日", None, "2026-03-15"),
        ("1月10日", date(2026, 12, 15), "2027-01-10"),
        ("12月28日", date(2026, 1, 3), "2025-12-28"),
        ("昨年7月18日", JULY, "2025-07-18"),
        ("来月5日（水）", JULY, "2026-08-05"),
    ],
)
def test_a_date_means_the_day_a_reader_would_take_it_for(text: str, posted: date | None, wanted: str) -> None:
    """A stated year holds; without one the nearest sensible year does."""
    (mention,) = dates(fold(text).text, posted)
    assert str(mention.resolved) == wanted


def test_a_day_takes_its_month_from_the_date_before_it() -> None:
    """In 30日・31日・1日 the last one is of the next month."""
    found = dates("7月30日(木)・31日(金)・1日(土)", JULY)
    assert [str(d.resolved) for d in found] == ["2026-07-30", "2026-07-31", "2026-08-01"]


@pytest.mark.parametrize(
    ("text", "kind", "posted"),
    [
        ("7月18日（木）", "weekday", JULY),
        ("7/18(木) 18:00〜", "weekday", JULY),
        ("令和8年7月18日（金曜日）", "weekday", None),
        ("R8.7.18(金)", "weekday", None),
        ("２０２６／０７／１８（金）", "weekday", None),
        ("2026.7.18 (Fri)", "weekday", None),
        ("7月18日金曜の夜", "weekday", JULY),
        ("7月18日は金曜日です", "weekday", JULY),
        ("4月30日・土曜日", "weekday", date(2026, 4, 1)),
        ("7月18日（土）・19日（月）", "weekday", JULY),
        ("12日土曜に", "weekday", JULY),
        ("今月18日（金）", "weekday", JULY),
        ("7月20日（火・祝）", "weekday", JULY),
        ("（8月10日・火）", "weekday", JULY),
        ("7月18日㈮", "weekday", JULY),
        ("７月１８日（木・雨天１９日）", "weekday", JULY),
        ("1月10日（土）新年会", "weekday", date(2026, 12, 15)),
        ("12月28日（月）忘年会でした", "weekday", date(2026, 1, 3)),
        ("創立60周年の式は7月18日（木）に開催します", "weekday", JULY),
        ("令和8年（2027年）", "era", None),
        ("2027年（令和8年）", "era", None),
        ("令和８（２０２５）年度", "era", None),
        ("令和八年（2027年）四月", "era", None),
        ("昭和66年", "impossible", None),
        ("平成32年4月1日", "impossible", None),
        ("令和0年", "impossible", None),
        ("令和元年3月10日に開館", "impossible", None),
        ("11月31日まで", "impossible", None),
        ("13月1日", "impossible", None),
        ("令和7年2月29日", "impossible", None),
        ("2月29日（日）", "impossible", date(2027, 1, 5)),
        ("2026/2/30", "impossible", None),
        ("4/31(金)まで", "impossible", None),
        ("六月三十一日", "impossible", None),
        ("6月10日から5月29日まで受付", "order", None),
        ("6月10日（水）〜5月29日（金）", "order", date(2026, 5, 20)),
        ("6月10日9時から5月29日17時まで", "order", None),
        ("7月20日〜10日まで", "order", None),
        ("令和8年4月1日から令和7年3月31日まで", "order", None),
        ("開催時間 13時〜10時", "order", None),
        ("14:30〜14:00", "order", None),
        ("10時75分集合", "time", None),
        ("午後15時開始", "time", None),
        ("31時", "time", None),
        ("25:70開演", "time", None),
    ],
)
def test_what_cannot_be_right_is_seen(text: str, kind: str, posted: date | None) -> None:
    """One fault, of the right kind, and no other."""
    assert list(faults(text, posted)) == [kind]


@pytest.mark.parametrize(
    ("text", "posted"),
    [
        ("7月18日（土）", JULY),
        ("7月18日（木）", None),
        ("3月5日（木）のライブ最高だった", date(2026, 12, 20)),
        ("1月10日（日）新年会", date(2026, 12, 15)),
        ("12月28日（日）忘年会でした", date(2026, 1, 3)),
        ("7月18日・19日（土・日）", JULY),
        ("7月18日（月見の会）", JULY),
        ("7月18日（日帰り）", JULY),
        ("7月18日、日曜大工の教室", JULY),
        ("7月21日は木曜日の時間割", JULY),
        ("13日の金曜日", JULY),
        ("あの日、3月11日（金）", date(2026, 3, 1)),
        ("10年前の7月18日（月）", JULY),
        ("2025年の思い出。8月3日（日）花火", JULY),
        ("26年7月18日（金）", JULY),
        ("毎月10日（土）", JULY),
        ("3日間（土〜月）", JULY),
        ("7月18日（木）は誤りで、正しくは7月18日（土）", JULY),
        ("（誤）7月18日（木）→（正）7月18日（土）", JULY),
        ("3/4の確率で1/2に切る、24/7で7/10点", JULY),
        ("example.jp/2026/02/30/", JULY),
        ("令和8年度（2027年3月）", JULY),
        ("2019年（平成31年／令和元年）", JULY),
        ("令和8年、2027年と続く", JULY),
        ("昭和100年と明治150年", JULY),
        ("平成32年度までに", JULY),
        ("昭和64年1月7日、平成31年4月30日、令和元年5月1日", JULY),
        ("昭和66年って存在しないよね", JULY),
        ("2月30日なんて日はない", JULY),
        ("8月32日と0月0日", JULY),
        ("2月29日生まれ", date(2026, 2, 1)),
        ("2月29日（火）", date(2028, 2, 1)),
        ("生後18月5日", JULY),
        ("12月20日から1月10日まで", JULY),
        ("4月1日から3月31日まで", JULY),
        ("10月1日〜9月30日", JULY),
        ("6月10日から5月29日に変更", JULY),
        ("22時〜5時、9時〜5時、11:00〜2:00", JULY),
        ("チェックイン15時〜10時", JULY),
        ("25時から放送、24:30開演", JULY),
        ("スコアは45:78、比率 30:70", JULY),
        ("30時間かけた", JULY),
    ],
)
def test_what_may_be_right_is_left_alone(text: str, posted: date | None) -> None:
    """Fractions, sayings, corrections, memories and periods over the turn of the year are no faults."""
    assert faults(text, posted) == {}


@given(DAYS, FORMS)
def test_a_right_weekday_is_never_flagged(day: date, form: str) -> None:
    """Whatever the form, with or without a stated year."""
    said = form.format(m=day.month, d=day.day, w=WEEKDAYS[day.weekday()])
    assert faults(f"次の会は{said}です", day - timedelta(days=20)) == {}
    year = f"{day.year}/" if "/" in form else f"令和{day.year - 2018}年"
    assert faults(year + said, None) == {}


@given(DAYS, FORMS, st.integers(1, 6), st.integers(-30, 60))
def test_a_wrong_weekday_is_always_flagged(day: date, form: str, off: int, ahead: int) -> None:
    """The right one is named, and the edit touches the one letter only."""
    wrong = WEEKDAYS[(day.weekday() + off) % 7]
    text = f"次の会は{form.format(m=day.month, d=day.day, w=wrong)}に開催します"
    (fault,) = faults(text, day - timedelta(days=ahead))["weekday"]
    assert (fault.said, fault.right) == (wrong, WEEKDAYS[day.weekday()])
    assert fault.edit is not None
    start, end, right = fault.edit
    assert (fold(text).text[start:end], right) == (wrong, fault.right)


@given(
    st.text(
        alphabet="0123456789年月日時分/.-~〜:()（）令和昭平成元土日月火一二十年度からまで午後 \nあ祝・", max_size=60
    ),
    st.none() | DAYS,
)
def test_any_text_is_read_without_complaint(text: str, posted: date | None) -> None:
    """Mentions come in order, inside the text, and no fault leaves them."""
    folded = fold(text).text
    found = dates(folded, posted)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for hits in faults(text, posted).values():
        assert all(0 <= hit.start < hit.end <= len(folded) for hit in hits)


@pytest.mark.parametrize(
    ("word", "value"), [("十", 10), ("二十三", 23), ("百二", 102), ("元", 1), ("07", 7), ("十百", None), ("一二", None)]
)
def test_numbers_in_words_have_their_value(word: str, value: int | None) -> None:
    """What is no number in either writing has none."""
    assert number(word) == value
