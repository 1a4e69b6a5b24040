"""One list of settings, from four places."""

from dataclasses import fields
from pathlib import Path

import pytest

from ryoshiki.model import RyoshikiError
from ryoshiki.settings import SETTINGS, Settings, config_folder, load_settings


def test_the_list_and_the_value_agree() -> None:
    """Every setting is a field with the same default, and no field is missing from the list."""
    assert {s.name: s.default for s in SETTINGS} == {f.name: f.default for f in fields(Settings)}
    assert all(s.help_ja and s.help_en for s in SETTINGS)


def test_later_places_win(tmp_path: Path) -> None:
    """Default, file, environment, command line."""
    file = tmp_path / "config.toml"
    file.write_text('lang = "en"\nplatform = "line"\nfail_on = "stop"\n', encoding="utf-8")
    chosen = load_settings({"RYOSHIKI_PLATFORM": "note", "RYOSHIKI_FAIL_ON": "caution", "HOME": "/x"}, file)
    chosen = chosen.overlaid({"fail_on": "never", "lang": None})
    assert chosen == Settings(lang="en", platform="note", fail_on="never")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """A missing file is an empty one; an empty variable is an unset one."""
    assert load_settings({"RYOSHIKI_LANG": ""}, tmp_path / "none.toml") == load_settings({}, None) == Settings()


def test_paths_of_the_file_begin_at_the_file(tmp_path: Path) -> None:
    """A relative path does not depend on where one stands."""
    file = tmp_path / "config.toml"
    file.write_text('guideline = "ours"\nwaivers = "/w.json"\n', encoding="utf-8")
    chosen = load_settings({}, file)
    assert (chosen.guideline, chosen.waivers) == (tmp_path / "ours", Path("/w.json"))
    assert load_settings({"RYOSHIKI_GUIDELINE": "ours"}, None).guideline == Path("ours")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('languag = "ja"', "languag.*lang"),
        ('lang = "fr"', "lang.*'fr'.*ja, en"),
        ("lang = 1", "lang"),
        ('max_notes = "3x"', "max_notes"),
        ("max_notes = -1", "max_notes"),
        ("max_notes = true", "max_notes"),
        ('guideline = ""', "guideline"),
        ("lang = ja", "line 1"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_key(tmp_path: Path, content: str, said: str) -> None:
    """The message names the file, the key and what would do."""
    file = tmp_path / "config.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RyoshikiError, match=f"config.toml.*{said}"):
        load_settings({}, file)


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    """A folder, or bytes that are no UTF-8, are named."""
    with pytest.raises(RyoshikiError, match="cannot be read"):
        load_settings({}, tmp_path)
    (tmp_path / "c.toml").write_bytes("lang = 'ja' # 日本".encode("cp932"))
    with pytest.raises(RyoshikiError, match=r"c\.toml"):
        load_settings({}, tmp_path / "c.toml")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("RYOSHIKI_LANGUAGE", "ja", "RYOSHIKI_LANGUAGE.*lang"),
        ("RYOSHIKI_FORMAT", "xml", "RYOSHIKI_FORMAT.*text, json"),
        ("RYOSHIKI_MAX_NOTES", "many", "RYOSHIKI_MAX_NOTES"),
    ],
)
def test_a_bad_variable_is_refused(variable: str, value: str, said: str) -> None:
    """A misspelt variable is not passed over in silence."""
    with pytest.raises(RyoshikiError, match=said):
        load_settings({variable: value}, None)


def test_a_bad_option_is_refused_by_its_name() -> None:
    """The option is named as it is typed."""
    with pytest.raises(RyoshikiError, match=r"--fail-on.*'often'.*stop, caution, confirm, never"):
        Settings().overlaid({"fail_on": "often"})


def test_the_folder_of_the_user() -> None:
    """The places that each system expects."""
    assert config_folder({"HOME": "/home/a"}, windows=False) == Path("/home/a/.config/ryoshiki")
    assert config_folder({"HOME": "/home/a", "XDG_CONFIG_HOME": "/c"}, windows=False) == Path("/c/ryoshiki")
    assert config_folder({"APPDATA": r"C:\Users\a\AppData\Roaming"}, windows=True).name.endswith("ryoshiki")
