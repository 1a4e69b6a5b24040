"""The files of an archive, read where they lie: a folder, a zip, a tar, or one file alone.

Nothing is unpacked, and no name in an archive is used as a path to write to. What is larger than it can mean to be,
points outside, or is a link is passed over, and named.
"""

from __future__ import annotations

import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from gzip import GzipFile
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import IO, Any, BinaryIO

from ryoshiki.history.posts import Problems
from ryoshiki.model import RyoshikiError

ENTRIES = 300_000  # files in one archive
INDEX = 64 << 20  # bytes of a zip's list of files
PART = 4 << 30  # bytes of one file, unpacked
ROOM = 64 << 20  # bytes that may come out of however few
RATIO = 200  # how many times as large a file may be as it is packed
_GULP = 16 << 20  # bytes that are read at once
_TAR_BLOCKS = (b"ustar\x0000", b"ustar  \x00")

BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError)
_DAMAGED = "壊れていて、途中までしか読めません (damaged: read only up to there)"
_TOO_LARGE = "広げると大きすぎるので、途中で止めました (unpacks to too much: stopped)"


class Files:
    """Members by name, with their sizes in bytes. ``seeks``: any can be opened at any time without a long way."""

    seeks = True

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}

    def open(self, name: str) -> BinaryIO:
        """The bytes of a member.

        Raises:
            One of `BROKEN`: it cannot be opened.
        """
        raise NotImplementedError


class Guarded(RawIOBase):
    """Reads one member. Where it breaks off or is too much, it ends, and ``problems`` has it."""

    def __init__(self, file: BinaryIO, name: str, limit: int, problems: Problems) -> None:
        self._file, self._name, self._left, self._problems = file, name, limit, problems
        self.ended_early = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        size = _GULP if size < 0 else min(size, _GULP)
        try:
            data = b"" if self.ended_early else self._file.read(size)
        except BROKEN:
            return self._stop(_DAMAGED)
        self._left -= len(data)
        return data if self._left >= 0 else self._stop(_TOO_LARGE)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _stop(self, why: str) -> bytes:
        self.ended_early = True
        self._problems.note(self._name, why)
        return b""


def opened(path: Path, stack: ExitStack, problems: Problems) -> Files:
    """The files of what lies at ``path``, told by what it is, not by its name. ``stack`` closes it.

    Raises:
        RyoshikiError: it cannot be read, or holds too much to be an archive of posts.
    """
    try:
        if path.is_dir():
            return Folder(path, problems)
        if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: a pipe would wait for ever
            raise RyoshikiError(f"{path}: ふつうのファイルではありません (not a regular file)")
        file = stack.enter_context(path.open("rb"))
        head = file.read(512)
        file.seek(0)
        if head.startswith(b"PK\x03\x04"):
            return Zipped(file, path, stack, problems)
        if head.startswith(b"\x1f\x8b") or head[257:265] in _TAR_BLOCKS:
            return Tarred(file, path, stack, problems, packed=head.startswith(b"\x1f\x8b"))
        if path.suffix.lower() in (".zip", ".gz", ".tgz", ".tar"):
            said = "壊れているか、途中までのようです。もう一度ダウンロードしてみてください"
            raise RyoshikiError(f"{path}: {said} (damaged or cut off; download it once more)")
        return Single(path)
    except BROKEN as reason:
        said = (reason.strerror if isinstance(reason, OSError) else None) or type(reason).__name__
        raise RyoshikiError(f"{path}: 読めません (cannot be read): {said}") from None
    except ValueError:
        raise RyoshikiError(f"{str(path)!r}: ファイルの名前ではありません (not a file name)") from None


class Single(Files):
    """One file alone."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.sizes = {path.name: path.stat().st_size}

    def open(self, name: str) -> BinaryIO:
        return self._path.open("rb")


class Folder(Files):
    """An unpacked archive. Links in it are not followed."""

    def __init__(self, path: Path, problems: Problems) -> None:
        super().__init__()
        self._path = path
        for folder, subfolders, names in os.walk(path):
            subfolders[:] = sorted(name for name in subfolders if not self._is_link(Path(folder, name), problems))
            for name in sorted(names):
                file = Path(folder, name)
                if not self._is_link(file, problems) and file.is_file():
                    self.sizes[file.relative_to(path).as_posix()] = file.stat().st_size
            if len(self.sizes) > ENTRIES:
                raise _too_many(path)

    def open(self, name: str) -> BinaryIO:
        return (self._path / name).open("rb")

    def _is_link(self, path: Path, problems: Problems) -> bool:
        linked = path.is_symlink()
        if linked:
            problems.note(path.relative_to(self._path).as_posix(), _LINK)
        return linked


class Zipped(Files):
    """A zip, read member by member."""

    def __init__(self, file: BinaryIO, path: Path, stack: ExitStack, problems: Problems) -> None:
        super().__init__()
        if _index_size(file) > INDEX:
            raise _too_many(path)
        try:
            self._zip = stack.enter_context(zipfile.ZipFile(file))
        except (zipfile.BadZipFile, ValueError):
            reason = "壊れた zip です。もう一度ダウンロードしてください (a damaged zip; download it again)"
            raise RyoshikiError(f"{path}: {reason}") from None
        if len(self._zip.filelist) > ENTRIES:
            raise _too_many(path)
        for info in self._zip.filelist:
            if info.is_dir() or _own(info.filename):
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                problems.note(info.filename, _LINK)
            elif info.flag_bits & 1:
                problems.note(info.filename, "暗号化されています (encrypted)")
            elif info.file_size > max(ROOM, RATIO * info.compress_size):
                problems.note(info.filename, _TOO_LARGE)
            elif _inside(info.filename, problems):
                self.sizes[info.filename] = info.file_size

    def open(self, name: str) -> BinaryIO:
        return self._zip.open(name)  # type: ignore[return-value]


class Tarred(Files):
    """A tar, packed by gzip or not. To reach a member of a packed one, all before it is unpacked anew."""

    def __init__(self, file: BinaryIO, path: Path, stack: ExitStack, problems: Problems, packed: bool) -> None:
        super().__init__()
        self.seeks = not packed
        limit = max(ROOM, RATIO * os.fstat(file.fileno()).st_size) if packed else 1 << 62
        inner: Any = _Bounded(stack.enter_context(GzipFile(fileobj=file)) if packed else file, limit, path)
        self._members: dict[str, tarfile.TarInfo] = {}
        try:
            self._tar = stack.enter_context(tarfile.TarFile(fileobj=inner))
            for number, info in enumerate(self._tar):
                if number >= ENTRIES:
                    raise _too_many(path)
                if info.issym() or info.islnk():
                    problems.note(info.name, _LINK)
                elif info.isreg() and not _own(info.name) and _inside(info.name, problems):
                    self._members[info.name.removeprefix("./")] = info
        except BROKEN:
            if not self._members:
                raise RyoshikiError(
                    f"{path}: 壊れた tar です (a damaged tar); もう一度ダウンロードしてください"
                ) from None
            problems.note(path.name, _DAMAGED)
        self.sizes = {name: info.size for name, info in self._members.items()}

    def open(self, name: str) -> BinaryIO:
        return self._tar.extractfile(self._members[name]) or BytesIO()  # type: ignore[return-value]


class _Bounded:
    """A stream that gives no more than ``limit`` bytes, nor many at once: a header may claim any size."""

    def __init__(self, file: IO[bytes] | GzipFile, limit: int, path: Path) -> None:
        self._file, self._limit, self._path = file, limit, path
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _GULP or self._file.tell() > self._limit:
            raise RyoshikiError(f"{self._path}: {_TOO_LARGE}")
        return self._file.read(size)


_LINK = "リンクなので読みません (a link; not followed)"


def _index_size(file: BinaryIO) -> int:
    """Bytes of a zip's list of files, before anything reads it; 0 where its end is not found."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    end = file.read()
    file.seek(0)
    at = end.rfind(b"PK\x05\x06")
    if at < 0:
        return 0
    told = int.from_bytes(end[at + 12 : at + 16], "little")
    wide = end.rfind(b"PK\x06\x06", 0, at)
    return int.from_bytes(end[wide + 40 : wide + 48], "little") if told == 0xFFFFFFFF and wide >= 0 else told


def _own(name: str) -> bool:
    """What macOS adds to a zip of its own."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


def _inside(name: str, problems: Problems) -> bool:
    parts = name.replace("\\", "/").split("/")
    inside = ".." not in parts and not name.startswith(("/", "\\")) and ":" not in parts[0]
    if not inside:
        problems.note(name, "外を指す名前なので読みません (points outside the archive)")
    return inside


def _too_many(path: Path) -> RyoshikiError:
    return RyoshikiError(f"{path}: ファイルが多すぎます (over {ENTRIES:,} files)。投稿のファイルだけを渡してください")


def walk(files: Files, kinds: tuple[str, ...]) -> Iterator[str]:
    """Names of members that end so, or all of one file alone."""
    yield from (name for name in files.sizes if isinstance(files, Single) or name.lower().endswith(kinds))
