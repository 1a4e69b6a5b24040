"""Bluesky: a repository as a CAR file, its tree, and damage in it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.history.cbor import CborError, Link, decode
from tests.history.making import DID, Cid, car, cbor, read

POST = "app.bsky.feed.post"


def post(text: str, **more: Any) -> dict[str, Any]:
    return {"$type": POST, "text": text, "createdAt": "2024-02-03T04:05:06.789Z", "langs": ["ja"], **more}


def written(path: Path, records: dict[str, Any]) -> Path:
    path.write_bytes(car(records))
    return path


def test_posts_by_the_tree(tmp_path: Path) -> None:
    """However deep the tree, every record comes once, in order, with its address; other collections are left."""
    records = {f"{POST}/3k{n:05}": post(f"{n}番目") for n in range(200)}
    records |= {
        "app.bsky.actor.profile/self": {"displayName": "汐見"},
        "app.bsky.graph.follow/3k": {"subject": "did:x"},
    }
    found, problems = read(written(tmp_path / "repo", records))
    assert [p.text for p in found] == [f"{n}番目" for n in range(200)]
    assert found[7].url == f"https://bsky.app/profile/{DID}/post/3k00007"
    assert found[0].posted_at == datetime.fromisoformat("2024-02-03T13:05:06+09:00")
    assert problems == []


def test_links_replies_reposts_and_likes(tmp_path: Path) -> None:
    """A shortened link is whole again by its bytes, a card's address is added; others are named by their pages."""
    text = "潮の表 city.example/ti..."
    at = text.encode().index(b"city")
    facet = {
        "index": {"byteStart": at, "byteEnd": len(text.encode())},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://city.example/tide"}],
    }
    card = {
        "$type": "app.bsky.embed.external",
        "external": {"uri": "https://news.example/1", "title": "", "description": ""},
    }
    picture = {
        "$type": "app.bsky.embed.images",
        "images": [{"alt": "", "image": {"ref": Cid(b"\1\x55\x12\x20" + b"0" * 32)}}],
    }
    other, own = "at://did:plc:umi/app.bsky.feed.post/3x", f"at://{DID}/app.bsky.feed.post/3k1"
    records = {
        f"{POST}/3k1": post(text, facets=[facet]),
        f"{POST}/3k2": post("見出し", embed=card),
        f"{POST}/3k3": post("はい", reply={"parent": {"uri": other}, "root": {"uri": other}}),
        f"{POST}/3k4": post("つづき", reply={"parent": {"uri": own}, "root": {"uri": own}}),
        f"{POST}/3k5": post("写真", embed=picture),
        "app.bsky.feed.like/3k6": {"subject": {"uri": other}, "createdAt": "2024-02-03T04:05:06Z"},
        "app.bsky.feed.repost/3k7": {"subject": {"uri": other}, "createdAt": "2024-02-03T04:05:06Z"},
    }
    page = "https://bsky.app/profile/did:plc:umi/post/3x"
    found, problems = read(written(tmp_path / "repo", records))
    assert {(p.kind, p.text, p.reply_to) for p in found} == {
        ("post", "潮の表 https://city.example/tide", None),
        ("post", "見出し\nhttps://news.example/1", None),
        ("reply", "はい", page),
        ("post", "つづき", None),
        ("post", "写真", None),
        ("like", page, None),
        ("repost", page, None),
    }
    assert ["missing" in p.reason for p in problems] == [True]


def test_a_damaged_block_costs_itself(tmp_path: Path) -> None:
    """A block that is not what its hash says is left out and told; the others are read."""
    data = car({f"{POST}/3k{n}": post(f"これは{n}番") for n in range(8)})
    (tmp_path / "repo").write_bytes(data.replace("これは5番".encode(), "これは6番".encode(), 1))
    found, (problem,) = read(tmp_path / "repo")
    assert [p.text for p in found] == [f"これは{n}番" for n in range(8) if n != 5]
    assert problem.part == "repo"


def test_a_repository_that_is_cut_off(tmp_path: Path) -> None:
    """Without its tree nothing can be told of it, but that it is damaged."""
    data = car({f"{POST}/3k{n}": post(f"{n}") for n in range(8)})
    (tmp_path / "repo").write_bytes(data[: len(data) // 2])
    found, problems = read(tmp_path / "repo")
    assert found == []
    assert problems


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=9,
)


@given(VALUES)
def test_cbor_comes_back_as_it_was(value: Any) -> None:
    """Whatever can be written is read."""
    assert decode(cbor(value)) == value


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """They are a value, or refused."""
    try:
        decode(data)
    except CborError:
        return


@pytest.mark.parametrize(
    "data", [b"", b"\x81" * 100 + b"\0", b"\xbb" + b"\xff" * 8, b"\0\0", b"\x5f", b"\xa1\0\0", b"\xd8\x2aa0"]
)
def test_what_is_refused(data: bytes) -> None:
    """Cut off, too deep, a count that cannot be, more than one value, no stated length, a wrong key or link."""
    with pytest.raises(CborError):
        decode(data)


def test_a_link_is_its_cid() -> None:
    """Without the zero before it."""
    assert decode(cbor(Cid(b"\1\x71abc"))) == Link(b"\1\x71abc")
