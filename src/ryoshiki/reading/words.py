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
from itertools import count
from typing import NamedTuple

import daachorse

from ryoshiki.reading.folding import MASK, Folded, fold, loosen
from ryoshiki.reading.literals import required
from ryoshiki.reading.patterns import Patterns, fault
from ryoshiki.reading.scan import Place, Scan


class WordError(ValueError):
    """A words line that cannot be used; ``line`` counts from 1."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(reason)
        self.name, self.line, self.reason = name, line, reason


class Entry(NamedTuple):
    """One line of a words file: ``mode`` is its sign, or "" for a plain term."""

    mode: str
    text: str
    line: int


def parse(lines: Iterable[str]) -> Iterator[Entry]:
    """Read the lines of a words file. Empty lines and ``#`` comments say nothing."""
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        mode = line[:1]
        if mode == "/" == line[-1] and len(line) > 1:
            yield Entry("/", line[1:-1], number)
        elif mode and mode in "~!-+" and len(line) > 1:
            yield Entry(mode, line[1:].strip(), number)
        elif mode and mode != "#":
            yield Entry("", line, number)


class _Texts:
    """Texts for one automaton; each has a number, and may have those who want to hear of it, by mode."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self.number = self._numbers.__getitem__  # of a text; a new one gets the next
        self.owners: dict[int, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)

    def close(self) -> None:
        """Build what `find` uses; nothing is added afterwards."""
        texts = list(self._numbers)
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(texts) if texts else None
        del self._numbers, self.number

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Start, end and number of every text that occurs, overlapping ones too."""
        return self._automaton.find_overlapping(text) if self._automaton else []


class Vocabulary:
    """All word classes of one guideline. Building checks every line; scanning a text is linear in it."""

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        innocent: Iterable[str] = (),
        known: Mapping[str, Iterable[Iterable[str]]] | None = None,
    ) -> None:
        """``innocent``: terms that eat hits of every class (an organisation's own public words).

        ``known``: patterns that were seen to compile, with what `required` says of them, so that the
        start need not wait for either.

        Raises:
            WordError: an unknown class after ``+``, a pattern that RE2 refuses, an empty entry.
        """
        self._entries = {name: tuple(parse(lines)) for name, lines in classes.items()}
        self._folded, self._loose = _Texts(), _Texts()
        self._patterns = Patterns()
        self._build(self._including(), known or {})
        for term in innocent:
            self._folded.owners[self._folded.number(fold(term).text)].append(("-", tuple(self._entries)))
        self._folded.close()
        self._loose.close()
        self._patterns.close()

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
        terms: dict[str, list[Place]] = defaultdict(list)
        owners = self._folded.owners
        found = self._folded.find(folded.text)
        for start, end, at in found:
            for mode, names in owners.get(at, ()):
                place = (start, end, mode)
                for name in names:
                    terms[name].append(place)
        if self._loose.owners:
            for start, end, at in self._loose.find(loose().text):
                for _, names in self._loose.owners[at]:
                    for name in names:
                        terms[name].append((start, end, "~"))
        possible = self._patterns.possible({at for _, _, at in found})
        return Scan(self._patterns, folded, loose, terms, possible)

    def _including(self) -> dict[str, tuple[str, ...]]:
        """For each class, the classes that take it in (itself too), through any chain of ``+``."""
        above: dict[str, set[str]] = {name: {name} for name in self._entries}
        includes = {name: [e for e in entries if e.mode == "+"] for name, entries in self._entries.items()}
        for name in includes:
            todo, seen = list(includes[name]), {name}
            while todo:
                entry = todo.pop()
                if entry.text not in self._entries:
                    raise WordError(name, entry.line, f"no word class {entry.text!r}")
                if entry.text not in seen:
                    seen.add(entry.text)
                    above[entry.text].add(name)
                    todo += includes[entry.text]
        return {name: tuple(sorted(owners)) for name, owners in above.items()}

    def _build(self, above: Mapping[str, tuple[str, ...]], known: Mapping[str, Iterable[Iterable[str]]]) -> None:
        for name, entries in self._entries.items():
            for entry in entries:
                if entry.mode == "/":
                    if entry.text not in self._patterns:
                        self._add_pattern(name, entry, known.get(entry.text))
                    self._patterns.give(entry.text, above[name])
            self._add_terms(name, [e for e in entries if e.mode not in ("/", "+")], above[name])

    def _add_pattern(self, name: str, entry: Entry, sets: Iterable[Iterable[str]] | None) -> None:
        if sets is None:
            if refused := fault(entry.text):
                raise WordError(name, entry.line, f"pattern cannot be compiled: {refused}")
            sets = required(entry.text)
        self._patterns.add(entry.text, [list(map(self._folded.number, literals)) for literals in sets])

    def _add_terms(self, name: str, entries: list[Entry], owners: tuple[str, ...]) -> None:
        heard = {mode: (mode, owners) for mode in ("", "!", "-", "~")}
        owned, number = self._folded.owners, self._folded.number
        for (mode, text, line), folded in zip(entries, _folded([e.text for e in entries]), strict=True):
            if mode == "~" and (loose := loosen(fold(folded)).text):
                for spelling in (loose, *_masked(loose)):
                    self._loose.owners[self._loose.number(spelling)].append(heard[mode])
            elif folded and mode != "~":
                owned[number(folded)].append(heard[mode])
            else:
                raise WordError(name, line, f"{text!r} is empty once folded")


def _folded(texts: list[str]) -> list[str]:
    """Each text folded; in one go, since that takes a fifth of the time."""
    together = fold("\n".join(texts)).text.split("\n")
    return together if len(together) == len(texts) else [fold(text).text for text in texts]


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
