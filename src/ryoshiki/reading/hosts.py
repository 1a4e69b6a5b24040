"""Lists of hosts and addresses that an organisation has taken in: looked up on disk, never loaded, never fetched.

A list is one file: a head (`_HEAD`), a note in JSON on where it is from, and the 64-bit hashes of its entries, sorted.
"""

from __future__ import annotations

import json
import mmap
import re
import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from ryoshiki.model import RyoshikiError
from ryoshiki.reading.folding import fold

KINDS = ("obscene", "dangerous")
ENDING = ".links"
_MAGIC = b"ryoLinks"
_VERSION = 1
_HEAD = struct.Struct("<8sHHIQ8s")  # magic, version, kind, bytes of the note, count, blake2b of note and hashes
_LONGEST_NOTE = 1 << 16
_LONGEST_HOST = 253
_DEEPEST = 40  # directories of a path that are looked up
_HOST = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]*[a-z0-9]")


def canonical(host: str) -> str:
    """One spelling of a host: lower case, punycode, no dot at the end; numbers as dotted quads; "" if it is none."""
    host = host.strip().strip("[]")
    if not host.isascii():
        host = fold(host).text.replace("。", ".")
    host = host.lower().strip(".")
    if ":" in host:
        return _number(host.partition("%")[0])
    if len(host) > _LONGEST_HOST:
        return ""
    if not host.isascii():
        host = ".".join(label if label.isascii() else _punycode(label) for label in host.split("."))
    if not _HOST.fullmatch(host) or any(len(label) > 63 for label in host.split(".")):
        return ""
    last = host.rpartition(".")[2]
    return _quad(host) if last.isdigit() or last.startswith("0x") else host


def _punycode(label: str) -> str:
    # By hand: the codec "idna" is of 2003 and turns straße into strasse, which browsers no longer do.
    return "xn--" + label.encode("punycode").decode() if len(label) <= 63 else label


def _number(text: str) -> str:
    try:
        number = ip_address(text)
    except ValueError:
        return ""
    mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return str(mapped or number)


def _quad(text: str) -> str:
    """An IPv4 address as browsers read it: 3232235521, 0xc0.0250.1 and 192.168.0.1 are the same kind of thing."""
    parts = text.split(".")
    try:
        values = [int(p, 16 if p[:2] == "0x" else 8 if p[0] == "0" and len(p) > 1 else 10) for p in parts]
    except ValueError:
        return ""
    *high, low = values
    if len(parts) > 4 or any(v > 255 for v in high) or low >= 256 ** (4 - len(high)):
        return ""
    return str(IPv4Address(sum(v << 8 * (3 - i) for i, v in enumerate(high)) + low))


def canonical_path(path: str) -> str:
    """One spelling of a path and its query, without the fragment and a slash at the end; "" for the whole host."""
    path = path.partition("#")[0]
    if "%" in path:
        path = unquote_to_bytes(path).decode("utf-8", "replace")
    path = path.lower() if path.isascii() else fold(path).text
    return path.rstrip("/?")


def without_www(host: str) -> str:
    """www.bad.example is entered as bad.example, and covers all that lies under it."""
    return host[4:] if host.startswith("www.") and host.count(".") > 1 else host


def key(entry: str) -> bytes:
    """The eight bytes by which a list knows a host, or a host with a path."""
    return blake2b(entry.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def checksum(*parts: bytes | memoryview) -> bytes:
    """What the head says of the rest of the file."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part)
    return digest.digest()


def entries(host: str, path: str) -> Iterator[str]:
    """All that would cover an address: the host, its parents, and it with each beginning of the path."""
    host = canonical(host)
    if not host:
        return
    yield host
    if host[-1].isdigit() or ":" in host:  # the tail of a number is no parent
        bare = host
    else:
        labels = host.split(".")
        yield from (".".join(labels[i:]) for i in range(1, len(labels) - 1))
        bare = without_www(host)
    whole = canonical_path(path)
    if whole[:1] == "/":
        yield bare + whole
        way = whole.partition("?")[0].rstrip("/").split("/")[: _DEEPEST + 1]
        yield from (bare + "/".join(way[:i]) for i in range(len(way), 1, -1))


@dataclass(frozen=True, slots=True)
class Note:
    """What a list says of itself. ``count``: its entries, ``source``: the names of the files it was made of."""

    kind: str
    count: int
    source: str
    made: date


class HostList:
    """One list on disk, mapped into memory: a look-up reads a few pages, whatever the length of the list."""

    def __init__(self, path: Path) -> None:
        """
        Raises:
            RyoshikiError: no such file, none of ours, cut off or from a later version; one line says which.
        """
        self.path, self.name = path, path.name.removesuffix(ENDING)
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD.size)
                if len(head) < _HEAD.size or not head.startswith(_MAGIC):
                    raise RyoshikiError(f"{path}: リンクの一覧のファイルではありません (no list of links)")
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as reason:
            raise RyoshikiError(f"{path}: 読めません (cannot be read): {reason.strerror}") from None
        _, version, kind, length, count, self._checksum = _HEAD.unpack(head)
        if version != _VERSION or kind >= len(KINDS):
            raise RyoshikiError(f"{path}: この版では読めない一覧です (a list of another version)")
        begin = _HEAD.size + length
        if length > _LONGEST_NOTE or len(self._map) != begin + 8 * count:
            raise RyoshikiError(
                f"{path}: 一覧が途中で切れています。取り込みなおしてください (damaged; import it again)"
            )
        self._begin = begin
        self._keys: Sequence[int] = memoryview(self._map)[begin:].cast("Q")
        self.note = self._note(KINDS[kind], count, self._map[_HEAD.size : begin])

    def _note(self, kind: str, count: int, raw: bytes) -> Note:
        try:
            note: dict[str, Any] = json.loads(raw)
            return Note(kind, count, str(note["source"]), date.fromisoformat(note["made"]))
        except (ValueError, KeyError, TypeError):
            raise RyoshikiError(f"{self.path}: 一覧の見出しが壊れています (damaged; import it again)") from None

    def __contains__(self, entry: str) -> bool:
        """Is this very host, or host with path, an entry? Parents are not looked at: see `entries`."""
        return self.holds(int.from_bytes(key(entry), "little"))

    def holds(self, number: int) -> bool:
        """The same by the entry's `key`, as a number."""
        at = bisect_left(self._keys, number)
        return at < len(self._keys) and self._keys[at] == number

    def covers(self, host: str, path: str = "") -> bool:
        """Is the host listed, a domain that it lies under, or the address itself or a folder that it lies in?"""
        return any(entry in self for entry in entries(host, path))

    def verify(self) -> None:
        """Read the whole file.

        Raises:
            RyoshikiError: it is not what was written.
        """
        if checksum(self._map[_HEAD.size :]) != self._checksum:
            raise RyoshikiError(f"{self.path}: 一覧が壊れています。取り込みなおしてください (damaged; import it again)")


def packed(kind: str, source: str, made: date, keys: memoryview) -> tuple[bytes, memoryview]:
    """The two parts of a file: head with note, and the hashes, sorted and eight bytes each, least byte first."""
    note = json.dumps({"source": source[:2_000], "made": made.isoformat()}, ensure_ascii=False).encode()
    check = checksum(note, keys)
    return _HEAD.pack(_MAGIC, _VERSION, KINDS.index(kind), len(note), keys.nbytes // 8, check) + note, keys


class Lists:
    """The lists in a folder. Nothing is opened before somebody looks a link up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def listed(self, host: str, path: str, kinds: Sequence[str]) -> str | None:
        """The name of a list of one of these kinds that covers the address."""
        lists = [one for one in self._opened[0] if one.note.kind in kinds]
        wanted = [int.from_bytes(key(entry), "little") for entry in entries(host, path)] if lists else []
        return next((one.name for one in lists if any(map(one.holds, wanted))), None)

    @property
    def damaged(self) -> tuple[str, ...]:
        """A line on each list that cannot be used."""
        return self._opened[1]

    @cached_property
    def _opened(self) -> tuple[tuple[HostList, ...], tuple[str, ...]]:
        lists, damaged = [], []
        for path in sorted(self.folder.glob("*" + ENDING)):
            try:
                lists.append(HostList(path))
            except RyoshikiError as reason:
                damaged.append(str(reason))
        return tuple(lists), tuple(damaged)
