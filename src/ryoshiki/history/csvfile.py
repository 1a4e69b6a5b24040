"""A CSV or JSON Lines of posts, from whatever made it: columns are found by their names, Japanese or English."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from ryoshiki.history.posts import KINDS, Kind, Post, made_id
from ryoshiki.history.source import NOT_POST, Service, Source
from ryoshiki.history.texts import decoded
from ryoshiki.history.times import moment

_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("本文", "内容", "投稿内容", "投稿文", "テキスト", "文章", "つぶやき", "キャプション"),
        *("fulltext", "text", "body", "content", "message", "caption", "tweet", "posttext"),
    ),
    "title": ("タイトル", "題名", "件名", "title", "subject"),
    "date": (
        *("投稿日時", "日時", "作成日時", "公開日時", "投稿日", "公開日", "日付", "年月日"),
        *("postedat", "createdat", "publishedat", "datetime", "timestamp", "date", "time", "published", "created"),
    ),
    "clock": ("時刻", "投稿時刻", "時間", "time"),
    "id": ("投稿id", "記事id", "id", "idstr", "postid", "tweetid", "番号", "no"),
    "url": ("url", "リンク", "アドレス", "投稿url", "permalink", "link", "address"),
    "reply": ("返信先", "inreplyto", "replyto", "inreplytoscreenname"),
    "kind": ("種類", "種別", "kind", "type"),
}
_KINDS: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS},
    "投稿": "post",
    "返信": "reply",
    "リプライ": "reply",
    "コメント": "comment",
    "下書き": "draft",
    "リポスト": "repost",
    "リツイート": "repost",
    "retweet": "repost",
    "いいね": "like",
}
_SEPARATORS = (",", "\t", ";")
_LOST = "読めない行をとばしました (a line that cannot be read was passed over)"


def _recognise(name: str, head: bytes) -> str | None:
    from io import BytesIO

    whole = head[: head.rfind(b"\n") + 1] or head
    text = "".join(decoded(BytesIO(whole), lambda reason: None))
    line = text.lstrip().partition("\n")[0]
    if line.startswith("{"):
        row = _json(line)
        return "jsonl" if row is not None and "text" in _columns(row) else None
    return "csv" if _separator(line) else None


def _separator(heading: str) -> str | None:
    """What parts the columns of a heading that names a column for the words and another."""
    for separator in _SEPARATORS:
        cells = next(csv.reader([heading.strip()[:10_000]], delimiter=separator), [])
        if len(cells) > 1 and "text" in (columns := _columns(cells)) and len(columns) > 1:
            return separator
    return None


def _columns(headings: Any) -> dict[str, Any]:
    """For each thing that a column may tell: the heading of the first that does, the surest name first."""
    folded = {_folded(heading): heading for heading in reversed(list(headings)) if isinstance(heading, str)}
    found: dict[str, Any] = {}
    for thing, names in _NAMES.items():
        heading = next((folded[name] for name in names if name in folded), None)
        if heading is not None and heading not in found.values():
            found[thing] = heading
    return found


def _folded(heading: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", heading).lower())


def _posts(source: Source) -> Iterator[Post]:
    for part in source.parts.get("csv", ()):
        yield from (_post(row, columns, source, part) for row, columns in _rows(source, part))
    for part in source.parts.get("jsonl", ()):
        for line in source.lines(part):
            row = _json(line.removeprefix("\ufeff"))
            columns = _columns(row) if row is not None else {}
            if row is not None and isinstance(row.get(columns.get("text", "")), str):
                yield _post(row, columns, source, part)
            elif line.strip():
                source.note(part, NOT_POST)


def _json(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _rows(source: Source, part: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, str]]]:
    # The line ends are given back: a quoted cell may hold several lines.
    lines = (line.replace("\0", "\ufffd") + "\n" for line in source.lines(part))
    heading = next(lines, "")
    while heading and not heading.strip():
        heading = next(lines, "")
    separator = _separator(heading.removeprefix("\ufeff")) or ","
    names = next(csv.reader([heading.removeprefix("\ufeff").strip()], delimiter=separator), [])
    columns = _columns(names)
    rows = csv.reader(lines, delimiter=separator)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            source.note(part, _LOST)
            continue
        if len(row) < len(names) and any(cell.strip() for cell in row):
            source.note(part, _LOST)
        elif row:
            yield dict(zip(names, row, strict=False)), columns


def _post(row: Mapping[str, Any], columns: Mapping[str, str], source: Source, part: str) -> Post:
    told = {thing: row.get(heading) for thing, heading in columns.items()}
    words = {thing: str(value).strip() if value is not None else "" for thing, value in told.items()}
    date = f"{words['date']} {words['clock']}" if words.get("clock") and words.get("date") else told.get("date")
    text = "\n".join(filter(None, (words.get("title"), words.get("text"))))
    url = words.get("url", "")
    reply = words.get("reply") or None
    kind = _KINDS.get(words.get("kind", "").lower(), "post")
    return Post(
        words.get("id") or made_id(date, text),
        "",
        moment(date),
        text,
        reply_to=reply,
        kind="reply" if reply and kind == "post" else kind,
        url=url if url.startswith(("https://", "http://")) else None,
    )


SERVICE = Service("", "CSV・JSON Lines", frozenset({"csv", "jsonl"}), _recognise, _posts)
