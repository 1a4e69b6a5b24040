"""A list of accounts that somebody has seen: CSV, JSON lines, or one handle a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ryoshiki.model import RyoshikiError

MOST_LINES = 100_000
_FIELDS = ("handle", "name", "platform", "picture")
_ORDER = ("handle", "name", "picture")  # of a list without a heading
_HEADINGS = {
    "handle": ("handle", "account", "アカウント", "アカウント名", "id", "ユーザー名"),
    "name": ("name", "display_name", "表示名", "名前"),
    "platform": ("platform", "service", "サービス"),
    "picture": ("picture", "photo", "画像", "アイコン"),
}
_LONGEST = 300  # characters of a field; no service allows as many


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: the fields as they stand there ("" where nothing does), or why it has none.

    ``picture`` names a file.
    """

    line: int
    handle: str = ""
    name: str = ""
    platform: str = ""
    picture: str = ""
    reason: str = ""


def read(text: str) -> list[Entry]:
    """The lines of a list that say something, in order.

    A list whose first line begins with ``{`` is JSON lines, any other CSV: with a heading that names ``handle``, or
    without one handle, display name, file of the picture.

    Raises:
        RyoshikiError: nothing is in it, or too much.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise RyoshikiError(f"一覧が長すぎます。{MOST_LINES:,} 行までです (the list is over {MOST_LINES:,} lines)")
    found = list(_objects(lines) if text.lstrip().startswith("{") else _rows(text))
    if not found:
        raise RyoshikiError("一覧が空です (the list is empty)")
    return found


def _objects(lines: list[str]) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                fields = json.loads(line)
            except (ValueError, RecursionError):
                fields = None
            yield (
                _entry(number, _named(fields))
                if isinstance(fields, dict)
                else _bad(number, "JSON の {…} ではありません (no JSON object)")
            )


def _rows(text: str) -> Iterator[Entry]:
    rows = csv.reader(StringIO(text, newline=""))
    columns: list[str] | None = None
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if columns is None:
                named = [next((f for f, names in _HEADINGS.items() if cell.lower() in names), "") for cell in cells]
                columns = named if "handle" in named else list(_ORDER)
                if columns is named:
                    continue
            yield _entry(rows.line_num, dict(zip(columns, cells, strict=False)))
    except csv.Error:
        yield _bad(rows.line_num, "CSV として読めません (not CSV)")


def _named(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {field: fields[name] for field, names in _HEADINGS.items() for name in names if fields.get(name) is not None}


def _entry(line: int, fields: Mapping[str, Any]) -> Entry:
    given = {field: fields.get(field) or "" for field in _FIELDS}
    if not all(isinstance(value, str) and len(value) <= _LONGEST for value in given.values()):
        return _bad(line, f"{_LONGEST} 文字までの文字ではありません (no text of up to {_LONGEST} characters)")
    if not given["handle"].strip() and not given["name"].strip() and not given["picture"]:
        return _bad(line, "アカウント名がありません (there is no handle)")
    return Entry(line, **given)


def _bad(line: int, reason: str) -> Entry:
    return Entry(line, reason=reason)
