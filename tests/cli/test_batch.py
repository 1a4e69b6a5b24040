"""Many drafts, one a line."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ryoshiki.drafts import LINE_LIMIT
from ryoshiki.model import TEXT_LIMIT
from tests.cli.conftest import Command, complaint

STOP, CLEAN = "あいつはぺけぺけだ", "いい天気です"


def jsonl(*drafts: Any) -> bytes:
    return b"".join(json.dumps(d, ensure_ascii=False).encode() + b"\n" for d in drafts)


def test_one_answer_a_line_in_order(ryoshiki: Command) -> None:
    """Answers are the single draft's own, with the id before them; other keys of a line do not matter."""
    lines = jsonl(
        {"id": "a", "text": STOP, "labels": ["insult"], "posted_at": "2026-06-12T21:14+09:00", "reply_to": None},
        {"id": 2, "text": CLEAN, "platform": "line", "account": "official", "photos": ["p.jpg"], "tags": []},
        {"text": CLEAN},
    )
    outcome = ryoshiki("check", "--batch", "-", stdin=lines)
    assert (outcome.status, outcome.err) == (1, "")
    assert [a["id"] for a in outcome.lines] == ["a", 2, None]
    single = ryoshiki("check", STOP, "--at", "2026-06-12T21:14+09:00", "--format", "json").json
    assert outcome.lines[0] == {"id": "a", **single}
    assert list(outcome.lines[0])[:4] == ["id", "verdict", "findings", "unchecked"]
    assert any("p.jpg" in u["what"] for u in outcome.lines[1]["unchecked"])


def test_file_and_standard_input_are_alike(ryoshiki: Command, tmp_path: Path) -> None:
    """A file, with a BOM or blank lines or without a last line end, is read as a pipe is."""
    lines = jsonl({"id": 1, "text": STOP}, {"id": 2, "text": CLEAN})
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + lines.replace(b"\n", b"\n\n \r\n").rstrip())
    outcome = ryoshiki("check", "--batch", file)
    assert outcome.out == ryoshiki("check", "--batch", "-", stdin=lines).out
    assert ryoshiki("check", "--batch", file, "--output", out).raw == b""
    assert out.read_bytes() == outcome.raw


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'"text"', "not a JSON object"),
        (b"\xff", "UTF-8"),
        (b"{}", "text"),
        (b'{"text": 1}', "text"),
        (b'{"text": " "}', "empty"),
        (b'{"text": "a\\u0000b"}', "NUL"),
        (b'{"text": "a\\ud800"}', "surrogate"),
        (b'{"text": "a", "reply_to": "\\ud800"}', "surrogate"),
        (b'{"text": "a", "platform": "icq"}', "platform"),
        (b'{"text": "a", "account": "mine"}', "account"),
        (b'{"text": "a", "posted_at": "soon"}', "posted_at"),
        (b'{"text": "a", "posted_at": 5}', "posted_at"),
        (b'{"text": "a", "posted_at": "2026-06-12T10:00"}', "posted_at"),
        (b'{"text": "a", "photos": "p"}', "photos"),
        (b'{"text": "a", "handle": 1}', "handle"),
        (b'{"id": [1], "text": "a"}', "id"),
        (b'{"id": true, "text": "a"}', "id"),
        (b'{"text": "' + b"a" * (TEXT_LIMIT + 1) + b'"}', "100,000"),
        (b'{"text": "' + b"a" * LINE_LIMIT + b'"}', "line is over"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)
def test_a_bad_line_is_answered_and_the_run_goes_on(ryoshiki: Command, line: bytes, said: str) -> None:
    """The answer names the line; the lines around it are reviewed; exit status 2."""
    outcome = ryoshiki(
        "check", "--batch", "-", stdin=jsonl({"id": 1, "text": STOP}) + line + b"\n" + jsonl({"text": CLEAN})
    )
    first, bad, last = outcome.lines
    assert (first["verdict"], last["verdict"]) == ("stop", "none")
    assert set(bad) == {"id", "error", "line"}
    assert (bad["id"], bad["line"]) == (None, 2)
    assert said in bad["error"]
    assert "\n" not in bad["error"]
    assert outcome.status == 2


def test_a_second_line_of_the_same_id_is_refused(ryoshiki: Command) -> None:
    """The first is reviewed; the number 1 and the text "1" are two ids; a refused line does not take its id."""
    drafts = [{"id": 1}, {"id": 1, "text": STOP}, {"id": "1", "text": CLEAN}, {"id": 1, "text": CLEAN}, {"text": CLEAN}]
    answers = ryoshiki("check", "--batch", "-", stdin=jsonl(*drafts)).lines
    assert ["error" in a for a in answers] == [True, False, False, True, False]
    assert (answers[3]["id"], answers[3]["line"]) == (1, 4)


def test_an_id_of_half_a_character_comes_back(ryoshiki: Command) -> None:
    """An id is the caller's affair."""
    (answer,) = ryoshiki("check", "--batch", "-", stdin=b'{"id": "\\ud800", "text": "a"}').lines
    assert answer["id"] == "\ud800"


def test_defaults_come_from_the_options(ryoshiki: Command) -> None:
    """What a line does not say, the command line says."""
    late = ryoshiki("check", "--batch", "-", "--at", "2026-06-12T21:14+09:00", stdin=jsonl({"text": CLEAN})).lines
    silent = ryoshiki("check", "--batch", "-", stdin=jsonl({"text": CLEAN})).lines
    assert late[0]["unchecked"] == []
    assert "時間" in silent[0]["unchecked"][0]["what"]


@pytest.mark.parametrize(("fail_on", "status"), [("stop", 0), ("caution", 1), ("never", 0)])
def test_fail_on_looks_at_all_lines(ryoshiki: Command, fail_on: str, status: int) -> None:
    """The weightiest finding of the run decides."""
    lines = jsonl({"text": "もやもや"}, {"text": "がさがさ"}, {"text": CLEAN})
    assert ryoshiki("check", "--batch", "-", "--fail-on", fail_on, stdin=lines).status == status


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--batch", "none.jsonl"], "none.jsonl"),
        (["--batch", "/"], "フォルダ"),
        (["--batch", "-", "text"], "--batch"),
        (["--batch", "-", "--fix"], "--batch"),
        (["--batch", "-", "--format", "html"], "--batch"),
        (["--batch", "-", "--platform", "icq"], "--platform"),
    ],
)
def test_what_cannot_be_done_gets_one_line(ryoshiki: Command, arguments: list[str], said: str) -> None:
    """A batch that cannot begin says why."""
    assert said in complaint(ryoshiki("check", *arguments))


def test_the_input_is_not_overwritten(ryoshiki: Command, tmp_path: Path) -> None:
    """--output onto the input is refused before a byte is lost."""
    file = tmp_path / "in.jsonl"
    file.write_bytes(jsonl({"text": STOP}))
    assert "--output" in complaint(ryoshiki("check", "--batch", file, "--output", file))
    assert file.read_bytes() == jsonl({"text": STOP})


def test_an_empty_input_is_no_error(ryoshiki: Command) -> None:
    """No drafts, no answers."""
    outcome = ryoshiki("check", "--batch", "-", stdin=b"\n\n")
    assert (outcome.status, outcome.raw) == (0, b"")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line and line.strip()), max_size=5))
def test_every_line_has_an_answer(ryoshiki: Command, lines: list[bytes]) -> None:
    """Whatever stands in the lines, each gets one answer and the order is kept."""
    outcome = ryoshiki("check", "--batch", "-", stdin=b"".join(line + b"\n" for line in lines))
    # A line may be a BOM alone, which counts as blank.
    assert len(outcome.lines) in (len(lines), len(lines) - 1)
    assert outcome.err == ""
