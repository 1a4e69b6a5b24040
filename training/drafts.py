"""Labelled drafts in the form of the benchmark, posts that say something of their author, and the model's heads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from ryoshiki.history.facts import kinds
from ryoshiki.model import Draft
from ryoshiki.reading.meaning import AUTHOR

# All rules but working-hours, which the clock tells.
RULES = (
    "personal-info", "confidential", "security", "insult", "discrimination", "illegal", "rumor", "obscene",
    "public-order", "identity", "accuracy", "misunderstanding", "portrait", "copyright", "privacy", "service-duty",
    "argument",
)  # fmt: skip
# What a post tells of its author, by the kinds of `ryoshiki history`.
TOLD = tuple(AUTHOR + kind for kind in kinds())
HEADS = RULES + TOLD


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def read_posts(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Posts of invented people as rows like drafts': the heads that speak, and the words that show it."""
    rows = []
    for path in paths:
        for number, row in enumerate(read([path])):
            quotes = [[AUTHOR + kind, words] for kind, words in row["facts"]] + row.get("rules", [])
            labels = sorted({head for head, _ in quotes})
            said = {"text": row["text"], "platform": "x", "account": "private", "near_miss": False, "author": True}
            rows.append({"id": f"{path.stem}-{number}", "labels": labels, "quotes": quotes, **said})
    return rows


def draft_of(row: dict[str, Any]) -> Draft:
    return Draft(
        row["text"],
        row["platform"],
        row["account"],
        datetime.fromisoformat(row["posted_at"]) if row.get("posted_at") else None,
        row.get("reply_to"),
    )
