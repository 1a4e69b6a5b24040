"""Accepting a finding."""

from pathlib import Path

from tests.cli.conftest import Command, complaint

PRINT = "0123456789abcdef"


def test_accept_list_and_take_back(ryoshiki: Command, tmp_path: Path) -> None:
    """An accepted finding is listed with sign, date and guideline until it is taken back."""
    assert "nothing accepted" in ryoshiki("waive", "--list").out
    assert "accepted" in ryoshiki("waive", PRINT, "--sign", "insult/abuse").out
    assert "already" in ryoshiki("waive", PRINT).out
    listed = ryoshiki("waive", "--list").out
    assert listed.startswith(PRINT)
    assert "insult/abuse" in listed
    assert "ours 2026-04-01" in listed
    assert (tmp_path / "config" / "ryoshiki" / "waivers.json").is_file()
    assert ryoshiki("waive", PRINT, "--remove").status == 0
    assert "not there" in complaint(ryoshiki("waive", PRINT, "--remove"))


def test_another_file_can_be_named(ryoshiki: Command, tmp_path: Path) -> None:
    """The option names the file."""
    ryoshiki("waive", PRINT, "--waivers", tmp_path / "w.json")
    assert PRINT in (tmp_path / "w.json").read_text(encoding="utf-8")


def test_what_is_no_fingerprint_is_refused(ryoshiki: Command, tmp_path: Path) -> None:
    """Words never come into the file."""
    assert "16" in complaint(ryoshiki("waive"))
    assert "16" in complaint(ryoshiki("waive", "鈴木一郎"))
    assert "--sign" in complaint(ryoshiki("waive", PRINT, "--sign", "insult/none"))


def test_a_bad_file_stops_a_review(ryoshiki: Command, tmp_path: Path) -> None:
    """A damaged record is named, not passed over."""
    path = tmp_path / "config" / "ryoshiki" / "waivers.json"
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    assert "waivers.json:1" in complaint(ryoshiki("check", "いい天気"))
