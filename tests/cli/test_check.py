"""One draft."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ryoshiki.cli.check import fails, fixed, moment
from ryoshiki.guideline import load
from ryoshiki.model import Finding, Fix, RyoshikiError, Severity, Span
from tests.cli.conftest import Command, complaint

STOP, CAUTION, CONFIRM, CLEAN = "あいつはぺけぺけだ", "がさがさする", "もやもやする", "いい天気です"


def finding(severity: Severity, fix: Fix | None = None) -> Finding:
    return Finding("r", "r/s", "c", severity, None, "", "m", "a", "q", "guideline", fix, "0" * 16)


def test_the_answer_in_text(ryoshiki: Command) -> None:
    """The words, the clause, the reason and the advice; exit status 1."""
    outcome = ryoshiki("check", STOP)
    assert outcome.status == 1
    assert "1  やめましょう  5-1 人をおとしめること" in outcome.out
    assert "「ぺけぺけ」は人をおとしめる言葉です。" in outcome.out
    assert "\x1b" not in outcome.out
    assert outcome.err == ""


def test_nothing_found_is_status_0(ryoshiki: Command) -> None:
    """A clean draft is answered quietly."""
    outcome = ryoshiki("check", CLEAN)
    assert outcome.status == 0
    assert "気になる点は見つかりませんでした。" in outcome.out


@pytest.mark.parametrize("format", ["text", "json", "sarif", "markdown", "html"])
def test_every_format_goes_out(ryoshiki: Command, format: str, tmp_path: Path) -> None:
    """A format goes to standard output or, the same, into a file."""
    outcome = ryoshiki("check", STOP, "--format", format)
    assert (outcome.status, outcome.err) == (1, "")
    file = tmp_path / "report"
    assert ryoshiki("check", STOP, "--format", format, "--output", file).raw == b""
    assert file.read_bytes() == outcome.raw


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        (STOP, "stop", 1), (CAUTION, "stop", 0), (CONFIRM, "stop", 0),
        (STOP, "caution", 1), (CAUTION, "caution", 1), (CONFIRM, "caution", 0),
        (STOP, "confirm", 1), (CAUTION, "confirm", 1), (CONFIRM, "confirm", 1), (CLEAN, "confirm", 0),
        (STOP, "never", 0),
    ],
)  # fmt: skip
def test_fail_on(ryoshiki: Command, text: str, fail_on: str, status: int) -> None:
    """Exit status 1 begins at the weight that was asked for."""
    assert ryoshiki("check", text, "--fail-on", fail_on).status == status


def test_fails_looks_at_the_weightiest() -> None:
    """One weighty finding among light ones is enough."""
    assert fails([finding("confirm"), finding("stop")], "stop")
    assert not fails([finding("confirm")], "caution")
    assert not fails([], "confirm")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xml"], "--format.*'xml'.*text, json, sarif, markdown, html"),
        (["--fail-on", "often"], "--fail-on.*stop, caution, confirm, never"),
        (["--lang", "fr"], "--lang.*ja, en"),
        (["--account", "mine"], "--account.*private, official"),
        (["--platform", "icq"], "--platform.*x, line"),
        (["--at", "soon"], "--at: 'soon'.*2026-06-12T21:14"),
        (["--at", "2026-02-30T10:00"], "--at"),
        (["--at", "2026-06-12"], "--at"),
        (["--guideline", "/none"], "none"),
        (["--photo", "/none.jpg"], "none.jpg: ファイルがありません"),
        (["--photo", "/"], "フォルダ"),
        (["--reply-to", " "], "--reply-to.*空"),
        (["--output", "/none/report"], "none"),
        (["--nonsense"], "--nonsense"),
        (["extra"], "extra"),
    ],
)
def test_bad_options_get_one_line(ryoshiki: Command, arguments: list[str], said: str) -> None:
    """The line names the option and what it takes."""
    assert re.search(said, complaint(ryoshiki("check", CLEAN, *arguments)))


def test_photos_stand_in_what_was_not_looked_at(ryoshiki: Command, tmp_path: Path) -> None:
    """A photo that can be read is named, since this version does not look into it."""
    photo = tmp_path / "宴会.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    answer = ryoshiki("check", CLEAN, "--photo", photo, "--format", "json").json
    assert any("宴会.jpg" in u["what"] for u in answer["unchecked"])


def test_fix_prints_the_mended_draft_alone(ryoshiki: Command, tmp_path: Path) -> None:
    """Standard output holds the draft; the notes go to standard error; line ends stay."""
    outcome = ryoshiki("check", "--fix", stdin="あいつはぺけぺけだ\r\nがさがさ\r\n".encode())
    assert outcome.raw == "あいつは（削除）だ\r\nがさがさ\r\n".encode()
    assert "やめましょう" in outcome.err
    assert outcome.status == 1
    assert ryoshiki("check", "--fix", CLEAN).out == CLEAN + "\n"


def test_fixes_that_overlap_are_not_mixed() -> None:
    """Of two fixes for the same words the weightier finding's is taken; the others are put in from the end."""
    found = [
        finding("stop", Fix(Span(2, 4), "XX")),
        finding("caution", Fix(Span(3, 6), "YYY")),
        finding("caution", Fix(Span(0, 1), "")),
        finding("confirm", Fix(Span(6, 6), "!")),
        finding("confirm"),
    ]
    assert fixed("abcdefg", found) == "bXXef!g"


def test_the_draft_is_not_overwritten_by_its_report(ryoshiki: Command, tmp_path: Path) -> None:
    """--output onto the draft is refused; with --fix it is what was asked for."""
    file = tmp_path / "draft.txt"
    file.write_text(STOP, encoding="utf-8")
    assert "--output" in complaint(ryoshiki("check", "--file", file, "--output", file))
    assert file.read_text(encoding="utf-8") == STOP
    ryoshiki("check", "--file", file, "--output", file, "--fix")
    assert file.read_text(encoding="utf-8") == "あいつは（削除）だ\n"


def test_all_shows_fingerprints_to_waive(ryoshiki: Command, tmp_path: Path) -> None:
    """What --all shows can be accepted, and is then quiet whatever stands around it."""
    shown = ryoshiki("check", STOP, "--all").out
    found = re.search(r"指紋  ([0-9a-f]{16})", shown)
    assert found is not None
    assert ryoshiki("waive", found[1], "--sign", "insult/abuse").status == 0
    outcome = ryoshiki("check", "ところで、" + STOP)
    assert outcome.status == 0
    assert "確かめ済みの 1 件" in outcome.out


def test_settings_count(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Configuration file, environment and option each override the one before."""
    config = tmp_path / "config" / "ryoshiki" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('format = "json"\nfail_on = "never"\n', encoding="utf-8")
    assert ryoshiki("check", STOP).json["verdict"] == "stop"
    monkeypatch.setenv("RYOSHIKI_FORMAT", "markdown")
    assert ryoshiki("check", STOP).out.startswith("# ")
    outcome = ryoshiki("check", STOP, "--format", "text", "--fail-on", "stop")
    assert outcome.status == 1
    assert outcome.out.startswith("下書き")
    config.write_text("colour = 1\n", encoding="utf-8")
    assert "config.toml: colour" in complaint(ryoshiki("check", STOP))
    monkeypatch.setenv("RYOSHIKI_CONFIG", str(tmp_path / "none.toml"))
    assert "none.toml" in complaint(ryoshiki("check", STOP))


def test_a_shift_is_one_of_the_guideline(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown shift is refused with the known ones."""
    monkeypatch.setenv("RYOSHIKI_SHIFT", "早番")
    assert "標準, 夜勤" in complaint(ryoshiki("check", CLEAN))
    monkeypatch.setenv("RYOSHIKI_SHIFT", "夜勤")
    assert ryoshiki("check", CLEAN).status == 0


def test_a_moment_without_an_offset_is_the_organisations(folder: Path) -> None:
    """10:00 typed in Muroran is 10:00 in Muroran."""
    loaded = load(folder)
    typed = moment("2026-06-12T10:00", loaded)
    assert typed is not None
    assert typed.utcoffset() == timedelta(hours=9)
    assert moment("2026-06-12T01:00Z", loaded) == typed
    assert moment("none", loaded) is None
    now = moment("now", loaded)
    assert now is not None
    assert abs(now - datetime.now().astimezone()) < timedelta(minutes=1)
    with pytest.raises(RyoshikiError):
        moment("", loaded)


def test_the_clock_is_read_unless_told_otherwise(ryoshiki: Command) -> None:
    """Without --at the post goes out now; with --at none the clock stands in what was not looked at."""

    def unchecked(*more: str) -> str:
        return json.dumps(ryoshiki("check", CLEAN, "--format", "json", *more).json["unchecked"], ensure_ascii=False)

    assert "時間" not in unchecked()
    assert "時間" in unchecked("--at", "none")


def test_colour_is_asked_for_by_environment(ryoshiki: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """FORCE_COLOR colours a pipe, NO_COLOR wins, and a file is never coloured."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31mやめましょう" in ryoshiki("check", STOP).out
    ryoshiki("check", STOP, "--output", tmp_path / "report.txt")
    assert "\x1b" not in (tmp_path / "report.txt").read_text(encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in ryoshiki("check", STOP).out
