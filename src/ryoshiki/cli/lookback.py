"""The work of `ryoshiki history`: every post of an archive is read once, and a report written."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ryoshiki import waivers
from ryoshiki.cli.console import emit, tell
from ryoshiki.cli.opening import history_folder, waivers_file
from ryoshiki.cli.progress import bar
from ryoshiki.drafts import AT_ONCE, reviewed
from ryoshiki.history import archive as archives
from ryoshiki.history import page, tables
from ryoshiki.history.archive import Archive
from ryoshiki.history.facts import Hint, Listening, Told
from ryoshiki.history.posts import Post
from ryoshiki.history.state import Seen, State, key, notes_of
from ryoshiki.history.survey import Looked, Survey
from ryoshiki.history.words import WORDS
from ryoshiki.model import Draft, Guideline, Photo, Report, RyoshikiError
from ryoshiki.reading.clock import local
from ryoshiki.reading.photo.opening import BYTE_LIMIT as PICTURE_BYTES
from ryoshiki.report.frame import Frame
from ryoshiki.review import MEANING, NO_CLOCK
from ryoshiki.settings import Settings
from ryoshiki.stamp import stamp

_PHOTOS_AT_ONCE = 4  # posts whose photos are held together
_SAID = 20  # sentences on what was not looked at
_HELD = 2_000  # posts that wait in their order while others are read


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for; days are the organisation's."""

    since: date | None = None
    until: date | None = None
    likes: bool = False
    photos: bool = False
    most: int = 100
    again: bool = False


def look_back(
    archive: Path, output: Path | None, format: str, wanted: Wanted, loaded: Guideline, chosen: Settings
) -> int:
    """Read an archive and write the report; the exit status.

    Raises:
        RyoshikiError: the archive cannot be read, or the report not written.
        KeyboardInterrupt: on Ctrl-C; what was done by then is remembered.
    """
    with archives.open(archive) as opened:
        if wanted.photos and not opened.seeks:
            raise RyoshikiError("--photos: tar.gz は展開してから、フォルダを渡してください (unpack the tar.gz first)")
        task = _Task(opened, loaded, chosen, wanted)
        with State(_state_file(archive), task.by(), wanted.again) as state:
            survey, told = _surveyed(task, state, output)
        cards = task.cards(survey.first_to_look_at(wanted.most)) if format == "html" else ()
        story = page.Story(survey, opened.service, tuple(cards), opened.problems, tuple(task.unchecked(survey)), told)
    frame = Frame(lang=chosen.lang)
    emit(page.render(story, frame) if format == "html" else tables.FORMATS[format](story, chosen.lang), output)
    words = WORDS[chosen.lang]
    tell((words["noted"].format(n=len(survey.noted)) if survey.noted else words["nothing"]) + "\n")
    return 1 if story.problems or task.broken else 0


@dataclass
class _Task:
    """What is to be read of an archive, and how; it counts what is not."""

    opened: Archive
    loaded: Guideline
    chosen: Settings
    wanted: Wanted
    wordless: int = 0
    outside: int = 0
    liked: int = 0
    broken: int = 0
    unread: dict[str, None] = field(default_factory=dict)  # what reviews said they had not looked at, once each

    def __post_init__(self) -> None:
        self.accepted = waivers.read(waivers_file(self.chosen))
        reader = self.loaded.reader
        self.listening = Listening(reader) if reader is not None and self.loaded.reads_meaning else None
        self.loaded = replace(self.loaded, reader=self.listening)
        own = self.opened.service.id
        self.platform = own if own in self.loaded.platforms else self.chosen.platform

    def by(self) -> str:
        """Names all that a review rests on."""
        photos = self.wanted.photos
        facts = (stamp(self.loaded, photos), self.chosen.meaning, self.chosen.shift, self.platform, photos)
        return hashlib.sha256("\0".join(map(str, (*facts, *sorted(self.accepted)))).encode()).hexdigest()[:16]

    def posts(self) -> Iterator[Post]:
        """Those that are to be read; the others are counted."""
        self.wordless = self.outside = self.liked = 0
        for post in self.opened.posts():
            if post.kind == "like" and not self.wanted.likes:
                self.liked += 1
            elif not self._within(post):
                self.outside += 1
            elif not post.text and not (self.wanted.photos and _photos(post)):
                self.wordless += 1
            else:
                yield post

    def _within(self, post: Post) -> bool:
        since, until = self.wanted.since, self.wanted.until
        if since is None and until is None:
            return True
        day = local(post.posted_at, self.loaded.organisation).date() if post.posted_at else None
        return day is not None and (since or day) <= day <= (until or day)

    def reviewed(self, posts: list[Post]) -> list[tuple[Report | None, tuple[Hint, ...]]]:
        """In order reports, None where the review broke, and what the posts tell of their author."""
        given = reviewed([self._draft(post) for post in posts], self.loaded, self.accepted)
        heard = self.listening.heard(post.text for post in posts) if self.listening else [()] * len(posts)
        return [(report if isinstance(report, Report) else None, h) for report, h in zip(given, heard, strict=True)]

    def _draft(self, post: Post) -> Draft:
        names = _photos(post) if self.wanted.photos else []
        return Draft(
            text=post.text,
            platform=self.platform,
            # A draft has not been posted, and of a like the time is not that of its words.
            posted_at=None if post.kind in ("draft", "like") else post.posted_at,
            reply_to=post.reply_to,
            photos=tuple(Photo(name, self.opened.media(name, PICTURE_BYTES + 1)) for name in names),
        )

    def complete(self, report: Report, survey: Survey) -> bool:
        """Whether every check went through. What was not looked at is noted; a post on which one broke is not done."""
        for each in report.unchecked:
            what = each.what.partition(" ")[0]  # a photo's name says nothing to others
            if each != NO_CLOCK and not (each.what == MEANING and self.loaded.reader is None):
                self.unread.setdefault(f"{what}：{each.why}")
        return not any(each.what in survey.signs for each in report.unchecked)

    def cards(self, looked: Iterable[Looked]) -> list[page.Card]:
        """The posts to show, read once more: their words are kept nowhere else."""
        posts = [each.post for each in looked]
        cards = []
        for at in range(0, len(posts), AT_ONCE):
            some = posts[at : at + AT_ONCE]
            cards += [page.Card(p, r) for p, (r, _) in zip(some, self.reviewed(some), strict=True) if r is not None]
        return cards

    def unchecked(self, survey: Survey) -> Iterator[str]:
        """What was not looked at, in sentences."""
        words = WORDS[self.chosen.lang]
        counts = {"undated": survey.undated, "wordless": self.wordless, "broken": self.broken}
        counts |= {} if self.wanted.photos else {"photos": survey.photos + self.wordless}
        counts |= {"outside": self.outside, "likes": self.liked}
        yield from (words[name].format(n=count) for name, count in counts.items() if count)
        if self.listening is None:
            yield words["unmeant" if self.chosen.meaning == "on" else "meaning"]
        yield from list(self.unread)[:_SAID]


def _surveyed(task: _Task, state: State, output: Path | None) -> tuple[Survey, Told]:
    """Read every post that is to be read and has not been, count them all, and gather what they tell of the author."""
    survey, told = Survey(task.loaded), Told()
    waiting: list[tuple[Post, str, Seen | None]] = []
    fresh, most = 0, _PHOTOS_AT_ONCE if task.wanted.photos else AT_ONCE
    try:
        shown = output is not None or not sys.stdout.isatty()
        # To read an archive takes a hundredth of what it takes to review it, and tells what remains.
        total = sum(1 for _ in task.posts()) if shown and sys.stderr.isatty() else None
        with bar(total, shown, f" / {total or 0:,}") as advance:
            for post in task.posts():
                id = key(post)
                waiting.append((post, id, state.seen(id)))
                fresh += waiting[-1][2] is None
                if fresh == most or len(waiting) == _HELD:
                    _read(task, waiting, state, survey, told)
                    waiting, fresh = [], 0
                    advance(survey.posts, survey.posts)
            _read(task, waiting, state, survey, told)
    except KeyboardInterrupt:
        tell("止めました。同じ命令で、続きから始まります (stopped; the same command goes on from here)\n")
        raise
    return survey, told


def _read(task: _Task, waiting: list[tuple[Post, str, Seen | None]], state: State, survey: Survey, told: Told) -> None:
    """Review what has not been, remember it, and count all in order."""
    fresh = [post for post, _, known in waiting if known is None]
    reviews = iter(task.reviewed(fresh) if fresh else ())
    done = []
    for post, id, known in waiting:
        seen = known
        if seen is None:
            report, hints = next(reviews)
            if report is None:
                task.broken += 1
                continue
            seen = Seen(notes_of(report.findings, _photos(post)), hints)
            if task.complete(report, survey):
                done.append((id, seen))
        survey.add(post, seen.notes)
        told.take(post, seen.hints)
    state.add(done)


def _photos(post: Post) -> list[str]:
    return [ref.name for ref in post.media if ref.kind == "photo" and ref.name is not None]


def _state_file(archive: Path) -> Path:
    """One file for each place of an archive; its name does not tell the archive's."""
    digest = hashlib.sha256(str(archive.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return history_folder() / f"{digest[:16]}.jsonl"
