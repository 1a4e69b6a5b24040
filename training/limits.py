"""From where on each head speaks: python -m training.limits FOLDER DRAFTS.jsonl [MORE.jsonl …]

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
from ryoshiki.reading.meaning import Limits, LocalReader
from ryoshiki.review import WORDS
from training.drafts import HEADS, RULES, draft_of, read

_NEVER = 99.0
_STEPS = np.arange(-12, 12.01, 0.2)
_WIDTH = 3  # steps on either side that a limit is averaged over, so that it does not hang on one draft
_PENALTY = 5.0  # of false alarms: what the share of clean drafts that the rule disturbs costs, beside their part in F
_RECALL = 1.25  # how much recall weighs against precision for what the guideline forbids; 1 for the rest
_FORBIDDEN = RULES[:9]
_HIGHEST = 3.0  # no head is mute: where words were written with these very drafts in sight, they need no model
_PLACE = -0.5  # by what is placed right on dev, between -3.5 and 0.5


@dataclass(frozen=True)
class Seen:
    """What words and model said of labelled drafts. All [drafts, rules]: logits, and what is so or not.

    ``words``: signs that go by words alone; ``facts``: the others; ``gold``: the labels.
    """

    logits: NDArray[np.float64]
    words: NDArray[np.bool_]
    facts: NDArray[np.bool_]
    gold: NDArray[np.bool_]

    def decided(self, limits: Sequence[Limits]) -> NDArray[np.bool_]:
        alone = np.array([limit.alone for limit in limits])
        beside = np.array([limit.beside for limit in limits])
        answer: NDArray[np.bool_] = self.facts | (self.logits >= alone) | (self.words & (self.logits >= beside))
        return answer


def seen(rows: Sequence[dict[str, Any]], folder: Path) -> Seen:
    """Ask words and the model in ``folder``."""
    guideline = replace(load(), reader=None)
    kinds = {sign.id: sign.kind for rule in guideline.rules.values() for sign in rule.signs}
    drafts = [draft_of(row) for row in rows]
    shape = (len(rows), len(RULES))
    words, facts = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for at, draft in enumerate(drafts):
        for finding in review(draft, guideline).findings:
            if finding.rule in RULES:
                table = words if kinds[finding.sign] in WORDS else facts
                table[at, RULES.index(finding.rule)] = True
    gold = np.array([[rule in row["labels"] for rule in RULES] for row in rows])
    return Seen(logits_of(drafts, folder), words, facts, gold)


def logits_of(drafts: Sequence[Draft], folder: Path) -> NDArray[np.float64]:
    """What the model in ``folder`` says: [drafts, rules]."""
    return np.array([view.logits[: len(RULES)] for view in LocalReader(folder).views(drafts)])


def fitted(data: Seen, penalty: float = _PENALTY) -> list[Limits]:
    """For each rule the pair of limits with the best F score, less the penalty for false alarms on clean drafts."""
    clean: NDArray[np.bool_] = np.logical_not(np.any(data.gold, axis=1))
    return [_best(data, rule, clean, penalty) for rule in range(len(RULES))]


def _best(data: Seen, rule: int, clean: NDArray[np.bool_], penalty: float) -> Limits:
    if not data.gold[:, rule].any():
        return Limits(_NEVER, _NEVER, _PLACE)
    logits, words, facts, gold = data.logits[:, rule], data.words[:, rule], data.facts[:, rule], data.gold[:, rule]
    over = logits[None, :] >= _STEPS[:, None]  # [steps, drafts]

    def counts(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.asarray(np.sum(over & mask, axis=1), np.int64)

    free = ~facts & ~words
    hit_alone, false_alone, clean_alone = counts(free & gold), counts(free & ~gold), counts(free & clean)
    said = ~facts & words
    hit_beside, false_beside, clean_beside = counts(said & gold), counts(said & ~gold), counts(said & clean)
    hits = (facts & gold).sum() + hit_alone[:, None] + hit_beside[None, :]
    false = (facts & ~gold).sum() + false_alone[:, None] + false_beside[None, :]
    alarms = (facts & clean).sum() + clean_alone[:, None] + clean_beside[None, :]
    weight = _RECALL**2 if RULES[rule] in _FORBIDDEN else 1.0
    missed = gold.sum() - hits
    value = (1 + weight) * hits / np.maximum(1, (1 + weight) * hits + false + weight * missed)
    value -= penalty * alarms / max(1, clean.sum())
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
    known = json.loads(file.read_text(encoding="utf-8"))["heads"] if file.exists() else {}
    known |= {head: asdict(limits) for head, limits in found.items()}
    heads = {head: known[head] for head in HEADS if head in known}
    file.write_text(json.dumps({"heads": heads}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("drafts", type=Path, nargs="+")
    parser.add_argument("--penalty", type=float, default=_PENALTY)
    given = parser.parse_args()
    write(dict.fromkeys(RULES, Limits(_NEVER, _NEVER, _PLACE)), given.folder)  # only so that the reader opens
    limits = fitted(seen(read(given.drafts), given.folder), given.penalty)
    write(dict(zip(RULES, limits, strict=True)), given.folder)


if __name__ == "__main__":
    main()
