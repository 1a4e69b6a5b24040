"""A staff list as CSV: of each line who is covered. Other columns are passed over, but those that are asked for."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import BinaryIO

from ryoshiki.desk.scope import Kind, folded, known
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.folding import fold
from ryoshiki.report.phrases import PHRASES

# Headings of the column for the kind, the surest first: 職種 often means the trade (保育士).
KIND_HEADINGS = (
    *(
        "任用形態",
        "任用区分",
        "任用種別",
        "雇用形態",
        "雇用区分",
        "職員区分",
        "職員種別",
        "勤務形態",
        "身分",
        "身分区分",
    ),
    *("employment", "employmenttype", "kind", "区分", "種別", "種類", "職種"),
)
NUMBER_HEADINGS = (
    *("職員番号", "職員コード", "職員id", "社員番号", "番号"),
    *("staffnumber", "staffid", "employeenumber", "employeeid", "number", "no", "id"),
)
LINE_LIMIT = 65_536  # bytes; a longer line is passed over without being held in memory
_TALLEST = 50  # lines of one record: a remark may have several, a forgotten quote would eat the rest of the list
_NUMBER = re.compile(r"(?=.*[0-9])[0-9A-Z][0-9A-Z_./-]{0,31}\Z")
_BOM = b"\xef\xbb\xbf"
_AT_ONCE = 500  # lines written together
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a cell that begins so for a formula


@dataclass(frozen=True, slots=True)
class Line:
    """The answer to one line: a ``kind``, or the ``reason`` why there is none. ``staff`` is the staff number.

    ``more``: the cells of the columns that were asked for.
    """

    number: int
    staff: str
    kind: Kind | None
    reason: str = ""
    more: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class StaffList:
    """``numbered``: there is a column of staff numbers. ``lines`` come as they are read, once."""

    numbered: bool
    lines: Iterator[Line]


class _BadLineError(Exception):
    """Why a line cannot be answered, without a word of it."""


_Read = tuple[int, str | _BadLineError]  # a line by its number: its text, or why it has none


def read(file: BinaryIO, kinds: Iterable[Kind], more: Mapping[str, Iterable[str]] | None = None) -> StaffList:
    """Read the heading of a staff list (UTF-8 with or without BOM, or CP932); its lines follow as they are asked for.

    ``more`` names further columns and the headings that they may have, folded; a column that is not there gives none.

    Raises:
        RyoshikiError: there is no heading, it cannot be read, or it has no column for the kind.
    """
    lines = _decoded(file)
    first = next(lines, None)
    if first is None:
        raise RyoshikiError("名簿が空です (the list is empty)")
    number, heading = first
    try:
        headings = [folded(cell) for cell in _cells(heading)]
    except _BadLineError as reason:
        raise RyoshikiError(f"{number} 行目の見出しが読めません (the heading cannot be read): {reason}") from None
    kind, staff = _column(KIND_HEADINGS, headings), _column(NUMBER_HEADINGS, headings)
    if kind is None:
        raise RyoshikiError(
            f"{number} 行目の見出しに、職員の種類の列がありません (no column for the kind)。"
            f"見出しの例 (such as): {', '.join(KIND_HEADINGS[:4])}, 身分, kind, employment"
        )
    found = {name: _column(names, headings) for name, names in (more or {}).items()}
    others = {name: column for name, column in found.items() if column is not None}
    return StaffList(staff is not None, _Columns(len(headings), kind, staff, tuple(kinds), others).answers(lines))


def answers(staff_list: StaffList, lang: str, seen: Callable[[Line], object]) -> Iterator[bytes]:
    """The answers as CSV that Excel knows as UTF-8, some lines at a time; ``seen`` is told of each."""
    words = PHRASES[lang]
    columns = ["line", *(["staff"] if staff_list.numbered else []), "kind", "covered", "reason"]
    rows = [[words[f"scope-{name}"] for name in columns]]
    yield _BOM
    for line in staff_list.lines:
        seen(line)
        answer = [line.kind.called(lang), words[f"scope-{line.kind.covered}"]] if line.kind else ["", ""]
        rows.append([str(line.number), *([line.staff] if staff_list.numbered else []), *answer, line.reason])
        if len(rows) == _AT_ONCE:
            yield _encoded(rows)
            rows = []
    yield _encoded(rows)


def _encoded(rows: list[list[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


@dataclass(frozen=True)
class _Columns:
    """Where in a row what stands."""

    count: int
    kind: int
    staff: int | None
    kinds: tuple[Kind, ...] = field(repr=False)
    others: Mapping[str, int]

    def answers(self, lines: Iterable[_Read]) -> Iterator[Line]:
        """The answers, in order; lines without anything have none."""
        for record in self._records(lines):
            try:
                answers = [self._answer(record[0][0], "".join(_text(text) for _, text in record))]
            except _BadLineError:  # whatever is wrong, none of its lines goes unanswered
                answers = [self._alone(number, text) for number, text in record]
            yield from (answer for answer in answers if answer is not None)

    def _alone(self, number: int, text: str | _BadLineError) -> Line | None:
        try:
            return self._answer(number, text)
        except _BadLineError as reason:
            return Line(number, "", None, str(reason))

    def _answer(self, number: int, text: str | _BadLineError) -> Line | None:
        cells = _cells(text)
        if not any(cell.strip() for cell in cells):
            return None
        # Excel leaves out empty cells at the end; one too many may have moved a name to where a number is looked for.
        if any(cell.strip() for cell in cells[self.count :]) or len(cells) <= max(self.kind, self.staff or 0):
            raise _BadLineError("列の数が見出しと違います (not as many cells as the heading)")
        staff = fold(cells[self.staff]).text.strip().upper() if self.staff is not None else ""
        if staff and not _NUMBER.match(staff):
            raise _BadLineError("職員番号が番号の形をしていません (the staff number is no number)")
        if not cells[self.kind].strip():
            return Line(number, staff, None, "種類が空です (the kind is empty)")
        kind = known(cells[self.kind], self.kinds)
        reason = "" if kind else "種類が分かりません。一覧は ryoshiki scope (unknown kind; ryoshiki scope lists them)"
        more = {name: cells[at].strip() if at < len(cells) else "" for name, at in self.others.items()}
        return Line(number, staff, kind, reason, more)

    def _records(self, lines: Iterable[_Read]) -> Iterator[list[_Read]]:
        """Lines, and several together where a quoted cell goes over them."""
        held: list[_Read] = []
        quotes = 0
        for number, text in lines:
            # A line with all its cells is somebody's, though a quote above it is open: no remark may swallow it.
            whole = isinstance(text, _BadLineError) or text.count(",") == self.count - 1
            if held and (whole or len(held) == _TALLEST):
                yield from ([line] for line in held)
                held, quotes = [], 0
            held.append((number, text))
            quotes += text.count('"') if isinstance(text, str) else 0
            if quotes % 2 == 0:
                yield held
                held, quotes = [], 0
        yield from ([line] for line in held)


def _text(text: str | _BadLineError) -> str:
    if isinstance(text, _BadLineError):
        raise text
    return text


def _cells(text: str | _BadLineError) -> list[str]:
    """The cells of one record."""
    try:
        rows = list(csv.reader(StringIO(_text(text), newline=""), strict=True))
    except csv.Error:
        rows = []
    if len(rows) != 1:
        raise _BadLineError("CSV として読めません (not CSV)")
    return rows[0]


def _column(names: Iterable[str], headings: list[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _decoded(file: BinaryIO) -> Iterator[_Read]:
    """Numbered lines that are not blank. The first that is not ASCII tells the encoding of all."""
    encoding: str | None = None
    for number, line in enumerate(_lines(file), 1):
        data = line
        if number == 1 and line.startswith(_BOM):
            encoding, data = "utf-8", line[3:]
        if not data.strip():
            continue
        if encoding is None and not data.isascii():
            encoding = next((e for e in ("utf-8", "cp932") if _decode(data, e) is not None), None)
        text = _decode(data, encoding or "utf-8")
        if len(data) > LINE_LIMIT:
            yield number, _BadLineError(f"行が長すぎます (over {LINE_LIMIT:,} bytes)")
        elif text is None or "\0" in text or data.startswith(_UTF16):
            yield number, _BadLineError("UTF-8 か CP932 の CSV ではありません (not CSV in UTF-8 or CP932)")
        else:
            yield number, text


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines with their ends; of one over the limit its beginning only, which is still over it."""
    while line := file.readline(LINE_LIMIT + 1):
        rest = line
        while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
            rest = file.readline(LINE_LIMIT + 1)
        yield line
