"""`ryoshiki lookalikes`: a list against the register of the guideline."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.cli.conftest import Command, complaint

ACCOUNT = '[[organisation.account]]\nplatform = "x"\nhandle = "shioiri_city"\nname = "汐入市"\n'


@pytest.fixture
def register(folder: Path) -> Path:
    with (folder / "guideline.toml").open("a", encoding="utf-8") as file:
        file.write(ACCOUNT)
    return folder


def icon(size: int, format: str) -> bytes:
    """A crest of some squares and rounds."""
    image = Image.new("RGB", (size, size), "white")
    draw, step = ImageDraw.Draw(image), size / 8
    for n, (x, y) in enumerate([(1, 1), (5, 0), (3, 3), (0, 5), (6, 6), (2, 6), (5, 3)]):
        shape = draw.ellipse if n % 2 else draw.rectangle
        shape([x * step, y * step, (x + 2) * step, (y + 1.6) * step], fill=["navy", "teal", "black"][n % 3])
    out = BytesIO()
    image.save(out, format)
    return out.getvalue()


def test_what_is_alike_is_told_with_the_reason(ryoshiki: Command, register: Path) -> None:
    """By what, how much, like whom; and that only the public relations section can tell whose it is."""
    outcome = ryoshiki("lookalikes", "-", stdin="shioiri_c1ty,汐入市\nshioiri_ramen,汐入市民の会\n".encode())
    assert outcome.status == 1
    assert outcome.out.splitlines() == [
        "1 行目  shioiri_c1ty  汐入市",
        "  よく似ています  公式: x shioiri_city  汐入市",
        "  ・アカウント名に、形の似た文字が使われています",
        "  ・表示名が同じです",
        "",
        "似ているというだけで、だれのものかは分かりません。公式かどうか、広報の担当に確かめてください。",
    ]
    quiet = ryoshiki("lookalikes", "-", "--lang", "en", stdin=b"shioiri_ramen\n")
    assert (quiet.status, quiet.err) == (0, "")
    assert quiet.out.startswith("Nothing on the list looks like")


def test_for_programs(ryoshiki: Command, register: Path, tmp_path: Path) -> None:
    """JSON with fixed names of the reasons; CSV for a spreadsheet, in which no cell is a formula."""
    given = b"handle,name\nshioiri_city2,=1+1\n"
    (found,) = ryoshiki("lookalikes", "-", "--format", "json", stdin=given).json["alike"]
    assert (found["line"], found["kinds"], found["sure"]) == (2, ["added"], "somewhat")
    assert found["official"]["handle"] == "shioiri_city"
    ryoshiki("lookalikes", "-", "--format", "csv", "--output", tmp_path / "out.csv", stdin=given)
    rows = list(csv.reader(StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert rows[1][:6] == ["2", "shioiri_city2", "'=1+1", "", "shioiri_city", "少し似ています"]


def test_a_picture_used_again(ryoshiki: Command, register: Path, tmp_path: Path) -> None:
    """The register keeps its hash; a copy in another size and format is known, beside the list that names it."""
    (tmp_path / "own.png").write_bytes(icon(400, "PNG"))
    known = ryoshiki("lookalikes", "--picture", tmp_path / "own.png").out.strip()
    with (register / "guideline.toml").open("a", encoding="utf-8") as file:
        file.write(f'picture = "{known}"\n')
    (tmp_path / "copy.jpg").write_bytes(icon(96, "JPEG"))
    other, plain = Image.radial_gradient("L"), Image.new("RGB", (64, 64), "white")
    other.save(tmp_path / "other.png")
    plain.save(tmp_path / "plain.png")
    lines = [f"somebody{n},,{name}" for n, name in enumerate(("copy.jpg", "other.png", "plain.png", "none.png"))]
    (tmp_path / "list.csv").write_text("\n".join(lines), encoding="utf-8")
    outcome = ryoshiki("lookalikes", tmp_path / "list.csv", "--format", "json")
    assert [(a["handle"], a["kinds"]) for a in outcome.json["alike"]] == [("somebody0", ["picture"])]
    assert outcome.status == 1
    assert "比べられない画像: 2\n  3 行目" in outcome.err


def test_bad_lines_are_told(ryoshiki: Command, register: Path) -> None:
    """And the exit status is 2, whatever else was found."""
    outcome = ryoshiki("lookalikes", "-", stdin=b'{"handle": "shioiri_c1ty"}\n{\n')
    assert outcome.status == 2
    assert "読めない行: 1\n  2 行目: JSON" in outcome.err


def test_what_cannot_be_done_gets_one_line(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """No register, no list, both, no such format, no picture."""
    assert "organisation.account" in complaint(ryoshiki("lookalikes", "-", stdin=b"a\n"))
    assert "--picture" in complaint(ryoshiki("lookalikes"))
    assert "--format" in complaint(ryoshiki("lookalikes", "-", "--format", "xml"))
    assert "none.png" in complaint(ryoshiki("lookalikes", "--picture", tmp_path / "none.png"))
    with (folder / "guideline.toml").open("a", encoding="utf-8") as file:
        file.write(ACCOUNT)
    assert "none.csv" in complaint(ryoshiki("lookalikes", tmp_path / "none.csv"))


@pytest.mark.parametrize("line", ['picture = "xyz"', "handle = 1", 'x = "y"', 'platform = ""'])
def test_a_register_that_cannot_be_used_is_refused(ryoshiki: Command, folder: Path, line: str) -> None:
    """At load, with the file."""
    key = line.split()[0]
    kept = "".join(given + "\n" for given in ACCOUNT.splitlines() if not given.startswith(key))
    with (folder / "guideline.toml").open("a", encoding="utf-8") as file:
        file.write(f"{kept}{line}\n")
    assert "guideline.toml" in complaint(ryoshiki("lookalikes", "-", stdin=b"a\n"))
