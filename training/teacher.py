"""The whole of multilingual-e5-small, which others learn from: texts in, vectors out."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import torch

from training.drafts import read
from training.encoder import Reader
from training.tokens import tokenizer_of
from training.unpack import Array, bundled, unpack

_LAYERS, _INNER = 12, 1536
_BATCH = 64
_PAD = 1
_BEGIN, _END = 0, 2
_PREFIX = "query: "  # what e5 was trained with
_PARTS = re.compile("[。！？!?\n]+")
_LEAST, _MOST = 8, 50  # characters of a sentence that is as long as a question


def sentences(paths: list[Path], count: int) -> list[str]:
    """So many of the drafts' sentences, drawn by chance, none twice."""
    found = {part.strip() for row in read(paths) for part in _PARTS.split(row["text"])}
    fit = sorted(part for part in found if _LEAST <= len(part) <= _MOST)
    return random.Random(1).sample(fit, min(count, len(fit)))


class Teacher:
    def __init__(self) -> None:
        base = unpack(bundled(), tuple(range(_LAYERS)), _INNER)
        self.word = base.weights["word"]
        self.tokenizer = tokenizer_of(base.pieces)
        self.model = Reader(base.weights, 1).eval()

    @torch.no_grad()
    def read(self, texts: list[str]) -> Array:
        """Shape [texts, 384]: the mean over tokens, less the mean over texts (e5's all point one way), of length 1."""
        ids = [
            [_BEGIN, *self.tokenizer.encode(_PREFIX + text, add_special_tokens=False).ids[:200], _END] for text in texts
        ]
        order = sorted(range(len(texts)), key=lambda n: len(ids[n]))
        found = np.zeros((len(texts), self.word.shape[1]), np.float32)
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            longest = len(ids[batch[-1]])
            padded = torch.tensor([ids[n] + [_PAD] * (longest - len(ids[n])) for n in batch])
            mask = torch.tensor([[1.0] * len(ids[n]) + [0.0] * (longest - len(ids[n])) for n in batch])
            hidden = self.model.hidden(padded, mask) * mask[..., None]
            found[batch] = torch.nn.functional.normalize(hidden.sum(1) / mask.sum(1, keepdim=True), dim=1).numpy()
        found -= found.mean(0)
        return found / np.linalg.norm(found, axis=1, keepdims=True)
