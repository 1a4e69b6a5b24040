"""The letters that a pattern cannot match without, so that one automaton can tell which patterns to run.

RE2 can look for many patterns at once, but bounded repeats (`[^。]{0,20}`) make such a set's automaton
explode: 400 patterns took 10 ms and 400 MB. Looking for required letters first takes microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import fsum
from typing import NamedTuple

_PLAIN_RUN = re.compile(r"[^\\.\[\](){}|?*+^$]+")
_MOST = 64  # literals for one pattern; a longer list says too little to be worth its memory
_SETS = 3  # sets kept for one pattern; more say little
_COMMON = 0.6  # a set so common that most drafts meet it
_CLASS = 16  # letters of a character class that are still spelled out
_UNBOUNDED = 1 << 30


class _Piece(NamedTuple):
    """What is known of a part of a pattern.

    ``exact``: all texts it can match, None when they cannot be listed; ``needed``: sets of literals, of
    each of which every match contains at least one.
    """

    exact: frozenset[str] | None
    needed: tuple[frozenset[str], ...]


_NOTHING = _Piece(frozenset({""}), ())
_ANYTHING = _Piece(None, ())


def required(pattern: str) -> tuple[frozenset[str], ...]:
    """Up to three sets of literals, of each of which every match of the RE2 ``pattern`` contains one.

    Literals are in lower case; there is no set where a pattern can match without particular letters. The
    pattern must be one that RE2 accepts; syntax not known here counts as "anything".
    """
    return _rarest(_needed(_Parser(pattern).alternatives()))


def _needed(piece: _Piece) -> tuple[frozenset[str], ...]:
    if piece.exact is not None and "" not in piece.exact:
        return (*piece.needed, piece.exact)
    return piece.needed


def _rarest(sets: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    """The sets worth looking for: those that few drafts meet; the best of them for want of such."""
    ranked = sorted((fsum(map(_commonness, one)), sorted(one)) for one in set(map(_shortest, sets)))
    rare = [one for weight, one in ranked if weight < _COMMON]
    return tuple(map(frozenset, rare[:_SETS] or [one for _, one in ranked[:1]]))


def _shortest(literals: frozenset[str]) -> frozenset[str]:
    """Without those that hold another of the set, which says as much alone: of 稼 and 稼ぎ, 稼."""
    kept: set[str] = set()
    for literal in sorted(literals, key=len):
        if not any(literal[i:j] in kept for i in range(len(literal)) for j in range(i + 1, len(literal) + 1)):
            kept.add(literal)
    return frozenset(kept)


def _commonness(literal: str) -> float:
    """About how many of ten short drafts hold the literal, divided by ten; a guess that only costs time when wrong."""
    hiragana = all("ぁ" <= char <= "ん" for char in literal)
    if len(literal) == 1:
        return 0.5 if hiragana or not literal.isalpha() else 0.03
    return {2: 0.08, 3: 0.02}.get(len(literal), 0.005) if hiragana else 0.005


def _join(pieces: Iterator[_Piece]) -> _Piece:
    run, whole = _NOTHING.exact, True
    needed: list[frozenset[str]] = []
    for piece in pieces:
        needed += piece.needed
        assert run is not None
        if piece.exact is not None and len(run) * len(piece.exact) <= _MOST:
            run = frozenset(a + b for a in run for b in piece.exact)
        else:
            whole = False
            needed += _needed(_Piece(run, ()))
            run = piece.exact if piece.exact is not None else _NOTHING.exact
    return _Piece(run, tuple(needed)) if whole else _Piece(None, _needed(_Piece(run, tuple(needed))))


def _either(pieces: list[_Piece]) -> _Piece:
    if len(pieces) == 1:
        return pieces[0]
    exact: frozenset[str] | None = frozenset()
    for piece in pieces:
        exact = exact | piece.exact if exact is not None and piece.exact is not None else None
    if exact is not None and len(exact) <= 4 * _MOST:
        return _Piece(exact, ())
    sets = [_rarest(_needed(piece)) for piece in pieces]
    together = frozenset().union(*(one[0] for one in sets)) if all(sets) else frozenset()
    return _Piece(None, (together,) if together and len(together) <= 4 * _MOST else ())


class _Parser:
    """Recursive descent over RE2 syntax; reads each character once."""

    def __init__(self, pattern: str) -> None:
        self.text, self.at = pattern, 0

    def alternatives(self) -> _Piece:
        branches = [_join(self.sequence())]
        while self.peek() == "|":
            self.at += 1
            branches.append(_join(self.sequence()))
        return _either(branches)

    def sequence(self) -> Iterator[_Piece]:
        while self.peek() not in ("", "|", ")"):
            yield self.repeated(self.atom())

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        self.at += 1
        return self.text[self.at - 1]

    def repeated(self, piece: _Piece) -> _Piece:
        while self.peek() in ("?", "*", "+", "{"):
            start = self.at
            low, high = self.counts()
            if self.at == start:  # a brace that is no count
                break
            if self.peek() == "?":
                self.at += 1
            piece = _times(piece, low, high)
        return piece

    def counts(self) -> tuple[int, int]:
        mark = self.peek()
        if mark != "{":
            self.at += 1
            return {"?": (0, 1), "*": (0, _UNBOUNDED), "+": (1, _UNBOUNDED)}[mark]
        inside, closed, _ = self.text[self.at + 1 :].partition("}")
        low, comma, high = inside.partition(",")
        if not closed or not low.isdecimal() or (high and not high.isdecimal()):
            return 1, 1
        self.at += len(inside) + 2
        return int(low), int(high) if high else (_UNBOUNDED if comma else int(low))

    def atom(self) -> _Piece:
        run = _PLAIN_RUN.match(self.text, self.at)
        if run:
            end = run.end()
            if end - self.at > 1 and self.text[end : end + 1] in ("?", "*", "+", "{"):
                end -= 1  # what follows counts the last letter alone
            start, self.at = self.at, end
            return _literal(self.text[start:end])
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return self.character_class()
        if char == "\\":
            return self.escaped()
        if char == ".":
            return _ANYTHING
        if char in "^$":
            return _NOTHING
        return _literal(char)

    def group(self) -> _Piece:
        if self.peek() == "?":
            while self.peek() not in ("", ":", ")", ">"):
                self.at += 1
            if self.take() == ")":  # flags only, such as (?i)
                return _NOTHING
        piece = self.alternatives()
        self.at += 1
        return piece

    def escaped(self) -> _Piece:
        char = self.take()
        if char in "bBAz":
            return _NOTHING
        if char in "pPx" and self.peek() == "{":
            self.at = self.text.index("}", self.at) + 1
            return _ANYTHING
        if char == "n":
            return _literal("\n")
        if char.isalnum():
            self.at += {"p": 1, "P": 1, "x": 2}.get(char, 0)
            return _ANYTHING
        return _literal(char)

    def character_class(self) -> _Piece:
        negated = self.peek() == "^"
        start, letters, simple = self.at, set[str](), not negated
        self.at += negated
        while self.peek() != "]" or self.at == start + negated:
            char = self.take()
            if char == "\\":
                char = self.take()
                if char.isalnum():
                    simple = False
                    if char in "pPx" and self.peek() == "{":
                        self.at = self.text.index("}", self.at) + 1
                    continue
            elif char == "[" and self.peek() == ":":
                self.at = self.text.index(":]", self.at) + 2
                simple = False
                continue
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] != "]":
                self.at += 1
                last = self.take()
                simple = simple and last != "\\" and ord(last) - ord(char) < _CLASS
                letters.update(chr(c) for c in range(ord(char), ord(last) + 1) if simple)
            letters.add(char)
        self.at += 1
        return _Piece(frozenset(c.lower() for c in letters), ()) if simple and len(letters) <= _CLASS else _ANYTHING


def _literal(text: str) -> _Piece:
    return _Piece(frozenset({text.lower()}), ())


def _times(piece: _Piece, low: int, high: int) -> _Piece:
    if (low, high) == (1, 1):
        return piece
    if high == 0:
        return _NOTHING
    if (low, high) == (0, 1) and piece.exact is not None:
        return _Piece(piece.exact | {""}, ())
    return _ANYTHING if low == 0 else _Piece(None, _needed(piece))
