"""Every measurement is a process of its own, so that none warms or swells another."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.drafts import ROOT

LIMIT = 600  # seconds for one process


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has ended: wall-clock seconds, exit status, and what it wrote."""

    seconds: float
    status: int
    out: str
    err: str

    @property
    def reason(self) -> str:
        """Why it failed, in one line: the last that it wrote."""
        lines = [line.strip() for line in self.err.splitlines() if line.strip()]
        return (lines[-1] if lines else f"exit status {self.status}")[:160]


def run(
    arguments: Sequence[str],
    given: str = "",
    python: Path | None = None,
    settings: Mapping[str, str] | None = None,
    limit: float = LIMIT,
) -> Ran:
    """Run Python with ``arguments`` and ``given`` on standard input, without the user's own settings.

    ``settings``: environment variables for this run alone; ``limit``: seconds until it is ended.

    Raises:
        OSError: there is no such Python.
    """
    command = [str(python or sys.executable), *arguments]
    with tempfile.TemporaryDirectory() as empty:
        # Nobody's Python compiles its modules anew at each start, as it would with PYTHONDONTWRITEBYTECODE.
        left_out = ("RYOSHIKI_", "PYTHONDONTWRITEBYTECODE")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
        environment |= {"XDG_CONFIG_HOME": empty, "APPDATA": empty, "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}
        environment |= settings or {}
        begun = perf_counter()
        try:
            done = subprocess.run(
                command,
                input=given.encode(),
                capture_output=True,
                cwd=ROOT,
                env=environment,
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Ran(limit, 124, "", f"not done after {limit} s")
        seconds = perf_counter() - begun
    return Ran(seconds, done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace"))


class BrokenError(Exception):
    """A measurement that could not be made; the message says why."""


def output(arguments: Sequence[str], given: str = "", fine: Sequence[int] = (0,)) -> str:
    """What a process writes.

    Raises:
        BrokenError: its exit status is not ``fine``.
    """
    ran = run(arguments, given)
    if ran.status not in fine:
        raise BrokenError(f"{' '.join(arguments[:4])}: {ran.reason}")
    return ran.out
