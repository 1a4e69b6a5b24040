"""Text out of bytes and out of HTML."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import BinaryIO

CHUNK = 262_144
HTML_LIMIT = 400_000  # characters of one post's HTML; of a longer one only the beginning is read
LINE_LIMIT = 1_000_000  # characters of one line

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_BLANKS = re.compile(r"[ \t\f\v\xa0]*\n[ \t\f\v\xa0]*")
_GAPS = re.compile(r"\n{3,}")
_APART = frozenset(("p", "div", "ul", "ol", "blockquote", "pre", "table", "figure", "h1", "h2", "h3", "h4", "h5", "h6"))
_LINES = frozenset(("br", "li", "tr", "dt", "dd", "hr", "figcaption"))
_UNREAD = frozenset(("script", "style", "template", "rt", "rp", "iframe", "noscript"))


def decoded(file: BinaryIO, note: Callable[[str], None]) -> Iterator[str]:
    """The text of ``file`` in pieces. UTF-8, or what its mark says; CP932 or EUC-JP are told by their first letters.

    ``note`` hears of another encoding than UTF-8, and of bytes that are no text (they become U+FFFD).
    """
    data = file.read(CHUNK)
    name = next((encoding for encoding, mark in _MARKS if data.startswith(mark)), None)
    while name is None and data.isascii():
        yield data.decode("ascii")
        data = file.read(CHUNK)
        if not data:
            return
    name = name or _encoding(data)
    if name in ("cp932", "euc_jp"):
        note(f"UTF-8 ではなく {name.upper()} として読みました (read as {name.upper()}, not UTF-8)")
    decoder = codecs.getincrementaldecoder(name)("replace")
    broken = False
    while True:
        text = decoder.decode(data, final=not data)
        broken = broken or "\ufffd" in text
        yield text
        if not data:
            break
        data = file.read(CHUNK)
    if broken:
        note("文字として読めないところがあります (bytes that are no text)")


def _encoding(data: bytes) -> str:
    read = data.decode("utf-8", "replace")
    wrong, right = read.count("\ufffd"), sum(c > "\x7f" for c in read)
    fits = [name for name in ("cp932", "euc_jp") if _decodes(data, name)]
    if wrong * 4 < right or not fits:  # a few broken letters do not make another encoding
        return "utf-8"
    if len(fits) == 2:
        # EUC-JP read as CP932 turns into a heap of half-width katakana.
        halves = sum("\uff61" <= c <= "\uff9f" for c in data.decode("cp932", "ignore"))
        return "euc_jp" if halves * 4 > sum(b > 127 for b in data) // 2 else "cp932"
    return fits[0]


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data)  # a letter may be cut at the end
    except UnicodeDecodeError:
        return False
    return True


def lines(pieces: Iterator[str]) -> Iterator[str]:
    """Lines without their ends; of one over the limit its beginning."""
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        rest = rest[: LINE_LIMIT + 1]
        yield from (line.removesuffix("\r")[:LINE_LIMIT] for line in whole)
    if rest:
        yield rest.removesuffix("\r")[:LINE_LIMIT]


def plain(html: str) -> str:
    """The words of HTML as one reads them: paragraphs apart, lines broken, links as their address.

    A link whose words say something else keeps both. Furigana, scripts and comments are left out.
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    reader = _Plain()
    reader.feed(html[:HTML_LIMIT])
    reader.close()
    return _GAPS.sub("\n\n", _BLANKS.sub("\n", "".join(reader.parts))).strip()


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0
        self._link: tuple[str, int] | None = None  # the address, and where its words begin in ``parts``

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _APART:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag == "img" and not self._unread:
            self.parts.append(given.get("alt") or "")
        elif tag == "a":
            named = (given.get("class") or "").split()
            href = given.get("href") or ""
            # A mention, a tag or a keyword of the service leads nowhere that its words do not say.
            own = {"mention", "hashtag", "keyword", "u-url"}.intersection(named)
            self._link = None if own or not href.startswith(("http://", "https://")) else (href, len(self.parts))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag == "ruby":
            self._unread = 0  # the end of rt may be left out
        elif tag in _APART:
            self.parts.append("\n\n")
        elif tag == "a" and self._link is not None:
            href, start = self._link
            if href.rstrip("/") not in "".join(self.parts[start:]):
                self.parts.append(f" {href} ")
            self._link = None

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)
