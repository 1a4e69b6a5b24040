"""A private post in working hours is found, unless the draft says that its author is on leave."""

from datetime import datetime, time
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import ryoshiki.reading
from ryoshiki.checks.clock import ClockCheck
from ryoshiki.model import Draft, Shift
from ryoshiki.reading import Reading
from ryoshiki.reading.words import Vocabulary

WORDS = Path(ryoshiki.reading.__file__).parent.parent / "guidelines/muroran/words/working-hours"
CHECK = ClockCheck(
    unless=("working-hours/leave",),
    despite=("working-hours/not-leave",),
    anyway=("working-hours/at-work",),
    mornings=("working-hours/morning-leave",),
    afternoons=("working-hours/afternoon-leave",),
)
MORNING, AFTERNOON = "2026-07-08T10:30+09:00", "2026-07-08T14:05+09:00"


@cache
def guideline() -> Any:
    words = {f"working-hours/{f.stem}": f.read_text(encoding="utf-8").splitlines() for f in WORDS.glob("*.txt")}
    shift = Shift("標準", time(8, 45), time(17, 30), ((time(12), time(13)),), frozenset(range(5)), holidays=False)
    city = SimpleNamespace(shifts=(shift,), closed_days=(), closed_dates=(), timezone="Asia/Tokyo")
    return SimpleNamespace(vocabulary=Vocabulary(words), organisation=city)


def found(text: str, at: str | None) -> list[Any]:
    draft = Draft(text, posted_at=datetime.fromisoformat(at) if at else None)
    return list(CHECK.find(Reading(draft, guideline())))


def test_the_facts_tell_when_and_by_which_hours() -> None:
    """The match is of the draft as a whole."""
    (match,) = found("猫", "2026-07-08T00:05+00:00")
    assert match.span is None
    assert dict(match.facts) == {"weekday": "水", "time": "9:05", "hours": "8:45〜17:30"}


@pytest.mark.parametrize("at", ["2026-07-08T12:30+09:00", "2026-07-08T20:00+09:00", "2026-07-11T10:00+09:00", None])
def test_outside_working_hours_nothing_is_found(at: str | None) -> None:
    """Nor without a time."""
    assert found("猫", at) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("平日に有給、ひとりカラオケ", MORNING),
        ("年休ばもろうて、くんち見物", MORNING),
        ("先週の土曜出勤の代休で、今日は温泉", MORNING),
        ("育休3か月目、寝不足です", MORNING),
        ("夏休み二日目、渓流で竿を出す", MORNING),
        ("昨日から夏休み、もう曜日が分からない", MORNING),
        ("子どもが熱を出したので年休", MORNING),
        ("今日は休み！布団から出ません", MORNING),
        ("きょうは休みやけん、釣り三昧", MORNING),
        ("仕事休んで献血に行ってきた", MORNING),
        ("体調不良で休み。天井のシミを数える", MORNING),
        ("平日休みの映画館は快適", MORNING),
        ("夜勤明けの缶コーヒーは沁みる", MORNING),
        ("先輩が代わってくれて代休。ありがたい", MORNING),
        ("入院4日目。卵焼きが意外といける", MORNING),
        ("※予約投稿です", MORNING),
        ("午前休で病院、待ち時間に一枚", MORNING),
        ("今日は午後から出勤、朝の喫茶店", MORNING),
        ("午後から半休。海まで来た", AFTERNOON),
        ("早退して病院の待合です", AFTERNOON),
        ("遅めの昼休み、屋上でおにぎり", "2026-07-08T13:20+09:00"),
    ],
)
def test_stated_leave_is_believed(text: str, at: str) -> None:
    """In whatever words, for the day or for the half of it."""
    assert found(text, at) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("有給ほしい", MORNING),
        ("有給とりたいなあ", MORNING),
        ("有給あと12日も残ってる", MORNING),
        ("明日は有給。あと7時間の我慢", MORNING),
        ("来週から夏休み！", MORNING),
        ("昨日は有給だったからメールが200通", MORNING),
        ("夏休みの宿題、今の子は端末なんだな", MORNING),
        ("子どもたちは今日から夏休み", MORNING),
        ("課長が有給なので職場が静か", MORNING),
        ("隣の席の人が休みで電話番", MORNING),
        ("夜勤明けの妹に味噌汁を残してきた", MORNING),
        ("父が入院中で落ち着かない", MORNING),
        ("今日は図書館が休みだった", MORNING),
        ("昼休みまであと1時間", MORNING),
        ("公園でひと休み。次の現場は午後から", MORNING),
        ("交代休憩がまわってこない", MORNING),
        ("休暇村のパンフレットが届いた", MORNING),
        ("休み明けの職場、冷房が効かない", MORNING),
        ("会議なう。夏休みの気分だけ先に", MORNING),
        ("午後休！あと2時間がんばる", MORNING),
        ("午前休だったから眠い", AFTERNOON),
    ],
)
def test_leave_that_is_not_the_authors_today_does_not_count(text: str, at: str) -> None:
    """Wishes, plans, yesterday's leave, other people's, shops' and the other half of the day."""
    assert len(found(text, at)) == 1
