"""The three headline measures from what became of each draft, and how far chance may move them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan

# The ten prohibited things of LABELS.md; the other rules only ask for caution.
PROHIBITED = frozenset(
    [
        "personal-info",
        "confidential",
        "security",
        "insult",
        "discrimination",
        "illegal",
        "rumor",
        "obscene",
        "public-order",
        "working-hours",
    ]
)
RESAMPLES = 1_000
SEED = 20130401


@dataclass(frozen=True, slots=True)
class Outcome:
    """One draft: the rules its label names, and the rules that were found."""

    expected: frozenset[str]
    got: frozenset[str]


Measure = Callable[[Sequence[Outcome]], float]


def f1_of(rule: str, outcomes: Sequence[Outcome]) -> float:
    """F1 of one rule; not a number where it is neither expected nor found."""
    hits = sum(rule in o.expected and rule in o.got for o in outcomes)
    either = sum((rule in o.expected) + (rule in o.got) for o in outcomes)
    return 2 * hits / either if either else nan


def macro_f1(outcomes: Sequence[Outcome]) -> float:
    """Mean F1 over the rules that some draft is labelled with."""
    hits, expected, got = Counter[str](), Counter[str](), Counter[str]()
    for outcome in outcomes:
        expected.update(outcome.expected)
        got.update(outcome.got)
        hits.update(outcome.expected & outcome.got)
    return _ratio(sum(2 * hits[r] / (n + got[r]) for r, n in expected.items()), len(expected))


def stop_recall(outcomes: Sequence[Outcome]) -> float:
    """Of the drafts that the guideline forbids, the share in which something forbidden was found."""
    forbidden = [o for o in outcomes if o.expected & PROHIBITED]
    return _ratio(sum(bool(o.got & PROHIBITED) for o in forbidden), len(forbidden))


def false_alarms(outcomes: Sequence[Outcome]) -> float:
    """Of the clean drafts, the share in which anything was found."""
    clean = [o for o in outcomes if not o.expected]
    return _ratio(sum(bool(o.got) for o in clean), len(clean))


def interval(measure: Measure, outcomes: Sequence[Outcome], resamples: int = RESAMPLES) -> tuple[float, float]:
    """The 95 % interval of a measure, by drawing as many drafts again with replacement. The same every time."""
    draw = random.Random(SEED)
    values = sorted(v for _ in range(resamples) if not isnan(v := measure(draw.choices(outcomes, k=len(outcomes)))))
    if not values:
        return nan, nan
    return values[round(0.025 * (len(values) - 1))], values[round(0.975 * (len(values) - 1))]


def _ratio(part: float, whole: int) -> float:
    return part / whole if whole else nan
