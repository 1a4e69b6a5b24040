"""Web addresses, hashtags and mentions of a text. Nothing is ever opened or looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_network
from typing import Any

import re2

from ryoshiki.model import Span
from ryoshiki.reading.deferred import Deferred
from ryoshiki.reading.tokens import Foldable

# Addresses that were made harmless to name them (hxxps://evil[.]example) still say where they lead.
_DOT = r"(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))"
_SCHEME = r"(?:h?ttps?|h(?:xx|\*\*)ps?)(?::|\[:\])//"
# Counted repeats of large classes make RE2's automaton run out of memory; so labels may be as long as they like.
_LABEL = r"[a-z0-9_\p{Latin}\p{Cyrillic}\p{Greek}][a-z0-9_\p{Latin}\p{Cyrillic}\p{Greek}-]*"
_JAPANESE_LABEL = r"[a-z0-9\p{Han}\p{Hiragana}\p{Katakana}\p{Cyrillic}\p{Greek}ー-]+"
# Without a scheme only these endings make an address: readme.md and v1.2 are none.
_ENDINGS = (
    "com|net|org|info|biz|jp|io|co|me|tv|to|gg|ly|gl|be|cc|xyz|site|shop|store|online|app|dev|link|blog|page|club|tokyo|"
    "us|uk|kr|cn|tw|eu|de|fr|ru|social|example|test|invalid|local|lan|internal|localdomain|intra|corp|home|"
    "xxx|porn|sex|adult|cam|asia|mobi|top|vip|icu|click|live|gov|edu|la|gd|nu|tk|ws|pw|ms|su|st|im|am|bz|tl|in|it|es|"
    "ca|au|at|nl|ch|se|sg|hk|th|vn|ph|ai|ma"
)
# These also end words and sentences; without a scheme they need a path.
_WORD_ENDINGS = (
    "to me ly gl be gg io co tv cc us de test home page link asia top vip click live la gd nu tk ws pw ms su st im am "
    "bz tl in it es ca au at nl ch se sg hk th vn ph ai ma"
)
_SHORT_ENDINGS = frozenset(_WORD_ENDINGS.split())
_TAIL = r"[!#-&(-;=?-Z^-z~_]*"  # what may stand in a path: no quotes, angles, square brackets; Japanese ends it
_ADDRESS = (
    rf"{_SCHEME}(?:[!-.0-;=A-Z^-~]+@)?"
    rf"(?:{_LABEL}(?:{_DOT}{_LABEL})*|{_JAPANESE_LABEL}(?:{_DOT}{_JAPANESE_LABEL})+|\[[0-9a-f:.]+(?:%[0-9a-z]+)?\])"
    rf"(?:\.?(?::[0-9]{{1,5}})?[/?#]{_TAIL}|:[0-9]{{1,5}})?"
    rf"|(?:ftp|sftp|smb)://(?:[!-.0-;=A-Z^-~]+@)?{_LABEL}(?:{_DOT}{_LABEL})*(?::[0-9]{{1,5}})?(?:/{_TAIL})?"
    rf"|[\\¥]{{2}}{_LABEL}(?:\.{_LABEL})*[\\¥][^ \n<>|\"*?]+"
    rf"|(?:{_LABEL}{_DOT})+(?:{_ENDINGS})(?::[0-9]{{1,5}})?(?:[/?]{_TAIL})?"
)
_HARMLESS = re.compile(r"[\[({](?:\.|dot)[\])}]|\[:\]|^h(?:xx|\*\*)p")
# A text without any of these has no address. A stop alone is none: … is folded to three.
_ANY_SIGN = re.compile(r"\.[\])}]?[a-z]|://|\[:\]//|[\[(]dot[\])]|[\\¥]{2}")
_HASHTAG = Deferred(r"#[\p{L}\p{M}\p{Nd}_ー゛゜]+")
_MENTION = Deferred(r"@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*(?:@(?:[a-z0-9-]+\.)+[a-z]+)?")
_CLOSING = ".,:;!?'~*_"
_PRIVATE_ENDINGS = (".local", ".lan", ".internal", ".localdomain", ".intra", ".corp", ".home", ".home.arpa")
_PRIVATE_NETS = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"))
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as folded (lower case): ``path`` begins with /, ? or #, or is empty; ``user`` is what stood before @.

    ``url`` is the address in its usual form, ``span`` what was written. ``foreign``: the host has letters beyond
    ASCII, or is written as punycode: it may imitate another.
    """

    span: Span
    host: str
    path: str
    url: str
    user: str = ""

    @property
    def foreign(self) -> bool:
        return not self.host.isascii() or "xn--" in self.host

    @property
    def private(self) -> bool:
        """Does the host belong to an inner network: RFC 1918, .local and the like, or a name without a dot?

        One's own machine (localhost, 127.0.0.1) is no network.
        """
        try:
            number = IPv6Address(self.host) if ":" in self.host else IPv4Address(self.host)
        except AddressValueError:
            return self.host != "localhost" and (self.host.endswith(_PRIVATE_ENDINGS) or "." not in self.host)
        return any(number in net for net in _PRIVATE_NETS)


@cache
def _pattern() -> Any:
    """Compiled for the first text that may have an address: most have none."""
    return re2.compile(_ADDRESS)


def possible(text: str) -> bool:
    """Whether a folded text could have an address. Cheap."""
    return _ANY_SIGN.search(text) is not None


def links(folded: Foldable) -> tuple[Link, ...]:
    """The addresses in order, with or without a scheme. Japanese text behind one is not part of it."""
    text = folded.text
    if not possible(text):
        return ()
    found = []
    for match in _pattern().finditer(text):
        start, end = match.span()
        written = match.group()
        end -= len(written) - len(_trimmed(written))
        link = _link(folded.span(start, end), _HARMLESS.sub(_meant, text[start:end]))
        if _stands(text, start, end, link):
            found.append(link)
    return tuple(found)


def _meant(harmless: re.Match[str]) -> str:
    sign = harmless.group()
    return "http" if sign[0] == "h" else ":" if sign == "[:]" else "."


def _trimmed(written: str) -> str:
    """Without the punctuation of the sentence; a closing bracket stays where the address opened it."""
    closing = written.count(")") - written.count("(")
    end = len(written)
    while end and (written[end - 1] in _CLOSING or (written[end - 1] == ")" and closing > 0)):
        end -= 1
        closing -= written[end] == ")"
    return written[:end]


def _link(span: Span, url: str) -> Link:
    if url[0] in "\\¥":
        host, _, path = url[2:].replace("¥", "\\").partition("\\")
        return Link(span, host, "/" + path.replace("\\", "/"), url)
    rest = url.partition("://")[2] if "://" in url else url
    cut = next((i for i, char in enumerate(rest) if char in "/?#"), len(rest))
    user, _, host = rest[:cut].rpartition("@")
    host = host[1:].partition("]")[0].partition("%")[0] if host[:1] == "[" else host.partition(":")[0]
    return Link(span, host.rstrip("."), rest[cut:], url, user)


def _stands(text: str, start: int, end: int, link: Link) -> bool:
    """Is it an address of its own, not the host of an e-mail or the end of a file name?"""
    if not link.host:
        return False
    if "://" in link.url or link.url[0] in "\\¥":
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before.isascii() and (before.isalnum() or before in "@._-/%+")) and before:
        return False
    if after and after.isascii() and (after.isalnum() or after in "@_-"):
        return False
    return bool(link.path) or link.host.rpartition(".")[2] not in _SHORT_ENDINGS


def _spans(folded: Foldable, sign: str, pattern: Any) -> tuple[Span, ...]:
    text, found = folded.text, []
    if sign not in text:
        return ()
    for match in pattern.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        glued = before.isascii() and (before.isalnum() or (before != "" and before in "&/_.=?%-"))
        letters = text[start + 1 : end].lstrip("0123456789")
        counts = end - start - 1 - len(letters) >= 3 and "ぁ" <= letters[:1] <= "ゖ"  # 「#7119へ」
        if letters and not glued and not counts:
            found.append(folded.span(start, end))
    return tuple(found)


def hashtags(folded: Foldable) -> tuple[Span, ...]:
    """# and a word of any script; a number alone (#7119) is none."""
    return _spans(folded, "#", _HASHTAG)


def mentions(folded: Foldable) -> tuple[Span, ...]:
    """@ and an account name, also name@server; an e-mail address, a price and an hour (@100円) are none."""
    return _spans(folded, "@", _MENTION)
