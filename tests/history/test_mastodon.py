"""Mastodon: outbox and likes, as zip and tar.gz, and damage in them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ryoshiki.history.posts import MediaRef
from tests.history.making import laid_out, read, tarred, zipped

ME = "https://fedi.example/users/shiomi"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def note(number: int, html: str, **more: Any) -> dict[str, Any]:
    id = f"{ME}/statuses/{number}"
    inner = {
        "id": id,
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": "2023-05-01T12:00:00Z",
        "url": f"https://fedi.example/@shiomi/{number}",
        "attributedTo": ME,
        "to": [PUBLIC],
        "cc": [f"{ME}/followers"],
        "content": html,
        "attachment": [],
        **more,
    }
    return {"id": f"{id}/activity", "type": "Create", "actor": ME, "published": "2023-05-01T12:00:00Z", "object": inner}


def members(*items: dict[str, Any], likes: tuple[str, ...] = ()) -> dict[str, bytes]:
    def collection(name: str, values: Any) -> bytes:
        context = {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{name}.json",
            "type": "OrderedCollection",
        }
        return json.dumps({**context, "totalItems": len(values), "orderedItems": values}).encode()

    actor = {"id": ME, "type": "Person", "preferredUsername": "shiomi", "outbox": "outbox.json"}
    return {
        "actor.json": json.dumps(actor).encode(),
        "outbox.json": collection("outbox", items),
        "likes.json": collection("likes", likes),
        "bookmarks.json": collection("bookmarks", ["https://other.example/9"]),
    }


@pytest.mark.parametrize("pack", [zipped, tarred, laid_out, lambda p, m: tarred(p, m, "w")])
def test_a_post_however_it_is_packed(tmp_path: Path, pack: Any) -> None:
    """HTML becomes text: paragraphs, line ends, whole links, emoji by their names."""
    html = (
        "<p>朝の港 :ship:<br />風が強い</p><p><a href='https://www.city.example/tide?a=1&amp;b=2' rel='nofollow'>"
        "<span class='invisible'>https://www.</span><span class='ellipsis'>city.example/tide?</span>"
        "<span class='invisible'>a=1&amp;b=2</span></a> "
        "<a href='https://fedi.example/tags/sea' class='mention hashtag'>"
        "#<span>sea</span></a></p>"
    )
    (post,), problems = read(pack(tmp_path / "a", members(note(1, html))))
    assert post.text == "朝の港 :ship:\n風が強い\n\nhttps://www.city.example/tide?a=1&b=2 #sea"
    assert post.posted_at == datetime.fromisoformat("2023-05-01T21:00:00+09:00")
    assert (post.kind, post.url, post.audience) == ("post", "https://fedi.example/@shiomi/1", "public")
    assert problems == []


def test_warnings_polls_replies_and_boosts(tmp_path: Path) -> None:
    """A content warning and a poll's answers are words of the post; what goes on from oneself is no reply."""
    boost = {"id": f"{ME}/statuses/5/activity", "type": "Announce", "published": "2023-05-02T00:00:00Z"}
    items = [
        note(1, "<p>中身</p>", summary="注意"),
        note(2, "<p>どれ</p>", type="Question", oneOf=[{"type": "Note", "name": "海"}, {"type": "Note", "name": "山"}]),
        note(3, "<p>はい</p>", inReplyTo="https://other.example/users/umi/statuses/7"),
        note(4, "<p>つづき</p>", inReplyTo=f"{ME}/statuses/3"),
        {**boost, "object": "https://other.example/users/umi/statuses/8"},
    ]
    found, _ = read(zipped(tmp_path / "a", members(*items, likes=("https://other.example/1",))))
    assert [(p.kind, p.text) for p in found] == [
        ("post", "注意\n中身"),
        ("post", "どれ\n・海\n・山"),
        ("reply", "はい"),
        ("post", "つづき"),
        ("repost", "https://other.example/users/umi/statuses/8"),
        ("like", "https://other.example/1"),
    ]
    assert found[2].reply_to == "https://other.example/users/umi/statuses/7"


@pytest.mark.parametrize(
    ("to", "cc", "audience"),
    [
        ([PUBLIC], [f"{ME}/followers"], "public"),
        ([f"{ME}/followers"], [PUBLIC], "unlisted"),
        ([f"{ME}/followers"], [], "followers"),
        (["https://other.example/users/umi"], [], "direct"),
    ],
)
def test_who_could_read_it(tmp_path: Path, to: list[str], cc: list[str], audience: str) -> None:
    """To whom it is addressed tells it."""
    (post,), _ = read(zipped(tmp_path / "a", members(note(1, "<p>あ</p>", to=to, cc=cc))))
    assert post.audience == audience


def test_media(tmp_path: Path) -> None:
    """A file of the archive, or none."""
    attachments = [
        {"type": "Document", "mediaType": "image/png", "url": "/media_attachments/files/1/a.png", "name": "港"},
        {"type": "Document", "mediaType": "video/mp4", "url": "/system/media_attachments/files/2/b.mp4"},
        {"type": "Document", "mediaType": "image/png", "url": "/media_attachments/files/3/lost.png"},
    ]
    given = members(note(1, "", attachment=attachments))
    given |= {"media_attachments/files/1/a.png": b"a", "media_attachments/files/2/b.mp4": b"b"}
    (post,), (problem,) = read(tarred(tmp_path / "a", given))
    assert post.media == (
        MediaRef("media_attachments/files/1/a.png"),
        MediaRef("media_attachments/files/2/b.mp4", "video"),
        MediaRef(None),
    )
    assert (problem.count, "missing" in problem.reason) == (1, True)


def test_a_damaged_outbox(tmp_path: Path) -> None:
    """An activity of another form is told, a list that breaks off ends there; what came before is kept."""
    given = members(note(1, "<p>一</p>"), {"type": "Delete"}, note(2, "<p>二</p>"), note(3, "<p>三</p>"))
    given["outbox.json"] = given["outbox.json"][:-150]
    found, problems = read(zipped(tmp_path / "a", given))
    assert [p.text for p in found] == ["一", "二"]
    assert {p.part for p in problems} == {"outbox.json"}
    assert len(problems) == 2


def test_a_damaged_tar(tmp_path: Path) -> None:
    """A tar.gz that is cut off gives what it still holds, and is named."""
    given = {**members(note(1, "<p>一</p>")), "media_attachments/x.bin": bytes(range(256)) * 4000}
    path = tarred(tmp_path / "a", given)
    path.write_bytes(path.read_bytes()[:-2000])
    found, problems = read(path)
    assert [p.text for p in found] == ["一"]
    assert [p.part for p in problems] == ["a"]
