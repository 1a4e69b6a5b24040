"""What every command opens first: the settings in force, the guideline, the file of waivers."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ryoshiki.guideline import load
from ryoshiki.model import Guideline, RyoshikiError
from ryoshiki.reading.hosts import Lists
from ryoshiki.reading.meaning import LocalReader
from ryoshiki.settings import CONFIG, Settings, config_folder, load_settings

if TYPE_CHECKING:
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


def history_folder() -> Path:
    """Where it is remembered which posts of an archive have been read."""
    return config_folder(os.environ, os.name == "nt") / "history"


def known_platform(name: str, loaded: Guideline, where: str = "--platform") -> str:
    """``name`` itself, if the guideline knows the service (one that lists none knows all)."""
    if loaded.platforms and name not in loaded.platforms:
        allowed = ", ".join(loaded.platforms)
        raise RyoshikiError(f"{where}: {name!r} は使えません。使えるもの (one of): {allowed}")
    return name
