"""The weights of a model that was exported, to learn on from: python -m training.reopen READER FOLDER

They are the rounded ones: exported once more they give the same file, bit by bit.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.encoder import Reader
from training.tokens import tokenizer_of
from training.train import Plan, save
from training.unpack import Array, bundled, unpack

_HEADS = {  # as `export` names them
    **{name: name for name in ("pos", "scale", "shift")},
    "ln.weight": "ln.w",
    "ln.bias": "ln.b",
    "pooled": "pooled.w",
    **{f"{head}.{kind}": f"{head}.{kind[0]}" for head in ("token", "mean") for kind in ("weight", "bias")},
}
_JOINED = ("q", "k", "v")  # one product in the export


def weights(tables: dict[str, Array]) -> dict[str, Array]:
    """What `export.build` was given, by the names of `encoder.Reader`, without the base's own table of words."""
    found = {name: tables[source] for name, source in _HEADS.items()}
    found["token.weight"] = found["token.weight"].T
    layers = 1 + max(int(name.split(".")[1]) for name in tables if name.startswith("layers."))
    for at in (f"layers.{n}" for n in range(layers)):
        parts = {part: (*_linear(tables, f"{at}.{part}"),) for part in ("ao", "fi", "fo")}
        joined = (np.split(table, len(_JOINED)) for table in _linear(tables, f"{at}.{''.join(_JOINED)}"))
        parts |= dict(zip(_JOINED, zip(*joined, strict=True), strict=True))
        parts |= {part: (tables[f"{at}.{part}.w"], tables[f"{at}.{part}.b"]) for part in ("aln", "oln")}
        for part, (weight, bias) in parts.items():
            found |= {f"{at}.{part}.weight": weight, f"{at}.{part}.bias": bias}
    return found


def _linear(tables: dict[str, Array], name: str) -> tuple[Array, Array]:
    return (tables[f"{name}.w"].astype(np.float32) * tables[f"{name}.scale"]).T, tables[f"{name}.b"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reader", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    graph = onnx.load(given.reader / "reader.onnx").graph
    found = weights({table.name: numpy_helper.to_array(table) for table in graph.initializer})
    plan = Plan()
    base = unpack(bundled(), tuple(int(n) for n in plan.layers.split(",")), plan.inner)
    model = Reader(base.weights, len(found["token.bias"]), plan.dropout)
    state = {name: torch.tensor(value) for name, value in found.items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert (missing, unexpected) == (["word.weight"], []), (missing, unexpected)
    save(model, tokenizer_of(base.pieces), plan, given.folder)


if __name__ == "__main__":
    main()
