"""What has been reviewed already, so that a run that was stopped goes on: hashes, signs and places, never words."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from ryoshiki.history.facts import Hint
from ryoshiki.history.posts import Post
from ryoshiki.model import Finding, RyoshikiError

_EVERY = 1.0  # seconds between two writes to the disk
_FORM = 2  # of the file


@dataclass(frozen=True, slots=True)
class Note:
    """A finding without its words: sign, place in code points (None: the whole post), number of the photo."""

    sign: str
    start: int | None = None
    end: int | None = None
    photo: int | None = None


def notes_of(findings: Iterable[Finding], photos: list[str]) -> tuple[Note, ...]:
    """The findings of a post as notes; ``photos`` are the names of those that were read with it."""
    return tuple(
        Note(
            f.sign,
            f.span.start if f.span else None,
            f.span.end if f.span else None,
            photos.index(f.photo) if f.photo in photos else None,
        )
        for f in findings
    )


def key(post: Post) -> str:
    """Identity of a post and of all that its review looks at: 16 hex digits."""
    facts = (post.service, post.kind, post.id, post.posted_at, post.reply_to, *(m.name for m in post.media), post.text)
    return hashlib.sha256("\0".join(map(str, facts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Seen(NamedTuple):
    """What was seen in a post: notes on it, and places that tell something of its author."""

    notes: tuple[Note, ...] = ()
    hints: tuple[Hint, ...] = ()


class State:
    """One file of an archive's reviewed posts, a line each; what was torn by a loss of power is passed over.

    ``by`` names all that a review rests on (guideline, settings): under another the file begins anew.
    """

    def __init__(self, path: Path, by: str, again: bool = False) -> None:
        self._path, self._by = path, by
        self._known: dict[str, Seen] = {} if again else self._read()
        self._lines: list[str] = []
        self._written = time.monotonic()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # The owner's alone: which posts show what is nobody else's affair.
            flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if self._known else os.O_TRUNC) | getattr(os, "O_BINARY", 0)
            self._file = os.open(path, flags, 0o600)
        except OSError as reason:
            raise RyoshikiError(f"{path}: 書けません (cannot be written): {reason.strerror}") from None
        # A line of its own, in case the last was torn.
        self._lines.append("" if self._known else json.dumps({"history": _FORM, "by": by}))

    def __enter__(self) -> State:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write()
        os.close(self._file)

    def __len__(self) -> int:
        return len(self._known)

    def seen(self, key: str) -> Seen | None:
        """What was seen in a post that has been reviewed; None for one that has not."""
        return self._known.get(key)

    def add(self, reviewed: Iterable[tuple[str, Seen]]) -> None:
        """Remember reviewed posts; on the disk within a second or so."""
        for id, (notes, hints) in reviewed:
            told = {"told": [list(astuple(hint)) for hint in hints]} if hints else {}
            entry = {"post": id, "notes": [_row(note) for note in notes], **told}
            self._lines.append(json.dumps(entry, separators=(",", ":")))
        if time.monotonic() - self._written > _EVERY:
            self._write()

    def _write(self) -> None:
        data = "".join(f"{line}\n" for line in self._lines).encode()
        self._lines.clear()
        try:
            while data:
                data = data[os.write(self._file, data) :]
            os.fsync(self._file)
        except OSError as reason:
            raise RyoshikiError(f"{self._path}: 書けません (cannot be written): {reason.strerror}") from None
        self._written = time.monotonic()

    def _read(self) -> dict[str, Seen]:
        found: dict[str, Seen] = {}
        try:
            with self._path.open(encoding="utf-8", errors="replace") as file:
                head = _object(file.readline())
                if head != {"history": _FORM, "by": self._by}:
                    return {}
                for line in file:
                    entry = _object(line)
                    notes, hints = _notes(entry.get("notes")), _hints(entry.get("told", []))
                    if notes is not None and hints is not None and isinstance(entry.get("post"), str):
                        found[entry["post"]] = Seen(notes, hints)
        except FileNotFoundError:
            return {}
        except OSError as reason:
            raise RyoshikiError(f"{self._path}: 読めません (cannot be read): {reason.strerror}") from None
        return found


def _row(note: Note) -> list[Any]:
    row = [note.sign, note.start, note.end, note.photo]
    while row[-1] is None:
        row.pop()
    return row


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _notes(rows: Any) -> tuple[Note, ...] | None:
    if not isinstance(rows, list):
        return None
    notes = []
    for row in rows:
        if not isinstance(row, list) or not 1 <= len(row) <= 4 or not isinstance(row[0], str):
            return None
        if not all(place is None or (isinstance(place, int) and place >= 0) for place in row[1:]):
            return None
        notes.append(Note(*row))
    return tuple(notes)


def _hints(rows: Any) -> tuple[Hint, ...] | None:
    if not isinstance(rows, list):
        return None
    for row in rows:
        if not isinstance(row, list) or len(row) != 4 or not isinstance(row[0], str):
            return None
        if not all(isinstance(place, int) and place >= 0 for place in row[1:3]) or not isinstance(row[3], float):
            return None
    return tuple(Hint(*row) for row in rows)
