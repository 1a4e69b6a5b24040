"""A form with files, read in memory: the usual parsers put a large file on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ryoshiki.model import TEXT_LIMIT
from ryoshiki.web.problems import Problem

_MOST_FILES, _MOST_FIELDS = 10, 20


@dataclass(frozen=True, slots=True)
class Form:
    """The fields by name (of one that comes twice, the last), and of each file that is not empty its type and bytes."""

    fields: Mapping[str, str]
    photos: tuple[tuple[str, bytes], ...]


class _InMemory(MultiPartParser):
    spool_max_size = 2**62  # bytes: the guard has bounded the body long before


async def form(request: Request) -> Form:
    """The form of a request.

    Raises:
        Problem: no form, a broken one, or one with too many parts.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise Problem(415, "この形は読めません (unsupported media type)", "multipart/form-data")
    parser = _InMemory(
        request.headers,
        request.stream(),
        max_files=_MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=4 * TEXT_LIMIT,
    )
    try:
        parsed = await parser.parse()
    # The parser below fails in many ways on what is no form at all: a missing boundary, a cut part, wrong letters.
    except (MultiPartException, KeyError, ValueError, LookupError, AssertionError):
        raise Problem(
            400, "送られたものが読めません (bad request)", "フォームが途中で切れているか、壊れています (a broken form)"
        ) from None
    fields, photos = {}, []
    for name, value in parsed.multi_items():
        if isinstance(value, UploadFile):
            data = value.file.read()
            if data:
                photos.append((value.content_type or "application/octet-stream", data))
        else:
            fields[name] = value
    await parsed.close()
    return Form(fields, tuple(photos))
