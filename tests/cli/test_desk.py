"""`ryoshiki desk`: the records as a whole, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from ryoshiki.desk import accounts, sessions
from ryoshiki.desk.store.database import connect, now
from ryoshiki.guideline import DEFAULT
from tests.cli.conftest import Command, complaint
from tests.stores import Postgres

STAFF = (
    "職員番号,氏名,メールアドレス,所属,任用形態,役割\n"
    "0012,汐入花子,hanako@city.example,港湾課,正規,所属長\n"
    "0013,岬太郎,taro@city.example,港湾課,再任用,\n"
)


@pytest.fixture
def desk(ryoshiki: Command, url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """``ryoshiki`` whose records stand in ``url``."""
    monkeypatch.setenv("RYOSHIKI_STORE", url)
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(DEFAULT))
    return ryoshiki


def test_the_staff(desk: Command, tmp_path: Path) -> None:
    """Taken in, counted; a bad line is told and costs nobody else."""
    (tmp_path / "staff.csv").write_text(STAFF + "0014,,c@city.example,港湾課,正規,\n", encoding="cp932")
    outcome = desk("desk", "staff", tmp_path / "staff.csv")
    assert (outcome.status, outcome.out) == (1, "取り込んだ人 (taken in): 2  読めない行 (bad lines): 1\n")
    assert outcome.err == "  4 行目 (line): 氏名がありません (no name)\n"
    assert "職員 (staff): 2\n" in desk("desk", "show").out


def test_a_whole_list_with_a_bad_line(desk: Command, tmp_path: Path) -> None:
    """Nothing is taken in: whose line is bad would count as gone."""
    (tmp_path / "staff.csv").write_text(STAFF + "0014,,c@city.example,港湾課,正規,\n", encoding="utf-8")
    assert "nothing was taken in" in complaint(desk("desk", "staff", tmp_path / "staff.csv", "--whole"))
    assert "職員 (staff): 0\n" in desk("desk", "show").out


def test_a_copy_and_back(desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was copied from one place stands in another."""
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    desk("desk", "staff", tmp_path / "staff.csv")
    assert desk("desk", "backup", tmp_path / "copy.gz").status == 0
    end = desk("desk", "verify").out.splitlines()[1]
    monkeypatch.setenv("RYOSHIKI_STORE", str(tmp_path / "other.db"))
    assert desk("desk", "restore", tmp_path / "copy.gz").status == 0
    assert "職員 (staff): 2\n" in desk("desk", "show").out
    assert desk("desk", "verify", "--end", end).status == 0
    assert "not in the journal" in complaint(desk("desk", "verify", "--end", "1:" + "f" * 64))


def test_shape_there_and_back(desk: Command) -> None:
    """Back to nothing, after which the records are refused until they are brought forward."""
    desk("desk", "show")
    assert desk("desk", "migrate", "--to", "base").out == "いまの形 (revision): None\n"
    assert "0001" in desk("desk", "migrate").out


def test_what_is_past_its_term(desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted first, then deleted."""
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    desk("desk", "staff", tmp_path / "staff.csv")
    (tmp_path / "staff.csv").write_text(STAFF.rsplit("0013", 1)[0], encoding="utf-8")
    desk("desk", "staff", tmp_path / "staff.csv", "--whole")
    monkeypatch.setenv("RYOSHIKI_KEEP_STAFF", "0")
    assert "職員 (staff): 1\n" in desk("desk", "purge", "--dry-run").out
    assert "職員 (staff): 2  期限切れ (past): 1\n" in desk("desk", "show").out
    assert "職員 (staff): 1\n" in desk("desk", "purge").out
    assert "職員 (staff): 1\n" in desk("desk", "show").out


def test_no_password_is_shown(ryoshiki: Command, postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of the records may hold one."""
    monkeypatch.setenv("RYOSHIKI_STORE", postgres.new() + "&password=secret")
    assert "secret" not in ryoshiki("desk", "show").out


def test_records_stand_in_the_users_folder(ryoshiki: Command, tmp_path: Path) -> None:
    """Unless the settings say else."""
    assert ryoshiki("desk", "show").status == 0
    assert list((tmp_path / "data").rglob("desk.db"))


def test_a_password_and_who_is_signed_in(desk: Command, url: str, tmp_path: Path) -> None:
    """Set from standard input, for somebody of the staff; setting it signs out, and so does the administrator."""
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    desk("desk", "staff", tmp_path / "staff.csv")
    given = "みさきの灯台と白い船とかもめ"
    outcome = desk("desk", "password", "0012", "--stdin", stdin=f"{given}\n".encode())
    assert (outcome.status, outcome.out.partition(":")[0]) == (0, "0012")
    assert given not in outcome.out + outcome.err
    assert desk("desk", "sessions").out == ""
    store = connect(url)
    with store.write() as db:
        sessions.begin(db, "0012", sessions.Terms(), now())
    assert accounts.verify(store, "0012", given, now())
    assert desk("desk", "sessions").out.startswith("0012  20")
    assert "1 か所のサインイン" in desk("desk", "sessions", "--end", "0012").out
    assert desk("desk", "sessions").out == ""
    store.close()


def test_a_password_that_is_not_taken(desk: Command, tmp_path: Path) -> None:
    """Too short, too common, or for nobody: one clear line, and never the password."""
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    desk("desk", "staff", tmp_path / "staff.csv")
    for number, given, told in (
        ("0012", "himitsu", "12 文字から"),
        ("0012", "password1234", "よく使われる"),
        ("0099", "みさきの灯台と白い船とかもめ", "見つからないか"),
    ):
        line = complaint(desk("desk", "password", number, "--stdin", stdin=given.encode()))
        assert told in line
        assert given not in line


def test_a_password_typed_twice(desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being shown, and both the same."""
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    desk("desk", "staff", tmp_path / "staff.csv")
    first, second = "みさきの灯台と白い船とかもめ", "みさきの灯台と白い波とかもめ"
    typed = iter([first, second, first, first])
    monkeypatch.setattr("ryoshiki.cli.desk.getpass", lambda prompt: next(typed))
    assert "二つが違います" in complaint(desk("desk", "password", "0012"))
    assert desk("desk", "password", "0012").status == 0
