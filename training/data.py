"""The corpus as the model takes it: token ids, labels by head, labels by token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ryoshiki.reading.meaning import Window, windows
from training.drafts import HEADS, TOLD, draft_of

_PAD = 1


@dataclass(frozen=True)
class Case:
    """One window of a labelled draft. ``labels`` [heads], ``marks`` [text tokens, heads], both 0 or 1.

    ``known`` [heads] is 0 for the heads that it was not labelled for: nothing is learned for them from it.
    """

    window: Window
    labels: np.ndarray[Any, Any]
    marks: np.ndarray[Any, Any]
    known: np.ndarray[Any, Any]


def cases(row: dict[str, Any], tokenizer: Any) -> list[Case]:
    """A long draft is several cases; in each only the labels whose quotes it holds count, and those without any."""
    draft = draft_of(row)
    # People were labelled with all other heads, drafts with the rules.
    unknown = ("identity",) if row.get("author") else TOLD
    known = np.array([head not in unknown for head in HEADS], np.float32)
    found = []
    for window in windows(draft, tokenizer):
        marks = np.zeros((len(window.places), len(HEADS)), np.float32)
        labels = np.zeros(len(HEADS), np.float32)
        quoted = {head for head, _ in row["quotes"]}
        for head, quote in row["quotes"]:
            start = draft.text.find(quote)
            if start < 0 or head not in HEADS:
                continue
            inside = [i for i, p in enumerate(window.places) if p[0] < start + len(quote) and p[1] > start]
            marks[inside, HEADS.index(head)] = 1
            if inside:
                labels[HEADS.index(head)] = 1
        for head in row["labels"]:
            if head in HEADS and head not in quoted:
                labels[HEADS.index(head)] = 1
        found.append(Case(window, labels, marks, known))
    return found


def collate(batch: list[Case]) -> dict[str, Tensor]:
    length = max(len(case.window.ids) for case in batch)
    ids = np.full((len(batch), length), _PAD, np.int64)
    mask, text = np.zeros((len(batch), length), np.float32), np.zeros((len(batch), length), np.float32)
    marks = np.zeros((len(batch), length, len(HEADS)), np.float32)
    for i, case in enumerate(batch):
        first, count = case.window.first, len(case.window.places)
        ids[i, : len(case.window.ids)] = case.window.ids
        mask[i, : len(case.window.ids)] = 1
        text[i, first : first + count] = 1
        marks[i, first : first + count] = case.marks
    labels, known = np.stack([case.labels for case in batch]), np.stack([case.known for case in batch])
    arrays = {"ids": ids, "mask": mask, "text": text, "marks": marks, "labels": labels, "known": known}
    return {name: torch.from_numpy(array) for name, array in arrays.items()}
