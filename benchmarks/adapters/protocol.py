"""What `others.py` and an adapter say to each other. Standard library only: it runs in any environment.

In: drafts as JSON lines on standard input. Out: one JSON object on standard output,
``{"version", "load_s", "passes", "drafts", "seconds", "peak_mb", "kinds": [[…], …]}``, where ``kinds`` has for each
draft the kinds of the things that the tool found, in its own words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

Finder = Callable[[dict[str, Any]], Iterable[str]]
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.sendto")


def forbid_network() -> None:
    """From now on, whoever reaches for the network fails."""

    def refuse(event: str, arguments: object) -> None:
        if event in _NETWORK:
            raise RuntimeError(f"reaches for the network ({event})")

    sys.addaudithook(refuse)


def answer(package: str, load: Callable[[], Finder], lines: Iterable[str], least: float) -> dict[str, Any]:
    """Read the drafts again and again until ``least`` seconds have passed, once at the least."""
    cases = [json.loads(line) for line in lines if line.strip()]
    begun = perf_counter()
    find = load()
    loaded = perf_counter()
    kinds = [sorted(find(case)) for case in cases]
    passes, started = 1, loaded
    if least:  # the first pass has warmed what loads on first use, and does not count
        passes, started = 0, perf_counter()
        while not passes or perf_counter() - started < least:
            for case in cases:
                list(find(case))
            passes += 1
    return {
        "version": version(package),
        "load_s": loaded - begun,
        "passes": passes,
        "drafts": len(cases),
        "seconds": perf_counter() - started,
        "peak_mb": peak_mb(),
        "kinds": kinds,
    }


def serve(package: str, load: Callable[[], Finder], given: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
    """The whole life of an adapter. The first argument is the least number of seconds to go on for."""
    forbid_network()
    out.write(json.dumps(answer(package, load, given, float(sys.argv[1]) if len(sys.argv) > 1 else 0.0)))


def peak_mb() -> float:
    """The most memory this process has held, in MB of 1,024 × 1,024 bytes."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage would count what the parent held when it started us
        line = next((x for x in status.read_text().splitlines() if x.startswith("VmHWM")), None)
        if line:
            return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
