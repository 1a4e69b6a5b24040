"""Evidence is kept as it was, with its hash, and handed over so."""

from __future__ import annotations

import hashlib
import importlib.util
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from ryoshiki.desk.people import DeniedError
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.tables import evidence_files
from ryoshiki.desk.trouble import cases, evidence, log
from ryoshiki.desk.trouble.cases import Case
from ryoshiki.desk.trouble.evidence import Picture
from ryoshiki.desk.trouble.handover import packed
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.clock import zone
from tests.desk.trouble.conftest import AUTHOR, HEAD, STRANGERS, WAY
from tests.making import guideline, sign
from tests.pictures import encoded, people, sheet

GUIDELINE = guideline(None, sign("photo", of=["faces"], message="顔が {count} つ写っています。"))
SCREEN = encoded(sheet(["港まつりは 6月21日"], 300, 160), "PNG")
PICTURE = Picture("a.png", SCREEN, hashlib.sha256(SCREEN).hexdigest(), ("顔が 1 つ写っています。",))


def test_a_picture_is_looked_at() -> None:
    """What the photo check says of it, and its hash; its name is made from that alone."""
    data = encoded(people(90))
    found = evidence.picture(data, GUIDELINE)
    assert (found.sha256, found.data) == (hashlib.sha256(data).hexdigest(), data)
    assert found.name == f"{found.sha256[:12]}.jpg"
    assert found.notes[0] == "顔が 1 つ写っています。"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture(data: bytes) -> None:
    """It is refused, and the reason told."""
    with pytest.raises(RyoshikiError):
        evidence.picture(data, GUIDELINE)


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused before it is looked at."""
    monkeypatch.setattr(evidence, "FILE_LIMIT", 10)
    with pytest.raises(RyoshikiError, match="at most"):
        evidence.picture(SCREEN, GUIDELINE)


def test_without_the_parts_that_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is kept all the same, and it is told that nobody looked at it."""
    there = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name, *a: None if name == "PIL" else there(name, *a))
    monkeypatch.setitem(__import__("sys").modules, "ryoshiki.reading.photo.opening", None)
    assert any("部品" in note for note in evidence.picture(SCREEN, GUIDELINE).notes)


def test_kept_as_it_was(store: Store, case: Case) -> None:
    """Address, moment, words and picture come back as they were, in order of when they were seen."""
    earlier = now() - timedelta(days=1)
    with store.write() as db:
        evidence.add(db, AUTHOR, case.id, words="見た")
        evidence.add(db, AUTHOR, case.id, " https://x.example/1 ", "ひどい\r\n言葉", earlier, PICTURE)
    with store.read() as db:
        first, second = evidence.pieces(db, case)
        assert (first.address, first.words, first.seen_at) == ("https://x.example/1", "ひどい\n言葉", earlier)
        assert (first.sha256, first.notes, second.file_name) == (PICTURE.sha256, PICTURE.notes, "")
        assert evidence.data(db, AUTHOR, case.id, first.id) == (first, SCREEN)
        with pytest.raises(DeniedError):
            evidence.data(db, AUTHOR, case.id, second.id)
        assert [entry.what for entry in log.entries(db, case.id)] == ["opened", "evidence", "evidence"]
        journal.verify(db)


def test_what_cannot_be_kept(store: Store, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing at all, a moment to come, two lines of address, too many pieces, too many bytes."""
    with store.write() as db:
        for wrong in (
            {},
            {"address": " ", "words": "\n"},
            {"words": "あ", "seen_at": now() + timedelta(days=1)},
            {"address": "https://x.example/\nhttps://y.example/"},
            {"address": "あ" * 2001},
        ):
            with pytest.raises(RyoshikiError):
                evidence.add(db, AUTHOR, case.id, **wrong)
        monkeypatch.setattr(evidence, "CASE_LIMIT", len(SCREEN))
        evidence.add(db, AUTHOR, case.id, file=PICTURE)
        with pytest.raises(RyoshikiError, match="too much"):
            evidence.add(db, AUTHOR, case.id, file=PICTURE)
        monkeypatch.setattr(evidence, "_MOST", 1)
        with pytest.raises(RyoshikiError, match="too much"):
            evidence.add(db, AUTHOR, case.id, words="もう一つ")


def test_seen_by_whom_the_case_is(store: Store, case: Case) -> None:
    """A stranger neither sees nor adds; whom it was sent to sees and does not add."""
    with store.write() as db:
        piece = evidence.add(db, AUTHOR, case.id, file=PICTURE)
        for stranger in STRANGERS:
            with pytest.raises(DeniedError):
                evidence.data(db, stranger, case.id, piece.id)
            with pytest.raises(DeniedError):
                evidence.add(db, stranger, case.id, words="見た")
        cases.sent(db, AUTHOR, case.id, HEAD.number)
        assert evidence.data(db, HEAD, case.id, piece.id)[1] == SCREEN
        with pytest.raises(DeniedError):
            evidence.add(db, HEAD, case.id, words="見た")


def test_a_change_in_the_database_shows(store: Store, case: Case) -> None:
    """A file that is no longer what was kept is not handed out."""
    with store.write() as db:
        piece = evidence.add(db, AUTHOR, case.id, file=PICTURE)
        db.execute(update(evidence_files).values(data=SCREEN + b"\0"))
    with store.read() as db, pytest.raises(RyoshikiError, match="not what was kept"):
        evidence.data(db, AUTHOR, case.id, piece.id)


def test_handed_over(store: Store, case: Case) -> None:
    """One file: a page in which nothing is active, the pictures as they were, and a hash of each that fits."""
    with store.write() as db:
        evidence.add(db, AUTHOR, case.id, "https://x.example/<b>", "<script>alert(1)</script>", file=PICTURE)
        evidence.add(db, AUTHOR, case.id, "https://x.example/2", file=PICTURE)
        cases.step(db, AUTHOR, case.id, WAY, "pause")
        found = cases.find(db, AUTHOR, case.id)
        lines, pieces = log.entries(db, case.id), evidence.pieces(db, found)
        data = packed(found, WAY, lines, pieces, evidence.reader(db), zone("Asia/Tokyo"))
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["evidence/a.png", "index.html", "sha256.txt"]
        for row in archive.read("sha256.txt").decode().splitlines():
            digest, name = row.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        page = archive.read("index.html").decode()
    assert PICTURE.sha256 in page
    assert "祭りの日付の誤り" in page
    assert "手を止めます" in page
    assert "<script" not in page
    assert "<b>" not in page
