"""ryoshiki itself, with its built-in guideline; a kind is a rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from benchmarks.adapters.protocol import Finder, serve
from ryoshiki import Draft, review
from ryoshiki import load as guideline


def draft_of(case: dict[str, Any]) -> Draft:
    """The draft of a line."""
    posted = case.get("posted_at")
    return Draft(
        text=case["text"],
        platform=case.get("platform", "x"),
        account=case.get("account", "private"),
        posted_at=datetime.fromisoformat(posted) if posted else None,
        reply_to=case.get("reply_to"),
    )


def load() -> Finder:
    ours = guideline()

    def find(case: dict[str, Any]) -> Iterable[str]:
        return [finding.rule for finding in review(draft_of(case), ours).findings]

    return find


if __name__ == "__main__":
    serve("ryoshiki", load)
