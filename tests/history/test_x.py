"""X: the archive of today, its older layouts, and damage in them."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from ryoshiki.history.posts import MediaRef
from tests.history.making import ACCOUNT, laid_out, read, script, tweet, zipped

JST = "2018-10-11T05:19:24+09:00"  # of what `tweet` says in UTC


def members(**more: bytes) -> dict[str, bytes]:
    """An archive of one tweet; names with __ for / replace or add members."""
    found = {
        "Your archive.html": b"<html>",
        "data/manifest.js": b'window.__THAR_CONFIG = {"userInfo": {"accountId": "77"}}',
        "data/account.js": ACCOUNT,
        "data/tweets.js": script("window.YTD.tweets.part0", [tweet(1, "朝の散歩")]),
        "data/direct-messages.js": script(
            "window.YTD.direct_messages.part0", [{"dmConversation": {"text": "ないしょ"}}]
        ),
    }
    return {**found, **{name.replace("__", "/"): data for name, data in more.items()}}


@pytest.mark.parametrize("pack", [zipped, laid_out])
def test_a_post(tmp_path: Path, pack: object) -> None:
    """Its id, text, time in Japan and address; letters between people are not read."""
    (post,), problems = read(pack(tmp_path / "any name", members()))  # type: ignore[operator]
    assert (post.id, post.service, post.text, post.kind) == ("1", "x", "朝の散歩", "post")
    assert post.posted_at == datetime.fromisoformat(JST)
    assert post.posted_at.isoformat() == JST
    assert post.url == "https://x.com/shiomi/status/1"
    assert problems == []


def test_words_are_as_one_reads_them(tmp_path: Path) -> None:
    """HTML entities are letters, short addresses the whole ones; that of a picture is gone."""
    entities = {
        "urls": [{"url": "https://t.co/aa", "expanded_url": "https://www.city.example/news", "indices": ["3", "18"]}],
        "media": [
            {"url": "https://t.co/bb", "media_url_https": "https://pbs.twimg.example/media/Xy.jpg", "type": "photo"}
        ],
    }
    one = tweet(5, "A&amp;B https://t.co/aa https://t.co/bb", entities=entities)
    given = members(**{"data__tweets.js": script("window.YTD.tweets.part0", [one])})
    (post,), _ = read(zipped(tmp_path / "x.zip", given))
    assert post.text == "A&B https://www.city.example/news"


def test_media_lie_beside(tmp_path: Path) -> None:
    """A photo and a film by their names in the archive; what lacks is told, and the post is kept."""
    media = [
        {"type": "photo", "media_url_https": "https://pbs.twimg.example/media/Aa.jpg", "url": "https://t.co/1"},
        {
            "type": "video",
            "media_url_https": "https://pbs.twimg.example/thumb/Bb.jpg",
            "video_info": {"variants": [{"url": "https://video.example/vid/320/Cc.mp4?tag=1"}]},
        },
        {"type": "photo", "media_url_https": "https://pbs.twimg.example/media/Lost.jpg"},
    ]
    one = tweet(9, "港", extended_entities={"media": media})
    given = members(**{"data__tweets.js": script("window.YTD.tweets.part0", [one])})
    given |= {"data/tweets_media/9-Aa.jpg": b"a", "data/tweets_media/9-Cc.mp4": b"c"}
    (post,), (problem,) = read(zipped(tmp_path / "x.zip", given))
    assert post.media == (
        MediaRef("data/tweets_media/9-Aa.jpg", "photo"),
        MediaRef("data/tweets_media/9-Cc.mp4", "video"),
        MediaRef(None, "photo"),
    )
    assert "missing" in problem.reason


def test_kinds(tmp_path: Path) -> None:
    """What answers others, what goes on from oneself, what was passed on, liked and deleted."""
    posts = [
        tweet(1, "@umi そうですね", in_reply_to_screen_name="umi", in_reply_to_user_id_str="5"),
        tweet(2, "つづき", in_reply_to_screen_name="Shiomi", in_reply_to_user_id_str="77"),
        tweet(3, "RT @umi: 花火です"),
    ]
    given = members(
        **{
            "data__tweets.js": script("window.YTD.tweets.part0", posts),
            "data__deleted-tweets.js": script("window.YTD.deleted_tweets.part0", [tweet(4, "消した")]),
            "data__like.js": script(
                "window.YTD.like.part0",
                [{"like": {"tweetId": "6", "fullText": "すき &lt;3", "expandedUrl": "https://x.example"}}],
            ),
        }
    )
    found, problems = read(zipped(tmp_path / "x.zip", given))
    assert [(p.id, p.kind, p.reply_to, p.deleted) for p in found] == [
        ("1", "reply", "@umi", False),
        ("2", "post", None, False),
        ("3", "repost", None, False),
        ("4", "post", None, True),
        ("6", "like", None, False),
    ]
    assert found[3].url is None
    assert found[4].text == "すき <3"
    assert problems == []


def test_all_parts_in_their_order(tmp_path: Path) -> None:
    """tweets.js, part1 and part10 are read one after the other, part 2 before 10; a post that is in two comes once."""
    parts = {
        f"data__tweets-part{n}.js": script(f"window.YTD.tweets.part{n}", [tweet(n + 1, f"{n}"), tweet(1, "朝の散歩")])
        for n in (10, 2)
    }
    found, _ = read(zipped(tmp_path / "x.zip", members(**parts)))
    assert [p.id for p in found if p.id != "1"] == ["3", "11"]
    assert len(found) == 3


def test_a_long_post_stands_in_full(tmp_path: Path) -> None:
    """The archive keeps its beginning and the whole apart; one whose beginning lacks comes by itself."""
    whole = "港まつりの思い出をまとめます。" * 20
    notes = [
        {
            "noteTweet": {
                "noteTweetId": "100",
                "createdAt": "2018-10-10T20:19:24.000Z",
                "core": {"text": whole, "urls": []},
            }
        },
        {
            "noteTweet": {
                "noteTweetId": "200",
                "createdAt": "2020-01-01T00:00:00.000Z",
                "core": {"text": "ひとりの長文"},
            }
        },
    ]
    given = members(
        **{
            "data__tweets.js": script("window.YTD.tweets.part0", [tweet(1, whole[:130] + "… https://t.co/zz")]),
            "data__note-tweet.js": script("window.YTD.note_tweet.part0", notes),
        }
    )
    found, _ = read(zipped(tmp_path / "x.zip", given))
    assert [(p.id, p.text) for p in found] == [("1", whole), ("200", "ひとりの長文")]


def test_the_layout_of_before_2019(tmp_path: Path) -> None:
    """tweet.js, with tweets that stand in the list by themselves."""
    plain = [tweet(1, "むかし")["tweet"]]
    given = {"tweet.js": script("window.YTD.tweet.part0", plain), "account.js": ACCOUNT}
    (post,), _ = read(laid_out(tmp_path / "x", given))
    assert (post.text, post.url) == ("むかし", "https://x.com/shiomi/status/1")


def test_the_layout_of_before_2018(tmp_path: Path) -> None:
    """A file for each month, with a first line that assigns it."""
    old = {"id_str": "8", "id": 8, "text": "2015年の雪", "created_at": "2015-01-24 02:02:37 +0000"}
    given = {
        "data/js/user_details.js": b'var user_details =  {\n "screen_name" : "shiomi", "id" : "77"\n}',
        "data/js/tweets/2015_01.js": b"Grailbird.data.tweets_2015_01 = \n" + json.dumps([old]).encode(),
        "index.html": b"",
    }
    (post,), problems = read(zipped(tmp_path / "x.zip", given))
    assert (post.id, post.text, post.url) == ("8", "2015年の雪", "https://x.com/shiomi/status/8")
    assert post.posted_at == datetime.fromisoformat("2015-01-24T11:02:37+09:00")
    assert problems == []


def test_a_file_alone(tmp_path: Path) -> None:
    """tweets.js without its archive; nobody's name is in the address then."""
    (tmp_path / "t").write_bytes(members()["data/tweets.js"])
    (post,), _ = read(tmp_path / "t")
    assert post.url == "https://x.com/i/status/1"


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [
        ('"full_text": "二"', '"full_text": "二'),
        ('"id_str": "2"', '"id_str" "2"'),
        ('"id": "2"', '"id": \x00"2"'),
        ('"二",', '"二"}}'),
    ],
)
def test_a_damaged_tweet_costs_itself(tmp_path: Path, whole: str, damaged: str) -> None:
    """The file is named, and the tweets before and after are read."""
    text = script("window.YTD.tweets.part0", [tweet(n, t) for n, t in ((1, "一"), (2, "二"), (3, "三"))]).decode()
    assert whole in text
    given = members(**{"data__tweets.js": text.replace(whole, damaged).encode()})
    found, problems = read(zipped(tmp_path / "x.zip", given))
    assert [p.id for p in found if p.id in "13"] == ["1", "3"]
    assert "data/tweets.js" in {p.part for p in problems}


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    """What came before is read."""
    whole = script("window.YTD.tweets.part0", [tweet(n, f"{n}番目") for n in range(1, 2000)])
    found, (problem,) = read(zipped(tmp_path / "x.zip", members(**{"data__tweets.js": whole[: len(whole) // 2]})))
    assert 900 < len(found) < 1100
    assert "cut off" in problem.reason


def test_another_encoding_and_a_bad_date(tmp_path: Path) -> None:
    """A file that an editor saved as CP932 is read and told; a date that is none leaves the post without a time."""
    changed = script("window.YTD.tweets.part0", [tweet(1, "雪の朝", at="Foo Oct 99")]).decode().encode("cp932")
    (post,), problems = read(zipped(tmp_path / "x.zip", members(**{"data__tweets.js": changed})))
    assert (post.text, post.posted_at) == ("雪の朝", None)
    assert [("CP932" in p.reason, "date" in p.reason) for p in problems] == [(True, False), (False, True)]
