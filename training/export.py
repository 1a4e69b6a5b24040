"""Write the trained model as int8 ONNX: python -m training.export training/out/model src/ryoshiki/reading/reader

The graph is built by hand, operator by operator, so that it holds just what the runtime has fast kernels for.
Weights have 7 bits and a sign: processors without VNNI add two products in 16 bits, which 8 bits would overflow.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.encoder import LOOKS
from training.unpack import Array, load_weights

_MOST = 63  # of a 7-bit weight
_MICROSOFT = "com.microsoft"  # operators of onnxruntime beside the standard


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tables: list[onnx.TensorProto] = []

    def table(self, name: str, values: NDArray[np.generic]) -> str:
        self.tables.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def split(self, x: str, outputs: list[str]) -> None:
        """Equal parts of the last axis."""
        self.nodes.append(helper.make_node("Split", [x], outputs, axis=-1))

    def linear(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """x @ weight.T + bias with int8 weights, scaled by output."""
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / _MOST
        codes = np.clip(np.round(weight / scale[:, None]), -_MOST, _MOST).astype(np.int8)
        inputs = [
            x,
            self.table(f"{name}.w", codes.T),
            self.table(f"{name}.scale", scale.astype(np.float32)),
            self.table(f"{name}.zero", np.zeros(len(scale), np.int8)),
            self.table(f"{name}.b", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, _MICROSOFT)

    def norm_of_sum(self, x: str, y: str, name: str, weight: Array, bias: Array) -> str:
        summed = self.node("Add", [x, y], f"{name}.sum")
        tables = [self.table(f"{name}.w", weight), self.table(f"{name}.b", bias)]
        return self.node("LayerNormalization", [summed, *tables], name, epsilon=1e-12)


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """Inputs ids (int64) and text (float, 1 where a token is the draft's own), both [batch, length], without padding;
    outputs draft [batch, heads] and tokens [batch, length, heads], both logits."""
    graph = _Graph()
    x = _embedded(graph, weights)
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    for n in range(layers):
        x = _layer(graph, x, f"layers.{n}", weights)
    _heads(graph, x, weights)
    heads = len(weights["token.bias"])
    shape = ["batch", "length"]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, shape),
        helper.make_tensor_value_info("text", TensorProto.FLOAT, shape),
    ]
    outputs = [
        helper.make_tensor_value_info("draft", TensorProto.FLOAT, ["batch", heads]),
        helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [*shape, heads]),
    ]
    proto = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.tables)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(proto, opset_imports=opsets, ir_version=9, producer_name="ryoshiki")


def _embedded(graph: _Graph, weights: dict[str, Array]) -> str:
    word = weights["word.weight"]
    scale = np.maximum(np.abs(word).max(1), 1e-8) / 127
    codes = np.round(word / scale[:, None]).astype(np.int8)
    graph.node("Gather", [graph.table("word", codes), "ids"], "word.codes")
    graph.node("Cast", ["word.codes"], "word.floats", to=TensorProto.FLOAT)
    graph.node("Gather", [graph.table("word.scale", scale[:, None].astype(np.float32)), "ids"], "word.scales")
    graph.node("Mul", ["word.floats", "word.scales"], "word.x")
    graph.node("Shape", ["ids"], "shape")
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        graph.table(name, np.array([value], np.int64))
    graph.node("Slice", ["shape", "one", "two"], "length")
    graph.node("Slice", [graph.table("pos", weights["pos"]), "zero", "length"], "pos.x")
    graph.node("Add", ["word.x", "pos.x"], "summed")
    tables = [graph.table("ln.w", weights["ln.weight"]), graph.table("ln.b", weights["ln.bias"])]
    return graph.node("LayerNormalization", ["summed", *tables], "embedded", epsilon=1e-12)


def _layer(graph: _Graph, x: str, at: str, weights: dict[str, Array]) -> str:
    def linear(y: str, *parts: str) -> str:
        joined = [np.concatenate([weights[f"{at}.{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")]
        return graph.linear(y, f"{at}.{''.join(parts)}", *joined)

    def norm(y: str, z: str, part: str) -> str:
        return graph.norm_of_sum(y, z, f"{at}.{part}", weights[f"{at}.{part}.weight"], weights[f"{at}.{part}.bias"])

    looked = [f"{at}.{part}" for part in "qkv"]
    graph.split(linear(x, "q", "k", "v"), looked)  # in one go: the input is made int8 once
    graph.node("MultiHeadAttention", looked, f"{at}.seen", _MICROSOFT, num_heads=LOOKS)
    x = norm(linear(f"{at}.seen", "ao"), x, "aln")
    graph.node("Gelu", [linear(x, "fi")], f"{at}.gelu", _MICROSOFT)
    return norm(linear(f"{at}.gelu", "fo"), x, "oln")


def _heads(graph: _Graph, x: str, weights: dict[str, Array]) -> None:
    """The heads in full precision: they are small, and they decide."""

    def table(name: str, values: Array) -> str:
        return graph.table(name, values)

    graph.node("Mul", [x, table("scale", weights["scale"])], "scaled")
    graph.node("Add", ["scaled", table("shift", weights["shift"])], "h")
    graph.node("MatMul", ["h", table("token.w", weights["token.weight"].T)], "token.m")
    graph.node("Add", ["token.m", table("token.b", weights["token.bias"])], "tokens")
    graph.node("Unsqueeze", ["text", table("last", np.array([-1], np.int64))], "text.column")  # type: ignore[arg-type]
    graph.node("Sub", ["text.column", table("1", np.array(1, np.float32))], "outside")
    graph.node("Mul", ["outside", table("far", np.array(1e4, np.float32))], "outside.far")
    graph.node("Add", ["tokens", "outside.far"], "tokens.inside")
    graph.node("Softmax", ["tokens.inside"], "weight", axis=1)
    graph.node("Transpose", ["weight"], "weight.t", perm=[0, 2, 1])
    graph.node("MatMul", ["weight.t", "h"], "pooled")
    graph.node("Mul", ["pooled", table("pooled.w", weights["pooled"])], "pooled.m")
    graph.node("ReduceSum", ["pooled.m", "last"], "by.place", keepdims=0)
    graph.node("ReduceSum", ["text.column", "one"], "counted", keepdims=1)
    graph.node("Max", ["counted", table("least", np.array(1, np.float32))], "count")  # a text may hold no token
    graph.node("Mul", ["h", "text.column"], "h.text")
    graph.node("ReduceSum", ["h.text", "one"], "h.sum", keepdims=1)
    graph.node("Div", ["h.sum", "count"], "h.mean")
    graph.node("Squeeze", ["h.mean", "one"], "mean")
    graph.node(
        "Gemm",
        ["mean", table("mean.w", weights["mean.weight"]), table("mean.b", weights["mean.bias"])],
        "by.mean",
        transB=1,
    )
    graph.node("Add", ["by.place", "by.mean"], "draft")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    model = build(load_weights(str(given.trained / "weights.npz")))
    onnx.save(model, given.out / "reader.onnx")
    shutil.copy(given.trained / "tokenizer.json", given.out / "tokenizer.json")


if __name__ == "__main__":
    main()
