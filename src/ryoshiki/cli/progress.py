"""How far a long reading has come: a bar on standard error, for people who look at it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def progress(lines: BinaryIO, source: Path) -> Iterator[Callable[[int], None]]:
    """What is told how many were done; nothing is shown where nobody looks or where the answers go to the terminal."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda number: None
        return
    with always(lines, source) as advance:
        yield advance


@contextmanager
def always(lines: BinaryIO, source: Path) -> Iterator[Callable[[int], None]]:
    """As `progress`, for commands whose answer comes when all is done."""
    if not sys.stderr.isatty():
        yield lambda number: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    sized = os.path.getsize(source) if source.is_file() else None
    columns = (BarColumn(), TextColumn("{task.fields[count]:,} 件"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=sized, count=0)

        def advance(number: int) -> None:
            bar.update(task, count=number, completed=lines.tell() if sized else None)

        yield advance
