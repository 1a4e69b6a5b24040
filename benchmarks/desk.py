"""The desk of a large city: 10,000 staff, 100,000 consents, 20,000 cases; how long each page takes on two databases."""

from __future__ import annotations

import csv
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.tables import Section, Table, render

STAFF, CONSENTS, CASES = 10_000, 100_000, 20_000
TRIES = 40
_SECTIONS = 60
_AT_ONCE = 5_000


def section() -> Section:
    """The part of the page of benchmarks on the desk."""
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory(prefix="desk") as name:
        for title, address in _databases(Path(name)):
            with address as url:
                rows += [(f"{title}: {what}", *figures) for what, figures in _measured(url, Path(name))]
    parts = (
        f"{STAFF:,} people in {_SECTIONS} sections, {CONSENTS:,} consents with a picture each, {CASES:,} cases; the"
        f" whole application in one process, each page asked {TRIES} times, milliseconds (the import: seconds, once).",
        render(Table(("page", "median", "p95", "most"), tuple(rows))),
    )
    return Section("The desk", "python -m benchmarks desk", parts)


def _databases(folder: Path) -> Iterator[tuple[str, Any]]:
    @contextmanager
    def sqlite() -> Iterator[str]:
        yield str(folder / "desk.db")

    @contextmanager
    def postgresql() -> Iterator[str]:
        from tests.stores import server

        with server() as running:
            yield running.new()

    yield "SQLite", sqlite()
    yield "PostgreSQL", postgresql()


def _measured(url: str, folder: Path) -> Iterator[tuple[str, tuple[str, str, str]]]:
    from starlette.testclient import TestClient

    from ryoshiki import load
    from ryoshiki.desk.people import Actor
    from ryoshiki.desk.store.schema import open_store
    from ryoshiki.web.app import create_app
    from ryoshiki.web.desk import Desk

    store = open_store(url)
    took = _import(store, folder)
    yield "import of the staff", (f"{took:.1f} s", "", "")
    token, mine = _fill(store)
    actors = {
        "employee": Actor("000001", "employee", "課1"),
        "PR": Actor("000002", "pr", "課2"),
    }
    for name, actor in actors.items():
        app = create_app(load(), None, Desk(lambda: store, lambda _, who=actor: who))  # type: ignore[misc]
        with TestClient(app, base_url="http://127.0.0.1", headers={"accept": "text/html"}) as client:
            for what, ask in _pages(client, token, mine[name]):
                ask(0)  # what is loaded once
                yield f"{what}, {name}", _timed(ask)
    store.close()


def _timed(ask: Callable[[int], Any]) -> tuple[str, str, str]:
    took = []
    for number in range(TRIES):
        began = time.perf_counter()
        answer = ask(number)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code >= 400:
            raise RuntimeError(f"{answer.status_code}: {answer.url}")
    return f"{median(took):.0f}", f"{quantiles(took, n=20)[-1]:.0f}", f"{max(took):.0f}"


def _pages(client: Any, token: str, case: str) -> Iterator[tuple[str, Callable[[int], Any]]]:
    picture = _picture()
    yield "desk", lambda _: client.get("/desk")
    yield "consents", lambda _: client.get("/desk/consents")
    yield "consents, a late page", lambda n: client.get(f"/desk/consents?page={n + 1}")
    yield "consents, by words", lambda n: client.get("/desk/consents", params={"q": f"行事{n * 7}"})
    yield "consents, by words that nowhere stand", lambda n: client.get("/desk/consents", params={"q": f"無{n}"})
    yield (
        "consents of a picture and an event",
        lambda n: client.post("/desk/consents/ask", data={"event": f"行事{n}"}, files={"photo": ("a.png", picture)}),
    )
    asked = {"person": "岬", "event": "港まつり", "media": "X"}
    yield "a new consent, and its page", lambda _: client.post("/desk/consents", data=asked, files={"f": ("", b"")})
    yield "the page to sign at", lambda _: client.get(f"/consent/{token}")
    yield "cases", lambda _: client.get("/desk/cases")
    yield "a case", lambda _: client.get(f"/desk/cases/{case}")
    yield "completed training", lambda _: client.get("/desk/training")


def _import(store: Any, folder: Path) -> float:
    """Seconds that the command's own road takes for a list of all staff."""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.scope import kinds
    from ryoshiki.desk.staff import HEADINGS, Person, person_of, take_in
    from ryoshiki.desk.stafflist import read

    file = folder / "staff.csv"
    with file.open("w", encoding="cp932", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["職員番号", "氏名", "メールアドレス", "所属", "任用形態", "役割"])
        for n in range(STAFF):
            role = "所属長" if n % 100 == 3 else ""
            rows.writerow([f"{n:06}", f"岬{n}", f"p{n}@city.example", f"課{n % _SECTIONS}", "正規", role])
    began = time.perf_counter()
    with file.open("rb") as source, store.write() as db:
        people = map(person_of, read(source, kinds(), HEADINGS).lines)
        count = take_in(db, OWNER, (p for p in people if isinstance(p, Person)), False, lambda _: None)
    assert count == STAFF
    return time.perf_counter() - began


def _fill(store: Any) -> tuple[str, dict[str, str]]:
    """Records of several years; returns a token to sign one at, and a case of each actor."""
    from sqlalchemy import insert

    from ryoshiki.desk.consents import ledger, signing
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.store import tables
    from ryoshiki.desk.store.database import new_id, now

    draw, at = random.Random(0), now()
    for start in range(0, CONSENTS, _AT_ONCE):
        consents, pictures = [], []
        for n in range(start, start + _AT_ONCE):
            id, moment = new_id(), at - timedelta(minutes=17 * n)
            consents.append(
                {
                    "id": id, "person": f"岬{n}", "guardian": "", "event": f"行事{n // 40}", "media": ["広報", "X"],
                    "until": None, "asked_how": "paper", "section": f"課{n % _SECTIONS}", "kept_by": f"{n % STAFF:06}",
                    "state": "given", "asked_at": moment, "given_at": moment, "signature": "",
                }
            )  # fmt: skip
            parts = {f"likeness{part}": draw.randrange(65536) for part in range(4)}
            pictures.append({"id": new_id(), "consent": id, "sha256": f"{draw.getrandbits(256):064x}", **parts})
        with store.write() as db:
            db.execute(insert(tables.consents), consents)
            db.execute(insert(tables.consent_pictures), pictures)
    with store.write() as db:
        troubles = [_case(n, at - timedelta(hours=2 * n)) for n in range(CASES)]
        db.execute(insert(tables.cases), troubles)
        sent = [{"case_id": case["id"], "number": "000002", "since": at} for case in troubles[::7]]
        db.execute(insert(tables.case_readers), sent)
        asked = ledger.add(db, OWNER, ledger.Asking("汐", "港まつり", ("X",)))
        token = signing.invite(db, OWNER, asked.id)
    return token, {"employee": troubles[1]["id"], "PR": troubles[0]["id"]}


def _case(number: int, at: datetime) -> dict[str, Any]:
    """A case of one of a few hundred people, so that some have many."""
    return {
        "id": f"{number:032x}", "path": "flames", "title": f"返信が増えた {number}", "facts": {"what": "返信"},
        "city_work": True, "state": "opened", "opened_by": f"{number % 300:06}", "opened_at": at, "known_at": at,
        "closed_at": None, "lessons": "", "version": 1,
    }  # fmt: skip


def _picture() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.effect_mandelbrot((640, 480), (-2, -1.5, 1, 1.5), 50).save(out, "PNG")
    return out.getvalue()
