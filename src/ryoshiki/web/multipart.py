"""Forms with files, such as a telephone's share menu sends: every part stays in memory."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from ryoshiki.model import TEXT_LIMIT
from ryoshiki.web.problems import Problem
from ryoshiki.web.schemas import MOST_PHOTOS

if TYPE_CHECKING:
    from starlette.requests import Request


# The parser below warns of a broken form with bytes of it, and they may be the draft's.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class FormLimits:
    """How much one form may hold; ``field``: bytes of one text."""

    photos: int = MOST_PHOTOS
    fields: int = 20
    field: int = 4 * TEXT_LIMIT  # a letter takes four bytes at most


_USUAL = FormLimits()


class _Parser(MultiPartParser):
    """Keeps files of any size in memory, and refuses a form that does not come to its end."""

    spool_max_size = 0  # there is no size from which a file goes to the disk

    def __init__(self, request: Request, limits: FormLimits) -> None:
        super().__init__(
            request.headers,
            self._chunks(request),
            max_files=limits.photos,
            max_fields=limits.fields,
            max_part_size=limits.field,
        )
        self.ended = False

    def on_end(self) -> None:
        self.ended = True

    async def _chunks(self, request: Request) -> AsyncGenerator[bytes, None]:
        async for chunk in request.stream():
            yield chunk
        if not self.ended:  # else a photo that was cut off would be missing without a word
            raise MultiPartException("cut off")


async def form(request: Request, limits: FormLimits = _USUAL) -> tuple[dict[str, str], list[bytes]]:
    """The texts by name (of one name the last), and the bytes of each file, in order; what it was called is not kept.

    The body's size is bounded before (`guard.bodies`). A file field that was left empty is no file.

    Raises:
        Problem: no form, a broken one, or one that holds too much.
    """
    _look_at_type(request.headers.get("content-type", ""))
    try:
        content = await _Parser(request, limits).parse()
    except MultiPartException as reason:
        raise _refusal(reason.message, limits) from None
    try:
        return await _sorted(content)
    finally:
        await content.close()


def _look_at_type(content_type: str) -> None:
    kind, parameters = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise Problem(415, "この形は読めません (unsupported media type)", "multipart/form-data")
    # By this parameter the sender could choose any decoder: slow ones, and ones that make halves of letters.
    if parameters.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8"):
        raise Problem(415, "この文字コードは読めません (unsupported charset)", "charset=utf-8")


async def _sorted(content: FormData) -> tuple[dict[str, str], list[bytes]]:
    fields: dict[str, str] = {}
    photos: list[bytes] = []
    for name, value in content.multi_items():
        if not isinstance(value, UploadFile):
            fields[name] = value
        elif data := await value.read():
            photos.append(data)
    return fields, photos


def _refusal(said: str, limits: FormLimits) -> Problem:
    """In our words what the parser said in its own, which are all that tells its refusals apart."""
    if said.startswith("Too many files"):
        return Problem(413, "写真が多すぎます (too many photos)", f"{limits.photos} 枚まで (at most {limits.photos})")
    if said.startswith("Too many fields"):
        return Problem(413, "項目が多すぎます (too many fields)", f"{limits.fields} 個まで (at most {limits.fields})")
    if said.startswith("Part exceeded"):
        return Problem(413, "長すぎます (too long)", f"{limits.field:,} バイトまで (at most {limits.field:,} bytes)")
    broken = "フォームが途中で切れているか、壊れています (a broken form)"
    return Problem(400, "送られたものが読めません (bad request)", broken)
