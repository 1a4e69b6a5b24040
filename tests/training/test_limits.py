"""From where on a head speaks is chosen from what words, facts and model said of labelled drafts."""

import json
from pathlib import Path

import numpy as np

from ryoshiki.reading.meaning import Joint, Limits
from training.drafts import RULES, TOLD
from training.limits import Seen, fitted, write, write_joint

INSULT = RULES.index("insult")


def seen(logits: list[float], words: list[bool], gold: list[bool], ordinary: int = 0) -> Seen:
    """Drafts of which only the rule `insult` knows anything."""
    shape = (len(logits), len(RULES))
    tables = [np.full(shape, -9.0), np.zeros(shape, np.bool_), np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)]
    for table, column in ((tables[0], logits), (tables[1], words), (tables[3], gold)):
        table[:, INSULT] = column
    tables.append(np.arange(len(logits)) >= len(logits) - ordinary)
    return Seen(*tables)


def test_a_limit_parts_what_can_be_parted() -> None:
    """Where the model tells trouble from the rest, every draft is decided rightly."""
    data = seen([4.0] * 10 + [-4.0] * 30, [False] * 40, [True] * 10 + [False] * 30)
    assert (data.decided(fitted(data)) == data.gold).all()


def test_words_that_the_model_reads_as_harmless_are_overruled() -> None:
    """A word that is right only where the model is not sure of the opposite."""
    data = seen([0.0] * 10 + [-5.0] * 30, [True] * 20 + [False] * 20, [True] * 10 + [False] * 30)
    assert (data.decided(fitted(data)) == data.gold).all()
    assert fitted(data)[INSULT].beside > -5


def test_alone_it_must_be_surer_than_beside_words() -> None:
    """The limits keep their order, whatever the drafts."""
    rng = np.random.default_rng(1)
    logits = rng.normal(size=200).tolist()
    words = (rng.random(200) < 0.3).tolist()
    gold = (rng.random(200) < 0.2).tolist()
    for limit in fitted(seen(logits, words, gold)):
        assert limit.alone >= limit.beside


def test_a_false_alarm_on_a_clean_draft_can_be_made_dearer() -> None:
    """With a higher penalty fewer clean drafts are flagged."""
    rng = np.random.default_rng(2)
    gold = np.arange(300) < 100
    data = seen((rng.normal(size=300) + 1.5 * gold).tolist(), [False] * 300, gold.tolist())
    alarms = [data.decided(fitted(data, penalty))[100:].sum() for penalty in (0.0, 5.0)]
    assert alarms[1] < alarms[0]


def test_ordinary_posts_are_kept_quiet() -> None:
    """What a few drafts would gain is given up where many ordinary posts, the last ones, would be disturbed."""
    logits = [3.0] * 20 + [0.5] * 4 + [-3.0] * 20 + [0.5] * 30 + [-3.0] * 70
    gold = [True] * 24 + [False] * 120
    for dear, quiet in ((0.0, False), (10.0, True)):
        limit = fitted(seen(logits, [False] * 144, gold, ordinary=100), dear=dear)[INSULT]
        assert (limit.alone > 0.5) == quiet


def test_limits_of_some_heads_leave_the_others_as_they_are(tmp_path: Path) -> None:
    """Whichever are chosen first; in the order of the model's heads."""
    write(dict.fromkeys(TOLD, Limits(1.0, 0.5, -1.0)), tmp_path)
    write(dict.fromkeys(RULES, Limits(2.0, 1.0, 0.0)), tmp_path)
    heads = json.loads((tmp_path / "reader.json").read_text(encoding="utf-8"))["heads"]
    assert tuple(heads) == RULES + TOLD
    assert Limits(**heads["insult"]) == Limits(2.0, 1.0, 0.0)
    assert Limits(**heads[TOLD[0]]) == Limits(1.0, 0.5, -1.0)


def test_what_all_heads_say_together_stands_beside_the_limits(tmp_path: Path) -> None:
    """Whichever is written last leaves the other as it is."""
    together = Joint({"insult": (0.5, -0.25)}, -1.0, ("insult",))
    write(dict.fromkeys(RULES, Limits(2.0, 1.0, 0.0)), tmp_path)
    write_joint(together, tmp_path)
    write(dict.fromkeys(TOLD, Limits(1.0, 0.5, -1.0)), tmp_path)
    described = json.loads((tmp_path / "reader.json").read_text(encoding="utf-8"))
    assert tuple(described["heads"]) == RULES + TOLD
    found = described["joint"]
    assert (
        Joint({rule: tuple(two) for rule, two in found["slopes"].items()}, found["bias"], tuple(found["of"]))
        == together
    )
