"""Whether what a reader saw is what the builder put there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from benchmarks.photos.truth import Box
from ryoshiki.model import Finding
from ryoshiki.sight import Box as SeenBox

LETTERS_PER_EDIT = 10


def same_place(box: Box, seen: Iterable[SeenBox]) -> bool:
    """Does any of the boxes overlap this one?"""
    return any(s.left < box[2] and box[0] < s.right and s.top < box[3] and box[1] < s.bottom for s in seen)


def told(rule: str, box: Box, findings: Iterable[Finding]) -> bool:
    """Does a finding of this rule point at this place?"""
    return any(same_place(box, f.boxes) for f in findings if f.rule == rule)


def same_face(box: Box, seen: SeenBox) -> bool:
    """Its middle is in the face, and it is neither half as high nor more than twice."""
    x, y = (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2
    inside = box[0] <= x <= box[2] and box[1] <= y <= box[3]
    return inside and 0.5 <= (seen.bottom - seen.top) / (box[3] - box[1]) <= 2.2


def folded(text: str) -> str:
    """Without spaces, width and case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def contains(text: str, sought: str) -> bool:
    """Does ``text``, folded, hold ``sought`` with at most one edit for every ten letters? In shorter ones, none."""
    wanted = folded(sought)
    return wanted in text or edits(text, wanted) <= len(wanted) // LETTERS_PER_EDIT


def edits(text: str, sought: str) -> int:
    """The fewest edits that make ``sought`` a part of ``text`` (Sellers 1980)."""
    above = [0] * (len(text) + 1)
    for i, letter in enumerate(sought, 1):
        row = [i]
        for j, other in enumerate(text, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other)))
        above = row
    return min(above)
