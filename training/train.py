"""Fine-tune the base for the rules: python -m training.train --out training/out/model

With `--begin FOLDER` a trained model learns on; with `--people FILES` also what a post tells of its author.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training.corpus import files
from training.data import Case, cases, collate
from training.drafts import HEADS, RULES, read, read_posts
from training.encoder import Reader
from training.spelling import respelled
from training.tokens import tokenizer_of
from training.unpack import Array, bundled, load_weights, unpack


@dataclass(frozen=True)
class Plan:
    """What a run is made of; written beside the model."""

    layers: str = "0,1,2,3,4,5"
    inner: int = 1152  # of 1536 units in each layer's feed-forward part
    epochs: int = 5
    batch: int = 32
    body: float = 2e-4
    heads: float = 2e-3
    weight: float = 2.0  # of a label that holds, against one that does not
    marks: float = 0.5  # of the token loss beside the draft's
    respell: float = 0.2  # share of drafts that are spelled another way
    again: int = 1  # how often in an epoch each post of people is read: they are short, and few
    join: float = 0.2  # share of drafts that stand beside an ordinary one, so that trouble is found in a long text
    dropout: float = 0.1
    seed: int = 1
    share: float = 1.0  # of the corpus, for the learning curve
    threads: int = 2


def prepared(
    rows: list[dict[str, Any]], tokenizer: Tokenizer, rng: random.Random, respell: float = 0, join: float = 0
) -> list[list[Case]]:
    """Cases in groups: a draft and its twins stay together, so that one batch holds what differs."""
    groups: dict[str, list[Case]] = {}
    twins = {row["twin_of"] for row in rows if "twin_of" in row}
    drafts = [row for row in rows if "author" not in row]
    plain = [r["text"] for r in drafts if not (r["labels"] or r["near_miss"] or "twin_of" in r or r["id"] in twins)]
    for row in rows:
        if "author" not in row and rng.random() < join and plain:
            row = _joined(row, rng.choice(plain), rng)
        if rng.random() < respell:
            row = _respelled(row, rng)
        groups.setdefault(row.get("twin_of", row["id"]), []).extend(cases(row, tokenizer))
    return list(groups.values())


def _joined(row: dict[str, Any], other: str, rng: random.Random) -> dict[str, Any]:
    """The draft before or after an ordinary one, as people write of two things in one post."""
    parts = [row["text"], other]
    rng.shuffle(parts)
    return row | {"text": rng.choice(("\n", "\n\n", "。", " ")).join(parts)}


def _respelled(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    text = respelled(row["text"], rng)
    places = [(rule, row["text"].find(quote), len(quote)) for rule, quote in row["quotes"]]
    return row | {"text": text, "quotes": [[rule, text[at : at + n]] for rule, at, n in places if at >= 0]}


def batches(groups: list[list[Case]], size: int, rng: random.Random) -> list[list[Case]]:
    """Batches of like length, shuffled; a group is never parted."""
    ordered = sorted(groups, key=lambda g: max(len(c.window.ids) for c in g) + rng.random() * 12)
    found, batch = [], []
    for group in ordered:
        batch += group
        if len(batch) >= size:
            found.append(batch)
            batch = []
    if batch:
        found.append(batch)
    rng.shuffle(found)
    return found


def loss_of(model: Reader, batch: dict[str, torch.Tensor], plan: Plan) -> torch.Tensor:
    draft, tokens = model(batch["ids"], batch["mask"], batch["text"])
    heads = draft.shape[1]  # the first ones alone, where nothing of the others is to be learned
    labels, marks, known = (batch[name][..., :heads] for name in ("labels", "marks", "known"))
    weight = torch.full((heads,), plan.weight)

    def loss(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
        return functional.binary_cross_entropy_with_logits(logits, gold, pos_weight=weight, reduction="none")

    on_draft = (loss(draft, labels) * known).sum()
    inside = batch["text"].bool()
    of_tokens = known[:, None].expand(tokens.shape)[inside]
    on_tokens = (loss(tokens[inside], marks[inside]) * of_tokens).sum()
    return on_draft / len(labels) + plan.marks * on_tokens / inside.sum() * 4


def train(plan: Plan, rows: list[dict[str, Any]], out: Path, begin: Path | None = None) -> Reader:
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    rng = random.Random(plan.seed)
    base = unpack(bundled(), tuple(int(n) for n in plan.layers.split(",")), plan.inner)
    tokenizer = tokenizer_of(base.pieces)
    learned = HEADS if any("author" in row for row in rows) else RULES
    model = Reader(base.weights, len(learned), plan.dropout)
    if begin:
        _go_on(model, load_weights(str(begin / "weights.npz")))
    else:
        start = [case for group in prepared(rng.sample(rows, min(256, len(rows))), tokenizer, rng) for case in group]
        model.eval()
        first = collate(start[:256])
        model.centre(first["ids"], first["mask"])
    optimizer = _optimizer(model, plan)
    steps = plan.epochs * len(batches(prepared(rows, tokenizer, random.Random(0)), plan.batch, random.Random(0)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [plan.body, plan.heads], total_steps=steps + 10 * plan.epochs, pct_start=0.1
    )
    began = time.monotonic()
    for epoch in range(plan.epochs):
        model.train()
        total = seen = 0.0
        for batch in batches(prepared(rows, tokenizer, rng, plan.respell, plan.join), plan.batch, rng):
            loss = loss_of(model, collate(batch), plan)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, seen = total + loss.item() * len(batch), seen + len(batch)
        sys.stderr.write(f"epoch {epoch + 1}: loss {total / seen:.4f}, {time.monotonic() - began:.0f} s\n")
        save(model, tokenizer, plan, out)
    return model


def _optimizer(model: Reader, plan: Plan) -> torch.optim.Optimizer:
    heads = {"scale", "shift", "token.weight", "token.bias", "pooled", "mean.weight", "mean.bias"}
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    parts = [
        {"params": [p for n, p in named if n not in heads], "lr": plan.body, "weight_decay": 0.01},
        {"params": [p for n, p in named if n in heads], "lr": plan.heads, "weight_decay": 0.01},
    ]
    return torch.optim.AdamW(parts)


def _go_on(model: Reader, weights: Mapping[str, Array]) -> None:
    """Take over what was learned; heads that were not there stay as they are."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            value[: len(weights[name])] = torch.from_numpy(weights[name])


def save(model: Reader, tokenizer: Tokenizer, plan: Plan, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / "weights.npz", **{name: value.numpy() for name, value in model.state_dict().items()})
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    (out / "plan.json").write_text(json.dumps(asdict(plan), indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "out" / "model")
    parser.add_argument("--corpus", type=Path, nargs="*", default=files())
    parser.add_argument("--people", type=Path, nargs="*", default=())
    parser.add_argument("--begin", type=Path)
    for item in fields(Plan):
        parser.add_argument(f"--{item.name}", type=type(item.default), default=item.default)
    given = vars(parser.parse_args())
    plan = Plan(**{item.name: given[item.name] for item in fields(Plan)})
    rows = read(given["corpus"])
    rows = rows[: round(len(rows) * plan.share)] if plan.share < 1 else rows
    posts = [row | {"id": f"{row['id']}-{turn}"} for row in read_posts(given["people"]) for turn in range(plan.again)]
    train(plan, rows + posts, given["out"], given["begin"])


if __name__ == "__main__":
    main()
