"""Make the table of `ryoshiki ask`: python -m training.pieces src/ryoshiki/reading/pieces/vectors.npz

One vector a word piece, whose sums lie near to each other where two questions mean the like. Learned in two steps:
from the whole of multilingual-e5-small, which sentences of the corpus and questions are alike; then, with words
beside it, which ways of asking belong to one question. It hangs on the vocabulary, not on the local model's weights.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.asked import Asked, asked
from training.corpus import files
from training.teacher import Teacher, sentences
from training.tokens import mark
from training.unpack import Array

_MOST = 127  # of an int8


@dataclass(frozen=True)
class Plan:
    width: int = 64
    sentences: int = 14_000
    alike_epochs: int = 12
    alike_rate: float = 3e-3
    alike_batch: int = 512
    asked_epochs: int = 15
    asked_rate: float = 1e-3
    asked_batch: int = 256
    seed: int = 0
    hold: bool = False  # a third of the questions, and of those without an answer, for measuring


class Sums(nn.Module):
    """Texts as weighted sums of their pieces' vectors: those of e5's input, turned to `width`, with what is learned
    beside them piece by piece."""

    def __init__(self, word: Array, tokenizer: Tokenizer, texts: list[str], plan: Plan) -> None:
        super().__init__()
        self.ids = [e.ids or [3] for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
        seen = Counter(piece for ids in self.ids for piece in set(ids))
        used = torch.tensor(sorted(seen))
        table = torch.from_numpy(word)
        table = table - table[used].mean(0)
        self.register_buffer("word", table / table[used].norm(dim=1).mean())
        self.turn = nn.Parameter(torch.linalg.svd(table[used], full_matrices=False)[2][: plan.width].T.clone())
        self.own = nn.Parameter(torch.zeros(len(word), plan.width))
        rare = [math.log(1 + len(texts) / (seen[piece] + 0.5)) for piece in range(len(word))]
        self.weight = nn.Parameter(torch.tensor(rare).log())

    def table(self) -> Tensor:
        return (self.word @ self.turn + self.own) * self.weight.exp()[:, None]  # type: ignore[operator]

    def forward(self, texts: list[int], table: Tensor, drop: float = 0.0) -> Tensor:
        """Shape [texts, width], of length 1; of the pieces a share is dropped."""
        chosen = [self.ids[n] for n in texts]
        flat = torch.tensor([piece for ids in chosen for piece in ids])
        starts = torch.tensor([0, *np.cumsum([len(ids) for ids in chosen])[:-1].tolist()])
        kept = (torch.rand(len(flat)) >= drop).float()
        summed = functional.embedding_bag(flat, table, starts, mode="sum", per_sample_weights=kept)
        return functional.normalize(summed + 1e-6, dim=1)


def _schedule(optimizer: torch.optim.Optimizer, rates: list[float], steps: int) -> torch.optim.lr_scheduler.OneCycleLR:
    return torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps + 2, pct_start=0.1)


def learn_alike(model: Sums, texts: list[int], taught: Array, plan: Plan) -> None:
    """Pairs of a batch become as near to each other as the teacher has them."""
    rng, goal = np.random.default_rng(plan.seed), torch.from_numpy(taught)
    optimizer = torch.optim.Adam(model.parameters(), plan.alike_rate)
    size = min(plan.alike_batch, len(texts))
    schedule = _schedule(optimizer, [plan.alike_rate], plan.alike_epochs * (len(texts) // size))
    apart = ~torch.eye(size, dtype=torch.bool)
    for _ in range(plan.alike_epochs):
        order = rng.permutation(len(texts))
        for at in range(0, len(order) - size + 1, size):
            batch = order[at : at + size]
            found, wanted = model([texts[n] for n in batch], model.table(), 0.1), goal[torch.from_numpy(batch)]
            loss = 100 * ((found @ found.T - wanted @ wanted.T)[apart] ** 2).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()


def learn_asked(model: Sums, given: Asked, plan: Plan) -> tuple[float, float]:
    """What is asked comes nearest to a way to ask its own question, or no nearer to any than a limit, if it has none.

    Returns what words weigh beside, and the limit.
    """
    rng = np.random.default_rng(plan.seed)
    words, sharp, none = (nn.Parameter(torch.tensor(value)) for value in (1.0, math.log(12), 0.7))
    parts = [{"params": list(model.parameters())}, {"params": [words, sharp, none]}]
    optimizer = torch.optim.Adam(parts, plan.asked_rate)
    steps = plan.asked_epochs * math.ceil(len(given.asked) / plan.asked_batch)
    schedule = _schedule(optimizer, [plan.asked_rate, 1e-2], steps)
    for _ in range(plan.asked_epochs):
        order = rng.permutation(len(given.asked))
        for at in range(0, len(order), plan.asked_batch):
            batch = torch.from_numpy(order[at : at + plan.asked_batch])
            table = model.table()
            near = model([given.asked[n] for n in batch], table, 0.2) @ model(given.ways, table, 0.2).T
            near = near.masked_fill(given.itself[batch], -1)  # what is asked is no way to ask itself
            best = torch.zeros(len(batch), given.words.shape[1]).index_add(1, given.question, (20 * near).exp())
            scores = torch.cat([best.log() / 20 + words * given.words[batch], none.expand(len(batch), 1)], 1)
            loss = functional.cross_entropy(sharp.exp() * scores, given.right[batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return float(words), float(none)


def made(plan: Plan) -> tuple[Sums, Asked, Teacher]:
    torch.manual_seed(plan.seed)
    torch.set_num_threads(2)
    teacher, given = Teacher(), asked(hold=plan.hold)
    texts = [*given.texts, *sentences(files(), plan.sentences)]
    began = time.monotonic()
    model = Sums(teacher.word, teacher.tokenizer, texts, plan)
    read = sorted({*given.asked, *given.ways, *range(len(given.texts), len(texts))})
    taught = teacher.read([texts[n] for n in read])
    sys.stderr.write(f"{len(read)} texts read, {time.monotonic() - began:.0f} s\n")
    learn_alike(model, read, taught, plan)
    sys.stderr.write(f"nearness learned, {time.monotonic() - began:.0f} s\n")
    words, none = learn_asked(model, given, plan)
    sys.stderr.write(f"questions learned, {time.monotonic() - began:.0f} s; words {words:.2f}, limit {none:.2f}\n")
    return model, given, teacher


def save(table: Array, tokenizer: Tokenizer, path: Path) -> None:
    """int8, with a scale a piece, and the mark of the vocabulary whose ids they are."""
    scales = (np.abs(table).max(1).clip(1e-6) / _MOST).astype(np.float16)
    codes = np.round(table / scales.astype(np.float32)[:, None]).clip(-_MOST, _MOST).astype(np.int8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, codes=codes, scales=scales, vocabulary=np.array(mark(tokenizer)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hold", action="store_true", help="leave a third of the questions out, for measuring")
    given = parser.parse_args()
    model, _, teacher = made(Plan(hold=given.hold))
    with torch.no_grad():
        save(model.table().numpy(), teacher.tokenizer, given.out)


if __name__ == "__main__":
    main()
