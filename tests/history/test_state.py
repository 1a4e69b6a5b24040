"""What a run remembers: hashes, signs and places; it survives being torn, and begins anew under another guideline."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from ryoshiki.history.facts import Hint
from ryoshiki.history.posts import MediaRef, Post
from ryoshiki.history.state import Note, Seen, State, key
from ryoshiki.model import RyoshikiError

POST = Post("1", "x", None, "ひみつの言葉")
NOTES = (Note("insult/abuse", 3, 7), Note("hours/on-duty"), Note("portrait/face", photo=1))
SEEN = Seen(NOTES, (Hint("job", 0, 3, 1.5), Hint("pet", 4, 9, -0.2)))
NOTHING = Seen()


def test_what_was_read_is_remembered(tmp_path: Path) -> None:
    """With its notes and what it tells, and without a word of it; the file is its owner's alone."""
    path = tmp_path / "home" / "state.jsonl"
    with State(path, "us") as state:
        state.add([(key(POST), SEEN), ("0" * 16, NOTHING)])
    with State(path, "us") as state:
        assert (state.seen(key(POST)), state.seen("0" * 16), state.seen("1" * 16)) == (SEEN, NOTHING, None)
        assert len(state) == 2
    assert "ひみつ" not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0


def test_under_another_guideline_it_begins_anew(tmp_path: Path) -> None:
    """What was read by other rules says nothing; so it is where one asks for it."""
    path = tmp_path / "state.jsonl"
    with State(path, "us") as state:
        state.add([(key(POST), NOTHING)])
    with State(path, "us", again=True) as state:
        assert len(state) == 0
        state.add([(key(POST), NOTHING)])
    with State(path, "others") as state:
        assert len(state) == 0
    with State(path, "us") as state:
        assert len(state) == 0


def test_a_torn_line_costs_itself(tmp_path: Path) -> None:
    """A line that was not written to its end, or holds something else; what is added next is whole."""
    path = tmp_path / "state.jsonl"
    with State(path, "us") as state:
        state.add([("a" * 16, NOTHING), ("b" * 16, SEEN)])
    torn = path.read_bytes()[:-9]
    others = ('{"post": "z", "notes": [], "told": [["job", 1, 2]]}', "[1]", '{"post": 5, "notes": []}')
    lines = ("", *others, '{"post": "x", "notes": [["s", -1]]}', '{"post": "y", "no')
    path.write_bytes(torn + "\n".join(lines).encode())
    with State(path, "us") as state:
        assert len(state) == 1
        state.add([("c" * 16, NOTHING)])
    with State(path, "us") as state:
        assert (len(state), state.seen("c" * 16)) == (2, NOTHING)


def test_the_identity_of_a_post() -> None:
    """All that its review looks at; who could read it is nothing to the review."""
    others = [
        replace(POST, text="ちがう言葉"),
        replace(POST, id="2"),
        replace(POST, kind="reply", reply_to="@umi"),
        replace(POST, media=(MediaRef("a.jpg"),)),
    ]
    assert len({key(POST), *map(key, others)}) == 5
    assert key(replace(POST, audience="public")) == key(POST)


@pytest.mark.skipif(os.name == "nt", reason="Windows opens a folder with another error")
def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """One clear line."""
    with pytest.raises(RyoshikiError, match="cannot be"):
        State(tmp_path, "us")
