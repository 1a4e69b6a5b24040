"""The audit trail: each entry is hashed together with the one before, so that a change in between shows.

Who rules the database could write the whole chain anew; the end that was noted elsewhere (``end``) shows that as well.
Entries hold ids, so that deleting a person's records leaves nothing of them here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from ryoshiki.desk.store.database import now
from ryoshiki.desk.store.tables import journal, journal_end
from ryoshiki.model import RyoshikiError

START = "0" * 64
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class End:
    """Where the journal ends: how many entries, and the hash that stands for all of them."""

    seq: int
    hash: str


def note(db: Connection, by: str, what: str, on: str) -> None:
    """Enter that ``by`` did ``what`` to the record ``on``; part of the caller's transaction."""
    end = _end(db)
    entry = (end.seq + 1, now().isoformat(timespec="milliseconds"), by, what, on)
    hash = _hash(end.hash, entry)
    seq, at, *_ = entry
    db.execute(insert(journal).values(seq=seq, at=at, by=by, what=what, on=on, hash=hash))
    db.execute(update(journal_end).values(seq=seq, hash=hash))


def verify(db: Connection, known: str | None = None) -> End:
    """Read the whole journal; its end. ``known``: an end that was noted before, as ``SEQ:HASH``.

    Raises:
        RyoshikiError: an entry was changed, taken out or put in, or the noted end is not part of the chain.
    """
    seq, last = 0, START
    noted = _noted(known)
    found = noted is None or noted == End(0, START)
    order = select(journal).order_by(journal.c.seq)
    with db.execute(order, execution_options={"yield_per": _AT_ONCE}) as rows:
        for row in rows:
            seq += 1
            last = _hash(last, (seq, row.at, row.by, row.what, row.on))
            if row.seq != seq or row.hash != last:
                raise RyoshikiError(
                    f"記録簿の {seq} 件目が書き換えられています (entry {seq} of the journal was changed)"
                )
            found = found or noted == End(seq, last)
    if _end(db) != End(seq, last):
        raise RyoshikiError("記録簿の終わりが削られています (entries at the end of the journal are missing)")
    if not found:
        raise RyoshikiError(f"控えた終わり {known} が記録簿にありません (the noted end is not in the journal)")
    return End(seq, last)


def _noted(known: str | None) -> End | None:
    if known is None:
        return None
    seq, _, hash = known.partition(":")
    if not (seq.isascii() and seq.isdigit()) or len(hash) != len(START):
        raise RyoshikiError("--end: 番号:ハッシュ の形で書きます (write SEQ:HASH)")
    return End(int(seq), hash)


def _end(db: Connection) -> End:
    row = db.execute(select(journal_end.c.seq, journal_end.c.hash)).one()
    return End(row.seq, row.hash)


def _hash(before: str, entry: tuple[int, str, str, str, str]) -> str:
    return hashlib.sha256(json.dumps([before, *entry], ensure_ascii=False).encode()).hexdigest()
