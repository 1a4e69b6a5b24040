"""JSONL and CSV: where they are cut, and what the rows of a piece are."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ryoshiki.drafts import LINE_LIMIT
from ryoshiki.model import RyoshikiError
from ryoshiki.scan import lines
from tests.scan.conftest import jsonl, pieces, posts, rows


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_lines_of_json_are_numbered_as_an_editor_does(tmp_path: Path) -> None:
    """A BOM and blank lines are passed over; the last line needs no end."""
    file = write(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"text": "a"}\r\n\n \n{"text": "b"}')
    assert rows(file) == [(1, {"text": "a"}), (4, {"text": "b"})]


def test_a_bad_line_says_why_and_costs_no_other(tmp_path: Path) -> None:
    """Not JSON, not UTF-8, or so long that it is passed over without being held."""
    huge = b'{"text": "' + b"a" * 3 * LINE_LIMIT + b'"}'
    file = write(tmp_path / "a.jsonl", b"{\n\xff\n[1]\n" + huge + b'\n{"text": "b"}\n')
    found = rows(file, 2)
    assert [n for n, _ in found] == [1, 2, 3, 4, 5]
    for (_, said), word in zip(found, ("not JSON", "UTF-8", "JSON object", "line is over"), strict=False):
        assert word in str(said)
    assert found[-1] == (5, {"text": "b"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_as_offices_write_it(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with or without BOM, or CP932; headings in any case and order; empty cells say nothing."""
    text = 'メモ,TEXT, Platform ,id,tags\r\n気づき,"今日は、\n""晴れ""",line,7,x\r\n,表示予定,,,\r\n'
    file = write(tmp_path / "a.csv", text.encode(encoding))
    first = {"text": '今日は、\n"晴れ"', "platform": "line", "id": "7"}
    assert rows(file, 1) == [(2, first), (4, {"text": "表示予定"})]


def test_bad_records_of_a_csv(tmp_path: Path) -> None:
    """A stray quote takes no line with it; too many cells and foreign bytes are told; blank lines are no rows."""
    good = b"1,a\n" * 3
    file = write(tmp_path / "a.csv", b"id,text\n" + good + b'2,"open\n\n3,c\n4,d,e\n5,\xff\xff\n6,f\n')
    found = rows(file, 2)
    assert [n for n, _ in found] == [2, 3, 4, 5, 7, 8, 9, 10]
    bad = {n: said for n, said in found if isinstance(said, str)}
    assert set(bad) == {5, 8, 9}
    assert "not CSV" in bad[5]
    assert "heading" in bad[8]
    assert "UTF-8" in bad[9]


def test_what_has_no_texts_is_refused(tmp_path: Path) -> None:
    """A heading without ``text``, and UTF-16; an empty file has no rows."""
    assert rows(write(tmp_path / "a.csv", b"")) == []
    assert rows(write(tmp_path / "a.jsonl", b"")) == []
    for data, word in ((b"id,body\n1,a\n", "text"), ("text\na\n".encode("utf-16"), "UTF-16"), (b'"\xff\n', "heading")):
        with pytest.raises(RyoshikiError, match=word):
            rows(write(tmp_path / "b.csv", data))


def test_a_piece_is_bounded_in_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long rows make small pieces, and every byte of the records lies in one."""
    monkeypatch.setattr(lines, "MOST_BYTES", 100)
    found = pieces(jsonl(tmp_path / "a.jsonl", posts(20)), 1_000)
    assert len(found) > 5
    assert [(p.start, p.first) for p in found[1:]] == [(p.end, q.first) for p, q in pairwise(found)]
    assert sum(piece.weight for piece in found) == (tmp_path / "a.jsonl").stat().st_size


cell = st.text(st.sampled_from('a,"\n\r あ'), max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=12), max_size=12), st.integers(1, 5), st.sampled_from(["jsonl", "csv"]))
def test_the_cut_changes_nothing(tmp_path: Path, given: list[bytes], at_most: int, ending: str) -> None:
    """Whatever the file, its rows are the same in pieces of any size."""
    heading = b"text,id\n" if ending == "csv" else b""
    file = write(tmp_path / f"a.{ending}", heading + b"\n".join(given))
    assert rows(file, at_most) == rows(file)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cell.filter(str.strip), max_size=8), st.integers(1, 3))
def test_a_written_csv_comes_back(tmp_path: Path, cells: list[str], at_most: int) -> None:
    """What the csv module writes is read as it was."""
    import csv

    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], *([text] for text in cells)])
    assert [fields for _, fields in rows(tmp_path / "a.csv", at_most)] == [{"text": text} for text in cells]
