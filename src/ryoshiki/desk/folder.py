"""The tables of a file that the desk reads in a guideline folder: each has an id of its own, and known keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ryoshiki.guideline import Source


def tables(source: Source, name: str, keys: Collection[str]) -> Iterator[tuple[dict[str, Any], str]]:
    """The ``[[name]]`` tables, in order, each with what marks its place in the file's text.

    Raises:
        GuidelineError: another form, a key that is not among ``keys``, or an id that is missing or there twice.
    """
    found, seen = source.data.get(name, []), set()
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise source.error(f"{name}: write it as [[{name}]]", name)
    for table in found:
        near = f'"{table.get("id")}"'
        id = source.strings(table, ("id",), near)["id"]
        verify_keys(source, table, keys, near)
        if id in seen:
            raise source.error(f"{name} {id!r} is there twice", near)
        seen.add(id)
        yield table, near


def verify_keys(source: Source, table: Mapping[str, Any], keys: Collection[str], near: str) -> None:
    """Refuse a key that means nothing.

    Raises:
        GuidelineError: there is one.
    """
    if unknown := sorted(set(table) - set(keys)):
        raise source.error(f"{', '.join(unknown)}: no such key; there are {', '.join(sorted(keys))}", near)
