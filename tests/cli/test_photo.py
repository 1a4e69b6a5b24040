"""`ryoshiki photo` and `check --photo`, as people use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command, complaint
from tests.pictures import encoded, fields, people, sheet

PAPER = sheet(["住民異動届", "氏名 室山 花子", "生年月日 昭和58年4月12日"])


@pytest.fixture
def muroran(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command with the built-in guideline."""
    monkeypatch.delenv("RYOSHIKI_GUIDELINE")
    return ryoshiki


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "机.jpg"
    path.write_bytes(encoded(PAPER, exif=fields(place=(42.3, 141.0))))
    return path


@pytest.fixture
def group(tmp_path: Path) -> Path:
    path = tmp_path / "みんな.png"
    path.write_bytes(encoded(people(60, 60), "PNG"))
    return path


def test_check_reads_photos(muroran: Command, desk: Path, group: Path) -> None:
    """Findings of photos stand beside those of the words, with the photo and boxes."""
    answer = muroran("check", "みんなでお昼", "--photo", desk, "--photo", group, "--at", "none", "--format", "json")
    found = {f["sign"]: f for f in json.loads(answer.out)["findings"]}
    assert set(found) == {"personal-info/photo-paper", "identity/photo-trace", "portrait/photo-faces-together"}
    paper = found["personal-info/photo-paper"]
    assert (paper["photo"], paper["start"]) == (str(desk), None)
    assert set(paper["boxes"][0]) == {"left", "top", "right", "bottom"}
    assert len(found["portrait/photo-faces-together"]["boxes"]) == 2
    assert [sight["name"] for sight in json.loads(answer.out)["photos"]] == [str(desk), str(group)]


@pytest.mark.parametrize("format", ["text", "markdown", "html", "sarif"])
def test_every_format_names_the_photo(muroran: Command, desk: Path, format: str) -> None:
    answer = muroran("check", "お昼", "--photo", desk, "--at", "none", "--format", format)
    assert answer.status == 1
    assert "jpg" in answer.out
    if format != "sarif":
        assert "42.30000" in answer.out.replace("\\", "")


def test_a_broken_photo_does_not_stop_the_review(muroran: Command, tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(b"%PDF-1.4")
    answer = muroran("check", "よい天気", "--photo", path, "--at", "none")
    assert answer.status == 0
    assert "PDF" in answer.out


def test_show_numbers_what_is_seen(muroran: Command, group: Path, tmp_path: Path) -> None:
    preview = tmp_path / "番号.jpg"
    answer = muroran("photo", "show", group, "--preview", preview)
    assert "1  顔" in answer.out
    assert "2  顔" in answer.out
    assert preview.read_bytes()[:2] == b"\xff\xd8"


def test_clean_writes_a_copy_and_leaves_the_photo(muroran: Command, group: Path, tmp_path: Path) -> None:
    before, copy = group.read_bytes(), tmp_path / "写し.jpg"
    answer = muroran("photo", "clean", group, copy, "--keep", "2")
    assert answer.status == 0
    assert "2  顔" in answer.out
    assert "そのまま" in answer.out
    assert group.read_bytes() == before
    again = muroran("photo", "show", copy).out
    assert again.count("顔 (") == 1


def test_clean_says_which_letters_it_left(muroran: Command, tmp_path: Path) -> None:
    sheet(["本日のおすすめ", "コーヒー 450円"]).save(menu := tmp_path / "menu.png")
    left = muroran("photo", "clean", menu, tmp_path / "a.png", "--only-noted")
    assert (left.status, "指摘のない文字は、そのまま残しました" in left.out) == (0, True)
    assert "指摘のない文字" not in muroran("photo", "clean", menu, tmp_path / "b.png").out
    assert "おすすめ" in muroran("photo", "show", tmp_path / "a.png").out
    assert "おすすめ" not in muroran("photo", "show", tmp_path / "b.png").out


def test_clean_does_not_vouch_for_what_it_could_not_read(
    muroran: Command, group: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a reader of faces the copy may show some: it is said, and the exit status is not 0."""

    def missing(_: object) -> None:
        raise ImportError

    monkeypatch.setattr("ryoshiki.reading.photo.faces.faces", missing)
    answer = muroran("photo", "clean", group, tmp_path / "写し.png")
    assert answer.status == 1
    assert "顔を読む部品が入っていません" in answer.out
    assert "ほかにありません" not in answer.out


@pytest.mark.parametrize(
    ("output", "options", "said"),
    [
        ("写し.gif", [], ".png"),
        ("写し.jpg", ["--keep", "x"], "番号"),
        ("写し.jpg", ["--keep", "9"], "1 から 2"),
        ("みんな.png", [], "入力そのもの"),
        ("none/写し.jpg", [], "書けません"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    muroran: Command, group: Path, output: str, options: list[str], said: str
) -> None:
    before = group.read_bytes()
    assert said in complaint(muroran("photo", "clean", group, group.parent / output, *options))
    assert group.read_bytes() == before
