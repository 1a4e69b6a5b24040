"""One renderer per format: `render(report, draft, guideline, frame) -> str`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ryoshiki.model import Draft, Guideline, Report
from ryoshiki.report import html, json, markdown, sarif, text
from ryoshiki.report.frame import Frame

Renderer = Callable[[Report, Draft, Guideline, Frame], str]

FORMATS: Mapping[str, Renderer] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
    "markdown": markdown.render,
    "html": html.render,
}
