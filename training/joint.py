"""Whether something forbidden is told, by all heads together, though none of them is sure: see `Joint`.

A logistic regression over the logits of the rules, on the drafts on which limits are chosen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ryoshiki.reading.meaning import Joint
from training.drafts import RULES
from training.limits import FORBIDDEN, Seen

_SURE = 0.25  # log-odds from which on it speaks
_PRIOR = 0.2  # inverse strength of L2: few drafts, and two slopes for each rule
_ORDINARY = 6.0  # what an ordinary post weighs beside a draft


def features(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """[drafts, rules] to [drafts, 2 × rules], as `Joint` counts them."""
    return np.hstack([np.maximum(logits + 3, 0), np.maximum(logits, 0)])


def fitted(data: Seen) -> Joint:
    from sklearn.linear_model import LogisticRegression  # not there where the tests run

    some = [RULES.index(rule) for rule in FORBIDDEN]
    weights = np.where(data.ordinary, _ORDINARY, 1.0)
    model = LogisticRegression(C=_PRIOR, max_iter=2_000)
    model.fit(features(data.logits), data.gold[:, some].any(1), sample_weight=weights)
    low, high = model.coef_[0].reshape(2, -1).round(3)
    slopes = {rule: (float(low[at]), float(high[at])) for at, rule in enumerate(RULES)}
    return Joint(slopes, round(float(model.intercept_[0]) - _SURE, 3), FORBIDDEN)
