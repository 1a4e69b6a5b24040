"""What an importer reads from: the members of an archive by what they hold, as bytes, text, lines or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from ryoshiki.history import elements, texts
from ryoshiki.history.files import BROKEN, PART, Files, Guarded
from ryoshiki.history.posts import Post, Problems

NO_DATE = "日時が読めません (no date that can be read)"
NO_MEDIA = "写真や動画のファイルがありません (a media file is missing)"
NOT_POST = "投稿として読めない要素があります (an element that is no post)"


class Source:
    """``parts`` are names of members by what they hold, as the importer itself calls it."""

    def __init__(self, files: Files, parts: Mapping[str, list[str]]) -> None:
        self.files, self.parts, self.problems = files, parts, Problems()

    def note(self, name: str, reason: str) -> None:
        self.problems.note(name, reason)

    def noting(self, name: str) -> Callable[[str], None]:
        return lambda reason: self.problems.note(name, reason)

    def stream(self, name: str) -> BinaryIO:
        """The bytes of a member. Where it is damaged it ends, and the problem is noted."""
        try:
            file = self.files.open(name)
        except BROKEN:
            self.note(name, "開けません (cannot be opened)")
            return BytesIO()
        return Guarded(file, name, PART, self.problems)  # type: ignore[return-value]

    def text(self, name: str) -> Iterator[str]:
        """The text of a member, in pieces."""
        with closing(self.stream(name)) as stream:
            yield from texts.decoded(stream, self.noting(name))

    def lines(self, name: str) -> Iterator[str]:
        return texts.lines(self.text(name))

    def elements(self, name: str, fits: Callable[[Any], bool], keys: tuple[str, ...] = ()) -> Iterator[Any]:
        """The elements of a JSON list that fit; the others are noted."""
        for element in elements.elements(self.text(name), self.noting(name), fits, keys):
            if fits(element):
                yield element
            else:
                self.note(name, NOT_POST)


@dataclass(frozen=True, slots=True)
class Service:
    """An importer. ``recognise(name, head)`` says what a member holds by its beginning (None: nothing of this service).

    ``main``: what at least one member must hold for an archive to be this service's. ``activity``: the page on which
    one finds one's own posts by their date, where the archive does not give their addresses.
    """

    id: str
    title: str
    main: frozenset[str]
    recognise: Callable[[str, bytes], str | None]
    posts: Callable[[Source], Iterator[Post]]
    activity: str = ""
