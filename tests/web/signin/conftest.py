"""Who may sign in, and a browser that is led from page to page by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from ryoshiki import load
from ryoshiki.desk import accounts, staff
from ryoshiki.desk.people import OWNER
from ryoshiki.desk.staff import Person
from ryoshiki.desk.store.database import Store, connect
from ryoshiki.desk.store.schema import open_store
from ryoshiki.settings import Settings
from ryoshiki.web import signin
from ryoshiki.web.app import create_app
from ryoshiki.web.serving import Peer, Serving

GUIDELINE = load()
PAGE = {"accept": "text/html"}
NO_FILE = {"none": ("", b"")}  # makes a form multipart
MISAKI = Person("0012", "岬太郎", "a@city.example", "港湾課", "regular", "employee")
SHIOMI = Person("0013", "汐見花子", "b@city.example", "総務課", "regular", "admin")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of two people, made once: the steps of their shape take longer than most tests."""
    file = tmp_path_factory.mktemp("prepared") / "desk.db"
    opened = open_store(f"sqlite:///{file}")
    with opened.write() as db:
        staff.take_in(db, OWNER, iter([MISAKI, SHIOMI]), False, lambda _: None)
    opened.close()
    return file


@pytest.fixture
def store(prepared: Path, tmp_path: Path) -> Iterator[Store]:
    """Passwords and sessions are tried on both databases elsewhere; nothing here knows which it is."""
    opened = connect(f"sqlite:///{shutil.copy(prepared, tmp_path)}")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as quickly as may be."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", hasher)
    monkeypatch.setattr(accounts, "_NOBODY", hasher.hash("nobody's"))


Visit = Callable[..., Any]


@pytest.fixture
def visit(store: Store) -> Visit:
    """``with visit(settings…) as browser``: the whole app with that sign-in. Nothing is followed by itself."""
    return visiting(store)


def visiting(store: Store) -> Visit:
    """As the fixture, for a store of one's own."""

    @contextmanager
    def visited(
        serving: Serving | None = None, peer: str = "127.0.0.1", base: str = "http://127.0.0.1", **chosen: Any
    ) -> Iterator[TestClient]:
        serving = serving or Serving()
        desk = signin.desk(replace(Settings(), **chosen), serving, lambda: store)
        app = Peer(create_app(GUIDELINE, serving, desk), serving.proxies)
        with TestClient(app, base_url=base, client=(peer, 50000), follow_redirects=False) as browser:
            yield browser

    return visited
