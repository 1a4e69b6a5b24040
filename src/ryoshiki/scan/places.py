"""Where files stand: on this machine, or in object storage where the user names an address of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from pyarrow import ArrowException
from pyarrow.fs import FileInfo, FileSelector, FileSystem, FileType, FSSpecHandler, LocalFileSystem, PyFileSystem

from ryoshiki.model import RyoshikiError


@cache
def located(name: str) -> tuple[FileSystem, str]:
    """The file system of a path or an address (``s3://…``, ``gs://…``, ``abfs://…``), and the path in it.

    What pyarrow does not know itself, fsspec may: its packages for other stores are the user's to install.

    Raises:
        RyoshikiError: nobody knows how to open such an address.
    """
    if "://" not in name:
        return LocalFileSystem(), os.path.abspath(name).replace(os.sep, "/")
    with opening(name):
        try:
            system, path = FileSystem.from_uri(name)
        except ArrowException:
            system, path = _by_fsspec(name)
        return system, path.rstrip("/")


def entry(name: str) -> FileInfo:
    """What stands at ``name``, if anything.

    Raises:
        RyoshikiError: it cannot be asked.
    """
    system, path = located(name)
    with opening(name):
        return system.get_file_info(path)


def inside(name: str) -> list[FileInfo]:
    """All files in a folder and the folders in it, by path; [] where there is none.

    Raises:
        RyoshikiError: it cannot be listed.
    """
    system, path = located(name)
    with opening(name):
        found = system.get_file_info(FileSelector(path, allow_not_found=True, recursive=True))
        return sorted((file for file in found if file.type == FileType.File), key=lambda file: file.path)


@contextmanager
def opening(name: str) -> Iterator[None]:
    """What goes wrong with ``name`` is told in one line.

    Raises:
        RyoshikiError: it went wrong.
    """
    try:
        yield
    except (OSError, ArrowException) as reason:
        raise _unopened(name, reason) from None


def _by_fsspec(name: str) -> tuple[FileSystem, str]:
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(name)
    except (ValueError, ImportError) as reason:  # no such kind of address, or its package is not installed
        raise _unopened(name, reason) from None
    return PyFileSystem(FSSpecHandler(system)), path


def _unopened(name: str, reason: Exception) -> RyoshikiError:
    said = " ".join(str(reason).split())[:300] or type(reason).__name__
    return RyoshikiError(f"{name}: 開けません (cannot be opened): {said}")
