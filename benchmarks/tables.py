"""Tables that read well on a terminal and are Markdown on a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Table:
    """The first column is words, the others are figures; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: the command that gives it, and paragraphs and tables as Markdown."""

    title: str
    command: str
    parts: tuple[str, ...]

    def render(self) -> str:
        return "\n\n".join((f"## {self.title}", f"`{self.command}`", *self.parts)) + "\n"


def render(table: Table) -> str:
    """A Markdown table whose columns stand under each other; full-width letters count as two."""
    lines = [table.columns, *table.rows]
    if any(len(line) != len(table.columns) for line in lines):
        raise ValueError("a row has too many or too few cells")
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    widths = [max(3, *(_width(line[i]) for line in cells)) for i in range(len(table.columns))]
    ruler = "|".join(["-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:])])
    head, *rows = (_line(line, widths) for line in cells)
    return "\n".join((head, f"|{ruler}|", *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    gaps = [" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return f"| {cells[0]}{gaps[0]} | " + " | ".join(g + c for g, c in zip(gaps[1:], cells[1:], strict=True)) + " |"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Median, then the least and the most in brackets: ``0.41 (0.39–0.52)``."""
    low, high = (f"{v:,.{digits}f}" for v in (min(values), max(values)))
    return f"{median(values):,.{digits}f} ({low}–{high})"


def share(part: int, whole: int) -> str:
    """``7 of 30 (23 %)``; a dash where there is nothing to count."""
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "–"
