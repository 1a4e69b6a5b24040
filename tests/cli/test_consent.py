"""`ryoshiki consent`: from asking to taking back, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from ryoshiki.guideline import DEFAULT
from tests.cli.conftest import Command, complaint
from tests.pictures import encoded, people

ADD = ("--person", "汐入みさき", "--guardian", "汐入花子", "--event", "港まつり2026", "--media", "広報", "--media", "X")


@pytest.fixture
def consent(ryoshiki: Command, url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """``consent("list")`` with records in ``url``."""
    monkeypatch.setenv("RYOSHIKI_STORE", url)
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(DEFAULT))
    return lambda *arguments: ryoshiki("consent", *arguments)


def test_from_start_to_end(consent: Command, tmp_path: Path) -> None:
    """Asked, printed, answered, tied to a picture, used, found again, taken back, removed."""
    id = consent("add", *ADD).out[:8]
    assert consent("list").out == f"{id}  答え待ち (asked)  港まつり2026  汐入みさき（汐入花子）  広報、X\n"
    assert consent("check", "--event", "港まつり").status == 1
    assert "汐入花子 様" in consent("form", id).out
    assert "同意あり" in consent("answer", id, "--agreed").out

    (tmp_path / "photo.jpg").write_bytes(encoded(people(90), "JPEG"))
    (tmp_path / "small.jpg").write_bytes(encoded(people(90).resize((320, 240)), "JPEG"))
    assert consent("picture", id, tmp_path / "photo.jpg").out.startswith("結び付けました")
    assert consent("picture", id, tmp_path / "photo.jpg").out.startswith("すでに")
    found = consent("check", "--photo", tmp_path / "small.jpg")
    assert found.status == 0
    assert "よく似た写真" in found.out
    assert "目で確かめてください" in found.out

    use = consent("used", id, "https://x.example/1").out[:8]
    taken = consent("withdraw", id).out
    assert "ここから写真を外してください" in taken
    assert f"  {use}  https://x.example/1\n" in taken
    assert consent("check", "--photo", tmp_path / "photo.jpg").status == 1
    assert consent("removed", id, use).status == 0
    shown = consent("show", id).out
    assert "取りやめ (withdrawn)" in shown
    assert "外した日 (removed)" in shown
    assert "already" in complaint(consent("withdraw", id))


def test_an_address_to_sign_at(consent: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the page has one that a phone can reach, the form leads there."""
    monkeypatch.setenv("RYOSHIKI_WEB_ORIGIN", "https://desk.city.example/")
    id = consent("add", *ADD).out[:8]
    assert "https://desk.city.example/consent/" in consent("form", id).out


def test_nothing_on_record(consent: Command) -> None:
    """It says so, and what to do."""
    outcome = consent("check", "--event", "川まつり")
    assert outcome.status == 1
    assert outcome.out.startswith("記録がありません。載せる前に")
    assert consent("list").out == "ありません (none)\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("check",), "--photo"),
        (("show", "ffffffff"), "not found"),
        (("add", *ADD, "--until", "来年"), "no date"),
        (("add", *ADD, "--until", "2020-01-01"), "past"),
        (("add", *ADD, "--how", "hint"), "one of them"),
        (("check", "--photo", "no-such.jpg"), "no-such.jpg"),
    ],
)
def test_what_cannot_be_done(consent: Command, arguments: tuple[str, ...], reason: str) -> None:
    """One line says why."""
    assert reason in complaint(consent(*arguments))
