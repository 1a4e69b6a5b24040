"""Opens an archive of posts, whichever service made it, and gives its posts one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from ryoshiki.history import bluesky, csvfile, facebook, instagram, mastodon, movabletype, wxr, x
from ryoshiki.history.files import BROKEN, Files, opened, walk
from ryoshiki.history.posts import Post, Problem, Problems, tidy
from ryoshiki.history.source import NO_DATE, NO_MEDIA, Service, Source
from ryoshiki.model import TEXT_LIMIT, RyoshikiError

SERVICES: tuple[Service, ...] = (
    x.SERVICE,
    mastodon.SERVICE,
    bluesky.SERVICE,
    instagram.SERVICE,
    facebook.SERVICE,
    wxr.SERVICE,
    movabletype.SERVICE,
    csvfile.SERVICE,  # last: nearly anything may be a CSV
)
HEAD = 65_536  # bytes by which a member is told
_LOOKED_AT = 5_000  # members whose beginning is read
_ENDINGS = (".js", ".json", ".jsonl", ".ndjson", ".xml", ".rss", ".txt", ".csv", ".tsv", ".car", ".log", ".export")
_TOO_LONG = f"長すぎる投稿を読んでいません (a post over {TEXT_LIMIT:,} characters was not read)"


class Archive:
    """A person's posts in the order of the archive; `posts` may be asked more than once.

    ``problems`` grows while posts are read. A post that comes twice is given once.
    """

    def __init__(self, service: Service, source: Source, at_opening: Problems, stack: ExitStack) -> None:
        self.service, self._source, self._at_opening, self._stack = service, source, at_opening, stack

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*self._at_opening, *self._source.problems)

    @property
    def seeks(self) -> bool:
        """Whether media can be read without a long way to each."""
        return self._source.files.seeks

    def posts(self) -> Iterator[Post]:
        """Every post once, in bounded memory. What has neither text nor media, or is over the limit, is none."""
        self._source.problems.clear()
        note = self._source.note
        seen: set[int] = set()
        for given in self.service.posts(self._source):
            text = tidy(given.text)
            post = given if text == given.text else replace(given, text=text)
            key = hash((post.kind, post.id))
            if key in seen or not (post.text or post.media):
                continue
            seen.add(key)
            if len(post.text) > TEXT_LIMIT:
                note(self.service.title, _TOO_LONG)
                continue
            for _ in (ref for ref in post.media if ref.name is None):
                note(self.service.title, NO_MEDIA)
            if post.posted_at is None and post.kind not in ("like", "draft"):
                note(self.service.title, NO_DATE)
            yield post

    def media(self, name: str, limit: int) -> bytes:
        """The first ``limit`` bytes of a media file; fewer where it is damaged."""
        pieces = []
        with closing(self._source.stream(name)) as stream:
            while limit > 0 and (piece := stream.read(limit)):
                pieces.append(piece)
                limit -= len(piece)
        return b"".join(pieces)


def open(path: Path) -> Archive:
    """Open what lies at ``path``: a zip, a tar, a folder or a file. Its kind is told by what it holds.

    Raises:
        RyoshikiError: it cannot be read, or no service known here makes such an archive.
    """
    stack, at_opening = ExitStack(), Problems()
    try:
        files = opened(path, stack, at_opening)
        service, parts = _recognised(files, path)
    except BaseException:
        stack.close()
        raise
    return Archive(service, Source(files, parts), at_opening, stack)


def _recognised(files: Files, path: Path) -> tuple[Service, dict[str, list[str]]]:
    """The service that made it, and the names of its members by what they hold."""
    held: dict[str, dict[str, list[str]]] = {service.id: {} for service in SERVICES}
    # Letters between people are not looked at, and there may be thousands of them.
    names = sorted(walk(files, _ENDINGS), key=lambda name: "/messages/" in name)
    for name in names[:_LOOKED_AT]:
        head = _head(files, name)
        for service in SERVICES:
            if held_here := service.recognise(name, head):
                held[service.id].setdefault(held_here, []).append(name)
                break
    for service in SERVICES:
        parts = held[service.id]
        if service.main.intersection(parts):
            return service, {kind: sorted(names, key=_by_number) for kind, names in parts.items()}
    if any(name.lower().endswith((".zip", ".tar.gz", ".tgz")) for name in files.sizes):
        raise RyoshikiError(f"{path}: 中にまた zip があります。取り出してから渡してください (an archive in an archive)")
    known = "、".join(service.title for service in SERVICES)
    raise RyoshikiError(f"{path}: 投稿の保存データではないようです。読めるもの (no archive; read are): {known}")


def _head(files: Files, name: str) -> bytes:
    try:
        with files.open(name) as file:
            return file.read(HEAD)
    except BROKEN:
        return b""


def _by_number(name: str) -> list[tuple[int, str]]:
    """tweets before tweets-part1, part2 before part10."""
    name = name.rpartition(".")[0] or name
    return [(int(digits or 0), words) for digits, words in re.findall(r"(\d*)(\D*)", name[:500])]
