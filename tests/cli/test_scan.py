"""`ryoshiki scan`: from files to a folder of tables, and on from where it was broken off."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.dataset
import pytest
from pyarrow import parquet

from tests.cli.conftest import Command, complaint
from tests.scan.conftest import jsonl, posts


def files(folder: Path) -> dict[str, bytes]:
    """All files of a folder of results, with their bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_row_is_answered_as_check_does(ryoshiki: Command, tmp_path: Path) -> None:
    """Tables that any reader opens, rows set aside beside them, counts on standard error; as `check --batch` finds."""
    source, out = jsonl(tmp_path / "in.jsonl", posts(10)), tmp_path / "out"
    outcome = ryoshiki("scan", source, out, "--chunk", "4", "--workers", "1")
    assert (outcome.status, outcome.raw) == (2, b"")
    assert "読んだ投稿: 8\n  やめましょう: 2\n" in outcome.err
    assert "読めなかった行: 2\n" in outcome.err
    found = pyarrow.dataset.dataset(out).to_table().to_pylist()
    answers = ryoshiki("check", "--batch", source).lines
    assert [(row["id"], row["verdict"]) for row in found] == [
        (a["id"], a["verdict"]) for a in answers if "error" not in a
    ]
    assert [f["sign"] for row in found for f in row["findings"]] == [
        f["sign"] for a in answers if "error" not in a for f in a["findings"]
    ]
    assert sorted(files(out)) == [
        *("_bad/00000-000000.jsonl", "_bad/00000-000002.jsonl", "_progress.json"),
        *(f"part-00000-{n:06}.parquet" for n in range(3)),
    ]
    assert "ぺけぺけ".encode() not in b"".join(files(out).values())


def test_the_same_bytes_from_one_and_from_two(ryoshiki: Command, tmp_path: Path) -> None:
    """However many work, and for JSONL, CSV and Parquet in one folder; a second run finds all done."""
    source = tmp_path / "in"
    source.mkdir()
    jsonl(source / "a.jsonl", posts(9))
    (source / "b.csv").write_text("id,text\n1,がさがさ\n", encoding="cp932")
    parquet.write_table(pyarrow.table({"text": ["もやもや", "晴れ"]}), source / "c.parquet")
    one, two = tmp_path / "one", tmp_path / "two"
    for out, workers in ((one, "1"), (two, "2")):
        assert ryoshiki("scan", source, out, "--chunk", "2", "--workers", workers).status == 2
    assert files(one) == files(two)
    again = ryoshiki("scan", source, one, "--chunk", "2")
    assert again.err.startswith("続きから始めます。終わっていた行: 12\n")
    assert (again.status, files(one)) == (2, files(two))


def broken_off(source: Path, out: Path, how: str) -> tuple[int, str]:
    """Begin a scan of one worker, and send it a signal when three parts are there; its exit status and last words."""
    command = [sys.executable, "-m", "ryoshiki", "scan", str(source), str(out), "--chunk", "2", "--workers", "1"]
    # Where the tests run in the background, Ctrl-C is ignored, and the child would ignore it as well.
    heard = None if os.name == "nt" else (lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heard)
    while not (out / "part-00000-000002.parquet").exists():
        assert run.poll() is None
        time.sleep(0.001)
    run.send_signal(getattr(signal, how))
    _, said = run.communicate()  # ends when nobody holds the pipe any more: not a worker either
    return run.returncode, said.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")
def test_killed_it_goes_on(ryoshiki: Command, tmp_path: Path) -> None:
    """Killed in the middle, its worker ends too; the same command then gives the bytes of one that was left alone."""
    source, out, whole = jsonl(tmp_path / "in.jsonl", posts(300)), tmp_path / "out", tmp_path / "whole"
    assert broken_off(source, out, "SIGKILL") == (-signal.SIGKILL, "")
    done = len(list(out.glob("part-*")))
    assert done < 150
    outcome = ryoshiki("scan", source, out, "--chunk", "2", "--workers", "1")
    assert f"終わっていた行: {2 * done}\n" in outcome.err
    ryoshiki("scan", source, whole, "--chunk", "2", "--workers", "1")
    assert files(out) == files(whole)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C otherwise")
def test_ctrl_c_ends_it_and_says_how_to_go_on(ryoshiki: Command, tmp_path: Path) -> None:
    """The exit status is that of an interrupted command."""
    status, said = broken_off(jsonl(tmp_path / "in.jsonl", posts(300)), tmp_path / "out", "SIGINT")
    assert status == 130
    assert said.startswith("止めました。")


@pytest.mark.parametrize(("text", "fail_on", "status"), [("もやもや", "caution", 0), ("もやもや", "confirm", 1)])
def test_exit_status(ryoshiki: Command, tmp_path: Path, text: str, fail_on: str, status: int) -> None:
    """As that of `check`: the weightiest finding decides."""
    source = jsonl(tmp_path / "in.jsonl", [{"text": text}])
    assert ryoshiki("scan", source, tmp_path / "out", "--fail-on", fail_on, "--workers", "1").status == status


def test_a_dry_run_only_says_what_it_would_read(ryoshiki: Command, tmp_path: Path) -> None:
    """Files, rows where they are known, and columns."""
    parquet.write_table(pyarrow.table({"text": ["a", "b"], "other": [1, 2]}), tmp_path / "a.parquet")
    outcome = ryoshiki("scan", tmp_path / "a.parquet", tmp_path / "out", "--dry-run", "--lang", "en")
    assert outcome.status == 0
    assert "2 rows" in outcome.out
    assert "columns: text\n" in outcome.out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none", "out"], "none"),
        (["in.jsonl", "in.jsonl"], "入力の中"),
        ([".", "./out"], "入力の中"),
        (["in.jsonl", "out", "--engine", "spark"], "--engine"),
        (["in.jsonl", "out", "--address", "x:1"], "--engine ray"),
        (["in.jsonl", "out", "--workers", "0"], "--workers"),
        (["in.jsonl", "out", "--chunk", "0"], "--chunk"),
        (["in.jsonl", "out", "--platform", "icq"], "--platform"),
        (["in.jsonl", "full"], "not empty"),
    ],
)
def test_what_cannot_be_done_gets_one_line(
    ryoshiki: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    """Before anything is written."""
    monkeypatch.chdir(tmp_path)
    jsonl(tmp_path / "in.jsonl", posts(2))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    assert said in complaint(ryoshiki("scan", *arguments))
    assert not (tmp_path / "out").exists()


def test_other_settings_are_not_mixed(ryoshiki: Command, tmp_path: Path) -> None:
    """A folder of results goes on only with what it was begun with."""
    source, out = jsonl(tmp_path / "in.jsonl", posts(2)), tmp_path / "out"
    ryoshiki("scan", source, out, "--workers", "1")
    assert "quotes" in complaint(ryoshiki("scan", source, out, "--quotes"))
    jsonl(source, posts(3))
    assert "input" in complaint(ryoshiki("scan", source, out))
