"""From where on each head speaks: python -m training.limits FOLDER DRAFTS.jsonl [MORE.jsonl …] --ordinary POSTS.jsonl

Reads labelled drafts that the model was not trained on, asks words and model, and writes limits of the rules into
`reader.json` in FOLDER.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ryoshiki import Draft, load, review
from ryoshiki.reading.meaning import Joint, Limits, LocalReader
from ryoshiki.review import WORDS
from training.drafts import HEADS, RULES, draft_of, read

_NEVER = 99.0
_STEPS = np.arange(-12, 12.01, 0.2)
_WIDTH = 3  # steps on either side that a limit is averaged over, so that it does not hang on one draft
_PENALTY = 6.0  # of false alarms: what the share of clean drafts that the rule disturbs costs, beside their part in F
_DEAR = 45.0  # the same for ordinary posts, which most are
_RECALL = 1.6  # how much recall weighs against precision for what the guideline forbids; 1 for the rest
FORBIDDEN = RULES[:9]
_HIGHEST = 3.0  # no head is mute: where words were written with these very drafts in sight, they need no model
_PLACE = -0.5  # by what is placed right on dev, between -3.5 and 0.5


@dataclass(frozen=True)
class Seen:
    """What words and model said of labelled drafts. All [drafts, rules]: logits, and what is so or not.

    ``words``: signs that go by words alone; ``facts``: the others; ``gold``: the labels; ``ordinary`` [drafts]: posts
    of which nothing is to be learned but that they stay quiet.
    """

    logits: NDArray[np.float64]
    words: NDArray[np.bool_]
    facts: NDArray[np.bool_]
    gold: NDArray[np.bool_]
    ordinary: NDArray[np.bool_]

    def decided(self, limits: Sequence[Limits]) -> NDArray[np.bool_]:
        alone = np.array([limit.alone for limit in limits])
        beside = np.array([limit.beside for limit in limits])
        answer: NDArray[np.bool_] = self.facts | (self.logits >= alone) | (self.words & (self.logits >= beside))
        return answer


def seen(labelled: Sequence[dict[str, Any]], ordinary: Sequence[dict[str, Any]], folder: Path) -> Seen:
    """Ask words and the model in ``folder``."""
    rows = [*labelled, *ordinary]
    guideline = replace(load(), reader=None)
    kinds = {sign.id: sign.kind for rule in guideline.rules.values() for sign in rule.signs}
    drafts = [draft_of(row) for row in rows]
    shape = (len(rows), len(RULES))
    words, facts = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for at, draft in enumerate(drafts):
        for finding in review(draft, guideline).findings:
            if finding.rule in RULES and kinds[finding.sign] != "meaning":  # a further place of what words saw
                table = words if kinds[finding.sign] in WORDS else facts
                table[at, RULES.index(finding.rule)] = True
    gold = np.array([[rule in row["labels"] for rule in RULES] for row in rows])
    return Seen(logits_of(drafts, folder), words, facts, gold, np.arange(len(rows)) >= len(labelled))


def logits_of(drafts: Sequence[Draft], folder: Path) -> NDArray[np.float64]:
    """What the model in ``folder`` says: [drafts, rules]."""
    return np.array([view.logits[: len(RULES)] for view in LocalReader(folder).views(drafts)])


def fitted(data: Seen, penalty: float = _PENALTY, dear: float = _DEAR) -> list[Limits]:
    """For each rule the pair of limits with the best F score, less the penalties for false alarms."""
    clean: NDArray[np.bool_] = np.logical_not(np.any(data.gold, axis=1)) & ~data.ordinary
    cost = penalty * clean / max(1, clean.sum()) + dear * data.ordinary / max(1, data.ordinary.sum())
    return [_best(data, rule, cost) for rule in range(len(RULES))]


def _best(data: Seen, rule: int, cost: NDArray[np.float64]) -> Limits:
    """``cost`` of a false alarm by draft."""
    if not data.gold[:, rule].any():
        return Limits(_NEVER, _NEVER, _PLACE)
    logits, words, facts, gold = data.logits[:, rule], data.words[:, rule], data.facts[:, rule], data.gold[:, rule]
    over = logits[None, :] >= _STEPS[:, None]  # [steps, drafts]

    def counts(which: NDArray[Any]) -> NDArray[np.float64]:
        """By pair of limits, how many drafts speak, or how much they weigh."""
        free, said = over & (~facts & ~words), over & (~facts & words)
        return (facts @ which) + (free @ which)[:, None] + (said @ which)[None, :]  # type: ignore[no-any-return]

    hits, false, spent = counts(gold.astype(float)), counts((~gold & ~data.ordinary).astype(float)), counts(cost)
    weight = _RECALL**2 if RULES[rule] in FORBIDDEN else 1.0
    missed = gold.sum() - hits
    value = (1 + weight) * hits / np.maximum(1, (1 + weight) * hits + false + weight * missed)
    value -= spent
    # What the model reads alone it must be surer of than what words say too.
    value[_STEPS[:, None] < _STEPS[None, :]] = -1
    smooth = _smoothed(value)
    equal = np.argwhere(smooth >= smooth.max() - 1e-9)
    alone, beside = equal[len(equal) // 2]  # of pairs that do as well, the middle one: drafts to come lie on both sides
    highest = min(_HIGHEST, float(_STEPS[alone]))
    return Limits(round(highest, 2), round(min(highest, float(_STEPS[beside])), 2), _PLACE)


def _smoothed(value: NDArray[np.float64]) -> NDArray[np.float64]:
    for axis in (0, 1):
        padded = np.pad(value, [(_WIDTH, _WIDTH) if n == axis else (0, 0) for n in (0, 1)], mode="edge")
        window = np.lib.stride_tricks.sliding_window_view(padded, 2 * _WIDTH + 1, axis=axis)
        value = window.mean(-1)
    return value


def write(found: Mapping[str, Limits], folder: Path) -> None:
    """Put the limits of some heads into `reader.json`, in the order of the model's heads; the others stay."""
    file = folder / "reader.json"
    described = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"heads": {}}
    known = described["heads"] | {head: asdict(limits) for head, limits in found.items()}
    described["heads"] = {head: known[head] for head in HEADS if head in known}
    file.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def write_joint(found: Joint, folder: Path) -> None:
    file = folder / "reader.json"
    described = json.loads(file.read_text(encoding="utf-8")) | {"joint": asdict(found)}
    file.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    from training import joint  # only now: it takes `Seen` from here

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("drafts", type=Path, nargs="+")
    parser.add_argument("--ordinary", type=Path, nargs="*", default=())
    parser.add_argument("--penalty", type=float, default=_PENALTY)
    parser.add_argument("--dear", type=float, default=_DEAR)
    given = parser.parse_args()
    write(dict.fromkeys(RULES, Limits(_NEVER, _NEVER, _PLACE)), given.folder)  # only so that the reader opens
    data = seen(read(given.drafts), read(given.ordinary), given.folder)
    limits = fitted(data, given.penalty, given.dear)
    write(dict(zip(RULES, limits, strict=True)), given.folder)
    write_joint(joint.fitted(data), given.folder)


if __name__ == "__main__":
    main()
