"""Taking in an organisation's lists of hosts: any of the usual files in, one compact file out, written in one step."""

from __future__ import annotations

import gzip
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from ryoshiki.linklists.lines import Reason, read
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.hosts import ENDING, KINDS, key, packed

_NAME = re.compile(r"[^\W_][\w.-]{0,63}\Z")
_BLOCK = 1 << 20  # bytes read at a time
_PENDING = 1 << 20  # keys that wait before they are sorted in
_SHOWN = 3  # places told of each reason
_UNNAMED = ("domains", "urls")  # in UT1 the folder says what a list holds


@dataclass
class Tally:
    """What an import read. ``named``: entries, duplicates too; ``skipped``: lines by reason, with the first places."""

    lines: int = 0
    remarks: int = 0
    named: int = 0
    kept: int = 0
    skipped: Counter[Reason] = field(default_factory=Counter)
    places: dict[Reason, list[str]] = field(default_factory=dict)

    def skip(self, reason: Reason, place: str) -> None:
        self.skipped[reason] += 1
        shown = self.places.setdefault(reason, [])
        if len(shown) < _SHOWN:
            shown.append(place)


@dataclass(frozen=True, slots=True)
class Imported:
    """The list that an import made."""

    name: str
    path: Path
    size: int
    replaced: bool
    tally: Tally


def take_in(
    files: Sequence[Path],
    folder: Path,
    kind: str,
    name: str | None,
    progress: Callable[[int], None] = lambda lines: None,
) -> Imported:
    """Make one list of ``files`` in ``folder``; one of the same name is replaced. Memory stays bounded.

    ``progress`` is told the lines read so far.

    Raises:
        RyoshikiError: a file that cannot be read or is no list, a bad name, nothing in the files, no room to write.
    """
    if kind not in KINDS:
        raise RyoshikiError(f"--kind: {kind!r} は使えません。使えるもの (one of): {', '.join(KINDS)}")
    path = path_of(folder, name or _name_of(files[0]))
    tally = Tally()
    keys = _sorted(_keys(files, tally, progress))
    tally.kept = len(keys)
    if not tally.kept:
        names = ", ".join(map(str, files))
        raise RyoshikiError(f"{names}: 載せられる住所が一つもありません (not one host that could be listed)")
    source = ", ".join(file.name for file in files)
    replaced = path.exists()
    _write(path, packed(kind, source, date.today(), memoryview(keys).cast("B")))
    return Imported(path.name.removesuffix(ENDING), path, path.stat().st_size, replaced, tally)


def path_of(folder: Path, name: str) -> Path:
    """Where the list of that name stands.

    Raises:
        RyoshikiError: no name for a file.
    """
    if not _NAME.match(name):
        raise RyoshikiError(f"{name!r}: 一覧の名前には文字・数字・「-」「_」「.」を使います (letters, digits, - _ .)")
    return folder / (name.lower() + ENDING)


def remove(folder: Path, name: str) -> None:
    """Take a list away.

    Raises:
        RyoshikiError: there is none of that name, or it cannot be removed.
    """
    path = path_of(folder, name)
    try:
        path.unlink()
    except FileNotFoundError:
        there = ", ".join(p.name.removesuffix(ENDING) for p in sorted(folder.glob("*" + ENDING))) or "なし (none)"
        raise RyoshikiError(f"{name}: その名前の一覧はありません。あるもの (no such list; there is): {there}") from None
    except OSError as reason:
        raise RyoshikiError(f"{path}: 消せません (cannot be removed): {reason.strerror}") from None


def _name_of(file: Path) -> str:
    name = file.name.removesuffix(".gz")
    if name in _UNNAMED:
        name = file.absolute().parent.name
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[^\w.-]+", "-", stem).lstrip("-_.")[:60] or "list"


def _keys(files: Sequence[Path], tally: Tally, progress: Callable[[int], None]) -> Iterator[bytes]:
    """The keys of all entries, in pieces of eight bytes each, as the files name them."""
    for file in files:
        start = tally.lines
        for block in _blocks(file):
            found = read(block)
            for number, reason in found.skipped:
                tally.skip(reason, f"{file.name}:{tally.lines - start + number + 1}")
            tally.lines += len(block)
            tally.remarks += found.remarks
            tally.named += len(found.entries)
            yield b"".join(map(key, found.entries))
            progress(tally.lines)


def _sorted(pieces: Iterator[bytes]) -> Any:
    """All keys, sorted, each once, as an array of little-endian numbers."""
    import numpy as np  # only an import needs it; a look-up does not

    whole = np.empty(0, "<u8")
    pending: list[Any] = []
    for piece in pieces:
        pending.append(np.frombuffer(piece, "<u8"))
        if sum(map(len, pending)) >= _PENDING:
            whole, pending = _merged([whole, *pending]), []
    return _merged([whole, *pending])


def _merged(arrays: Sequence[Any]) -> Any:
    """By hand: numpy's `unique` builds a hash table several times as large as the numbers."""
    import numpy as np

    numbers = np.concatenate(arrays)
    numbers.sort()
    first = np.empty(len(numbers), bool)
    first[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers if first.all() else numbers[first]


def _blocks(file: Path) -> Iterator[list[str]]:
    """The lines of a file, some at a time."""
    try:
        with _opened(file) as stream:
            rest = b""
            while chunk := stream.read(_BLOCK):
                if b"\0" in chunk:
                    raise RyoshikiError(_foreign(file, rest + chunk))
                head, mark, rest = (rest + chunk).rpartition(b"\n")
                if mark:
                    yield _lines(head + mark)
                elif len(rest) > _BLOCK:
                    raise RyoshikiError(f"{file}: 行に分かれていません (no list: its lines never end)")
            if rest:
                yield _lines(rest)
    except (OSError, EOFError) as reason:
        said = (
            reason.strerror if isinstance(reason, OSError) and reason.strerror else "壊れた圧縮ファイル (damaged gzip)"
        )
        raise RyoshikiError(f"{file}: 読めません (cannot be read): {said}") from None


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    import zlib

    if file.is_dir():
        raise RyoshikiError(f"{file}: フォルダです。中のファイルを渡してください (a folder, not a file)")
    with file.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if not packed:
            yield raw
            return
        try:
            with gzip.open(raw) as stream:
                yield stream  # type: ignore[misc]
        except zlib.error as reason:
            raise EOFError from reason


def _lines(lines: bytes) -> list[str]:
    """Decoded lines without their ends. Remarks may be in any code; hosts beyond ASCII only in UTF-8 or CP932."""
    lines = lines.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return lines.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        return list(map(_line, lines.removesuffix(b"\n").split(b"\n")))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp932", "replace")


def _foreign(file: Path, start: bytes) -> str:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return f"{file}: UTF-16 です。UTF-8 で保存しなおしてください (UTF-16; save it as UTF-8)"
    if start[257:262] == b"ustar":
        return f"{file}: tar の書庫です。中の domains や urls を渡してください (a tar archive; give the files in it)"
    return f"{file}: 文字の一覧ではありません (no text)"


def _write(path: Path, parts: Sequence[bytes | memoryview]) -> None:
    import tempfile

    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The same folder, so that the last step is a rename.
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        temporary = ""
    except OSError as reason:
        raise RyoshikiError(f"{path}: 書けません (cannot be written): {reason.strerror}") from None
    finally:
        if temporary:  # Ctrl-C and a full disk leave no half of a list
            Path(temporary).unlink(missing_ok=True)
