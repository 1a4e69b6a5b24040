"""ryoshiki itself, with its built-in guideline; a kind is a rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from benchmarks.adapters.protocol import Finder, serve


def load() -> Finder:
    from ryoshiki import Draft, review
    from ryoshiki import load as guideline

    ours = guideline()

    def find(case: dict[str, Any]) -> Iterable[str]:
        posted = case.get("posted_at")
        draft = Draft(
            text=case["text"],
            platform=case.get("platform", "x"),
            account=case.get("account", "private"),
            posted_at=datetime.fromisoformat(posted) if posted else None,
            reply_to=case.get("reply_to"),
        )
        return [finding.rule for finding in review(draft, ours).findings]

    return find


if __name__ == "__main__":
    serve("ryoshiki", load)
