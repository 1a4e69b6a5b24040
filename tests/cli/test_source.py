"""Bytes become text, or are refused by name."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.cli.source import decode
from ryoshiki.model import TEXT_LIMIT, RyoshikiError
from tests.cli.conftest import Command, complaint

TEXT = "窓口で会った𠮷田さん。\r\n①ｱﾎ～髙﨑\n"
CP932 = "窓口で会った吉田さん。①ｱﾎ～髙﨑\n"
JIS = "窓口で会った吉田さん。きょうは混んでいました。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read(encoding: str) -> None:
    """UTF-8 with or without BOM and UTF-16 with BOM come out as they went in, line ends too."""
    assert decode(TEXT.encode(encoding), "a") == TEXT


def test_utf16_of_either_order_is_read() -> None:
    """The BOM says which order the bytes have."""
    assert decode(b"\xff\xfe" + TEXT.encode("utf-16-le"), "a") == TEXT
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a") == TEXT


def test_cp932_is_read() -> None:
    """Files of Japanese Windows are read, with its own letters."""
    assert decode(CP932.encode("cp932"), "a") == CP932


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "Word"),
        (b"abc\0def", "NUL"),
        (JIS.encode("iso2022_jp"), "ISO-2022-JP"),
        (JIS.encode("euc_jp"), "EUC-JP"),
        ("a".encode("utf-32"), "UTF-32"),
        (b"\xef\xbb\xbf\xff", "UTF-8"),
        (b"\xff\xfea", "UTF-16"),
        ("café olé".encode("latin-1"), "a.txt"),
        (bytes(range(128, 256)), "a.txt"),
    ],
)
def test_anything_else_is_refused_by_name(data: bytes, said: str) -> None:
    """The message names the file and, where it can be told, what it is."""
    with pytest.raises(RyoshikiError, match=said) as caught:
        decode(data, "a.txt")
    assert str(caught.value).startswith("a.txt: ")


@given(st.binary(max_size=200))
def test_any_bytes_become_text_or_are_refused(data: bytes) -> None:
    """No other exception comes out."""
    with suppress(RyoshikiError):
        assert isinstance(decode(data, "a"), str)


def test_the_draft_comes_from_argument_file_or_standard_input(ryoshiki: Command, tmp_path: Path) -> None:
    """The same draft gives the same answer from anywhere."""
    file = tmp_path / "下書き.txt"
    file.write_bytes("あいつはぺけぺけだ".encode("cp932"))
    answers = [
        ryoshiki("check", "あいつはぺけぺけだ", "--format", "json"),
        ryoshiki("check", "--file", file, "--format", "json"),
        ryoshiki("check", "--format", "json", stdin="あいつはぺけぺけだ".encode("utf-16")),
        ryoshiki("check", "-", "--format", "json", stdin="あいつはぺけぺけだ".encode()),
    ]
    assert {a.status for a in answers} == {1}
    assert len({a.out for a in answers}) == 1


def test_bad_drafts_get_one_line(ryoshiki: Command, tmp_path: Path) -> None:
    """Empty, missing, folder, too long, two at once: each is named."""
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"\xef\xbb\xbf \r\n")
    assert "empty.txt: 下書きが空です" in complaint(ryoshiki("check", "--file", empty))
    assert "空です" in complaint(ryoshiki("check", ""))
    assert "空です" in complaint(ryoshiki("check"))
    assert "none.txt: ファイルがありません" in complaint(ryoshiki("check", "--file", tmp_path / "none.txt"))
    assert "フォルダです" in complaint(ryoshiki("check", "--file", tmp_path))
    assert "どちらか一方" in complaint(ryoshiki("check", "a", "--file", empty))
    long = "あ" * (TEXT_LIMIT + 1)
    assert "100,000" in complaint(ryoshiki("check", long))
    assert "100,000" in complaint(ryoshiki("check", stdin=long.encode()))
    assert "100,000" in complaint(ryoshiki("check", stdin=b"a" * 5_000_000))
    assert "NUL" in complaint(ryoshiki("check", stdin=b"a\0b"))


def test_an_argument_of_another_locale_is_read(ryoshiki: Command) -> None:
    """Bytes that Python could not decode are those of the terminal: UTF-8 or CP932; others are refused."""
    for encoding in ("utf-8", "cp932"):
        typed = "あいつはぺけぺけだ".encode(encoding).decode("ascii", "surrogateescape")
        assert ryoshiki("check", typed, "--format", "json").json["findings"][0]["quote"] == "ぺけぺけ"
    complaint(ryoshiki("check", "a\ud800"))
    complaint(ryoshiki("check", "a\udcff"))
    assert "--reply-to" in complaint(ryoshiki("check", "a", "--reply-to", "a\ud800"))
