"""What every command opens first: the settings in force, the guideline, the files of one's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ryoshiki.guideline import load
from ryoshiki.model import Guideline, RyoshikiError
from ryoshiki.reading.hosts import Lists
from ryoshiki.reading.meaning import LocalReader
from ryoshiki.settings import CONFIG, Settings, config_folder, data_folder, load_settings

if TYPE_CHECKING:
    from ryoshiki.desk.mail import Post
    from ryoshiki.desk.store.database import Store
    from ryoshiki.second_reader import SecondReader


def settings(**given: Any) -> Settings:
    """The settings in force; ``given`` comes from the command line, None where it says nothing."""
    named = os.environ.get(CONFIG)
    file = Path(named) if named else config_folder(os.environ, os.name == "nt") / "config.toml"
    if named and not file.is_file():
        raise RyoshikiError(f"{CONFIG}: {file}: ファイルがありません (no such file)")
    return load_settings(os.environ, file).overlaid(given)


def guideline(chosen: Settings) -> Guideline:
    """The guideline in force; a shift that the author chose is then the only one."""
    loaded = load(chosen.guideline)
    reader = LocalReader(threads=chosen.threads) if chosen.meaning == "on" else None
    loaded = replace(loaded, reader=reader, links=Lists(links_folder(chosen)))
    if chosen.shift is None:
        return loaded
    shifts = tuple(s for s in loaded.organisation.shifts if s.name == chosen.shift)
    if not shifts:
        names = ", ".join(s.name for s in loaded.organisation.shifts)
        raise RyoshikiError(f"shift: {chosen.shift!r} はありません。あるもの (there are): {names}")
    return replace(loaded, organisation=replace(loaded.organisation, shifts=shifts))


def second_reader(chosen: Settings) -> SecondReader:
    """The second reader that the settings name.

    Raises:
        RyoshikiError: they name none.
    """
    from ryoshiki.second_reader import SecondReader

    if chosen.second_reader_url is None:
        raise RyoshikiError("--second-opinion: 設定 second_reader_url がありません (second_reader_url is not set)")
    return SecondReader(chosen.second_reader_url, chosen.second_reader_model, max(1, chosen.second_reader_timeout))


def waivers_file(chosen: Settings) -> Path:
    """Where accepted findings are remembered."""
    return chosen.waivers or config_folder(os.environ, os.name == "nt") / "waivers.json"


def links_folder(chosen: Settings) -> Path:
    """Where the lists of hosts stand that were taken in."""
    return chosen.links or config_folder(os.environ, os.name == "nt") / "links"


def training_file(chosen: Settings) -> Path:
    """Where it is remembered which cases of the training were met."""
    return chosen.training or config_folder(os.environ, os.name == "nt") / "training.json"


def has_desk() -> bool:
    """Whether the parts for records are installed."""
    return find_spec("sqlalchemy") is not None and find_spec("alembic") is not None


def opened_store(chosen: Settings, any_shape: bool = False) -> Store:
    """The records of the desk, made if there are none. ``any_shape``: as they stand, even of another version.

    Raises:
        RyoshikiError: they cannot be had.
    """
    if not has_desk():
        raise RyoshikiError(
            "記録の部品が入っていません。pip install ryoshiki[desk] で入ります (the parts for records are missing)"
        )
    from ryoshiki.desk.store.database import connect
    from ryoshiki.desk.store.schema import open_store

    url = _url(chosen)
    return connect(url) if any_shape else open_store(url)


def has_records(chosen: Settings) -> bool:
    """Whether records can be opened without making any."""
    url = _url(chosen)
    path = url.removeprefix("sqlite:///")
    return has_desk() and ("://" in path or Path(path).expanduser().is_file())


def _url(chosen: Settings) -> str:
    return chosen.store or str(data_folder(os.environ, os.name == "nt") / "desk.db")


def post_of(chosen: Settings) -> Post | None:
    """The mail server of the settings; None where they name none.

    Raises:
        RyoshikiError: they say too little, or what cannot be.
    """
    if chosen.smtp_host is None:
        return None
    from ryoshiki.desk.mail import Post

    if chosen.smtp_from is None:
        raise RyoshikiError("smtp_from: 差出人のメールアドレスが要ります (the sender's address is needed)")
    return Post(
        chosen.smtp_host,
        chosen.smtp_port,
        chosen.smtp_security,  # type: ignore[arg-type]
        chosen.smtp_from,
        chosen.smtp_user or "",
        chosen.smtp_password or "",
        chosen.smtp_timeout,
    )


@contextmanager
def store_of(chosen: Settings, any_shape: bool = False) -> Iterator[Store]:
    """As `opened_store`, until the block ends."""
    store = opened_store(chosen, any_shape)
    try:
        yield store
    finally:
        store.close()


def history_folder() -> Path:
    """Where it is remembered which posts of an archive have been read."""
    return config_folder(os.environ, os.name == "nt") / "history"
