"""Makes small guidelines for tests, so that a test shows all that it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from ryoshiki.checks import make
from ryoshiki.model import Clause, Guideline, Organisation, Platform, Rule, Severity, Shift, Sign, When
from ryoshiki.reading.words import Vocabulary

STANDARD = Shift("標準", time(8, 45), time(17, 30), ((time(12), time(13)),), frozenset(range(5)), holidays=False)

ORGANISATION = Organisation(
    name="汐入市",
    short_names=("汐入市",),
    domains=("city.shioiri.example",),
    sections=("税務課",),
    offices=("南支所",),
    public_phones=("0143-00-1111",),
    public_addresses=(),
    public_emails=(),
    office_holders=("市長",),
    code_names=(),
    words=(),
    tell="所属長",
    closed_days=((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)),
    closed_dates=(),
    shifts=(STANDARD,),
)


def sign(
    kind: str,
    *,
    id: str = "a-rule/a-sign",
    message: str = "「{quote}」とあります。",
    severity: Severity = "stop",
    fix: str | None = None,
    when: When | None = None,
    **parameters: Any,
) -> Sign:
    """A sign with one check, as a rules file would give it."""
    return Sign(
        id,
        kind,
        make(kind, parameters),
        message,
        "見直しましょう。",
        severity,
        "guideline",
        fix,
        when or When(),
        (),
        (),
    )


def guideline(
    classes: Mapping[str, Iterable[str]] | None = None,
    *signs: Sign,
    organisation: Organisation = ORGANISATION,
) -> Guideline:
    """A guideline of one clause and one rule, with these word classes and signs."""
    rule = Rule("a-rule", "きまり", "A rule", "1", "stop", "理由", "助言", "問い", "限り", signs)
    patterns = {s.check.own_class: [s.check.own_class] for s in signs if hasattr(s.check, "own_class")}
    return Guideline(
        id="test",
        title="試し",
        version="1",
        source="https://city.example/",
        organisation=organisation,
        clauses={"1": Clause("1", "1", "条項", "Clause", "あらまし", "guideline")},
        rules={rule.id: rule},
        platforms={"x": Platform("x", "X", "広く", "少し", "むずかしい", 280, "weighted")},
        vocabulary=Vocabulary({**(classes or {}), **patterns}),
    )
