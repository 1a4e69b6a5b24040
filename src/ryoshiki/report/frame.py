"""How a report is to be shown, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ryoshiki.model import Finding, Guideline
from ryoshiki.report.phrases import PHRASES


@dataclass(frozen=True, slots=True)
class Frame:
    """``notes`` is how many notes the terminal shows (None: all); ``source`` names the draft: a file, or stdin."""

    lang: str = "ja"
    notes: int | None = 3
    colour: bool = False
    width: int = 80
    source: str = "stdin"

    @property
    def phrases(self) -> Mapping[str, str]:
        return PHRASES[self.lang]


def clause_line(finding: Finding, guideline: Guideline, phrases: Mapping[str, str]) -> str:
    """Number and title of the clause. What the guideline does not say itself is marked with where it is from."""
    clause = guideline.clauses.get(finding.clause)
    named = f"{finding.clause} {clause.title}" if clause else finding.clause
    return named if finding.origin == "guideline" else f"{named}（{phrases[finding.origin]}）"


def fix_line(finding: Finding, text: str, phrases: Mapping[str, str]) -> str | None:
    """The one-step change in words, or None where there is none."""
    if finding.fix is None:
        return None
    old, new = finding.fix.span.of(text), finding.fix.text
    kind = "insert" if not old else "replace" if new else "delete"
    return phrases[kind].format(old=old, new=new)
