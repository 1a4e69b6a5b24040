"""`ryoshiki check --batch`: one draft a line in, one answer a line out, in order and at once."""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from ryoshiki.cli.console import sink
from ryoshiki.cli.progress import progress
from ryoshiki.cli.source import opened
from ryoshiki.drafts import AT_ONCE, LINE_LIMIT, BadLineError, Defaults, draft_of, object_of, over_limit, reviewed
from ryoshiki.model import SEVERITIES, Draft, Finding, Guideline
from ryoshiki.report.json import as_dict

_CHUNK = 65_536
_OBJECTS = 20_000  # new ones, before garbage is looked for


@dataclass(slots=True)
class Tally:
    """What a run came to: the weightiest finding, and how many lines could not be read."""

    worst: Finding | None = None
    bad: int = 0

    def note(self, findings: tuple[Finding, ...]) -> None:
        # Findings stand weightiest first.
        if findings and (self.worst is None or _weight(findings[0]) < _weight(self.worst)):
            self.worst = findings[0]


def run(source: Path, output: Path | None, guideline: Guideline, waivers: frozenset[str], defaults: Defaults) -> Tally:
    """Review every line of ``source`` (``-``: standard input).

    Raises:
        RyoshikiError: the input cannot be opened or the output not written.
        KeyboardInterrupt: on Ctrl-C, between two lines of output, never within one.
    """
    tally, seen = Tally(), set[tuple[type, str | int]]()
    with (
        opened(source) as lines,
        sink(output) as write,
        progress(lines, source, not sys.stdout.isatty()) as advance,
        _whole_lines() as whole,
        _seldom_collecting(),
    ):
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
            id, given = _read(line, defaults, guideline)
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
        return over_limit()
    return line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _read(line: bytes | BadLineError, defaults: Defaults, guideline: Guideline) -> tuple[str | int | None, Draft]:
    if isinstance(line, BadLineError):
        raise line
    return draft_of(object_of(line), defaults, guideline)


def _encoded(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:  # an id may hold half a character; escaped, it comes back as it was
        return json.dumps(answer, separators=(",", ":")).encode() + b"\n"


def _weight(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Reviews leave hardly any garbage in circles; to look for it after every few would take time for nothing."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
