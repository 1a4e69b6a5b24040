"""Links that speak by their address alone; none is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Guideline, Match, RyoshikiError
from ryoshiki.reading import Reading, lookalikes, parameters
from ryoshiki.reading.hosts import KINDS
from ryoshiki.reading.links import Link

_NEED_WORDS = ("host-words", "shortener", "file-sharing")
# These tell something of the organisation's own hosts too; to all others its own links are innocent.
_OF_OWN_TOO = ("affiliate", "file-sharing", "private-host", "credentials", "user-trick", "look-alike")


@dataclass(frozen=True)
class LinkCheck:
    """Finds links of one sort.

    Attributes:
        of: the sort, a key of `SORTS`.
        words: classes whose plain lines are hosts, with a path or without one; ``-`` marks an innocent one. For
            "host-words" they are beginnings of a piece of the address, ``!`` marks what may stand anywhere in it; for
            "private-host" they may be labels before an own domain; for the imitations all lines are honest hosts.
        kinds: for "listed": kinds of the lists that an organisation has taken in.
        unless: word classes whose hit in the same sentence silences it; ``never``: anywhere in the draft.
        ignore: stances (see `reading.stance`) in which a link does not count.
    """

    of: str
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    facts: ClassVar[frozenset[str]] = frozenset({"host", "other"})
    needs: ClassVar[tuple[frozenset[str], ...]] = (frozenset({"@url"}),)

    def __post_init__(self) -> None:
        if self.of not in SORTS:
            raise ValueError(f"of: {self.of!r} is none of {', '.join(SORTS)}")
        if self.of in _NEED_WORDS and not self.words:
            raise ValueError(f"{self.of} needs words")
        if (self.of == "listed") != bool(self.kinds) or not set(self.kinds) <= set(KINDS):
            raise ValueError(f"of, kinds: listed, and nothing else, needs kinds out of {', '.join(KINDS)}")

    @property
    def classes(self) -> tuple[str, ...]:
        return (*self.words, *self.unless, *self.never)

    def find(self, reading: Reading) -> Iterable[Match]:
        links = reading.links
        if not links or any(reading.hits(name) for name in self.never):
            return
        lines = [entry for name in self.words for entry in reading.guideline.vocabulary.entries(name)]
        named, inside, innocent = (
            tuple(entry.text.lower() for entry in lines if entry.mode == mode) for mode in ("", "!", "-")
        )
        domains = reading.organisation.domains
        for link in links:
            if self.of in _OF_OWN_TOO or not lookalikes.own(link.host, domains):
                other = SORTS[self.of](Seen(link, named, inside, innocent, self, reading.guideline))
                if other is not None and self._counts(link, reading):
                    yield Match(link.span, {"host": link.host, "other": other})
        lists = reading.guideline.links
        if self.of == "listed" and lists is not None and lists.damaged:
            raise RyoshikiError("。".join(lists.damaged))

    def _counts(self, link: Link, reading: Reading) -> bool:
        sentence = reading.sentence_of(link.span)
        for name in self.unless:
            if any(not link.span.overlaps(span) for span in reading.overlapping(name, sentence)):
                return False
        return not (self.ignore and reading.stance(link.span) & set(self.ignore))


@dataclass(frozen=True, slots=True)
class Seen:
    """A link, and what a sign holds against it."""

    link: Link
    named: tuple[str, ...]
    inside: tuple[str, ...]
    innocent: tuple[str, ...]
    check: LinkCheck
    guideline: Guideline

    @property
    def known(self) -> bool:
        """Is the host one of the lines, or does it lie under one; of lines with a path, is it in that as well?"""
        return any(map(self._lies_in, self.named)) and not any(map(self._lies_in, self.innocent))

    def _lies_in(self, line: str) -> bool:
        host, slash, path = line.partition("/")
        if "." not in host:  # a label, and no ending that half the world has
            return False
        same = self.link.host == host or self.link.host.endswith("." + host)
        return same and (not slash or self.link.path.startswith("/" + path))

    @property
    def leads_somewhere(self) -> bool:
        """Is there a path? A service that is only named leads nowhere."""
        return len(self.link.path.rstrip("/")) > 1

    @property
    def domains(self) -> tuple[str, ...]:
        return self.guideline.organisation.domains


# Each says what stands behind the link ("" where there is no more to say), or None where it is not of the sort.


def _if(true: bool) -> str | None:
    return "" if true else None


def _has_words(seen: Seen) -> str | None:
    where = f"/{seen.link.host}{seen.link.path}/"
    for line in seen.innocent:
        where = where.replace(line, " ")
    inside = any(line in where for line in seen.inside)
    return _if(inside or any(_begins_a_piece(line, where) for line in seen.named))


def _begins_a_piece(line: str, where: str) -> bool:
    """Does the line stand in the address where a letter or digit is not going on?"""
    at = where.find(line)
    while at > 0 and where[at - 1].isalnum() and line[0].isalnum():
        at = where.find(line, at + 1)
    return at >= 0


def _listed(seen: Seen) -> str | None:
    if seen.known:
        return ", ".join(seen.check.words)
    lists = seen.guideline.links
    name: str | None = lists.listed(seen.link.host, seen.link.path, seen.check.kinds) if lists is not None else None
    return name


def _private(seen: Seen) -> str | None:
    """An inner network by its number or ending, or a host of the organisation that only its staff open."""
    label, _, rest = seen.link.host.partition(".")
    staff_only = label in seen.named and lookalikes.own(rest, seen.domains)
    return _if(seen.link.private or seen.known or staff_only)


def _imitates(seen: Seen) -> str | None:
    return None if seen.known else lookalikes.imitated(seen.link.host, seen.domains)


def _redirects(seen: Seen) -> str | None:
    target = parameters.leads_to(seen.link)
    return target if target and not lookalikes.own(target, seen.domains) else None


SORTS: Mapping[str, Callable[[Seen], str | None]] = {
    "host-words": _has_words,
    "listed": _listed,
    "shortener": lambda seen: _if(seen.known and seen.leads_somewhere),
    "redirect": _redirects,
    "affiliate": lambda seen: _if((seen.known and seen.leads_somewhere) or parameters.partner(seen.link)),
    "file-sharing": lambda seen: _if(seen.known and seen.leads_somewhere),
    "private-host": _private,
    "credentials": lambda seen: _if(seen.known or parameters.lets_in(seen.link)),
    "user-trick": lambda seen: parameters.shown_user(seen.link) or None,
    "look-alike": lambda seen: _if(seen.link.foreign),
    "mixed-script": lambda seen: _if(lookalikes.mixed(seen.link.host)),
    "organisation-look-alike": _imitates,
}
