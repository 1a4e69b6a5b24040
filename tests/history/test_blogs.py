"""Blogs: WXR (WordPress, note) and the format of Movable Type (Hatena, livedoor), and damage in them."""

from datetime import datetime
from pathlib import Path

import pytest

from ryoshiki.model import RyoshikiError
from tests.history.making import read, zipped

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.2" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.example/export/1.2/excerpt/"
 xmlns:content="http://purl.example/rss/1.0/modules/content/" xmlns:dc="http://purl.example/dc/elements/1.1/"
 xmlns:wp="http://wordpress.example/export/1.2/">
<channel><title>汐見の日記</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[shiomi]]></wp:author_login>
<wp:author_email><![CDATA[s@mail.example]]></wp:author_email></wp:author>
"""


def item(id: int, title: str, html: str, *more: str, status: str = "publish", kind: str = "post") -> str:
    return f"""<item><title>{title}</title><link>https://blog.example/{id}</link>
<pubDate>Wed, 01 Jan 2020 00:00:00 +0000</pubDate><dc:creator><![CDATA[shiomi]]></dc:creator>
<content:encoded><![CDATA[{html}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{id}</wp:post_id><wp:post_date><![CDATA[2020-01-02 03:04:05]]></wp:post_date>
<wp:post_date_gmt><![CDATA[2020-01-01 18:04:05]]></wp:post_date_gmt><wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>{"".join(more)}</item>
"""


def comment(id: int, author: str, text: str, user: int = 0) -> str:
    return f"""<wp:comment><wp:comment_id>{id}</wp:comment_id>
<wp:comment_author><![CDATA[{author}]]></wp:comment_author>
<wp:comment_date>2020-01-03 00:00:00</wp:comment_date><wp:comment_date_gmt>2020-01-02 15:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"""


def wxr(*items: str) -> bytes:
    return (HEAD + "".join(items) + "</channel></rss>").encode()


def test_posts_drafts_and_own_comments(tmp_path: Path) -> None:
    """Title and body as text; what was not published is a draft; others' comments, menus and waste are left out."""
    html = '<!-- wp:paragraph -->\n<p>港の<ruby>汐<rt>しお</rt></ruby>を見た。<a href="https://www.city.example/tide">潮の表</a></p>'
    comments = (
        comment(1, "うみ", "いいですね"),
        comment(2, "shiomi", "ありがとう"),
        comment(3, "管理人", "どうも", user=1),
    )
    (tmp_path / "b.xml").write_bytes(
        wxr(
            item(1, "朝", html, *comments),
            item(2, "まだ", "書きかけ", status="draft"),
            item(3, "捨てた", "ごみ", status="trash"),
            item(4, "メニュー", "", kind="nav_menu_item"),
        )
    )
    found, problems = read(tmp_path / "b.xml")
    assert [(p.kind, p.text, p.id) for p in found] == [
        ("post", "朝\n港の汐を見た。潮の表 https://www.city.example/tide", "1"),
        ("comment", "ありがとう", "2"),
        ("comment", "どうも", "3"),
        ("draft", "まだ\n書きかけ", "2"),
    ]
    assert found[0].posted_at == datetime.fromisoformat("2020-01-02T03:04:05+09:00")
    assert (found[0].url, found[0].service) == ("https://blog.example/1", "blog")
    assert problems == []


@pytest.mark.parametrize("damage", ["\x01", "&lol9;", "]]>&<![CDATA[", "]]></wp:x><![CDATA["])
def test_a_damaged_item_costs_itself(tmp_path: Path, damage: str) -> None:
    """A control character, an entity of a DTD, a bare &, a tag that closes nothing."""
    words = f"x]]>{damage}<![CDATA[" if damage.startswith("&") else damage
    (tmp_path / "b").write_bytes(wxr(item(1, "一", "い"), item(2, "二", words), item(3, "三", "は")))
    found, (problem,) = read(tmp_path / "b")
    assert [p.id for p in found] == ["1", "3"]
    assert (problem.part, problem.count) == ("b", 1)


def test_words_may_name_the_tag(tmp_path: Path) -> None:
    """A post about feeds has </item> in it."""
    (tmp_path / "b").write_bytes(wxr(item(1, "RSS", "書き方は&lt;item&gt;…</item> です"), item(2, "二", "ろ")))
    found, problems = read(tmp_path / "b")
    assert [p.id for p in found] == ["1", "2"]
    assert found[0].text.startswith("RSS\n書き方は<item>")
    assert problems == []


def test_a_dtd_has_no_effect(tmp_path: Path) -> None:
    """The thousand laughs are never told: the head is not parsed."""
    bomb = '<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'
    data = wxr(item(1, "&b;", "い"), item(2, "二", "ろ")).replace(b"<rss", bomb.encode() + b"<rss", 1)
    (tmp_path / "b").write_bytes(data)
    found, (problem,) = read(tmp_path / "b")
    assert [p.id for p in found] == ["2"]
    assert problem.count == 1


def test_a_wxr_that_is_cut_off(tmp_path: Path) -> None:
    """The whole items are read."""
    (tmp_path / "b").write_bytes(wxr(item(1, "一", "い"), item(2, "二", "ろ"))[:-300])
    found, (problem,) = read(tmp_path / "b")
    assert [p.id for p in found] == ["1"]
    assert "cut off" in problem.reason


MT = """AUTHOR: 汐見
TITLE: 朝の港
BASENAME: 2020/01/02/030405
STATUS: Publish
ALLOW COMMENTS: 1
CONVERT BREAKS: 0
DATE: {date}
CATEGORY: 日記
-----
BODY:
<p>霧が深い。</p>
-----
二つめの段落
-----
EXTENDED BODY:
<p>つづき</p>
-----
COMMENT:
AUTHOR: うみ
DATE: 01/03/2020 10:00:00
寒そう
-----
COMMENT:
AUTHOR: 汐見
EMAIL:
DATE: 01/03/2020 11:00:00
寒いです
-----
--------
TITLE: 下書き
STATUS: Draft
DATE: 01/04/2020 00:00:00
-----
BODY:
まだ
-----
--------
"""


@pytest.mark.parametrize(
    "date", ["01/02/2020 03:04:05", "01/02/2020 03:04:05 AM", "2020-01-02 03:04:05", "2020/1/2 3:04:05"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp"])
def test_movable_type(tmp_path: Path, date: str, encoding: str) -> None:
    """Body and the rest of it; a ruler of one's own; own comments; drafts; each encoding and form of dates."""
    (tmp_path / "export").write_bytes(MT.format(date=date).replace("\n", "\r\n").encode(encoding))
    found, problems = read(tmp_path / "export")
    assert [(p.kind, p.text) for p in found] == [
        ("post", "朝の港\n霧が深い。\n\n-----\n二つめの段落\nつづき"),
        ("comment", "寒いです"),
        ("draft", "下書き\nまだ"),
    ]
    assert found[0].posted_at == datetime.fromisoformat("2020-01-02T03:04:05+09:00")
    assert found[0].id == "2020/01/02/030405"
    assert [("read as" in p.reason) for p in problems] == ([True] if encoding in ("cp932", "euc_jp") else [])


def test_a_movable_type_export_that_is_cut_off(tmp_path: Path) -> None:
    """The last entry is read as far as it goes, and told; a bad date leaves it without one."""
    text = MT.format(date="13/45/2020 99:00:00")
    found, problems = read(zipped(tmp_path / "b.zip", {"blog.export.txt": text[: text.index("まだ") + 1].encode()}))
    assert [(p.text[:3], p.posted_at is None) for p in found] == [
        ("朝の港", True),
        ("寒いで", False),
        ("下書き", False),
    ]
    assert {p.part for p in problems} >= {"blog.export.txt"}
    assert len(problems) == 2


def test_what_is_no_blog(tmp_path: Path) -> None:
    """A letter with a colon in its first line is none."""
    (tmp_path / "t.txt").write_text("件名: お知らせ\n本文です\n", encoding="utf-8")
    with pytest.raises(RyoshikiError, match="no archive"):
        read(tmp_path / "t.txt")
