"""Links that speak by their address alone; none is opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Match
from ryoshiki.reading import Reading
from ryoshiki.reading.links import Link

_BY_HOST = ("shortener", "affiliate", "file-sharing")
_WITH_WORDS = ("host-words", *_BY_HOST)
OF = (*_WITH_WORDS, "private-host", "credentials", "look-alike")
# Names of query parameters: who earns by a link, and who gets in by it.
_PARTNER_NAMES = (
    "a_id aid aff affid aff_id afid afl affiliate affiliate_id partner rafcid ref refcode invite referral a8mat"
)
_KEY_NAMES = (
    "token access_token auth auth_token key apikey api_key password passwd pass pwd pw secret session sessionid "
    "sid sig jsessionid"
)
_PARTNER = frozenset(_PARTNER_NAMES.split())
_KEYS = frozenset(_KEY_NAMES.split())


@dataclass(frozen=True)
class LinkCheck:
    """Finds links of one sort.

    Attributes:
        of: "host-words" (host or path contains a line of the classes), "shortener", "file-sharing" (the host is one of
            the lines, or lies under it), "affiliate" (the same, or a partner's code in the query), "private-host" (an
            inner network), "credentials" (a password or token in the address), "look-alike" (a host with letters
            beyond ASCII).
        words: classes whose plain lines are hosts, or words of hosts.
    """

    of: str
    words: tuple[str, ...] = ()

    facts: ClassVar[frozenset[str]] = frozenset({"host"})
    needs: ClassVar[tuple[frozenset[str], ...]] = ()  # read on demand, not from words

    def __post_init__(self) -> None:
        if self.of not in OF:
            raise ValueError(f"of: {self.of!r} is none of {', '.join(OF)}")
        if self.of in _WITH_WORDS and self.of != "affiliate" and not self.words:
            raise ValueError(f"{self.of} needs words")

    @property
    def classes(self) -> tuple[str, ...]:
        return self.words

    def find(self, reading: Reading) -> Iterable[Match]:
        for link in reading.links:
            if self._tells(link, reading):
                yield Match(link.span, {"host": link.host})

    def _tells(self, link: Link, reading: Reading) -> bool:
        if self.of == "private-host":
            return link.private
        if self.of == "look-alike":
            return link.foreign
        if self.of == "credentials":
            return ":" in link.user or any(name in _KEYS and len(value) >= 4 for name, value in _query(link))
        if self.of == "affiliate" and any(_earns(name, value) for name, value in _query(link)):
            return True
        lines = (line.lower() for name in self.words for line in reading.guideline.vocabulary.lines(name))
        if self.of == "host-words":
            where = link.host + link.path
            return any(line in where for line in lines)
        return any(link.host == line or link.host.endswith("." + line) for line in lines)


def _query(link: Link) -> Iterator[tuple[str, str]]:
    _, _, query = link.path.partition("?")
    for pair in query.replace("#", "&").replace(";", "&").split("&"):
        name, _, value = pair.partition("=")
        yield name, value


def _earns(name: str, value: str) -> bool:
    """Amazon's tags end on -22 in Japan; a bare ``tag=`` is a blog's."""
    return (name in _PARTNER and len(value) >= 3) or (name == "tag" and value[-3:-2] == "-" and value[-2:].isdigit())
