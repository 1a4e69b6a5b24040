"""Word classes: every word of a guideline in two automata, which also tell which of its patterns to run.

A words file holds one entry a line (the grammar is in docs/GUIDELINES.md)::

    窓口            plain: must stand as a word of its own, by the rules of standing.py
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
from functools import cache, cached_property
from typing import Any, NamedTuple

import daachorse
import re2

from ryoshiki.model import Span
from ryoshiki.reading.folding import MASK, Folded, fold, loosen
from ryoshiki.reading.literals import required

_PATTERN_MEMORY = 1 << 20  # bytes for one pattern and its automaton; it starts anew when full


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
    """Texts for one automaton, each with the classes that want to hear of it.

    Beside the class stands the entry's mode, or the number of a pattern that the text may bring.
    """

    ids: dict[str, int] = field(default_factory=dict)
    owners: list[list[tuple[str, str | int]]] = field(default_factory=list)

    def add(self, text: str, name: str, mode: str | int) -> None:
        at = self.ids.setdefault(text, len(self.owners))
        if at == len(self.owners):
            self.owners.append([])
        self.owners[at].append((name, mode))

    def automaton(self) -> Any:
        return daachorse.CharwiseDoubleArrayAhoCorasick(list(self.ids)) if self.ids else None


class Vocabulary:
    """All word classes of one guideline. Building checks every line; scanning a text is linear in it."""

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        innocent: Iterable[str] = (),
        known: Mapping[str, Iterable[str] | None] | None = None,
    ) -> None:
        """``innocent``: terms that eat hits of every class (an organisation's own public words).

        ``known``: patterns that were seen to compile, with what `required` says of them, so that the
        start need not wait for either.

        Raises:
            WordError: an unknown class after ``+``, a pattern that RE2 refuses, an empty entry.
        """
        self._entries = {name: tuple(parse(lines)) for name, lines in classes.items()}
        self._folded, self._loose = _Owners(), _Owners()
        self._patterns: list[str] = []
        self._compiled: dict[int, Any] = {}
        self._unfiltered: list[tuple[str, int]] = []  # patterns that need no particular letters
        self._build(self._including(), known or {})
        for term in innocent:
            for name in self._entries:
                self._folded.add(fold(term).text, name, "-")
        self._folded_automaton, self._loose_automaton = self._folded.automaton(), self._loose.automaton()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def entries(self, name: str) -> tuple[Entry, ...]:
        """The lines of a class's own file, without those that it includes."""
        return self._entries[name]

    def lines(self, name: str) -> tuple[str, ...]:
        """The plain texts of a class, as written: for classes that hold hosts rather than words."""
        return tuple(entry.text for entry in self._entries[name])

    def scan(self, folded: Folded, loose: Callable[[], Folded]) -> Scan:
        """Look for all words at once; patterns are only noted, and run when their class is asked for."""
        terms: dict[str, list[Hit]] = defaultdict(list)
        wanted: dict[str, set[int]] = defaultdict(set)
        for name, index in self._unfiltered:
            wanted[name].add(index)
        if self._folded_automaton is not None:
            owners = self._folded.owners
            for start, end, at in self._folded_automaton.find_overlapping(folded.text):
                hit = None
                for name, mode in owners[at]:
                    if mode.__class__ is int:
                        wanted[name].add(mode)
                        continue
                    if hit is None or hit.mode != mode:
                        hit = Hit(folded.span(start, end), (start, end), mode, _NO_GROUPS)
                    terms[name].append(hit)
        if self._loose_automaton is not None:
            view = loose()
            for start, end, at in self._loose_automaton.find_overlapping(view.text):
                hit = Hit(view.span(start, end), None, "~", _NO_GROUPS)
                for name, _ in self._loose.owners[at]:
                    terms[name].append(hit)
        return Scan(self, folded, terms, wanted)

    def pattern(self, index: int) -> Any:
        """The compiled pattern of that number; compiled when first needed."""
        compiled = self._compiled.get(index)
        if compiled is None:
            compiled = self._compiled[index] = re2.compile(self._patterns[index].encode(), _options())
        return compiled

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

    def _build(self, above: Mapping[str, set[str]], known: Mapping[str, Iterable[str] | None]) -> None:
        numbers: dict[str, int] = {}
        for name, entries in self._entries.items():
            for entry in entries:
                if entry.mode == "/":
                    if entry.text in known:
                        literals = known[entry.text]
                    else:
                        _verify(name, entry)
                        literals = required(entry.text)
                    number = numbers.setdefault(entry.text, len(numbers))
                    self._add_pattern(number, literals, above[name])
                elif entry.mode != "+":
                    self._add_term(name, entry, above[name])
        self._patterns = list(numbers)

    def _add_pattern(self, number: int, literals: Iterable[str] | None, owners: set[str]) -> None:
        for owner in sorted(owners):
            if literals is None:
                self._unfiltered.append((owner, number))
            for literal in literals or ():
                self._folded.add(literal, owner, number)

    def _add_term(self, name: str, entry: Entry, owners: set[str]) -> None:
        folded = fold(entry.text)
        loose = loosen(folded).text if entry.mode == "~" else folded.text
        if not loose:
            raise WordError(name, entry.line, f"{entry.text!r} is empty once folded")
        for owner in sorted(owners):
            if entry.mode != "~":
                self._folded.add(folded.text, owner, entry.mode)
                continue
            for text in (loose, *_masked(loose)):
                self._loose.add(text, owner, "~")


class Scan:
    """What one text holds of a vocabulary's words; its patterns run when their class is asked for."""

    def __init__(
        self, vocabulary: Vocabulary, folded: Folded, terms: Mapping[str, list[Hit]], wanted: Mapping[str, set[int]]
    ) -> None:
        self._vocabulary, self._folded, self._terms, self._wanted = vocabulary, folded, terms, wanted
        self._matches: dict[int, list[Hit]] = {}

    def may_have(self, name: str) -> bool:
        """Could the class have a hit? True too often where its patterns have not run."""
        return name in self._terms or name in self._wanted

    def hits(self, name: str) -> list[Hit]:
        """Raw hits of a class; whether they stand alone is settled by `standing`."""
        hits = list(self._terms.get(name, ()))
        for index in sorted(self._wanted.get(name, ())):
            if index not in self._matches:
                self._matches[index] = list(self._run(self._vocabulary.pattern(index)))
            hits += self._matches[index]
        return hits

    def _run(self, pattern: Any) -> Iterator[Hit]:
        for match in pattern.finditer(self._data):
            start, end = self._at_byte[match.start()], self._at_byte[match.end()]
            if start < end:
                groups = match.groupdict(b"") if pattern.groups else {}
                facts = {key.decode(): value.decode() for key, value in groups.items()}
                yield Hit(self._folded.span(start, end), (start, end), "/", facts)

    @cached_property
    def _data(self) -> bytes:
        return self._folded.text.encode()

    @cached_property
    def _at_byte(self) -> dict[int, int]:
        """Byte offset of each character's start, to its place in the text; the end included."""
        offsets, at = {}, 0
        for i, char in enumerate(self._folded.text):
            offsets[at] = i
            at += 1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4
        offsets[at] = len(self._folded.text)
        return offsets


def _verify(name: str, entry: Entry) -> None:
    try:
        re2.compile(entry.text.encode(), _options())
    except re2.error as reason:
        raise WordError(name, entry.line, f"pattern cannot be compiled: {_said(reason)}") from None


@cache
def _options() -> Any:
    options = re2.Options()
    options.max_mem = _PATTERN_MEMORY
    options.log_errors = False  # the reason is raised, not printed
    return options


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
