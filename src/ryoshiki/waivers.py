"""Findings the author has accepted, by fingerprint. The file holds hashes, ids and dates, never words."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ryoshiki.model import RyoshikiError

FINGERPRINT = re.compile(r"[0-9a-f]{16}\Z")
_KEYS = {"fingerprint", "sign", "guideline", "accepted"}


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted finding: what it was, by which version of which guideline, and when."""

    fingerprint: str
    sign: str
    guideline: str
    accepted: date


def fingerprint(sign_id: str, quoted_text: str) -> str:
    """Identity of a finding: 16 hex digits from the sign and the quoted words, whatever stands around them.

    Width, case and white space do not count. For a finding on the draft as a whole pass the whole text, since
    an empty quote would be the same for every draft.
    """
    words = "".join(unicodedata.normalize("NFKC", quoted_text).casefold().split())
    # Unpaired surrogates have no UTF-8 form; the fingerprint must not be what fails on them.
    return hashlib.sha256(f"{sign_id}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read(path: Path) -> frozenset[str]:
    """Fingerprints in a waivers file; none where there is no file yet.

    Raises:
        RyoshikiError: a file that cannot be read or is none of ours, with file and line or entry.
    """
    return frozenset(w.fingerprint for w in waivers(path))


def waivers(path: Path) -> tuple[Waiver, ...]:
    """All entries of a waivers file, in the order in which they were accepted."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except json.JSONDecodeError as reason:
        raise RyoshikiError(f"{path}:{reason.lineno}: JSON として読めません (not JSON): {reason.msg}") from None
    except (OSError, UnicodeDecodeError, RecursionError) as reason:
        raise RyoshikiError(f"{path}: 読めません (cannot be read): {_plainly(reason)}") from None
    if not isinstance(data, dict) or not isinstance(data.get("waivers"), list):
        raise RyoshikiError(f"{path}: 確かめ済みの記録ではありません (no waivers file)")
    return tuple(_waiver(path, number, entry) for number, entry in enumerate(data["waivers"], 1))


def add(path: Path, waiver: Waiver) -> bool:
    """Accept a finding; False where it was accepted already. The file is replaced in one step."""
    known = waivers(path)
    if any(w.fingerprint == waiver.fingerprint for w in known):
        return False
    _write(path, (*known, waiver))
    return True


def remove(path: Path, accepted: str) -> bool:
    """Take an acceptance back; False where there was none."""
    known = waivers(path)
    kept = [w for w in known if w.fingerprint != accepted]
    if len(kept) == len(known):
        return False
    _write(path, kept)
    return True


def _waiver(path: Path, number: int, entry: Any) -> Waiver:
    where = f"{path}: {number} 件目 (entry {number})"
    if not isinstance(entry, dict) or not entry.keys() <= _KEYS or not all(isinstance(v, str) for v in entry.values()):
        raise RyoshikiError(f"{where}: {', '.join(sorted(_KEYS))} だけを文字で書きます (only these keys, as text)")
    if not FINGERPRINT.match(entry.get("fingerprint", "")):
        raise RyoshikiError(f"{where}: fingerprint は 16 桁の 16 進数です (16 hex digits)")
    try:
        accepted = date.fromisoformat(entry.get("accepted", ""))
    except ValueError:
        raise RyoshikiError(f"{where}: accepted は日付です (a date such as 2026-04-01)") from None
    return Waiver(entry["fingerprint"], entry.get("sign", ""), entry.get("guideline", ""), accepted)


def _write(path: Path, entries: Iterable[Waiver]) -> None:
    # One entry a line, so that a list under version control shows what was added.
    lines = ",\n".join("  " + json.dumps(asdict(w), ensure_ascii=False, default=str) for w in entries)
    replace_text(path, '{"waivers": [\n' + lines + ("\n" if lines else "") + "]}\n")


def replace_text(path: Path, text: str) -> None:
    """Write a file in one step, for its owner alone: whatever happens, there is the old text or the new one.

    Raises:
        RyoshikiError: it cannot be written.
    """
    import tempfile  # here, since every start would pay for it and few runs write

    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The same folder, so that the last step is a rename; mkstemp gives the file to its owner alone.
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as reason:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise RyoshikiError(f"{path}: 書けません (cannot be written): {_plainly(reason)}") from None


def _plainly(reason: BaseException) -> str:
    return (reason.strerror if isinstance(reason, OSError) else None) or type(reason).__name__
