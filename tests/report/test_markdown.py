"""The report as Markdown."""

from ryoshiki.model import Guideline
from ryoshiki.report.frame import Frame
from ryoshiki.report.markdown import render
from tests.report.conftest import Maker


def test_words_are_marked_in_place(guideline: Guideline, making: type[Maker]) -> None:
    """The draft is quoted with its words in bold and the number of the note behind them."""
    maker = making("一行目の鈴木さん\n\n二行目").note("鈴木さん\n\n二行").note("一行", "caution")
    shown = render(maker.report(), maker.draft, guideline, Frame())
    assert "> <b>一行</b><sup>2</sup>目の<b>鈴木さん</b>  \n>\n> <b>二行</b><sup>1</sup>目" in shown
    assert "### 1\\. やめましょう — 5\\-1\\-1 個人の情報" in shown


def test_the_draft_cannot_write_markdown_or_html(guideline: Guideline, making: type[Maker]) -> None:
    """Links, pictures, headings and tags of the draft come out as letters."""
    maker = making("# ![x](https://a.example/p.png)\n<script>alert(1)</script>\n- @all `c`").note("<script>")
    shown = render(maker.report(), maker.draft, guideline, Frame())
    assert "> \\# \\!\\[x\\]\\(https\\://a\\.example/p\\.png\\)  \n" in shown
    assert "<script" not in shown.replace("\\<script", "")
    assert "> \\- \\@all \\`c\\`" in shown


def test_nothing_found(guideline: Guideline, making: type[Maker]) -> None:
    """Nothing found comes with what was not looked at."""
    maker = making("こんにちは")
    shown = render(maker.report(), maker.draft, guideline, Frame())
    assert "気になる点は見つかりませんでした。" in shown
    assert "- 写真 a\\.jpg：この版は写真の中身をまだ読みません。" in shown
