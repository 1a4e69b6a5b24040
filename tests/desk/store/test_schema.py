"""The shape of the records is what the code says, and can be brought forward and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from ryoshiki.desk.store.database import Store, StoreError, connect
from ryoshiki.desk.store.schema import is_empty, migrate, newest, open_store, revision
from ryoshiki.desk.store.tables import metadata
from ryoshiki.model import RyoshikiError


def test_the_steps_lead_to_the_tables_of_the_code(store: Store) -> None:
    """Nothing is missing and nothing is left over after the last step."""
    with store.read() as db:
        assert revision(db) == newest()
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_back_to_nothing_and_forward_again(store: Store) -> None:
    """The way back leaves no table of ours; the way forward makes them anew."""
    migrate(store, "base")
    with store.read() as db:
        assert is_empty(db)
    migrate(store)
    with store.read() as db:
        assert set(inspect(db).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_an_unknown_shape_is_refused(store: Store) -> None:
    """Nothing is changed."""
    with pytest.raises(RyoshikiError, match="no such revision"):
        migrate(store, "nowhere")


def test_another_shape_is_not_opened(url: str) -> None:
    """Records of another version are neither used nor changed unasked."""
    open_store(url).close()
    store = connect(url)
    with store.engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(RyoshikiError, match="desk migrate"):
        open_store(url)


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite://", "sqlite:///:memory:", "no://where"])
def test_an_address_that_is_none(url: str) -> None:
    """Only a file and PostgreSQL can keep records."""
    with pytest.raises(RyoshikiError, match="postgresql"):
        connect(url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """It is told as damaged, and left as it is."""
    file = tmp_path / "desk.db"
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="damaged"):
        open_store(str(file))
    assert file.read_bytes() == b"not a database" * 100


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Nobody else on the machine reads the records."""
    open_store(str(tmp_path / "a" / "desk.db")).close()
    assert (tmp_path / "a" / "desk.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
