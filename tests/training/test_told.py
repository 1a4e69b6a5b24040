"""From where on the model speaks of the author is chosen by what it finds in whole people, not in single posts."""

import numpy as np

from training.drafts import TOLD
from training.told import best, measured

JOB, PET = "author.job", "author.pet"


def person(gold: dict[str, set[int]], logits: dict[str, list[float]], posts: int = 3) -> tuple[np.ndarray, dict]:  # type: ignore[type-arg]
    """Nothing is read anywhere but what ``logits`` says."""
    table = np.full((posts, len(TOLD)), -9.0)
    for head, column in logits.items():
        table[:, TOLD.index(head)] = column
    return table, {head: frozenset(at) for head, at in gold.items()}


def test_one_of_the_posts_is_enough() -> None:
    """A kind that three posts give away is found in one; told in another post it is a mistake."""
    some = [person({JOB: {0, 1}}, {JOB: [-9.0, 2.0, -9.0]})]
    assert measured(some, 1.0, 0.5) == (1, 1)
    assert measured(some, 3.0, 0.5) == (0, 0)
    assert measured([person({JOB: {0}}, {JOB: [-9.0, 2.0, -9.0]})], 1.0, 0.5) == (0, 0)


def test_two_posts_together_are_enough() -> None:
    """Where neither is sure, unless the second lies too far below the limit to count."""
    some = [person({JOB: {0, 1}}, {JOB: [1.6, 0.8, -9.0]})]
    assert measured(some, 1.0, 0.5) == (1, 1)
    assert measured(some, 1.0, 0.1) == (0, 0)


def test_what_is_named_wrongly_costs() -> None:
    """Half of what is named is right, all that was planted is found."""
    some = [person({JOB: {0}}, {JOB: [2.0, -9.0, -9.0], PET: [2.0, -9.0, -9.0]})]
    assert measured(some, 1.0, 0.5) == (0.5, 1)


def test_the_limit_parts_right_from_wrong() -> None:
    """It stands between them, in the middle of what does as well."""
    some = [person({JOB: {0}}, {JOB: [2.0, -9.0, -9.0], PET: [-1.0, -9.0, -9.0]})] * 5
    assert -2 < best(some) < 1
    assert measured(some, best(some), 0.75) == (1, 1)
