"""Forms with files, such as a telephone's share menu sends: every part stays in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from ryoshiki.web.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request

_LONGEST_NAME = 200
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class FormLimits:
    """How much one form may hold; ``field``: bytes of one text."""

    photos: int = 10
    fields: int = 20
    field: int = 1024 * 1024


class _Parser(MultiPartParser):
    """Keeps files of any size in memory, and notes whether the form came to its end."""

    spool_max_size = 0  # no size from which a file would go to disk
    whole = False

    def on_end(self) -> None:
        self.whole = True


async def form(request: Request, limits: FormLimits = FormLimits()) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    """The texts by name (of one name the last), and name and bytes of each file, in order.

    The body's size is limited before (`guard.bodies`). A file field that was left empty is no file.

    Raises:
        Problem: no form, a broken one, or one that holds too much.
    """
    _look_at_type(request.headers.get("content-type", ""))
    parser = _Parser(
        request.headers,
        request.stream(),
        # Starlette tells too many apart from broken only in its words: one more is let in, and counted here.
        max_files=limits.photos + 1,
        max_fields=limits.fields + 1,
        max_part_size=limits.field + 1,
    )
    try:
        content = await parser.parse()
    except MultiPartException:
        raise _broken() from None
    try:
        if not parser.whole:  # the file that was cut off is missing without a word
            raise _broken()
        return await _sorted(content, limits)
    finally:
        await content.close()


async def _sorted(content: FormData, limits: FormLimits) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    fields: dict[str, str] = {}
    photos: list[tuple[str, bytes]] = []
    for name, value in content.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            if data or value.filename:
                photos.append((_base(value.filename or ""), data))
        else:
            fields[name] = value
    return fields, photos
