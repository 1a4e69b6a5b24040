"""A staff list is answered line by line; a bad line costs no other, and no name comes out."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.desk.scope import kinds
from ryoshiki.desk.stafflist import LINE_LIMIT, Line, defused, read
from ryoshiki.model import RyoshikiError

KINDS = kinds()
HEADING = "職員番号,氏名,任用形態,備考\n"


def answered(text: str | bytes, encoding: str = "utf-8") -> list[Line]:
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return list(read(BytesIO(data), KINDS).lines)


def told(lines: list[Line]) -> list[tuple[int, str, str]]:
    return [(line.number, line.staff, line.kind.id if line.kind else "") for line in lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    """UTF-8 with and without BOM, CP932, and both ends of a line give the same."""
    text = f"{HEADING}0012,汐入花子,再任用,\n13,岬太郎,ﾊﾟｰﾄ,\n".replace("\n", end)
    assert told(answered(text, encoding)) == [(2, "0012", "reappointed"), (3, "13", "part-time")]


@pytest.mark.parametrize("heading", ["職種", "任用形態", "雇用形態", "身分", "Kind", " Employment ", "任用 区分"])
def test_the_column_of_the_kind(heading: str) -> None:
    """It is found by its heading, whatever stands beside it; a column of numbers need not be there."""
    found = read(BytesIO(f"氏名,{heading}\n汐入花子,正規\n".encode()), KINDS)
    assert not found.numbered
    assert told(list(found.lines)) == [(2, "", "regular")]


def test_the_surest_heading_wins() -> None:
    """職種 often means the trade: beside 任用形態 it does not count."""
    assert told(answered("職種,任用形態\n保育士,正規\n")) == [(2, "", "regular")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b"\n \n", "空"),
        ("氏名,住所\n".encode(), "列がありません"),
        (b"PK\x03\x04\x00\x00", "読めません"),
        ("任用形態\n".encode("utf-16"), "読めません"),
        (b'"kind\n', "読めません"),
    ],
)
def test_a_list_without_a_heading_is_refused(data: bytes, reason: str) -> None:
    """Before any line is answered; nothing of the heading is told."""
    with pytest.raises(RyoshikiError, match=reason) as refused:
        read(BytesIO(data), KINDS)
    assert "住所" not in str(refused.value)


@pytest.mark.parametrize(
    "bad",
    [
        "9,汐入花子,なぞの種類,",
        "9,汐入花子,,",
        "9,汐入,花子,正規,",
        "9,汐入花子",
        "汐入花子,9,正規,",
        '9,"汐入花子,正規,',
        '9,"汐入"花子,正規,',
        "9,汐入\0花子,正規,",
        "9,汐入\r花子,正規,",
        "9,汐入花子,正規," + "あ" * LINE_LIMIT,
    ],
)
def test_a_bad_line_costs_no_other(bad: str) -> None:
    """It is told by number and reason, without its words; those around it are answered."""
    lines = answered(f"{HEADING}1,岬太郎,正規,\n{bad}\n2,岬次郎,臨時,\n")
    assert [told(lines)[0], told(lines)[-1]] == [(2, "1", "regular"), (4, "2", "temporary")]
    (wrong,) = lines[1:-1]
    assert (wrong.number, wrong.kind) == (3, None)
    assert wrong.reason
    assert "花子" not in str(wrong)


def test_a_line_in_another_encoding() -> None:
    """The encoding is that of the list; a line that has another is bad."""
    lines = answered(HEADING.encode() + "1,岬太郎,正規,\n".encode("cp932") + "2,岬次郎,正規,\n".encode())
    assert told(lines) == [(2, "", ""), (3, "2", "regular")]


def test_a_remark_of_several_lines() -> None:
    """A quoted cell may go over lines, blank ones too; the number is that of the first."""
    assert told(answered(f'{HEADING}1,岬,正規,"一行目\n\n三行目"\n2,岬,臨時,\n')) == [
        (2, "1", "regular"),
        (5, "2", "temporary"),
    ]


def test_no_one_is_swallowed_by_a_quote() -> None:
    """Two stray quotes could hold a person between them: both lines are told instead."""
    lines = answered(f'{HEADING}1,"岬,正規,\n2,岬",臨時,\n3,岬,正規,\n')
    assert told(lines) == [(2, "", ""), (3, "2", "temporary"), (4, "3", "regular")]
    endless = f'{HEADING}1,"岬,正規,\n' + "あ\n" * 200 + "2,岬,正規,\n"
    assert len(answered(endless)) == 202


def test_cells_that_excel_leaves_out_or_adds() -> None:
    """Empty cells at the end may be missing, or too many; a line of empty cells is nobody's."""
    assert told(answered(f"{HEADING}1,岬,正規\n2,岬,正規,,,\n,,,\n\n3,岬,正規,\n")) == [
        (2, "1", "regular"),
        (3, "2", "regular"),
        (6, "3", "regular"),
    ]


def test_lines_come_as_they_are_read() -> None:
    """The list is not read to its end before the first answer."""
    file = BytesIO(HEADING.encode() + "1,岬,正規,\n".encode() * 10_000)
    assert next(read(file, KINDS).lines).number == 2
    assert file.tell() < 1_000


_CELL = st.text(st.characters(exclude_characters='",\r\n\0', exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(_CELL, st.sampled_from(["正規", "会計年度任用職員", "なぞ", "退職者"])), max_size=20))
def test_each_line_has_its_answer(people: list[tuple[str, str]]) -> None:
    """As many answers as lines, by their numbers, whatever the names look like."""
    lines = answered("番号,氏名,身分\n" + "".join(f"{n},{name},{kind}\n" for n, (name, kind) in enumerate(people)))
    assert [(line.number, line.staff) for line in lines] == [(n + 2, str(n)) for n in range(len(people))]
    assert [line.kind is None for line in lines] == [kind == "なぞ" for _, kind in people]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_run(rubbish: bytes) -> None:
    """Rubbish between two lines yields answers, each with a kind or a reason; the line after it is answered."""
    lines = answered(HEADING.encode() + b"1,a,\xe6\xad\xa3\xe8\xa6\x8f,\n" + rubbish + "\n7,岬,正規,\n".encode())
    assert told(lines)[0] == (2, "1", "regular")
    assert told(lines)[-1][1:] == ("7", "regular")
    assert all((line.kind is None) == bool(line.reason) for line in lines)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """What a spreadsheet would reckon is shown instead."""
    assert defused(cell) == f"'{cell}"
    assert defused("正規の職員") == "正規の職員"
