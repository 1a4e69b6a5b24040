"""What may be told of a failure: its message may quote the draft, and is not."""

from __future__ import annotations

from pathlib import Path


def place(reason: BaseException) -> str:
    """Type and place of a failure: ``KeyError words.py:12``."""
    trace = reason.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
    return type(reason).__name__ + where
