"""Show, validate and begin a guideline."""

from pathlib import Path

import pytest

from ryoshiki.guideline import load
from tests.cli.conftest import Command, complaint


def test_show(ryoshiki: Command, folder: Path) -> None:
    """The guideline in force, or that of a folder."""
    shown = ryoshiki("guideline", "show").out
    assert "汐入市  ours" in shown
    assert "insult/abuse" in shown
    assert ryoshiki("guideline", "show", folder).out == shown


def test_show_platforms(ryoshiki: Command) -> None:
    """How far a post goes, and what can be done afterwards."""
    shown = ryoshiki("guideline", "show", "--platforms").out
    assert "line  line のなまえ\n  広がり: だれでも読めます。\n" in shown
    assert "文字数: 280（全角は 2 と数える）" in shown


def test_a_good_folder_validates(ryoshiki: Command, folder: Path) -> None:
    """The counts are given."""
    outcome = ryoshiki("guideline", "validate", folder)
    assert outcome.status == 0
    assert "規則 (rules) 1 · しるし (signs) 3 · 例文 (proofs) 2" in outcome.out


def test_a_proof_that_does_not_hold_is_named(ryoshiki: Command, folder: Path) -> None:
    """Exit status 1, and the sign and the draft."""
    rules = folder / "rules" / "insult.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace('passes = ["いい天気"]', 'passes = ["ぺけぺけ印"]'), encoding="utf-8")
    outcome = ryoshiki("guideline", "validate", folder)
    assert outcome.status == 1
    assert "insult/abuse" in outcome.out
    assert "ぺけぺけ印" in outcome.out


def test_a_broken_folder_is_refused_with_its_place(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """Exit status 2; the line names file and reason."""
    (folder / "rules" / "insult.toml").write_text("[rule", encoding="utf-8")
    assert "insult.toml" in complaint(ryoshiki("guideline", "validate", folder))
    assert "guideline.toml" in complaint(ryoshiki("guideline", "validate", tmp_path / "none"))


def test_new_makes_a_folder_that_loads(ryoshiki: Command, tmp_path: Path) -> None:
    """The template bears the name of the organisation and the id of the folder, and can be used at once."""
    made = tmp_path / "shioiri"
    outcome = ryoshiki("guideline", "new", made, "--name", '汐入"市\\')
    assert outcome.status == 0, outcome
    loaded = load(made)
    assert (loaded.id, loaded.organisation.name) == ("shioiri", '汐入"市\\')
    assert "{name}" not in (made / "guideline.toml").read_text(encoding="utf-8")
    assert ryoshiki("check", "いい天気", "--guideline", made, "--at", "none").status == 0


def test_new_overwrites_nothing(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """A folder with something in it, or a file, is left alone; an empty folder is taken."""
    before = (folder / "guideline.toml").read_bytes()
    assert "上書きはしません" in complaint(ryoshiki("guideline", "new", folder))
    assert "上書きはしません" in complaint(ryoshiki("guideline", "new", folder / "guideline.toml"))
    assert (folder / "guideline.toml").read_bytes() == before
    (tmp_path / "empty").mkdir()
    assert ryoshiki("guideline", "new", tmp_path / "empty").status == 0


@pytest.mark.parametrize("name", ["", " ", "a\nb"])
def test_a_name_is_one_line(ryoshiki: Command, tmp_path: Path, name: str) -> None:
    """What would break the file is refused before it is made."""
    complaint(ryoshiki("guideline", "new", tmp_path / "a", "--name", name))
    assert not (tmp_path / "a").exists()
