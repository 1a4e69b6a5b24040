"""Small charts as inline SVG: no script, no style of their own; classes are those of `page`. Labels are escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

WIDTH = 372  # units; on a telephone one unit is one pixel
STEPS = 5  # shades of the heat map
_LEFT, _HEIGHT, _BASE = 30, 150, 128
_CELL, _ROW = 14, 16


def bars(rows: Sequence[tuple[str, Counter[str]]], levels: Sequence[str], title: str) -> str:
    """Stacked bars, one for each row, the first level at the bottom; an axis with round numbers; few names below."""
    most = round_up(max((counts.total() for _, counts in rows), default=0))
    step = (WIDTH - _LEFT - 4) / max(1, len(rows))
    parts = []
    for share in (0, 0.5, 1):
        y = _BASE - share * (_BASE - 12)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if most * share == int(most * share):
            parts.append(f'<text x="{_LEFT - 4}" y="{y + 3:.1f}" text-anchor="end">{most * share:,.0f}</text>')
    named = max(1, -(-len(rows) // 6))  # every so manieth bar has its name
    for number, (name, counts) in enumerate(rows):
        x, y = _LEFT + number * step, float(_BASE)
        for level in levels:
            if counts[level]:
                high = counts[level] / most * (_BASE - 12)
                y -= high
                parts.append(
                    f'<rect class="{level}" x="{x + step * 0.12:.1f}" y="{y:.1f}" width="{step * 0.76:.1f}"'
                    f' height="{high:.1f}"><title>{escape(name)}: {counts[level]:,}</title></rect>'
                )
        if number % named == 0:
            parts.append(f'<text x="{x + step / 2:.1f}" y="{_BASE + 14}" text-anchor="middle">{escape(name)}</text>')
    return _svg(title, WIDTH, _HEIGHT, parts)


def heat(
    counts: Mapping[tuple[int, int], int], duty: Iterable[tuple[int, int, int]], days: Sequence[str], title: str
) -> str:
    """Seven rows of 24 hours, shaded by their share of the most; working time (weekday, minutes) has a frame."""
    most = max(counts.values(), default=0)
    parts = []
    for day, name in enumerate(days):
        y = 14 + day * _ROW
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 11}" text-anchor="end">{escape(name)}</text>')
        for hour in range(24):
            count = counts.get((day, hour), 0)
            shade = -(-count * STEPS // most) if most else 0
            parts.append(
                f'<rect class="h{shade}" x="{_LEFT + hour * _CELL}" y="{y}" width="{_CELL - 1}" height="{_ROW - 1}">'
                f"<title>{escape(name)} {hour}:00 {count:,}</title></rect>"
            )
    for hour in range(0, 25, 3):
        parts.append(f'<text x="{_LEFT + hour * _CELL}" y="10" text-anchor="middle">{hour}</text>')
    for day, start, end in duty:
        x, wide = _LEFT + start / 60 * _CELL, (end - start) / 60 * _CELL
        y = 14 + day * _ROW
        parts.append(f'<rect class="duty" x="{x:.1f}" y="{y - 0.5}" width="{wide:.1f}" height="{_ROW}"/>')
    return _svg(title, WIDTH, 14 + 7 * _ROW + 4, parts)


def bar(counts: Counter[str], levels: Sequence[str], most: int) -> str:
    """One lying bar, for a cell of a table that has the number beside it."""
    parts, x = [], 0.0
    for level in levels:
        wide = 100 * counts[level] / max(1, most)
        if wide:
            parts.append(f'<rect class="{level}" x="{x:.2f}" y="0" width="{max(wide, 0.8):.2f}" height="10"/>')
            x += wide
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def round_up(number: int) -> int:
    """The next round number from ``number`` on: 1, 2, 4, 10, 20, 40, 100 …"""
    size = 1
    while size * 10 < number:
        size *= 10
    return next(size * step for step in (1, 2, 4, 10) if size * step >= number)


def _svg(title: str, wide: int, high: int, parts: Iterable[str]) -> str:
    # The numbers stand in a table beside it, which screen readers read instead.
    return (
        f'<svg class="chart" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )
