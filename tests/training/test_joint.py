"""What is learned of all heads together is what the reader counts."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.reading.meaning import Joint, Limits
from training.drafts import RULES
from training.joint import features

NUMBERS = st.lists(st.floats(-8, 8), min_size=len(RULES), max_size=len(RULES))
SURE = dict.fromkeys(RULES, Limits(99.0, 0.0, 0.0))  # no head by itself


@given(NUMBERS, NUMBERS, NUMBERS, st.floats(-3, 3))
def test_the_same_sum_on_both_sides(logits: list[float], low: list[float], high: list[float], bias: float) -> None:
    """It speaks where the regression's own sum is over its limit, for any weights."""
    joint = Joint(dict(zip(RULES, zip(low, high, strict=True), strict=True)), bias, RULES)
    counted = float((features(np.array([logits])) @ np.array(low + high))[0]) + bias
    if abs(counted) > 1e-6:
        assert (joint.foremost(dict(zip(RULES, logits, strict=True)), SURE) is not None) == (counted > 0)
