"""The import format of Movable Type, in which Hatena, livedoor, Ameba's movers and others export a blog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ryoshiki.history.posts import Post, made_id
from ryoshiki.history.source import Service, Source
from ryoshiki.history.texts import HTML_LIMIT, plain
from ryoshiki.history.times import moment

_FIELDS = (
    *("AUTHOR", "TITLE", "BASENAME", "STATUS", "ALLOW COMMENTS", "ALLOW PINGS", "CONVERT BREAKS", "DATE", "TAGS"),
    *("PRIMARY CATEGORY", "CATEGORY", "UNIQUE URL", "NO ENTRY", "IMAGE", "EMAIL", "IP", "URL", "BLOG NAME"),
)
_SECTIONS = ("BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING")
_FIELD = re.compile(rf"({'|'.join(_FIELDS)}):[ \t]?(.*)")
_SECTION = re.compile(rf"({'|'.join(_SECTIONS)}):\s*")
_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s*[A-Z][A-Z ]{2,20}:[^\n]*\n)+-----\r?\n", re.MULTILINE)
_BETWEEN_SECTIONS, _BETWEEN_ENTRIES = "-----", "--------"
_NO_END = "途中で切れています (cut off)"


def _recognise(name: str, head: bytes) -> str | None:
    return "mt" if _HEAD.match(head) and re.search(rb"^(?:TITLE|DATE):", head, re.MULTILINE) else None


@dataclass
class _Section:
    """``fields`` stand before the words, ``lines`` are the words. The entry's own fields are a section without name."""

    name: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return plain("\n".join(self.lines))


def _posts(source: Source) -> Iterator[Post]:
    for part in source.parts["mt"]:
        sections: list[_Section] = [_Section()]
        waiting = False  # a ruler was read, and the next line tells whether it ends the section
        for line in source.lines(part):
            ruler = line.rstrip()
            if ruler == _BETWEEN_ENTRIES:
                yield from _read(sections)
                sections, waiting = [_Section()], False
            elif ruler == _BETWEEN_SECTIONS:
                waiting = True
            elif waiting and (found := _SECTION.fullmatch(line)):
                sections.append(_Section(found[1]))
                waiting = False
            else:
                if waiting and ruler:  # somebody's own ruler
                    _add(sections[-1], _BETWEEN_SECTIONS)
                    waiting = False
                _add(sections[-1], line)
        if len(sections) > 1 or sections[0].fields:
            source.note(part, _NO_END)
            yield from _read(sections)


def _add(section: _Section, line: str) -> None:
    of_field = section.name in ("", "COMMENT", "PING") and not section.lines
    if of_field and (found := _FIELD.fullmatch(line)):
        section.fields.setdefault(found[1], found[2].strip())
    elif section.name and section.length < HTML_LIMIT:
        section.lines.append(line)
        section.length += len(line)


def _read(sections: list[_Section]) -> Iterator[Post]:
    entry, *others = sections
    fields = entry.fields
    if not fields:
        return
    author, at = fields.get("AUTHOR", ""), moment(fields.get("DATE", ""))
    bodies = [section.text for section in others if section.name in ("BODY", "EXTENDED BODY")]
    text = "\n".join(filter(None, (plain(fields.get("TITLE", "")), *bodies)))
    id = fields.get("UNIQUE URL") or fields.get("BASENAME") or made_id(fields.get("DATE"), text)
    url = fields.get("UNIQUE URL", "")
    page = url if url.startswith(("https://", "http://")) else None
    draft = fields.get("STATUS", "Publish").lower() != "publish"
    yield Post(id, "blog", at, text, kind="draft" if draft else "post", url=page)
    for section in others:
        # Others' comments are not the author's to answer for.
        if section.name == "COMMENT" and author and section.fields.get("AUTHOR") == author:
            said, when = section.text, section.fields.get("DATE", "")
            yield Post(made_id(id, when, said), "blog", moment(when), said, kind="comment", url=page)


SERVICE = Service("blog", "ブログ (Movable Type 形式: はてな、livedoor)", frozenset({"mt"}), _recognise, _posts)
