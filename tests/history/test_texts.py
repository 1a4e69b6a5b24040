"""Text out of bytes and out of HTML."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history import texts
from ryoshiki.history.texts import decoded, lines, plain


def read(data: bytes) -> tuple[str, list[str]]:
    notes: list[str] = []
    return "".join(decoded(BytesIO(data), notes.append)), notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"])
def test_encodings(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is told by its bytes, wherever pieces are cut; the old ones are named."""
    monkeypatch.setattr(texts, "CHUNK", 5)
    text = "abcdef " + "港の朝は霧が深く、カモメが鳴いています。\n" * 9
    found, notes = read(text.encode(encoding))
    assert found == text
    assert len(notes) == (encoding in ("cp932", "euc_jp"))


def test_bytes_that_are_no_text() -> None:
    """They become a sign, and it is said once."""
    sea = "港の朝は霧が深い。" * 3
    text, (note,) = read(sea.encode() + b"\xff\xfe" + sea.encode() + b"\xff")
    assert text == f"{sea}\ufffd\ufffd{sea}\ufffd"
    assert "no text" in note


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<p>一</p><p>二<br>三</p>", "一\n\n二\n三"),
        ("<ul><li>一</li><li>二</li></ul>", "一\n二"),
        ('<a href="https://s.example/x">ここ</a>へ', "ここ https://s.example/x へ"),
        ('<a href="https://s.example/x">https://s.example/x</a>', "https://s.example/x"),
        ('<a class="keyword" href="https://d.example/k">港</a>', "港"),
        ('<a href="javascript:x()">港</a>', "港"),
        ("<ruby>汐<rt>しお<rt>x</ruby>見<script>x()</script><!-- c -->。", "汐見。"),
        ('<img alt=":sea:" class="emoji"> 海', ":sea: 海"),
        ("&#99999999999; 港", "\ufffd 港"),
        ("1 < 2 と 3 > 2", "1 < 2 と 3 > 2"),
    ],
)
def test_html(html: str, text: str) -> None:
    """As one reads it."""
    assert plain(html) == text


@given(st.text())
def test_no_html_breaks_it(html: str) -> None:
    """Whatever stands there is text in the end."""
    assert isinstance(plain(html), str)


def test_lines_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one that is too long the beginning is kept, and the next is whole."""
    monkeypatch.setattr(texts, "LINE_LIMIT", 10)
    assert list(lines(iter(["a" * 8, "b" * 50, "c\r\nnext", " line"]))) == ["aaaaaaaabb", "next line"]
