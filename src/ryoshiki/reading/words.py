"""Word classes: every word and pattern of a guideline, compiled into two automata and one RE2 set.

A words file holds one entry a line (the grammar is in docs/GUIDELINES.md)::

    窓口            plain: must stand as a word of its own, by the rules of `stands_alone`
    ~しね           any spelling: other kana, stretched, separated, masked (read in the loose view)
    !なう           anywhere, even inside a longer word
    /[0-9]+万円/    RE2 pattern on the folded text (linear time; no lookaround)
    -必死           innocent: eats every hit of this class that lies inside it
    +shared/duty    everything of another class as well
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import daachorse
import re2

from ryoshiki.model import Span
from ryoshiki.reading.folding import Folded, fold, loosen

MASK = "○"  # what `loosen` turns every masking character into
_SET_MEMORY = 64 << 20  # bytes for RE2's set automaton; the default of 8 MiB falls back to slow matching


class WordError(ValueError):
    """A words line that cannot be used; ``line`` counts from 1."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(reason)
        self.name, self.line, self.reason = name, line, reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a words file: ``mode`` is its sign, or "" for a plain term."""

    mode: str
    text: str
    line: int


class Hit(NamedTuple):
    """Where an entry matched: original offsets, folded offsets (None in the loose view), named groups."""

    span: Span
    folded: tuple[int, int] | None
    mode: str
    groups: Mapping[str, str]


_NO_GROUPS: Mapping[str, str] = {}


def parse(lines: Iterable[str]) -> Iterator[Entry]:
    """Read the lines of a words file. Empty lines and ``#`` comments say nothing."""
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if len(line) > 1 and line[0] == line[-1] == "/":
            yield Entry("/", line[1:-1], number)
        elif line[0] in "~!-+" and len(line) > 1:
            yield Entry(line[0], line[1:].strip(), number)
        else:
            yield Entry("", line, number)


@dataclass
class _Owners:
    """Texts for one automaton, each with the (class, mode) pairs that want to hear of it."""

    ids: dict[str, int] = field(default_factory=dict)
    owners: list[list[tuple[str, str]]] = field(default_factory=list)

    def add(self, text: str, name: str, mode: str) -> None:
        at = self.ids.setdefault(text, len(self.owners))
        if at == len(self.owners):
            self.owners.append([])
        self.owners[at].append((name, mode))

    def automaton(self) -> Any:
        return daachorse.CharwiseDoubleArrayAhoCorasick(list(self.ids)) if self.ids else None


class Vocabulary:
    """All word classes of one guideline. Building checks every line; scanning a text is linear in it."""

    def __init__(self, classes: Mapping[str, Iterable[str]], innocent: Iterable[str] = ()) -> None:
        """``innocent``: terms that eat hits of every class (an organisation's own public words).

        Raises:
            WordError: an unknown class after ``+``, a pattern that RE2 refuses, an empty entry.
        """
        self._entries = {name: tuple(parse(lines)) for name, lines in classes.items()}
        self._folded, self._loose = _Owners(), _Owners()
        self._patterns: list[tuple[str, list[tuple[str, str]]]] = []
        self._compiled: dict[int, Any] = {}
        self._prefilter: Any = None
        self._build(self._including())
        for term in innocent:
            for name in self._entries:
                self._folded.add(fold(term).text, name, "-")
        self._folded_automaton, self._loose_automaton = self._folded.automaton(), self._loose.automaton()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def lines(self, name: str) -> tuple[str, ...]:
        """The plain texts of a class, as written: for classes that hold hosts rather than words."""
        return tuple(entry.text for entry in self._entries[name])

    def scan(self, folded: Folded, loose: Callable[[], Folded]) -> dict[str, list[Hit]]:
        """Every raw hit by class; which of them stand alone is settled by `standing`."""
        found: dict[str, list[Hit]] = defaultdict(list)
        if self._folded_automaton is not None:
            owners = self._folded.owners
            for start, end, at in self._folded_automaton.find_overlapping(folded.text):
                hit = None
                for name, mode in owners[at]:
                    if hit is None or hit.mode != mode:
                        hit = Hit(folded.span(start, end), (start, end), mode, _NO_GROUPS)
                    found[name].append(hit)
        if self._loose_automaton is not None:
            view = loose()
            for start, end, at in self._loose_automaton.find_overlapping(view.text):
                hit = Hit(view.span(start, end), None, "~", _NO_GROUPS)
                for name, _ in self._loose.owners[at]:
                    found[name].append(hit)
        self._scan_patterns(folded, found)
        return found

    def _scan_patterns(self, folded: Folded, found: dict[str, list[Hit]]) -> None:
        if self._prefilter is None:
            return
        data = folded.text.encode()
        at_byte: dict[int, int] | None = None
        for index in self._prefilter.Match(data) or ():
            if at_byte is None:
                at_byte = _offsets(folded.text, data)
            pattern = self._compiled.get(index)
            if pattern is None:
                pattern = self._compiled[index] = re2.compile(self._patterns[index][0].encode())
            for match in pattern.finditer(data):
                start, end = at_byte[match.start()], at_byte[match.end()]
                if start == end:
                    continue
                groups = (
                    {k.decode(): v.decode() for k, v in match.groupdict(b"").items()} if pattern.groups else _NO_GROUPS
                )
                hit = Hit(folded.span(start, end), (start, end), "/", groups)
                for name, _ in self._patterns[index][1]:
                    found[name].append(hit)

    def _including(self) -> dict[str, set[str]]:
        """For each class, the classes that take it in (itself first), through any chain of ``+``."""
        above: dict[str, set[str]] = {name: {name} for name in self._entries}
        for name, entries in self._entries.items():
            todo, seen = [(name, entries)], {name}
            while todo:
                _, lines = todo.pop()
                for entry in lines:
                    if entry.mode != "+":
                        continue
                    if entry.text not in self._entries:
                        raise WordError(name, entry.line, f"no word class {entry.text!r}")
                    if entry.text not in seen:
                        seen.add(entry.text)
                        above[entry.text].add(name)
                        todo.append((entry.text, self._entries[entry.text]))
        return above

    def _build(self, above: Mapping[str, set[str]]) -> None:
        patterns: dict[str, list[tuple[str, str]]] = {}
        for name, entries in self._entries.items():
            for entry in entries:
                if entry.mode == "+":
                    continue
                for owner in sorted(above[name]):
                    self._add(name, entry, owner, patterns)
        if patterns:
            options = re2.Options()
            options.max_mem = _SET_MEMORY
            self._prefilter = re2.Set.SearchSet(options)
            self._patterns = list(patterns.items())
            for text in patterns:
                self._prefilter.Add(text)
            self._prefilter.Compile()

    def _add(self, name: str, entry: Entry, owner: str, patterns: dict[str, list[tuple[str, str]]]) -> None:
        if entry.mode == "/":
            try:
                re2.compile(entry.text.encode())
            except re2.error as reason:
                raise WordError(name, entry.line, f"pattern cannot be compiled: {_said(reason)}") from None
            patterns.setdefault(entry.text, []).append((owner, "/"))
            return
        folded = fold(entry.text)
        if not folded.text:
            raise WordError(name, entry.line, f"{entry.text!r} is empty once folded")
        if entry.mode != "~":
            self._folded.add(folded.text, owner, entry.mode)
            return
        loose = loosen(folded).text
        if not loose:
            raise WordError(name, entry.line, f"{entry.text!r} is empty once folded")
        for text in (loose, *_masked(loose)):
            self._loose.add(text, owner, "~")


def _said(reason: object) -> str:
    text = reason.args[0] if isinstance(reason, Exception) and reason.args else reason
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


def _masked(term: str) -> Iterator[str]:
    """Spellings with hidden letters: one of three, two of four or more, never side by side."""
    if len(term) < 3:
        return
    for i in range(len(term)):
        one = term[:i] + MASK + term[i + 1 :]
        yield one
        if len(term) >= 4:
            for j in range(i + 2, len(term)):
                yield one[:j] + MASK + one[j + 1 :]


def _offsets(text: str, data: bytes) -> dict[int, int]:
    """Byte offset of each character's start, to its place in the text; the end included."""
    if len(data) == len(text):
        return {i: i for i in range(len(text) + 1)}
    offsets, at = {}, 0
    for i, char in enumerate(text):
        offsets[at] = i
        point = ord(char)
        at += 1 if point < 0x80 else 2 if point < 0x800 else 3 if point < 0x10000 else 4
    offsets[at] = len(text)
    return offsets


def _is_katakana(char: str) -> bool:
    return "ァ" <= char <= "ヺ"


def _is_hiragana(char: str) -> bool:
    return "ぁ" <= char <= "ゖ"


def _is_word_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_kanji(char: str) -> bool:
    return "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char == "々"


def stands_alone(text: str, start: int, end: int, is_boundary: Callable[[int], bool]) -> bool:
    """Is ``text[start:end]`` a word of its own, rather than part of a longer one?

    Katakana and Latin words end where their script ends (バカ is not in バカンス); words that begin
    with kanji or hiragana begin at a boundary of the tokeniser, where the script alone does not
    settle it (人事 is not in 他人事); words in hiragana alone also end at one (ばか is not in ばかり).
    ``is_boundary`` takes an offset of ``text`` and is asked only when needed: it costs a tokenisation.
    """
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if _is_katakana(first) and (_is_katakana(before) or before == "ー"):
        return False
    if (_is_katakana(last) or last == "ー") and _is_katakana(after):
        return False
    if (_is_word_letter(first) and _is_word_letter(before)) or (_is_word_letter(last) and _is_word_letter(after)):
        return False
    if _is_kanji(first):
        return not _is_kanji(before) or is_boundary(start)
    if _is_hiragana(first):
        if (_is_hiragana(before) or _is_kanji(before)) and not is_boundary(start):
            return False
        whole = all(map(_is_hiragana, text[start:end]))
        return not (whole and _is_hiragana(after) and not is_boundary(end))
    return True


def spelled_out(text: str, span: Span, is_boundary: Callable[[int], bool]) -> bool:
    """Does a hit of the loose view hold in the text itself (original offsets)?

    Plainly written it must stand alone like any word. With something inside it (a mask, a slash, a
    stretched vowel) the spelling itself is the sign; spaces alone are not, unless the word is also
    cut off on both sides, for 「いいし ねむい」 is no insult.
    """
    written = span.of(text)
    before = text[span.start - 1] if span.start else "\n"
    after = text[span.end] if span.end < len(text) else "\n"
    if any(c.isspace() for c in written):
        return not (before.isalnum() or (after.isalnum() and not _is_kanji(after)))
    if all(_is_hiragana(c) or _is_katakana(c) or _is_kanji(c) for c in written):
        return stands_alone(text, span.start, span.end, is_boundary)
    return not (_is_katakana(written[0]) and _is_katakana(before))
