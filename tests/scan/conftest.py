"""A scan by a small guideline: ぺけぺけ is stop, がさがさ caution, もやもや confirm."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ryoshiki import load
from ryoshiki.drafts import BadLineError, Defaults
from ryoshiki.scan.pieces import Piece
from ryoshiki.scan.rows import Reader, cut, shards
from ryoshiki.scan.work import Job
from ryoshiki.stamp import stamp
from tests.cli.conftest import folder

__all__ = ["folder"]

TEXTS = ("あいつはぺけぺけだ", "いい天気です", "がさがさした朝", "", "もやもやする")


@pytest.fixture
def job(folder: Path) -> Job:
    """What the command would make of no options."""
    return Job(partial(load, folder), stamp(load(folder)), Defaults("x", "private", None, None), frozenset(), False)


def jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def posts(count: int) -> list[dict[str, Any]]:
    """Posts of all verdicts, every fifth of them empty."""
    return [{"id": f"p{n}", "text": TEXTS[n % len(TEXTS)]} for n in range(count)]


def pieces(path: Path | str, at_most: int) -> list[Piece]:
    return list(cut(shards(str(path)), at_most))


def rows(path: Path | str, at_most: int = 1_000) -> list[tuple[int, dict[str, Any] | str]]:
    """All rows of a file, read piece by piece; of bad ones the reason."""
    reader = Reader()
    found = [row for piece in pieces(path, at_most) for row in reader.rows(piece)]
    return [(n, str(fields) if isinstance(fields, BadLineError) else dict(fields)) for n, fields in found]
