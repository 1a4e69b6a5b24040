"""A line of somebody's list becomes the hosts it names, or the reason why it names none.

Read are hosts files (``0.0.0.0 host host``), UT1's ``domains`` and ``urls``, one host or address a line, and Adblock's
``||host^``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal, get_args

from ryoshiki.reading.hosts import canonical, canonical_path, without_www

Reason = Literal["local", "suffix", "elsewhere", "exception", "range", "unreadable"]
REASONS: tuple[Reason, ...] = get_args(Reason)

# What nobody can mean by a line of a list: all of a country's firms, or all of a host of everybody's pages.
_JAPAN = "ac ad co ed go gr lg ne or"
_PREFECTURES = (
    "hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo kanagawa niigata "
    "toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara wakayama tottori "
    "shimane okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto oita miyazaki "
    "kagoshima okinawa"
)
_HOSTERS = (
    "github.io gitlab.io blogspot.com blogspot.jp wordpress.com appspot.com web.app firebaseapp.com pages.dev "
    "workers.dev vercel.app netlify.app herokuapp.com azurewebsites.net cloudfront.net amazonaws.com "
    "googleusercontent.com r2.dev onrender.com ngrok.io duckdns.org ne.kr or.kr go.kr re.kr pe.kr"
)
_EVERYWHERE = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "org"})  # before any country's two letters
_SHARED = frozenset([f"{name}.jp" for name in f"{_JAPAN} {_PREFECTURES}".split()] + _HOSTERS.split())
_OWN_NAMES = (
    "localhost localhost.localdomain localhost4 localhost6 local broadcasthost ip6-localhost ip6-loopback ip6-localnet "
    "ip6-mcastprefix ip6-allnodes ip6-allrouters ip6-allhosts"
)
_MACHINE = frozenset(_OWN_NAMES.split())
_NEVER = _SHARED | _MACHINE
_SELECTORS = ("##", "#@#", "#?#", "#$#")  # Adblock's rules on parts of a page
# Nearly all lines of nearly all lists: lower case, nothing to mend, no ending that many share.
_PLAIN = re.compile(
    r"(?:(?:0\.0\.0\.0|127\.0\.0\.1)[ \t]+|\|\|)?(?:www\.(?=[^.]+\.))?+"
    r"((?!(?:ac|com?|edu|gov|mil|net|org)\.[a-z]{2}(?:[ \t^]|\Z))(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z-]{1,62})"
    r"(?:[ \t]+#.*|\^)?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What some lines name: entries in the form that a list keeps, and the lines left out, by their place here."""

    entries: list[str]
    skipped: list[tuple[int, Reason]]
    remarks: int


def read(lines: Iterable[str]) -> Found:
    """Read lines, most of them in a microsecond or two."""
    entries: list[str] = []
    skipped: list[tuple[int, Reason]] = []
    remarks = 0
    for number, line in enumerate(lines):
        plain = _PLAIN.fullmatch(line)
        if plain is not None and (host := plain[1]) not in _NEVER and len(host) < 254:
            entries.append(host)
            continue
        named_here, reason = named(line)
        entries += named_here
        if reason is not None:
            skipped.append((number, reason))
        remarks += reason is None and not named_here
    return Found(entries, skipped, remarks)


def named(line: str) -> tuple[list[str], Reason | None]:
    """The entries of a line, and why something in it was left out. A blank line and a remark give neither."""
    line = line.strip().lstrip("\ufeff")
    if not line or line[0] in "#!;" or (line[0] == "[" and line[-1] == "]" and ":" not in line):
        return [], None
    if line.startswith("||"):
        return _adblock(line[2:])
    if line.startswith("@@"):
        return [], "exception"
    if any(sign in line.split()[0] for sign in _SELECTORS):
        return [], "unreadable"
    first, *names = line.partition("#")[0].split() if "://" not in line else line.split(maxsplit=1)
    if names and _is_number(first):
        return _hosts_file(first, names)
    if names and not names[0].startswith("#"):
        return [], "unreadable"
    return _address(first)


def _hosts_file(number: str, names: list[str]) -> tuple[list[str], Reason | None]:
    target = ip_address(canonical(number) or "0.0.0.0")
    blocked = target.is_loopback or target.is_unspecified
    found: list[str] = []
    reason: Reason | None = None
    for name in names:
        entries, left_out = _host(canonical(name))
        if left_out is None and not blocked:
            entries, left_out = [], "elsewhere"
        found += entries
        reason = reason or left_out
    return found, reason


def _adblock(rest: str) -> tuple[list[str], Reason | None]:
    address, _, options = rest.partition("$")
    address = address.partition("^")[0].rstrip("|")
    if "*" in address.removeprefix("*.") or "domain=" in options:  # only on some pages, or no one address
        return [], "unreadable"
    return _address(address)


def _address(written: str) -> tuple[list[str], Reason | None]:
    rest = written.partition("://")[2] if "://" in written else written
    cut = next((i for i, char in enumerate(rest) if char in "/?#"), len(rest))
    host, path = rest[:cut].rpartition("@")[2], canonical_path(rest[cut:])
    host = host.removeprefix("*.").removeprefix(".")
    if host[:1] == "[":
        host = host.partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    found, reason = _host(canonical(host))
    if not path or reason not in (None, "suffix"):
        return found, reason
    if _is_number(host) and path[1:].isdigit():
        return [], "range"
    if path[:1] != "/":
        path = "/" + path
    return ([f"{without_www(canonical(host))}{path}"], None) if "." in host or ":" in host else ([], reason)


def _host(host: str) -> tuple[list[str], Reason | None]:
    """``host`` as `canonical` gives it."""
    if not host:
        return [], "unreadable"
    host = without_www(host)
    if host in _MACHINE:
        return [], "local"
    if host[-1].isdigit() or ":" in host:
        return ([], "local") if _is_own(host) else ([host], None)
    name, _, ending = host.rpartition(".")
    if not name or host in _SHARED or (len(ending) == 2 and name in _EVERYWHERE):
        return [], "suffix"
    return [host], None


def _is_own(number: str) -> bool:
    """Loopback, nowhere, everybody, and the ranges of inner networks: no page of anybody stands there."""
    try:
        address = ip_address(number)
    except ValueError:
        return False
    inner = number.startswith(("10.", "192.168.", "fc", "fd")) or (
        number.startswith("172.") and 16 <= int(number.split(".")[1]) < 32
    )
    special = address.is_loopback or address.is_unspecified or address.is_multicast or address.is_link_local
    return special or inner or number == "255.255.255.255"


def _is_number(text: str) -> bool:
    host = canonical(text)
    return bool(host) and (host[-1].isdigit() or ":" in host) and (":" in text or text[:1].isdigit())
