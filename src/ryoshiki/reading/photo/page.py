"""The letters of one picture as a text, with the way back from its words to places in the picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ryoshiki.model import Draft, Span
from ryoshiki.sight import Box, Code, Line, Sight, around

MOST = 20_000  # code points of one picture's letters that are read
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Page:
    """Lines and codes of a picture, one below the other: sheet by sheet, and in each from the top."""

    sight: Sight

    @cached_property
    def text(self) -> str:
        return "\n".join(text for text, _ in self._rows)[:MOST]

    @cached_property
    def _rows(self) -> list[tuple[str, Box]]:
        seen: list[Line | Code] = [*self.sight.lines, *self.sight.codes]
        lines = {each.box: _NOT_TEXT.sub(" ", each.text) for each in seen}
        return [(lines[box], box) for block in blocks(list(lines)) for box in block]

    def draft(self, whole: Draft) -> Draft | None:
        """The letters as a draft on the same account, so that the same checks can read them; None: no letters."""
        if not self.text.strip():
            return None
        return Draft(self.text, platform=whole.platform, account=whole.account)

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Where in the picture the words at ``span`` of the text stand: a box for each line that they touch."""
        return tuple(box for start, end, box in self._places if span.start < end and start < span.end)

    @cached_property
    def _places(self) -> list[tuple[int, int, Box]]:
        found, start = [], 0
        for text, box in self._rows:
            found.append((start, start + len(text), box))
            start += len(text) + 1
        return found

    def sheets(self, spans: Iterable[Span]) -> tuple[Box, ...]:
        """A box around each sheet, board or screen on which one of the words at ``spans`` stands."""
        touched = {box for span in spans for box in self.boxes(span)}
        return tuple(around(sheet) for sheet in blocks([box for _, box in self._rows]) if touched & set(sheet))


def blocks(boxes: list[Box]) -> list[list[Box]]:
    """Lines that stand together, as those of one sheet do: no further apart than they are high. In reading order."""
    groups: list[list[Box]] = []
    for box in boxes:
        near = _neighbourhood(box)
        joined = [group for group in groups if any(near.overlaps(other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([box, *(other for group in joined for other in group)])
    return sorted(map(_in_rows, groups), key=lambda group: (group[0].top, group[0].left))


def _in_rows(boxes: list[Box]) -> list[Box]:
    """From the top, and in a row from the left; a row is as high as its first line."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (box.top + box.bottom, box.left)):
        if rows and box.top + box.bottom < 2 * rows[-1][0].bottom:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda box: box.left)]


def _neighbourhood(box: Box) -> Box:
    reach = min(box.width, box.height) * 3 // 2
    return Box(box.left - reach, box.top - reach, box.right + reach, box.bottom + reach)
