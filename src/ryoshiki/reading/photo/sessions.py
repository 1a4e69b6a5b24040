"""One way to open a model of onnxruntime, so that all take the same share of the machine."""

from __future__ import annotations

from typing import Any


def session(path: str) -> Any:
    """The model at ``path``, on the processor, without a word on the console."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # a warning could stand among the notes of a report
    options.enable_cpu_mem_arena = False  # a picture is read now and then: its memory goes back at once
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
