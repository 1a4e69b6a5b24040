"""Labelled drafts in the form of the benchmark, and the rules that the model has a head for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from ryoshiki.model import Draft

# All rules but working-hours, which the clock tells.
RULES = (
    "personal-info", "confidential", "security", "insult", "discrimination", "illegal", "rumor", "obscene",
    "public-order", "identity", "accuracy", "misunderstanding", "portrait", "copyright", "privacy", "service-duty",
    "argument",
)  # fmt: skip


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def draft_of(row: dict[str, Any]) -> Draft:
    return Draft(
        row["text"],
        row["platform"],
        row["account"],
        datetime.fromisoformat(row["posted_at"]) if row.get("posted_at") else None,
        row.get("reply_to"),
    )
