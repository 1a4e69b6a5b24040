"""A store for each test: SQLite in a file, and a database of its own in a real PostgreSQL that the tests start."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from psycopg import sql

from ryoshiki.desk.store.database import Store
from ryoshiki.desk.store.schema import open_store

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)  # not on the path there


class Postgres:
    """A server on a socket in a folder of its own; it serves nobody else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    def run(self, name: str, *arguments: str) -> None:
        """One of its programs, as a user that it accepts: it refuses to run as root."""
        path = os.pathsep.join([*map(str, _DEBIAN), os.environ["PATH"]])
        program = shutil.which(name, path=path) or name
        before = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*before, program, *arguments], check=True, stdout=subprocess.DEVNULL, timeout=120)

    def start(self) -> None:
        """Begin to serve; quick rather than proof against a loss of power."""
        options = f"-c listen_addresses='' -k {self.folder} -c shared_buffers=32MB -c max_connections=100"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", log, "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        """End serving; ``immediate`` as after a loss of power."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def new(self) -> str:
        """The address of a new, empty database."""
        self.count += 1
        name = f"test{self.count}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as db:
            db.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"postgresql:///{name}?host={self.folder}&user=tester"

    def _address(self, database: str) -> str:
        return f"host={self.folder} dbname={database} user=tester"


def _missing() -> bool:
    return not _DEBIAN and shutil.which("initdb") is None


@contextmanager
def server() -> Iterator[Postgres]:
    """A server that is started, and ends with the block."""
    with TemporaryDirectory(prefix="pg") as name:  # short: the path of a socket has a limit
        folder = Path(name)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        made = Postgres(folder)
        made.run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-locale", "-N")
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, started once. Without one the tests are skipped, unless REQUIRE_POSTGRES is set."""
    if _missing():
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("there is no PostgreSQL; tests/desk/install.sh installs it")
        pytest.skip("there is no PostgreSQL; tests/desk/install.sh installs it")
    with server() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty place for records."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'desk.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store without records."""
    opened = open_store(url)
    yield opened
    opened.close()
