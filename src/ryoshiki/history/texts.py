"""Text out of bytes and out of HTML."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

CHUNK = 262_144
HTML_LIMIT = 400_000  # characters of one post's HTML; of a longer one only the beginning is read
LINE_LIMIT = 1_000_000  # characters of one line

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_BLANKS = " \t\f\v\xa0"
_GAPS = re.compile(r"\n{3,}")
_APART = frozenset(("p", "div", "ul", "ol", "blockquote", "pre", "table", "figure", "h1", "h2", "h3", "h4", "h5", "h6"))
_LINES = frozenset(("br", "li", "tr", "dt", "dd", "hr", "figcaption"))
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})((?:[\s/][^<>]{0,2000})?)|[!?][^<>]{0,2000})>")
_ATTRIBUTE = re.compile(r"\s(href|class|alt)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))", re.IGNORECASE)
_LEFT_OUT = (
    (re.compile("<!--"), re.compile("-->")),
    *(
        (re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE))
        for name in ("script", "style", "template", "iframe", "noscript")
    ),
)
_HUGE = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")


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


def unescaped(text: str) -> str:
    """Letters for HTML's entities; a number that no letter can have is U+FFFD."""
    return html.unescape(_HUGE.sub("\ufffd", text)) if "&" in text else text


def plain(source: str) -> str:
    """The words of HTML as one reads them: paragraphs apart, lines broken, links as their address.

    A link whose words say something else keeps both. Furigana, scripts and comments are left out. Linear in the
    length of ``source``, whatever it is, which a parser of the standard library is not.
    """
    if "<" not in source:
        return unescaped(source).strip()
    source = source[:HTML_LIMIT]
    for opening, closing in _LEFT_OUT:
        source = _without(source, opening, closing)
    words = _Words()
    at = 0
    for tag in _TAG.finditer(source):
        words.add(source[at : tag.start()])
        at = tag.end()
        if tag[2]:
            words.tag(tag[2].lower(), tag[3], closing=bool(tag[1]))
    words.add(source[at:])
    lines = (line.strip(_BLANKS) for line in "".join(words.parts).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def _without(source: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """``source`` without what stands between; what is not closed stays."""
    kept, at = [], 0
    while (begin := opening.search(source, at)) and (end := closing.search(source, begin.end())):
        kept.append(source[at : begin.start()])
        at = end.end()
    return "".join([*kept, source[at:]])


class _Words:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self._furigana = False
        self._link: tuple[str, int] | None = None  # the address, and where its words begin in ``parts``

    def add(self, text: str) -> None:
        if text and not self._furigana:
            self.parts.append(unescaped(text))

    def tag(self, name: str, attributes: str, closing: bool) -> None:
        if name in ("rt", "rp", "ruby"):
            self._furigana = name != "ruby" and not closing
        elif name in _APART:
            self.parts.append("\n\n")
        elif name in _LINES and not closing:
            self.parts.append("\n")
        elif name == "a" and closing:
            self._end_link()
        elif name == "a":
            self._begin_link(_attributes(attributes))
        elif name == "img":
            self.add(_attributes(attributes).get("alt", ""))

    def _begin_link(self, given: Mapping[str, str]) -> None:
        href = given.get("href", "")
        # A mention, a tag or a keyword of the service leads nowhere that its words do not say.
        own = {"mention", "hashtag", "keyword", "u-url"}.intersection(given.get("class", "").split())
        self._link = None if own or not href.startswith(("http://", "https://")) else (href, len(self.parts))

    def _end_link(self) -> None:
        if self._link is not None:
            href, start = self._link
            if href.rstrip("/") not in "".join(self.parts[start:]):
                self.parts.append(f" {href} ")
        self._link = None


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): unescaped(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text)}
