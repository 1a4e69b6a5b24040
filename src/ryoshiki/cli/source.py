"""Reading the draft: from the argument, a file or standard input; bytes become text or are refused by name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ryoshiki.cli.console import tell
from ryoshiki.drafts import checked, longer_than_read
from ryoshiki.model import TEXT_LIMIT, RyoshikiError
from ryoshiki.reading.photo.opening import BYTE_LIMIT as PICTURE_BYTES

_MOST_BYTES = 4 * TEXT_LIMIT + 4  # no encoding we read needs more for a text within the limit
_SIGNATURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP (Word, Excel …)",
    b"\xd0\xcf\x11\xe0": "Word, Excel (97–2003)",
    b"\x1f\x8b": "gzip",
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
}
_READ = "読めるのは UTF-8、UTF-16（BOM つき）、CP932 です (read are UTF-8, UTF-16 with BOM, CP932)"


def draft_text(text: str | None, file: Path | None) -> tuple[str, str]:
    """The draft and the name of where it came from.

    Raises:
        RyoshikiError: nothing there, both given, unreadable, no text, or over the limit.
    """
    if text is not None and file is not None:
        raise RyoshikiError("下書きは、引数か --file のどちらか一方で渡します (give TEXT or --file, not both)")
    if file is not None and str(file) != "-":
        return checked(decode(_file_bytes(file), str(file)), str(file)), str(file)
    if text is not None and text != "-":
        return argument(text, "TEXT"), "stdin"
    if sys.stdin is None:
        raise RyoshikiError("下書きがありません (no draft given)")
    if sys.stdin.isatty():
        hint = "下書きを入力し、Ctrl-D（Windows は Ctrl-Z と Enter）で終えます。(Type the draft, end with Ctrl-D.)\n"
        tell(hint)
    return checked(decode(_bounded(sys.stdin.buffer, "stdin"), "stdin"), "stdin"), "stdin"


def argument(text: str, name: str) -> str:
    """A draft or a reply given on the command line.

    Raises:
        RyoshikiError: as `checked` and `decode` say.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        # The locale is not UTF-8, so Python kept the bytes as surrogates: read them as those of a file.
        with suppress(UnicodeEncodeError):
            text = decode(os.fsencode(text), name)
    return checked(text, name)


def picture_bytes(path: Path) -> bytes:
    """The bytes of a photo, whatever they are; at most one more than can be read as a picture.

    Raises:
        RyoshikiError: missing, a folder or not readable.
    """
    try:
        with path.open("rb") as file:
            return file.read(PICTURE_BYTES + 1)
    except (OSError, ValueError) as reason:
        raise _unreadable(path, reason) from None


@contextmanager
def opened(source: Path) -> Iterator[BinaryIO]:
    """A file that is read piece by piece; - is standard input.

    Raises:
        RyoshikiError: it cannot be opened.
    """
    if str(source) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = source.open("rb")
    except (OSError, ValueError) as reason:
        raise _unreadable(source, reason) from None
    with file:
        yield file


def decode(data: bytes, name: str) -> str:
    """Text of a file as Japanese offices have them: UTF-8 with or without BOM, UTF-16 with BOM, CP932.

    Raises:
        RyoshikiError: anything else, by name where it can be told.
    """
    known = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    if known is not None:
        raise RyoshikiError(f"{name}: 文章ではなく {known} です (not text but {known})。{_READ}")
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, name)
    if b"\0" in data:
        raise RyoshikiError(f"{name}: 文章ではありません。NUL バイトがあります (not text: NUL bytes)。{_READ}")
    if b"\x1b$" in data:
        raise RyoshikiError(f"{name}: ISO-2022-JP（JIS）は読めません (ISO-2022-JP is not read)。{_READ}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _cp932(data, name)


def _cp932(data: bytes, name: str) -> str:
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        text = ""
    if not text or _looks_euc(data, text):
        known = "EUC-JP" if _decodes(data, "euc_jp") else "不明な文字コード (unknown encoding)"
        raise RyoshikiError(f"{name}: {known} は読めません (is not read)。{_READ}")
    # CP932 lets these bytes through as private or control characters; in real text they do not occur.
    if any("\x80" <= c <= "\xa0" or "\uf8f0" <= c <= "\uf8f3" or (c < " " and c not in "\t\n\r\f") for c in text):
        raise RyoshikiError(f"{name}: 文章として読めません (not text)。{_READ}")
    return text


def _looks_euc(data: bytes, as_cp932: str) -> bool:
    """EUC-JP read as CP932 turns into a heap of half-width katakana; the other way round it hardly ever decodes."""
    if not _decodes(data, "euc_jp"):
        return False
    halfwidth = sum(1 for c in as_cp932 if "\uff61" <= c <= "\uff9f")
    return halfwidth * 4 > sum(1 for c in as_cp932 if not c.isascii())


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise RyoshikiError(f"{name}: {encoding.upper()} として壊れています (broken {encoding.upper()})") from None


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _bounded(file, str(path))
    except (OSError, ValueError) as reason:
        raise _unreadable(path, reason) from None


def _bounded(file: BinaryIO, name: str) -> bytes:
    data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise longer_than_read(name)
    return data


def _unreadable(path: Path, reason: Exception) -> RyoshikiError:
    match reason:
        case FileNotFoundError():
            return RyoshikiError(f"{path}: ファイルがありません (no such file)")
        case IsADirectoryError():
            return RyoshikiError(f"{path}: フォルダです。ファイルを渡してください (a folder, not a file)")
        case PermissionError():
            # Windows says so of a folder as well.
            what = "フォルダです (a folder)" if path.is_dir() else "読む権限がありません (no permission to read)"
            return RyoshikiError(f"{path}: {what}")
        case OSError():
            return RyoshikiError(f"{path}: 読めません (cannot be read): {reason.strerror}")
        case _:
            return RyoshikiError(f"{str(path)!r}: ファイルの名前ではありません (not a file name)")
