"""Evidence: where, when and what was seen, and a picture of it with its hash. Once kept it is not changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select

from ryoshiki.desk.people import Actor, DeniedError
from ryoshiki.desk.store.database import new_id, now
from ryoshiki.desk.store.tables import evidence, evidence_files
from ryoshiki.desk.trouble import log
from ryoshiki.desk.trouble.cases import Case, find, open_case
from ryoshiki.desk.trouble.words import WORDS_LIMIT, line, plain
from ryoshiki.model import Draft, Guideline, Photo, RyoshikiError
from ryoshiki.review import review

MIB = 2**20
FILE_LIMIT = 30 * MIB  # bytes of one picture; as base64 it fits on a line of a backup
CASE_LIMIT = 150 * MIB  # bytes of all pictures of a case
_MOST = 100  # pieces of one case
_ADDRESS_LIMIT = 2000  # characters
_ENDINGS = {
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF8": "gif",
    b"BM": "bmp",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it is kept: its bytes, their SHA-256, and what the photo check said of it."""

    name: str
    data: bytes
    sha256: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence. ``file_name`` and ``sha256`` are "" where there is no file."""

    id: str
    address: str
    seen_at: datetime
    words: str
    file_name: str
    sha256: str
    notes: tuple[str, ...]


def picture(data: bytes, guideline: Guideline) -> Picture:
    """A picture, looked at as one that goes with a draft; what was found and what was not looked at stand in ``notes``.

    It takes a second or more, so it is not done inside a transaction. The name it gets tells nothing of its maker.

    Raises:
        RyoshikiError: empty, too large, or no picture that can be read.
    """
    if not data or len(data) > FILE_LIMIT:
        raise RyoshikiError(f"画像は {FILE_LIMIT // MIB} MB までです (a picture, {FILE_LIMIT // MIB} MB at most)")
    digest = sha256(data).hexdigest()
    name = f"{digest[:12]}.{_ending(data)}"
    report = review(Draft("", photos=(Photo(name, data),)), guideline)
    sight = report.photos[0]
    if not sight.width and _can_look():
        raise RyoshikiError(f"画像として読めません (no picture): {' '.join(sight.unread)}")
    return Picture(name, data, digest, (*(finding.message for finding in report.findings), *sight.unread))


def add(
    db: Connection,
    actor: Actor,
    case_id: str,
    address: str = "",
    words: str = "",
    seen_at: datetime | None = None,
    file: Picture | None = None,
) -> Piece:
    """Keep a piece of evidence; ``seen_at`` None: now.

    Raises:
        RyoshikiError: there is nothing in it, too much, or its moment is to come; or the case is closed.
    """
    case, at = open_case(db, actor, case_id), now()
    log.verify_room(db, case.id)
    if not (address.strip() or words.strip() or file):
        raise RyoshikiError("アドレス、言葉、画像のどれかが要ります (give an address, words or a picture)")
    if seen_at is not None and seen_at > at:
        raise RyoshikiError("見た日時が、これからの日時です (the time of seeing is to come)")
    piece = Piece(
        new_id(),
        line(address, "アドレス (address)", _ADDRESS_LIMIT) if address.strip() else "",
        seen_at or at,
        plain(words, "言葉 (words)", WORDS_LIMIT) if words.strip() else "",
        file.name if file else "",
        file.sha256 if file else "",
        file.notes if file else (),
    )
    _verify_room(db, case, file)
    values = {name: getattr(piece, name) for name in Piece.__dataclass_fields__} | {"notes": list(piece.notes)}
    db.execute(insert(evidence).values(case_id=case.id, **values))
    if file is not None:
        db.execute(insert(evidence_files).values(evidence=piece.id, data=file.data))
    log.enter(db, actor, case.id, "evidence", piece.id)
    return piece


def pieces(db: Connection, case: Case) -> tuple[Piece, ...]:
    """All evidence of a case that the caller has found, in order of when it was seen."""
    columns = (evidence.c[name] for name in Piece.__dataclass_fields__)
    rows = db.execute(select(*columns).where(evidence.c.case_id == case.id).order_by(evidence.c.seen_at, evidence.c.id))
    return tuple(Piece(**{**row._mapping, "notes": tuple(row.notes)}) for row in rows)


def data(db: Connection, actor: Actor, case_id: str, piece: str) -> tuple[Piece, bytes]:
    """A piece and the bytes of its file.

    Raises:
        DeniedError: there is none, or the case is not for the actor.
    """
    case = find(db, actor, case_id)
    found = next((p for p in pieces(db, case) if p.id == piece and p.file_name), None)
    if found is None:
        raise DeniedError
    return found, reader(db)(found)


def reader(db: Connection) -> Callable[[Piece], bytes]:
    """What gives the bytes of a piece that has a file; they are read one by one, never all at once.

    Raises:
        RyoshikiError: they are not what was kept.
    """

    def read(piece: Piece) -> bytes:
        where = evidence_files.c.evidence == piece.id
        kept = bytes(db.execute(select(evidence_files.c.data).where(where)).scalar_one())
        if sha256(kept).hexdigest() != piece.sha256:
            raise RyoshikiError(f"{piece.file_name}: 残したときと違っています (is not what was kept)")
        return kept

    return read


def _verify_room(db: Connection, case: Case, file: Picture | None) -> None:
    of_case = (evidence.c.case_id == case.id,)
    count = db.execute(select(func.count()).select_from(evidence).where(*of_case)).scalar_one()
    held = select(func.coalesce(func.sum(func.length(evidence_files.c.data)), 0))
    size = db.execute(held.join(evidence, evidence.c.id == evidence_files.c.evidence).where(*of_case)).scalar_one()
    if count >= _MOST or size + (len(file.data) if file else 0) > CASE_LIMIT:
        raise RyoshikiError(
            f"証拠は一件に {_MOST} 個、{CASE_LIMIT // MIB} MB までです (too much evidence for one case)"
        )


def _ending(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "avif" if data[8:12] == b"avif" else "heic"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for start, ending in _ENDINGS.items() if data.startswith(start)), "bin")


def _can_look() -> bool:
    """Whether the parts that read photos are installed; without them the file is kept, and that is told."""
    from importlib.util import find_spec

    return find_spec("PIL") is not None
