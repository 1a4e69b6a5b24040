"""Taking lists in, showing them, removing one, and what a review then says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ryoshiki.cli import INTERRUPTED
from tests.cli.conftest import Command, complaint

_SIGN = """
[[sign]]
id = "listed"
kind = "link"
of = "listed"
kinds = ["obscene"]
message = "「{host}」は一覧「{other}」にあります。"
"""


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """A list of three hosts, with a remark, a duplicate and two lines that cannot be taken."""
    path = tmp_path / "blocked.txt"
    path.write_text(
        "# 一覧\n127.0.0.1 localhost\n0.0.0.0 bad.example worse.example\n||bad.example^\ncom\n日本語.example\n"
    )
    return path


@pytest.fixture
def judging(folder: Path) -> Path:
    """The small guideline with a sign for listed hosts."""
    with (folder / "rules" / "insult.toml").open("a", encoding="utf-8") as file:
        file.write(_SIGN)
    return folder


def test_an_import_is_reported(ryoshiki: Command, listing: Path, tmp_path: Path) -> None:
    """Lines read, hosts kept, duplicates, and what was skipped, why and where."""
    outcome = ryoshiki("links", "import", listing)
    assert outcome.status == 0, outcome
    for part in [
        "(taken in): blocked  obscene",
        "(lines read): 6",
        "(kept): 3",
        "(duplicates): 1",
        "(skipped): 2",
        "1  blocked.txt:2",
        "1  blocked.txt:5",
    ]:
        assert part in outcome.out
    assert (tmp_path / "config" / "ryoshiki" / "links" / "blocked.links").is_file()
    assert "(replaced)" in ryoshiki("links", "import", listing).out


def test_lists_are_shown_and_removed(ryoshiki: Command, listing: Path) -> None:
    """Name, kind, entries, date and source, until it is removed."""
    assert "no lists yet" in ryoshiki("links", "show").out
    ryoshiki("links", "import", listing, "--kind", "dangerous", "--name", "県警")
    shown = ryoshiki("links", "show")
    assert shown.out.startswith("県警  dangerous  3  ")
    assert shown.out.endswith("blocked.txt\n")
    assert ryoshiki("links", "remove", "県警").status == 0
    assert "no lists yet" in ryoshiki("links", "show").out
    assert "no such list" in complaint(ryoshiki("links", "remove", "県警"))


def test_a_review_knows_the_list(ryoshiki: Command, listing: Path, judging: Path) -> None:
    """A link to a listed host or under one is found, however it is written; others are not."""
    ask = ("--at", "none", "--format", "json")
    assert ryoshiki("check", "https://bad.example/", *ask).json["findings"] == []
    ryoshiki("links", "import", listing)
    for text in (
        "みて https://www.bad.example/x",
        "ｈｔｔｐｓ：／／Ｂａｄ．ｅｘａｍｐｌｅ",
        "hxxp://worse[.]example",
        "https://日本語.example/",
    ):
        (finding,) = ryoshiki("check", text, *ask).json["findings"]
        assert finding["sign"] == "insult/listed"
        assert "一覧「blocked」" in finding["message"]
    assert ryoshiki("check", "https://good.example/bad.example", *ask).json["findings"] == []
    ryoshiki("links", "import", listing, "--kind", "dangerous")
    assert ryoshiki("check", "https://bad.example/", *ask).json["findings"] == []


def test_another_folder_can_be_set(
    ryoshiki: Command, listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting names where the lists stand."""
    monkeypatch.setenv("RYOSHIKI_LINKS", str(tmp_path / "lists"))
    ryoshiki("links", "import", listing)
    assert (tmp_path / "lists" / "blocked.links").is_file()


def test_a_damaged_list_is_told(ryoshiki: Command, listing: Path, judging: Path, tmp_path: Path) -> None:
    """`show` names it; a review with a link says that it was not looked at, one without a link says nothing."""
    ryoshiki("links", "import", listing)
    path = tmp_path / "config" / "ryoshiki" / "links" / "blocked.links"
    path.write_bytes(path.read_bytes()[:-3])
    shown = ryoshiki("links", "show")
    assert shown.status == 1
    assert "blocked.links: 一覧が途中で切れています" in shown.out
    ask = ("--at", "none", "--format", "json")
    report = ryoshiki("check", "https://bad.example/", *ask).json
    assert any("blocked.links" in entry["why"] for entry in report["unchecked"])
    report = ryoshiki("check", "いい天気", *ask).json
    assert not any("blocked.links" in entry["why"] for entry in report["unchecked"])


def test_what_cannot_be_taken_in_is_one_line(ryoshiki: Command, listing: Path, tmp_path: Path) -> None:
    """A file that is not there, a wrong kind, a bad name, a list of nothing."""
    empty = tmp_path / "empty.txt"
    empty.write_text("# nothing\n")
    assert "none.txt" in complaint(ryoshiki("links", "import", tmp_path / "none.txt"))
    assert "--kind" in complaint(ryoshiki("links", "import", listing, "--kind", "silly"))
    assert "a/b" in complaint(ryoshiki("links", "import", listing, "--name", "a/b"))
    assert "not one host" in complaint(ryoshiki("links", "import", empty))


def test_ctrl_c(ryoshiki: Command, listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left behind."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    assert ryoshiki("links", "import", listing).status == INTERRUPTED
    assert list((tmp_path / "config" / "ryoshiki" / "links").iterdir()) == []
