"""The corpus as the model takes it: token ids, labels by rule, labels by token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ryoshiki.reading.meaning import Window, windows
from training.drafts import RULES, draft_of

_PAD = 1


@dataclass(frozen=True)
class Case:
    """One window of a labelled draft. ``labels`` [rules], ``marks`` [text tokens, rules], both 0 or 1."""

    window: Window
    labels: np.ndarray[Any, Any]
    marks: np.ndarray[Any, Any]


def cases(row: dict[str, Any], tokenizer: Any) -> list[Case]:
    """A long draft is several cases; in each only the labels whose quotes it holds count, and those without any."""
    draft = draft_of(row)
    found = []
    for window in windows(draft, tokenizer):
        marks = np.zeros((len(window.places), len(RULES)), np.float32)
        labels = np.zeros(len(RULES), np.float32)
        quoted = {rule for rule, _ in row["quotes"]}
        for rule, quote in row["quotes"]:
            start = draft.text.find(quote)
            if start < 0 or rule not in RULES:
                continue
            inside = [i for i, p in enumerate(window.places) if p[0] < start + len(quote) and p[1] > start]
            marks[inside, RULES.index(rule)] = 1
            if inside:
                labels[RULES.index(rule)] = 1
        for rule in row["labels"]:
            if rule in RULES and rule not in quoted:
                labels[RULES.index(rule)] = 1
        found.append(Case(window, labels, marks))
    return found


def collate(batch: list[Case]) -> dict[str, Tensor]:
    length = max(len(case.window.ids) for case in batch)
    ids = np.full((len(batch), length), _PAD, np.int64)
    mask, text = np.zeros((len(batch), length), np.float32), np.zeros((len(batch), length), np.float32)
    marks = np.zeros((len(batch), length, len(RULES)), np.float32)
    for i, case in enumerate(batch):
        first, count = case.window.first, len(case.window.places)
        ids[i, : len(case.window.ids)] = case.window.ids
        mask[i, : len(case.window.ids)] = 1
        text[i, first : first + count] = 1
        marks[i, first : first + count] = case.marks
    labels = np.stack([case.labels for case in batch])
    arrays = {"ids": ids, "mask": mask, "text": text, "marks": marks, "labels": labels}
    return {name: torch.from_numpy(array) for name, array in arrays.items()}
