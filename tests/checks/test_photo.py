"""What a photo shows besides its letters, against what the author wrote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from ryoshiki.checks import make
from ryoshiki.model import Draft, Photo
from ryoshiki.reading import Reading
from ryoshiki.sight import Box, Face, Line, Sight, Trace
from tests.making import guideline

WORDS = {"consent": ["!許可"], "together": ["!みんなで"]}
FACES = tuple(Face(Box(at * 50, 0, at * 50 + 40, 40), 0.9, at < 2) for at in range(4))


def found(text: str, *sights: Sight, tags: Iterable[str] = (), **parameters: Any) -> list[Any]:
    draft = Draft(text, photos=tuple(Photo(sight.name, sight=sight) for sight in sights), tags=tuple(tags))
    return list(make("photo", parameters).find(Reading(draft, guideline(WORDS))))


def test_faces_are_counted_with_their_boxes() -> None:
    """One finding a photo, with all its faces, and how many are only behind."""
    (match,) = found("昼", Sight("a.jpg", 500, 500, faces=FACES), Sight("b.jpg", 500, 500), of=["faces"])
    assert dict(match.facts) == {"photo": "a.jpg", "count": "4", "behind": "2"}
    assert (match.photo, match.span, len(match.boxes)) == ("a.jpg", None, 4)


def test_what_the_author_wrote_answers_the_question() -> None:
    sight = Sight("a.jpg", 500, 500, faces=FACES)
    assert found("昼", sight, of=["faces"], never=["consent"])
    assert not found("本人の許可をもらいました", sight, of=["faces"], never=["consent"])


def test_words_or_a_tag_may_be_needed() -> None:
    sight = Sight("a.jpg", 500, 500, faces=FACES)
    assert found("みんなで", sight, of=["faces"], words=["together"])
    assert not found("昼", sight, of=["faces"], words=["together"])
    assert found("昼", sight, tags=["hamada"], of=["faces"], tagged=True)
    assert found("@hamada と昼", sight, of=["faces"], tagged=True)
    assert not found("昼", sight, of=["faces"], tagged=True)
    assert not found("みんなで", sight, of=["faces"], at_least=5)


def test_traces_are_told_together() -> None:
    """A trace that counts, with those that are told beside it; they do not count alone."""
    place, time = Trace("place", "42.3, 141.0"), Trace("time", "2026:06:12 07:10:00")
    kinds = {"of": ["place"], "beside": ["time"]}
    (match,) = found("昼", Sight("a.jpg", traces=(place, time)), **kinds)
    assert match.facts["seen"] == "撮影した場所（42.3, 141.0）、撮影した日時（2026:06:12 07:10:00）"
    assert not found("昼", Sight("a.jpg", traces=(time,)), **kinds)


def test_nudity_has_a_threshold() -> None:
    assert found("昼", Sight("a.jpg", nudity=0.8), of=["nudity"], percent=80)
    assert not found("昼", Sight("a.jpg", nudity=0.79), of=["nudity"], percent=80)


def rows(text: str, count: int, height: int = 30) -> Sight:
    lines = tuple(Line(text, Box(50, at * 40, 900, at * 40 + height)) for at in range(count))
    return Sight("a.jpg", 1000, 1000, lines=lines)


def test_a_page_of_sentences_is_somebodys_work() -> None:
    """Dense sentences are; a list, a table or a few lines are not."""
    prose = "その町に着いたのは、雨の降りはじめた夕方だった"
    assert found("昼", rows(prose, 12), of=["print"])
    assert not found("昼", rows(prose, 3), of=["print"])
    assert not found("昼", rows("令和8年9月 室山花子 3,200,000円 済", 20), of=["print"])
    assert not found("昼", rows(prose, 12, height=2), of=["print"])


def test_a_draft_without_photos_is_not_looked_at() -> None:
    assert found("みんなで", of=["faces"]) == []


def test_what_cannot_be_seen_is_refused() -> None:
    with pytest.raises(ValueError, match="keys is none of"):
        make("photo", {"of": ["keys"]})
