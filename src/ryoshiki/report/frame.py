"""How a report is to be shown, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ryoshiki.checks.photo import TRACES
from ryoshiki.model import Finding, Guideline
from ryoshiki.report.phrases import PHRASES
from ryoshiki.sight import Sight

_BOXES = 3  # places of one finding that are written out


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


def photo_line(finding: Finding, phrases: Mapping[str, str]) -> str | None:
    """Which photo, and where in it, in pixels from the upper left; None for what stands in the draft's words."""
    if finding.photo is None:
        return None
    places = [f"({b.left}, {b.top})–({b.right}, {b.bottom})" for b in finding.boxes[:_BOXES]]
    if len(finding.boxes) > _BOXES:
        places.append(phrases["places"].format(n=len(finding.boxes) - _BOXES))
    return " ".join([finding.photo, *places])


def sight_line(sight: Sight, phrases: Mapping[str, str]) -> str:
    """What was seen in one photo, in a line."""
    size = [phrases["pixels"].format(width=sight.width, height=sight.height)] if sight.width else []
    counted = [(name, len(getattr(sight, name))) for name in ("faces", "lines", "codes")]
    seen = [phrases[name].format(n=n) for name, n in counted if n]
    seen += [f"{TRACES[trace.kind]}（{trace.value}）" for trace in sight.traces]
    return f"{sight.name}：{'、'.join(size + (seen or [phrases['none']]))}"
