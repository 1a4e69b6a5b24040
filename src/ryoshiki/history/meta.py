"""What Facebook's and Instagram's exports have in common: letters written twice over, and files beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ryoshiki.history.posts import MediaRef
from ryoshiki.history.source import Source

_LATIN = re.compile("[\x80-\xff]")
_FILMS = (".mp4", ".mov", ".webm", ".m4v", ".avi")


def mended(value: Any) -> str:
    r"""A text of such an export: its UTF-8 bytes stand in it as Latin-1 letters (``\u00e3\u0081\u0082`` for あ).

    A text that was written rightly, or cannot have been written so, is left as it is.
    """
    if not isinstance(value, str):
        return ""
    if not _LATIN.search(value):
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def ref(media: Mapping[str, Any], source: Source, part: str) -> MediaRef:
    """A file named from the top of the export, which lies somewhere above ``part``."""
    uri = mended(media.get("uri"))
    folder = part
    while uri:
        folder = folder.rpartition("/")[0]
        name = f"{folder}/{uri}".lstrip("/")
        if name in source.files.sizes:
            return MediaRef(name, _kind(uri))
        if not folder:
            break
    return MediaRef(None, _kind(uri))


def _kind(uri: str) -> Any:
    return "video" if uri.lower().endswith(_FILMS) else "photo"


def dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a list; none where it is no list."""
    yield from (v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()
