"""The measures of the model by itself."""

import numpy as np

from training.evaluate import auc, best_limits, f1


def test_auc_is_one_where_labels_stand_above_and_none_where_below() -> None:
    """Each rule counts alike."""
    gold = np.array([[True, True], [False, False]])
    assert auc(np.array([[2.0, 2.0], [1.0, 1.0]]), gold) == 1
    assert auc(np.array([[2.0, 1.0], [1.0, 2.0]]), gold) == 0.5


def test_the_best_limit_parts_the_drafts() -> None:
    """With it, F1 is what can be had."""
    logits, gold = np.array([[3.0], [2.0], [1.0], [0.0]]), np.array([[True], [True], [False], [False]])
    assert best_limits(logits, gold).tolist() == [2.0]
    assert f1(logits >= 2.0, gold).tolist() == [1.0]
    assert f1(logits >= 3.0, gold).tolist() == [2 / 3]
