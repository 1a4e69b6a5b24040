"""How far a long reading has come: a bar on standard error, for people who look at it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def bar(total: int | None, shown: bool = True, of: str = "") -> Iterator[Callable[[int, int | None], None]]:
    """A bar where a person looks at it; else nothing.

    ``total`` is what there is to do, None if that is not known. It is told how many lines or posts are done, and how
    much of the total; ``of`` stands behind the number.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda count, done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns: list[ProgressColumn] = [
        BarColumn(),
        TextColumn("{task.fields[count]:,}" + of + " 件"),
        TimeElapsedColumn(),
    ]
    if total is not None:
        columns += [TextColumn("{task.percentage:.0f} %・残り"), TimeRemainingColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task("", total=total, count=0)
        yield lambda count, done: drawn.update(task, count=count, completed=done)


@contextmanager
def progress(lines: BinaryIO, source: Path, shown: bool) -> Iterator[Callable[[int], None]]:
    """The bar of a file that is read line by line; it is told how many lines are done."""
    sized = os.path.getsize(source) if source.is_file() else None
    with bar(sized, shown) as advance:
        yield lambda count: advance(count, lines.tell() if sized else None)
