"""`ryoshiki check --batch`: one draft a line in, one answer a line out, in order and at once."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from ryoshiki.cli.console import progress, sink
from ryoshiki.cli.opening import known_platform
from ryoshiki.cli.source import checked, opened
from ryoshiki.model import SEVERITIES, TEXT_LIMIT, Account, Draft, Finding, Guideline, Photo, Report, RyoshikiError
from ryoshiki.report.json import as_dict
from ryoshiki.review import review, review_all

# Text and reply within the limit, every character as a pair of \uXXXX, and room for the rest.
LINE_LIMIT = 2 * 12 * TEXT_LIMIT + 65_536
AT_ONCE = 32  # drafts that the local model reads together, where so many have come
_CHUNK = 65_536
_TEXTS = ("platform", "account", "reply_to", "handle", "display_name")
_LISTS = ("photos", "tags")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a line that does not say otherwise."""

    platform: str
    account: Account
    posted_at: datetime | None
    handle: str | None


@dataclass(slots=True)
class Tally:
    """What a run came to: the weightiest finding, and how many lines could not be read."""

    worst: Finding | None = None
    bad: int = 0

    def note(self, findings: tuple[Finding, ...]) -> None:
        # Findings stand weightiest first.
        if findings and (self.worst is None or _weight(findings[0]) < _weight(self.worst)):
            self.worst = findings[0]


class BadLineError(Exception):
    """A line that is no draft; ``id`` is its own where it could be read."""

    def __init__(self, reason: str, id: str | int | None = None) -> None:
        super().__init__(reason)
        self.id = id


def run(source: Path, output: Path | None, guideline: Guideline, waivers: frozenset[str], defaults: Defaults) -> Tally:
    """Review every line of ``source`` (``-``: standard input).

    Raises:
        RyoshikiError: the input cannot be opened or the output not written.
        KeyboardInterrupt: on Ctrl-C, between two lines of output, never within one.
    """
    tally, seen = Tally(), set[tuple[type, str | int]]()
    with opened(source) as lines, sink(output) as write, _progress(lines, source) as advance, _whole_lines() as whole:
        for group in _groups(lines):
            for answer in _answers(group, guideline, waivers, defaults, seen, tally):
                with whole():
                    write(_encoded(answer))
            advance(group[-1][0])
    return tally


def _answers(
    group: list[tuple[int, bytes | BadLineError]],
    guideline: Guideline,
    waivers: frozenset[str],
    defaults: Defaults,
    seen: set[tuple[type, str | int]],
    tally: Tally,
) -> Iterator[dict[str, Any]]:
    """The answers to some lines, in order. ``seen``: the ids so far, which grow; ``tally`` counts."""
    read: list[tuple[int, str | int | None, Draft | BadLineError]] = []
    for number, line in group:
        if isinstance(line, bytes) and not line.strip():
            continue
        try:
            id, given = _draft(line, defaults, guideline)
            if id is not None and (type(id), id) in seen:
                raise BadLineError(f"id {id!r} は前にもあります (there is an earlier line with this id)", id)
            if id is not None:
                seen.add((type(id), id))
            read.append((number, id, given))
        except BadLineError as reason:
            read.append((number, reason.id, reason))
    drafts = [draft for _, _, draft in read if isinstance(draft, Draft)]
    reports = iter(reviewed(drafts, guideline, waivers))
    for number, id, draft in read:
        report = next(reports) if isinstance(draft, Draft) else draft
        if isinstance(report, BadLineError):
            tally.bad += 1
            yield {"id": id, "error": str(report), "line": number}
        else:
            tally.note(report.findings)
            yield {"id": id, **as_dict(report)}


def reviewed(drafts: list[Draft], guideline: Guideline, waivers: frozenset[str]) -> list[Report | BadLineError]:
    """Reports of some drafts, in order; one that the review breaks on has an error in its place."""
    try:
        return list(review_all(drafts, guideline, waivers))
    except Exception:  # one draft must not end a run of a million: find it
        return [_alone(draft, guideline, waivers) for draft in drafts]


def _alone(draft: Draft, guideline: Guideline, waivers: frozenset[str]) -> Report | BadLineError:
    try:
        return review(draft, guideline, waivers)
    except Exception as reason:  # its words stay out of the message
        return BadLineError(f"内部の誤りです (internal error): {type(reason).__name__}")


def _groups(file: BinaryIO) -> Iterator[list[tuple[int, bytes | BadLineError]]]:
    """Numbered lines, as many at a time as have come: who sends one and waits has its answer.

    A line over the limit is passed over without being held in memory.
    """
    number, rest, too_long = 0, b"", False
    group: list[tuple[int, bytes | BadLineError]] = []
    while chunk := file.read1(_CHUNK):  # type: ignore[attr-defined]
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            number += 1
            group.append((number, _line(line, number, too_long)))
            too_long = False
            if len(group) == AT_ONCE:
                yield group
                group = []
        if len(rest) > LINE_LIMIT:
            rest, too_long = b"", True
        if group:
            yield group
            group = []
    if rest or too_long:
        yield [(number + 1, _line(rest, number + 1, too_long))]


def _line(line: bytes, number: int, too_long: bool) -> bytes | BadLineError:
    if too_long or len(line) > LINE_LIMIT:
        return BadLineError(f"行が長すぎます (the line is over {LINE_LIMIT:,} bytes)")
    return line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _draft(line: bytes | BadLineError, defaults: Defaults, guideline: Guideline) -> tuple[str | int | None, Draft]:
    if isinstance(line, BadLineError):
        raise line
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLineError("UTF-8 の文章ではありません (not UTF-8)") from None
    except (ValueError, RecursionError) as reason:
        place = f": {reason.msg}, column {reason.colno}" if isinstance(reason, json.JSONDecodeError) else ""
        raise BadLineError(f"JSON として読めません (not JSON){place}") from None
    if not isinstance(data, dict):
        raise BadLineError("JSON の {…} ではありません (not a JSON object)")
    id = data.get("id")
    if id is not None and (not isinstance(id, str | int) or isinstance(id, bool)):
        raise BadLineError("id は文字か整数です (id: a text or a whole number)")
    try:
        return id, _draft_of(data, defaults, guideline)
    except RyoshikiError as reason:
        raise BadLineError(str(reason), id) from None


def _draft_of(data: dict[str, Any], defaults: Defaults, guideline: Guideline) -> Draft:
    text = data.get("text")
    if not isinstance(text, str):
        raise RyoshikiError("text: 文字が要ります (a text is needed)")
    given: dict[str, Any] = {"platform": defaults.platform, "account": defaults.account, "handle": defaults.handle}
    for key in _TEXTS:
        value = data.get(key)
        if value is not None:
            if not isinstance(value, str):
                raise RyoshikiError(f"{key}: 文字ではありません (not a text)")
            given[key] = value
    for key in _LISTS:
        value = data.get(key)
        if value is not None:
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise RyoshikiError(f"{key}: 文字の並びではありません (not a list of texts)")
            given[key] = tuple(map(Photo, value)) if key == "photos" else tuple(value)
    known_platform(given["platform"], guideline, "platform")
    if given.get("reply_to") is not None:
        checked(given["reply_to"], "reply_to")
    return Draft(text=checked(text, "text"), posted_at=_posted_at(data.get("posted_at"), defaults), **given)


def _posted_at(value: Any, defaults: Defaults) -> datetime | None:
    if value is None:
        return defaults.posted_at
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        reason = f"posted_at: {value!r} は日時ではありません (not a date and time such as 2026-06-12T21:14+09:00)"
        raise RyoshikiError(reason[:200]) from None


def _encoded(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:  # an id may hold half a character; escaped, it comes back as it was
        return json.dumps(answer, separators=(",", ":")).encode() + b"\n"


def _weight(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


@contextmanager
def _progress(lines: BinaryIO, source: Path) -> Iterator[Callable[[int], None]]:
    """A bar on standard error where a person looks at it and the answers go elsewhere; else nothing."""
    sized = os.path.getsize(source) if source.is_file() else None
    with progress(sized, shown=not sys.stdout.isatty()) as advance:
        yield lambda number: advance(number, lines.tell() if sized else None)


@contextmanager
def _whole_lines() -> Iterator[Callable[[], Any]]:
    """Hold Ctrl-C back while a line is being written; a second one comes through, should the reader hang."""
    held: list[int] = []
    writing = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not writing or held:
            raise KeyboardInterrupt
        held.append(number)

    @contextmanager
    def whole() -> Iterator[None]:
        nonlocal writing
        writing = True
        try:
            yield
        finally:
            writing = False
        if held:
            raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGINT, interrupt)
    except ValueError:  # not in the main thread, where Ctrl-C does not arrive anyway
        yield whole
        return
    try:
        yield whole
    finally:
        signal.signal(signal.SIGINT, before)
