"""ryoshiki (良識, "good sense"): reads a draft before it is posted, as a careful colleague would."""

from ryoshiki.guideline import load
from ryoshiki.model import Draft, Finding, Fix, GuidelineError, Photo, Report, RyoshikiError, Span, Unchecked
from ryoshiki.review import review
from ryoshiki.sight import Box

__version__ = "0.1.0"

__all__ = [
    "Box",
    "Draft",
    "Finding",
    "Fix",
    "GuidelineError",
    "Photo",
    "Report",
    "RyoshikiError",
    "Span",
    "Unchecked",
    "load",
    "review",
]
