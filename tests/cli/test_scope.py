"""`ryoshiki scope`: one kind, all kinds, and a staff list."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from ryoshiki.guideline import DEFAULT
from tests.cli.conftest import Command, Outcome, complaint

LIST = "職員番号,氏名,任用形態\n0012,汐入花子,正規\n13,岬太郎,委託\n14,岬次郎,なぞ\n15,岬三郎,特別職\n"


@pytest.fixture
def scope(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """``scope("正規")`` by the guideline of Muroran."""
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(DEFAULT))

    def call(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        return ryoshiki("scope", *arguments, stdin=stdin)

    return call


def rows(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))


def test_without_a_kind_it_lists(scope: Command) -> None:
    """All kinds, by whether they are covered."""
    outcome = scope()
    assert outcome.status == 0
    assert outcome.out.startswith("対象です\n  regular  正規の職員\n")
    assert "Not covered\n  council-member  Council member\n" in scope("--lang", "en").out


def test_a_kind(scope: Command) -> None:
    """Coverage with its clause; duties with their origin, which is not the guideline."""
    outcome = scope("パートタイム会計年度任用職員")
    assert outcome.status == 0
    assert "対象です\n" in outcome.out
    assert "条項 3  対象になる職員\n" in outcome.out
    assert "つとめ（一般の法律から）\n  地方公務員法 第34条（秘密）: あてはまります\n" in outcome.out
    english = scope("fiscal-year-part-time", "--lang", "en").out
    assert "Local Public Service Act, art. 38 (side jobs): does not apply\n" in english


def test_an_unknown_kind_gets_the_nearest(scope: Command) -> None:
    """It is refused with names that are near."""
    assert "再任用" in complaint(scope("再任命"))


def test_a_staff_list(scope: Command, tmp_path: Path) -> None:
    """Line, number, kind and covered, or the reason and exit status 1; counts on standard error; no names."""
    (tmp_path / "staff.csv").write_text(LIST, encoding="cp932")
    outcome = scope("--csv", tmp_path / "staff.csv", "--output", tmp_path / "out.csv")
    assert (outcome.status, outcome.raw) == (1, b"")
    found = rows((tmp_path / "out.csv").read_bytes())
    assert [row[:4] for row in found] == [
        ["行", "職員番号", "種類", "対象"],
        ["2", "0012", "正規の職員", "対象です"],
        ["3", "13", "委託を受けた会社などで働く人", "対象ではありません"],
        ["4", "14", "", ""],
        ["5", "15", "特別職（市長、副市長、委員、消防団員など）", "場合によります"],
    ]
    assert found[3][4].startswith("種類が分かりません")
    assert "人の行: 4\n" in outcome.err
    assert "読めない行: 1（行 4）\n" in outcome.err
    for name in ("花子", "太郎", "次郎", "三郎"):
        assert name not in outcome.err + str(found)


def test_a_list_from_standard_input(scope: Command) -> None:
    """``-`` reads it; the answer goes to standard output, here in English and without a column of numbers."""
    outcome = scope("--csv", "-", "--lang", "en", stdin="Name,Employment\nA,正規\n".encode())
    assert outcome.status == 0
    assert rows(outcome.raw) == [
        ["Line", "Kind", "Covered", "Why it could not be read"],
        ["2", "Regular employee", "Covered", ""],
    ]
    assert outcome.err == "Lines of people: 1\n  Covered: 1\n"


def test_no_cell_of_the_answer_is_a_formula(ryoshiki: Command, folder: Path) -> None:
    """Not even where the guideline folder names a kind so."""
    text = (DEFAULT / "scope.toml").read_text(encoding="utf-8").replace("正規の職員", "=1+1").replace('"3"', '"5-1"')
    (folder / "scope.toml").write_text(text, encoding="utf-8")
    assert rows(ryoshiki("scope", "--csv", "-", stdin="身分\n正規\n".encode()).raw)[1][1] == "'=1+1"


def test_what_cannot_be_done(scope: Command, ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """One line and exit status 2; no file is begun or overwritten."""
    staff, out = tmp_path / "staff.csv", tmp_path / "out.csv"
    staff.write_text("氏名\n汐入花子\n", encoding="utf-8")
    assert "--csv" in complaint(scope("正規", "--csv", staff))
    assert "列がありません" in complaint(scope("--csv", staff, "--output", out))
    assert not out.exists()
    assert "入力そのもの" in complaint(scope("--csv", staff, "--output", staff))
    assert "ファイルがありません" in complaint(scope("--csv", tmp_path / "none.csv"))
    assert "scope.toml" in complaint(ryoshiki("scope", "--guideline", folder))
    staff.write_text(LIST, encoding="utf-8")
    assert "書けません" in complaint(scope("--csv", staff, "--output", tmp_path / "none" / "out.csv"))
