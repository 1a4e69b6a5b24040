"""The second reader is asked when the author wants it, and at no other time."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command, complaint
from tests.test_second_reader import findings, serving

TEXT = "うちの課のあの人、また休んでる"


def test_the_author_asks_and_sees_the_answer(
    ryoshiki: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The configuration file names the endpoint as a table; the note says whose reading it is."""
    with serving(findings(("insult", "あの人"))) as (second, server):
        config = tmp_path / "own.toml"
        config.write_text(f'[second_reader]\nurl = "{second.url}"\nmodel = "our-model"\n', encoding="utf-8")
        monkeypatch.setenv("RYOSHIKI_CONFIG", str(config))
        assert ryoshiki("check", TEXT, "--at", "none").status == 0
        assert server.asked == []
        outcome = ryoshiki("check", TEXT, "--at", "none", "--second-opinion", "--format", "json")
    (finding,) = outcome.json["findings"]
    assert (outcome.status, finding["sign"], finding["quote"]) == (1, "insult/second-opinion", "あの人")
    assert server.asked[0]["model"] == "our-model"


def test_without_the_setting_one_line_says_so(ryoshiki: Command) -> None:
    """Nothing is sent anywhere by default."""
    assert "second_reader_url" in complaint(ryoshiki("check", TEXT, "--second-opinion"))


def test_it_is_not_for_many_at_once(ryoshiki: Command) -> None:
    """An author asks for one draft; a batch has no author."""
    assert "--second-opinion" in complaint(ryoshiki("check", "--batch", "-", "--second-opinion"))


def test_a_bad_endpoint_is_refused(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A URL that is none gets one line."""
    monkeypatch.setenv("RYOSHIKI_SECOND_READER_URL", "llm.city.example")
    assert "second_reader_url" in complaint(ryoshiki("check", TEXT, "--second-opinion"))
