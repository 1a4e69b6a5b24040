"""`ryoshiki trouble`: first help without a record, and a case from start to end on one's own machine."""

from __future__ import annotations

import email
import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from email.policy import default
from pathlib import Path
from zipfile import ZipFile

import pytest

from ryoshiki.guideline import DEFAULT
from tests.cli.conftest import Command, Outcome, complaint
from tests.desk.smtp import serving, talking, until_data, whole
from tests.pictures import encoded, sheet

TO = ("--to", "kacho@city.shioiri.example")


@pytest.fixture
def trouble(ryoshiki: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """``trouble("steps", "leak")`` by the guideline of Muroran; records would stand in ``tmp_path/desk.db``."""
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(DEFAULT))
    monkeypatch.setenv("RYOSHIKI_STORE", str(tmp_path / "desk.db"))
    monkeypatch.setenv("RYOSHIKI_MEANING", "off")

    def call(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        return ryoshiki("trouble", *arguments, stdin=stdin)

    return call


@pytest.fixture
def case(trouble: Command) -> str:
    """The beginning of the id of a case."""
    outcome = trouble("start", "leak", "--title", "名簿の件")
    assert outcome.status == 0
    return outcome.out[:8]


def mail_server(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    for name, value in (
        ("HOST", "127.0.0.1"),
        ("PORT", str(port)),
        ("SECURITY", "none"),
        ("FROM", "desk@city.shioiri.example"),
        ("TIMEOUT", "1"),
    ):
        monkeypatch.setenv(f"RYOSHIKI_SMTP_{name}", value)


def test_first_help_makes_no_record(trouble: Command, tmp_path: Path) -> None:
    """The list, the steps and the replies, in both languages; no database comes of it."""
    assert "flames  炎上した" in trouble().out
    assert "flames  It has flared up" in trouble("--lang", "en").out
    shown = trouble("steps", "leak").out
    assert "条項 4-3-3  所属長に伝える" in shown
    assert "（一般の法律から）" in shown
    assert "What not to do" in trouble("steps", "leak", "--lang", "en").out
    assert "--give until=" in trouble("reply").out
    assert not (tmp_path / "desk.db").exists()


def test_first_help_stays_where_records_are_broken(trouble: Command, tmp_path: Path) -> None:
    """A damaged database is told beside it, and costs nothing of the first help."""
    (tmp_path / "desk.db").write_bytes(b"no database at all" * 100)
    outcome = trouble()
    assert outcome.status == 0
    assert "炎上した" in outcome.out
    assert "backup" in outcome.err


def test_what_is_unknown_gets_the_nearest(trouble: Command) -> None:
    """A kind, a reply, a case."""
    assert "flames" in complaint(trouble("steps", "flame"))
    assert "apology" in complaint(trouble("reply", "apologi"))
    assert "見つからないか" in complaint(trouble("show", "00000000"))


def test_a_guideline_that_says_nothing(trouble: Command, folder: Path) -> None:
    """It is told that there is no such file."""
    assert "trouble.toml" in complaint(trouble("steps", "leak", "--guideline", folder))


def test_from_start_to_end(trouble: Command, case: str, tmp_path: Path) -> None:
    """Told, ticked, kept with a hash, handed over, settled, closed; the list and the page of the case say so."""
    screen = encoded(sheet(["名簿"], 200, 120), "PNG")
    (tmp_path / "screen.png").write_bytes(screen)
    digest = hashlib.sha256(screen).hexdigest()
    told = ("--fact", "what=名簿が写った", "--city-work", "yes", "--known-at", "2026-06-12T21:14")
    assert trouble("tell", case, *told).status == 0
    assert "手順の途中" in trouble("done", case, "pause", "keep").out
    trouble("done", case, "keep", "--undo")
    assert "記録しました" in trouble("note", case, "課長に電話した").out
    kept = trouble("keep", case, "--address", "https://x.example/1", "--photo", tmp_path / "screen.png")
    assert digest in kept.out
    shown = trouble("show", case).out
    for words in ("名簿が写った", "はい (yes)", "[x] pause", "[ ] keep", "課長に電話した", digest, "2026-06-16"):
        assert words in shown
    archive = tmp_path / "case.zip"
    assert trouble("export", case, archive).out.count(hashlib.sha256(archive.read_bytes()).hexdigest()) == 1
    with ZipFile(archive) as packed:
        assert packed.read(f"evidence/{digest[:12]}.png") == screen
    assert "収まった" in trouble("move", case, "settled").out
    assert "終えた" in trouble("close", case, "--lessons", "二人で見ます。").out
    assert "二人で見ます。" in trouble("show", case).out
    assert f"{case}  終えた (closed)  名簿の件" in trouble().out
    assert "closed" in complaint(trouble("note", case, "もう一言"))
    assert "手順の途中" in trouble("move", case, "steps").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tell", "--fact", "what"), "NAME=WORDS"),
        (("tell", "--fact", "colour=青"), "what, where"),
        (("tell", "--city-work", "perhaps"), "unknown"),
        (("tell", "--known-at", "昨日"), "no date"),
        (("done", "panic"), "pause"),
        (("move", "closed"), "lessons"),
        (("move", "away"), "steps, reported, settled"),
        (("close", "--lessons", "学び"), "from here"),
        (("keep",), "address"),
        (("keep", "--photo", "none.png"), "no such file"),
        (("letter", "--send"), "smtp_host"),
        (("letter", "--handed-over"), "no such letter"),
        (("letter", "--arrived"), "no such letter"),
        (("letter", "--send", "--handed-over"), "one of them"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done(trouble: Command, case: str, arguments: tuple[str, ...], said: str) -> None:
    """One line says why; the case is as before."""
    command, *rest = arguments
    assert said in complaint(trouble(command, case, *rest))
    assert f"{case}  開いたところ" in trouble().out


def test_a_calm_reply(trouble: Command, case: str) -> None:
    """The draft and its review; exit status 1 where something was found; kept only where one asks for it."""
    calm = trouble("reply", "later", "--give", "about=ご指摘の点", "--give", "until=明日まで", "--case", case)
    assert calm.status == 0
    assert calm.out.startswith("ご意見をいただき")
    hot = trouble("reply", "apology", "--give", "what=騒がせた", "--give", "next=嫌なら見なければいいのでは")
    assert hot.status == 1
    assert "見直しましょう" in hot.out
    shown = trouble("show", case).out
    assert "ご指摘の点について" in shown
    assert "騒がせた" not in shown
    assert "until" in complaint(trouble("reply", "later", "--give", "about=件"))
    assert "返事をしないことも" in trouble("reply", "no-answer").out


def test_the_report_as_a_file(trouble: Command, case: str, tmp_path: Path) -> None:
    """Shown without a trace; as a mail or a text; handed over, and then it is reported."""
    before = trouble("show", case).out
    assert "報告します" in trouble("letter", case).out
    assert trouble("show", case).out == before
    for name in ("a.eml", "a.txt"):
        assert trouble("letter", case, "--output", tmp_path / name, "--name", "港湾課長").status == 0
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    mail = email.message_from_bytes((tmp_path / "a.eml").read_bytes(), policy=default)
    assert "港湾課長　様" in text
    assert mail.get_content().replace("\r\n", "\n") == text
    assert "handed over" in trouble("letter", case, "--handed-over").out
    assert "報告した" in trouble().out


def test_the_report_by_mail(trouble: Command, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes once; the same words a second time are refused."""
    with serving() as (port, inbox):
        mail_server(monkeypatch, port)
        assert "sent" in trouble("letter", case, "--send", *TO).out
        assert "already" in complaint(trouble("letter", case, "--send", *TO))
        assert inbox.mail()["To"] == TO[1]
    assert "報告した" in trouble().out


def test_a_server_that_refuses(trouble: Command, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit status 1 and the reason; it may be sent again."""
    with talking(lambda one: one.sendall(b"421 busy\r\n")) as (port, _):
        mail_server(monkeypatch, port)
        outcome = trouble("letter", case, "--send", *TO)
    assert outcome.status == 1
    assert "もう一度送れます" in outcome.out
    with serving() as (port, inbox):
        mail_server(monkeypatch, port)
        assert trouble("letter", case, "--send", *TO).status == 0
        assert len(inbox.letters) == 1


def test_killed_while_sending(trouble: Command, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After kill -9 the person reads whom to ask, and nothing goes again, whatever is pressed, until they did."""
    taken = threading.Event()

    def takes_it_and_hangs(one: socket.socket) -> None:
        until_data(one)
        whole(one)
        taken.set()

    with talking(takes_it_and_hangs) as (port, connected):
        mail_server(monkeypatch, port)
        command = [sys.executable, "-m", "ryoshiki", "trouble", "letter", case, "--send", *TO]
        process = subprocess.Popen(command, env=os.environ | {"RYOSHIKI_SMTP_TIMEOUT": "60"}, stdout=subprocess.DEVNULL)
        try:
            assert taken.wait(60)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert "届いたか分かりません。相手に確かめてください" in re.sub(r"\s+", "", trouble("show", case).out)
        assert "ask the recipient" in complaint(trouble("letter", case, "--send", *TO))
        assert "wait" in complaint(trouble("letter", case, "--not-arrived"))
        assert len(connected) == 1
