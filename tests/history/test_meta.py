"""Instagram and Facebook: their exports in JSON, the letters that are written twice over, and damage."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history.meta import mended
from ryoshiki.history.posts import MediaRef
from tests.history.making import escaped, laid_out, read, zipped

AT = 1_600_000_000
TIME = datetime.fromisoformat("2020-09-13T21:26:40+09:00")


@given(st.text())
def test_letters_written_twice_come_back(text: str) -> None:
    """Whatever was written."""
    written = text.encode("utf-8", "replace").decode("latin-1")
    assert mended(written) == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("text", ["あいう", "café", "plain", "é…"])
def test_what_was_written_rightly_is_left(text: str) -> None:
    """It cannot have been written twice."""
    assert mended(text) == text


def picture(name: str, title: str = "", at: int = AT) -> dict[str, Any]:
    return {"uri": f"media/posts/{name}", "creation_timestamp": at, "title": title}


@pytest.mark.parametrize("folder", ["your_instagram_activity/media", "your_instagram_activity/content", "content"])
def test_instagram_posts(tmp_path: Path, folder: str) -> None:
    """The words stand at the one picture, or above several; the pictures are found from the top of the export."""
    posts = [
        {"media": [picture("1.jpg", "港の朝🌅")]},
        {
            "media": [picture("2.jpg"), picture("3.mp4"), picture("lost.jpg")],
            "title": "三枚",
            "creation_timestamp": AT + 60,
        },
    ]
    given = {
        f"{folder}/posts_1.json": escaped(posts),
        **{f"media/posts/{n}": b"x" for n in ("1.jpg", "2.jpg", "3.mp4")},
    }
    (one, several), (problem,) = read(zipped(tmp_path / "i", {f"top/{k}": v for k, v in given.items()}))
    assert (one.text, one.posted_at, one.service) == ("港の朝🌅", TIME, "instagram")
    assert several.text == "三枚"
    assert several.media == (
        MediaRef("top/media/posts/2.jpg"),
        MediaRef("top/media/posts/3.mp4", "video"),
        MediaRef(None),
    )
    assert problem.count == 1


def test_instagram_stories_reels_and_comments(tmp_path: Path) -> None:
    """Each list under its own name; comments with headings in the account's language."""

    def comment(text: str, *headings: str) -> dict[str, Any]:
        said, owner, time = headings
        strings = {said: {"value": text}, owner: {"value": "umi"}, time: {"timestamp": AT}}
        return {"media_list_data": [{"uri": ""}], "string_map_data": strings}

    given = {
        "your_instagram_activity/media/stories.json": escaped({"ig_stories": [picture("s.jpg", "ストーリー")]}),
        "your_instagram_activity/media/reels.json": escaped(
            {"ig_reels_media": [{"media": [picture("r.mp4", "リール")]}]}
        ),
        "your_instagram_activity/comments/post_comments_1.json": escaped(
            [
                comment("すてきですね", "コメント", "メディア所有者", "時間"),
                comment("Nice", "Comment", "Media Owner", "Time"),
            ]
        ),
        "your_instagram_activity/comments/reels_comments.json": escaped(
            {"comments_reels_comments": [comment("リールへ", "Comment", "Media Owner", "Time")]}
        ),
        "your_instagram_activity/messages/inbox/a/message_1.json": escaped({"participants": [], "messages": []}),
    }
    found, _ = read(laid_out(tmp_path / "i", given))
    assert [(p.kind, p.text, p.reply_to) for p in found] == [
        ("post", "ストーリー", None),
        ("post", "リール", None),
        ("comment", "すてきですね", "@umi"),
        ("comment", "Nice", "@umi"),
        ("comment", "リールへ", "@umi"),
    ]
    assert {p.posted_at for p in found} == {TIME}


def test_one_post_alone(tmp_path: Path) -> None:
    """Then the export has no list."""
    (post,), _ = read(
        zipped(tmp_path / "i", {"content/posts_1.json": escaped({"media": [picture("1.jpg", "ひとつ")]})})
    )
    assert post.text == "ひとつ"


FACEBOOK = [
    {
        "timestamp": AT,
        "data": [{"post": "町内会の清掃"}, {"update_timestamp": AT + 9}],
        "title": "汐見さんが近況を更新しました。",
    },
    {
        "timestamp": AT + 1,
        "attachments": [
            {"data": [{"media": {"uri": "posts/media/a.jpg", "creation_timestamp": AT, "description": "港の写真"}}]},
            {"data": [{"external_context": {"url": "https://news.example/1"}}, {"place": {"name": "港の広場"}}]},
        ],
        "data": [{"post": "行ってきました"}],
    },
    {"timestamp": AT + 2, "title": "汐見さんがプロフィール写真を変更しました。"},
]


@pytest.mark.parametrize(
    "name",
    [
        "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json",
        "posts/your_posts_1.json",
        "p.json",
    ],
)
def test_facebook_posts(tmp_path: Path, name: str) -> None:
    """The author's words, captions, links and places; what Facebook says of it is not theirs."""
    found, problems = read(zipped(tmp_path / "f", {name: escaped(FACEBOOK)}))
    assert [p.text for p in found] == ["町内会の清掃", "行ってきました\n港の写真\nhttps://news.example/1\n港の広場"]
    assert (found[0].posted_at, found[0].service, found[0].url) == (TIME, "facebook", None)
    assert ["missing" in p.reason for p in problems] == [True]


@pytest.mark.parametrize("key", ["comments_v2", "comments"])
def test_facebook_comments(tmp_path: Path, key: str) -> None:
    """Under either name; letters and reactions are not read."""
    comment = {"timestamp": AT, "comment": "おつかれさま", "author": "汐見"}
    given = {
        "comments_and_reactions/comments.json": escaped(
            {key: [{"timestamp": AT, "data": [{"comment": comment}], "title": "返信"}]}
        ),
        "comments_and_reactions/likes_1.json": escaped(
            [{"timestamp": AT, "data": [{"reaction": {"reaction": "LIKE"}}]}]
        ),
        "messages/inbox/umi/message_1.json": escaped(
            {"messages": [{"sender_name": "汐見", "timestamp_ms": 1, "content": "秘密"}]}
        ),
        "posts/your_posts_1.json": escaped(FACEBOOK[:1]),
    }
    found, _ = read(zipped(tmp_path / "f", given))
    assert [(p.kind, p.text) for p in found] == [("post", "町内会の清掃"), ("comment", "おつかれさま")]


def test_damage(tmp_path: Path) -> None:
    """A list that breaks off, a time that is none: named, and the rest kept."""
    whole = escaped([*FACEBOOK[:2], {"timestamp": "x", "data": [{"post": "いつか"}]}, *FACEBOOK[:1]])
    found, problems = read(zipped(tmp_path / "f", {"posts/your_posts_1.json": whole[:-200]}))
    assert [p.text.partition("\n")[0] for p in found] == ["町内会の清掃", "行ってきました", "いつか"]
    assert {p.part for p in problems} == {"posts/your_posts_1.json", "Facebook"}
