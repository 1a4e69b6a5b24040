"""CSV and JSON Lines: columns by their names, in both languages, and damage."""

from datetime import datetime
from pathlib import Path

import pytest

from ryoshiki.model import RyoshikiError
from tests.history.making import read

AT = datetime.fromisoformat("2026-06-12T21:14:00+09:00")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("本文,日時,ID,URL\n港の朝,2026/06/12 21:14,7,https://s.example/7\n", "cp932"),
        ("id;text;created_at;url\n7;港の朝;2026-06-12T12:14:00Z;https://s.example/7\n", "utf-8"),
        ("ID\t投稿内容\t日付\t時刻\tリンク\n7\t港の朝\t2026年6月12日\t21時14分\thttps://s.example/7\n", "utf-8-sig"),
        (
            '"番号","ＴＥＸＴ","投稿日時","url"\n"7","港の朝","2026-06-12 21:14:00 +0900","https://s.example/7"\n',
            "utf-16",
        ),
        ('{"id": 7, "content": "港の朝", "date": 1781266440, "url": "https://s.example/7"}\n', "utf-8"),
    ],
)
def test_columns_by_their_names(tmp_path: Path, text: str, encoding: str) -> None:
    """Whatever separates them, in whichever encoding, with whichever form of dates."""
    (tmp_path / "any").write_bytes(text.encode(encoding))
    (post,), _ = read(tmp_path / "any")
    assert (post.id, post.text, post.posted_at, post.url) == ("7", "港の朝", AT, "https://s.example/7")


def test_cells_of_several_lines_kinds_and_replies(tmp_path: Path) -> None:
    """A title goes before the words; what answers somebody is a reply."""
    rows = 'タイトル,本文,種類,返信先\n題,"一行目\n二行目",いいね,\n,はい,,@umi\n'
    (tmp_path / "p.csv").write_text(rows, encoding="utf-8")
    found, _ = read(tmp_path / "p.csv")
    assert [(p.text, p.kind, p.reply_to) for p in found] == [
        ("題\n一行目\n二行目", "like", None),
        ("はい", "reply", "@umi"),
    ]


@pytest.mark.parametrize(
    "text",
    ["本文,日時\n一,2026/6/1\n二\n三,2026/6/3\n", '{"text": "一"}\n{"text": \n[1]\n{"text": 5}\n{"text": "三"}\n'],
)
def test_a_damaged_line_costs_itself(tmp_path: Path, text: str) -> None:
    """The file is named, and the other lines are read."""
    (tmp_path / "p").write_text(text, encoding="utf-8")
    found, problems = read(tmp_path / "p")
    assert [p.text for p in found] == ["一", "三"]
    assert "p" in {p.part for p in problems}


@pytest.mark.parametrize("text", ["", "\n", "名前,住所\n汐見,港\n", "本文\n港の朝\n", '{"name": "x"}\n', "あいう"])
def test_what_has_no_column_of_posts(tmp_path: Path, text: str) -> None:
    """It is refused, with what can be read."""
    (tmp_path / "p").write_text(text, encoding="utf-8")
    with pytest.raises(RyoshikiError, match="Mastodon"):
        read(tmp_path / "p")
