"""The shape of the database: made, brought forward, taken back. The steps stand in ``migrations/versions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from ryoshiki.desk.store.database import Store, connect, told
from ryoshiki.model import RyoshikiError

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


def open_store(url: str) -> Store:
    """The store at ``url``, made if there is none.

    Raises:
        RyoshikiError: it cannot be had, or its shape is another than this version's.
    """
    store = connect(url)
    try:
        with store.read() as db:
            at, empty = revision(db), is_empty(db)
        if empty:
            migrate(store)
        elif at != newest():
            raise RyoshikiError(
                f"記録の形が違います（{at}、この版は {newest()}）。控えを取り、ryoshiki desk migrate をどうぞ"
                " (the records have another shape: back up, then `ryoshiki desk migrate`)"
            )
    except RyoshikiError:
        store.close()
        raise
    return store


def migrate(store: Store, to: str = "head") -> None:
    """Bring the shape forward or back to a revision (``head``: the newest, ``base``: nothing at all).

    Raises:
        RyoshikiError: there is no such revision, or a step failed; then nothing was changed.
    """
    from alembic import command
    from alembic.util import CommandError

    with told(), store.engine.connect().execution_options(ryoshiki_writes=True) as db, db.begin():
        config = _config()
        config.attributes["connection"] = db
        try:
            back = to == "base" or (to != "head" and _comes_before(to, revision(db)))
            (command.downgrade if back else command.upgrade)(config, to)
        except CommandError:
            raise RyoshikiError(f"{to}: その形はありません (no such revision)") from None


def revision(db: Connection) -> str | None:
    """The shape that the database has; None: none of ours."""
    return MigrationContext.configure(db).get_current_revision()


def is_empty(db: Connection) -> bool:
    """Whether nothing of ours stands there; Alembic leaves its own table behind."""
    return not set(inspect(db).get_table_names()) - {"alembic_version"}


def newest() -> str:
    """The shape that this version of the program knows."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""


def _comes_before(wanted: str, at: str | None) -> bool:
    scripts = ScriptDirectory(str(_MIGRATIONS))
    return at is not None and wanted != at and wanted in {s.revision for s in scripts.iterate_revisions(at, "base")}


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
