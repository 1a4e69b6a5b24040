"""The report for the terminal."""

import re

import pytest

from ryoshiki.model import Draft, Guideline, Report, Unchecked
from ryoshiki.report.cells import cells
from ryoshiki.report.frame import Frame
from ryoshiki.report.text import render
from tests.report.conftest import Maker

TEXT = "窓口に来た鈴木一郎さん、また滞納だって。\n電話は090-0000-1234、𠮷野家で会ったらしい。"


def made(making: type[Maker]) -> Maker:
    maker = making(TEXT).note("鈴木一郎さん").note("090-0000-1234", fix="（電話番号）").note("らしい", "caution")
    return maker.note("𠮷野家", "confirm", origin="general-law")


def test_marks_stand_under_the_words(guideline: Guideline, making: type[Maker]) -> None:
    """A mark is as wide as the words above it, in cells, and carries the number of the note."""
    maker = made(making)
    lines = render(maker.report(), maker.draft, guideline, Frame()).splitlines()
    above, mark = lines[1], lines[2]
    before = above[: above.index("鈴木")]
    assert mark == " " * cells(before) + "~" * cells("鈴木一郎さん") + "1"


def test_three_notes_are_shown_and_the_rest_is_named(guideline: Guideline, making: type[Maker]) -> None:
    """The weightiest three come first; the rest waits for --all."""
    maker = made(making)
    short = render(maker.report(), maker.draft, guideline, Frame())
    assert "ほか 1 件（--all で表示）" in short
    assert "確かめましょう" not in short
    full = render(maker.report(), maker.draft, guideline, Frame(notes=None))
    assert "ほか" not in full
    assert "確かめましょう  law-38 副業（一般の法律から）" in full
    assert "指紋  0000000000000004" in full


def test_a_note_says_what_which_why_and_how(guideline: Guideline, making: type[Maker]) -> None:
    """Weight in words, clause, reason, advice and fix stand in every note."""
    maker = making(TEXT).note("090-0000-1234", fix="（電話番号）")
    shown = render(maker.report(), maker.draft, guideline, Frame(width=100))
    assert "1  やめましょう  5-1-1 個人の情報" in shown
    assert "「090-0000-1234」は、仕事で知った人のことかもしれません。" in shown
    assert "どうする  消すか、言いかえましょう。" in shown
    assert "直し方  「090-0000-1234」→「（電話番号）」" in shown


def test_nothing_found_is_not_called_safe(guideline: Guideline) -> None:
    """Silence comes with the list of what was not looked at, and the author decides."""
    report = Report((), (), (Unchecked("写真 a.jpg", "まだ読めません。"),))
    shown = render(report, Draft("こんにちは"), guideline, Frame())
    assert shown.startswith("気になる点は見つかりませんでした。\n")
    assert "・写真 a.jpg：まだ読めません。" in shown
    assert "ご自身で決めてください" in shown
    assert not re.search("安全|安心|問題ありません", shown)


@pytest.mark.parametrize("width", [10, 40, 60, 100])
def test_no_line_is_wider_than_the_terminal(width: int, guideline: Guideline, making: type[Maker]) -> None:
    """Japanese lines are cut by cells, down to a narrowest of 24."""
    maker = made(making)
    for line in render(maker.report(), maker.draft, guideline, Frame(width=width, notes=None)).splitlines():
        assert cells(line) <= max(width, 24)


def test_colour_is_added_to_the_words_never_instead(guideline: Guideline, making: type[Maker]) -> None:
    """Without its colours the coloured report is the plain one."""
    maker = made(making)
    plain = render(maker.report(), maker.draft, guideline, Frame())
    coloured = render(maker.report(), maker.draft, guideline, Frame(colour=True))
    assert "\x1b[1;31mやめましょう\x1b[0m" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_the_draft_cannot_steer_the_terminal(guideline: Guideline, making: type[Maker]) -> None:
    """Control characters of the draft come out as pictures, in the quote as well."""
    maker = making("見て\x1b]0;ねらい\x07ね").note("\x1b]0;ねらい\x07", fix="")
    shown = render(maker.report(), maker.draft, guideline, Frame(notes=None))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "␛]0;ねらい␇" in shown


def test_a_long_draft_is_shown_around_its_marks(guideline: Guideline, making: type[Maker]) -> None:
    """Of a hundred lines only those near a mark are printed."""
    maker = making("\n".join(f"{n} 行目" for n in range(100))).note("50 行目")
    shown = render(maker.report(), maker.draft, guideline, Frame())
    assert "  49 行目\n  50 行目\n  ~~~~~~~1\n  51 行目\n  …\n" in shown
    assert "  10 行目" not in shown


def test_accepted_findings_are_counted(guideline: Guideline, making: type[Maker]) -> None:
    """What was accepted earlier is not shown again, and is not hidden either."""
    maker = made(making)
    assert "確かめ済みの 2 件は示していません。" in render(maker.report(waived=2), maker.draft, guideline, Frame())


def test_the_frame_speaks_english(guideline: Guideline, making: type[Maker]) -> None:
    """Labels change with the language; the guideline's words stay."""
    maker = made(making)
    shown = render(maker.report(), maker.draft, guideline, Frame(lang="en"))
    assert "1  Do not post  5-1-1 個人の情報" in shown
    assert "Whether to post is for you to decide." in shown
