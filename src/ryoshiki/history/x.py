"""X (Twitter): the archive that one asks for in the settings, as zip or unpacked; that of before 2019 as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ryoshiki.history.posts import MediaRef, Post
from ryoshiki.history.source import Service, Source
from ryoshiki.history.texts import unescaped
from ryoshiki.history.times import moment

_HEAD = re.compile(rb"window\.YTD\.([a-z_]+)\.part\d+\s*=")
_OLD = re.compile(rb"Grailbird\.data\.tweets_\d{4}_\d\d\s*=")
_OLD_USER = re.compile(rb"var\s+user_details\s*=")
_POSTS = re.compile(r"(?:deleted_|community_|twitter_circle_)?(?:tweets?|posts?)")
_SHORT = re.compile(r"https?://t\.co/\w+")
_MEDIA_FOLDERS = ("tweets_media", "tweet_media", "deleted_tweets_media", "community_tweet_media")
_NOTES = 50_000  # long posts that are held to be matched
_ALIKE = 20  # letters in which a long post and its beginning must agree


def _recognise(name: str, head: bytes) -> str | None:
    if found := _HEAD.match(head.lstrip(b"\xef\xbb\xbf \r\n")[:200]):
        held = found[1].decode()
        if _POSTS.fullmatch(held):
            return "deleted" if held.startswith("deleted") else "posts"
        return {"like": "likes", "account": "account", "note_tweet": "notes"}.get(held)
    if _OLD.search(head[:200]):
        return "old"
    return "old user" if _OLD_USER.search(head[:200]) else None


@dataclass
class _Owner:
    """Whose archive it is, and the long posts, by the second in which they were posted."""

    id: str = ""
    name: str = ""
    notes: dict[int, list[Mapping[str, Any]]] = field(default_factory=dict)

    def url(self, id: str) -> str:
        return f"https://x.com/{self.name or 'i'}/status/{id}"


def _posts(source: Source) -> Iterator[Post]:
    owner = _owner(source)
    for held in ("posts", "old", "deleted"):
        for part in source.parts.get(held, ()):
            for element in source.elements(part, _fits):
                yield _post(element.get("tweet", element), owner, source, part, held == "deleted")
    for notes in owner.notes.values():  # those whose short form the archive lacks
        for note in notes:
            id = str(note["noteTweetId"])
            yield Post(id, "x", moment(note.get("createdAt")), _long(note), url=owner.url(id))
    for part in source.parts.get("likes", ()):
        for element in source.elements(part, lambda e: isinstance(e, dict) and isinstance(e.get("like"), dict)):
            like = element["like"]
            id, text = str(like.get("tweetId", "")), _string(like.get("fullText"))
            yield Post(
                id, "x", moment(like.get("likedAt")), unescaped(text), kind="like", url=f"https://x.com/i/status/{id}"
            )


def _fits(element: Any) -> bool:
    tweet = element.get("tweet", element) if isinstance(element, dict) else None
    return isinstance(tweet, dict) and isinstance(tweet.get("full_text", tweet.get("text")), str) and bool(_id(tweet))


def _owner(source: Source) -> _Owner:
    owner = _Owner()
    for part in source.parts.get("account", ())[:1]:
        for element in source.elements(part, lambda e: isinstance(e, dict) and isinstance(e.get("account"), dict)):
            owner.id, owner.name = (_string(element["account"].get(key)) for key in ("accountId", "username"))
    for part in source.parts.get("old user", ())[:1]:
        for element in source.elements(part, lambda e: isinstance(e, dict)):
            owner.id, owner.name = (_string(element.get(key)) for key in ("id", "screen_name"))
    if not re.fullmatch(r"\w{1,20}", owner.name, re.ASCII):
        owner.name = ""
    held = 0
    for part in source.parts.get("notes", ()):
        for element in source.elements(part, _fits_note):
            note = element["noteTweet"]
            at = moment(note.get("createdAt"))
            held += 1
            if held <= _NOTES:
                owner.notes.setdefault(int(at.timestamp()) if at else 0, []).append(note)
            else:
                source.note(part, "長い投稿が多すぎます (too many long posts)")
    return owner


def _fits_note(element: Any) -> bool:
    note = element.get("noteTweet") if isinstance(element, dict) else None
    core = note.get("core") if isinstance(note, dict) else None
    return isinstance(core, dict) and isinstance(core.get("text"), str) and "noteTweetId" in (note or {})


def _post(tweet: Mapping[str, Any], owner: _Owner, source: Source, part: str, deleted: bool) -> Post:
    id = _id(tweet)
    text = unescaped(tweet.get("full_text") or tweet.get("text") or "")
    at = moment(tweet.get("created_at"))
    media = _listed(tweet.get("extended_entities"), "media") or _listed(tweet.get("entities"), "media")
    text = _expanded(text, _listed(tweet.get("entities"), "urls"), media)
    note = _note(text, at, owner)
    post = Post(
        id,
        "x",
        at,
        _long(note) if note else text,
        media=tuple(_ref(m, id, source, part) for m in media),
        deleted=deleted,
        url=None if deleted else owner.url(id),
    )
    if text.startswith("RT @"):
        return replace(post, kind="repost")
    answered = _string(tweet.get("in_reply_to_screen_name"))
    answered_id = str(tweet.get("in_reply_to_user_id_str") or tweet.get("in_reply_to_user_id") or "")
    other = answered.lower() != owner.name.lower() if answered else answered_id != owner.id
    if other and (answered or answered_id):
        return replace(
            post, kind="reply", reply_to=f"@{answered}" if answered else f"https://x.com/i/user/{answered_id}"
        )
    return post


def _id(tweet: Mapping[str, Any]) -> str:
    id = str(tweet.get("id_str") or tweet.get("id") or "")
    return id if id.isascii() and id.isdigit() else ""


def _expanded(text: str, urls: list[Mapping[str, Any]], media: list[Mapping[str, Any]]) -> str:
    """Short addresses become those that they stand for; those of media go."""
    if "t.co/" not in text:
        return text
    for url in urls:
        if short := _string(url.get("url") or url.get("shortUrl")):
            text = text.replace(short, _string(url.get("expanded_url") or url.get("expandedUrl")) or short)
    for each in media:
        if short := _string(each.get("url")):
            text = text.replace(short, "")
    return text.strip()


def _note(text: str, at: datetime | None, owner: _Owner) -> Mapping[str, Any] | None:
    """The long post of which ``text`` is the beginning; the archive ties them by nothing but time and words."""
    if not owner.notes or at is None:
        return None
    for second in range(int(at.timestamp()) - 2, int(at.timestamp()) + 3):
        for note in owner.notes.get(second, ()):
            if _beginning(note["core"]["text"]) == _beginning(text):
                owner.notes[second].remove(note)
                return note
    return None


def _beginning(text: str) -> str:
    return "".join(_SHORT.sub("", unescaped(text)).split())[:_ALIKE]


def _long(note: Mapping[str, Any]) -> str:
    return _expanded(unescaped(note["core"]["text"]), _listed(note["core"], "urls"), [])


def _ref(media: Mapping[str, Any], id: str, source: Source, part: str) -> MediaRef:
    kind = "photo" if media.get("type", "photo") == "photo" else "video"
    addresses = [_string(media.get("media_url_https") or media.get("media_url"))]
    addresses += [_string(v.get("url")) for v in _listed(media.get("video_info"), "variants")]
    folder = part.rpartition("/")[0]
    for address in reversed(addresses):  # of a video the file itself before its still
        base = address.partition("?")[0].rpartition("/")[2]
        for beside in _MEDIA_FOLDERS:
            name = f"{folder}/{beside}/{id}-{base}".lstrip("/")
            if base and name in source.files.sizes:
                return MediaRef(name, "photo" if kind == "photo" else "video")
    return MediaRef(None, "photo" if kind == "photo" else "video")


def _listed(holder: Any, key: str) -> list[Mapping[str, Any]]:
    value = holder.get(key) if isinstance(holder, dict) else None
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


SERVICE = Service("x", "X (Twitter)", frozenset({"posts", "old"}), _recognise, _posts)
