"""What goes to the terminal: UTF-8 everywhere, colour where it is wanted, a quiet end where nobody reads on."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from ryoshiki.model import RyoshikiError
from ryoshiki.report.marking import visible

BROKEN_PIPE = 141  # as a shell reports a command that SIGPIPE ended
_WIDEST = 100


def speak_utf8() -> None:
    """Make both streams UTF-8, whatever code page Windows would choose for a pipe."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def complain(message: str) -> None:
    """One line on standard error."""
    tell(f"ryoshiki: {visible(' '.join(message.split()))}\n")


def tell(text: str) -> None:
    """Write to standard error, which may be closed."""
    if sys.stderr is not None:
        sys.stderr.write(text)
        sys.stderr.flush()


def emit(text: str, output: Path | None = None) -> None:
    """Write to ``output``, else to standard output as it is: no line end is changed on the way.

    Raises:
        RyoshikiError: a file that cannot be written.
        typer.Exit: nobody reads standard output any more.
    """
    data = text.encode("utf-8", "replace")
    if output is None:
        emit_bytes(data)
    else:
        put(data, output)


def put(data: bytes, output: Path) -> None:
    """Write to a file.

    Raises:
        RyoshikiError: it cannot be written.
    """
    try:
        output.write_bytes(data)
    except OSError as reason:
        raise RyoshikiError(f"{output}: 書けません (cannot be written): {reason.strerror}") from None


@contextmanager
def sink(output: Path | None) -> Iterator[Callable[[bytes], object]]:
    """What takes bytes piece by piece: a file, or standard output.

    Raises:
        RyoshikiError: it cannot be written.
    """
    if output is None:
        yield emit_bytes
        return
    try:
        with output.open("wb") as file:
            yield file.write
    except OSError as reason:
        raise RyoshikiError(f"{output}: 書けません (cannot be written): {reason.strerror}") from None


def keep_apart(output: Path, source: Path) -> None:
    """Refuse to write over what is read.

    Raises:
        RyoshikiError: both are one file.
    """
    try:
        same = output.samefile(source)
    except OSError:
        same = False
    if same:
        raise RyoshikiError(f"--output: {output} は入力そのものです (it is the input, and would be overwritten)")


def emit_bytes(data: bytes) -> None:
    """Write to standard output and flush."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as reason:
        # Windows reports a closed pipe as an invalid argument.
        if not isinstance(reason, BrokenPipeError) and not (os.name == "nt" and reason.errno == errno.EINVAL):
            silence()
            raise RyoshikiError(f"出力に書けません (standard output cannot be written): {reason.strerror}") from None
        silence()
        raise typer.Exit(BROKEN_PIPE) from None


def silence() -> None:
    """Let the interpreter's own last flush go nowhere, or it would complain about the closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a descriptor has nothing to silence
        return


def width(stream: TextIO) -> int:
    """Columns to fill; text that no terminal shows gets 80."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if stream.isatty() else 80


def colour(stream: TextIO) -> bool:
    """Whether to send ANSI colours: NO_COLOR and FORCE_COLOR as agreed at no-color.org and force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb" and (os.name != "nt" or _windows_ansi(stream))


def _windows_ansi(stream: TextIO) -> bool:
    """Ask the Windows console to understand ANSI; older ones refuse."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.GetStdHandle(-11 if stream is sys.stdout else -12)
    mode = ctypes.c_ulong()
    return bool(kernel.GetConsoleMode(handle, ctypes.byref(mode)) and kernel.SetConsoleMode(handle, mode.value | 4))
