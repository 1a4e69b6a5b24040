"""`ryoshiki train`: a round from beginning to end, what is kept of it, and what is not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from ryoshiki import load
from ryoshiki.desk.training import Case, Progress, cases, round_of, shuffled
from tests.cli.conftest import Command, complaint

TODAY = date.today()
SEED = TODAY.toordinal()
_CASE = """
[[case]]
id = "case-{n}"
rule = "insult"
situation = "場面{n}です。"
situation_en = "Scene {n}."
choices = [
  {{ say = "待つ", why = "落ち着くからです。", best = true }},
  {{ say = "書く", why = "傷つくからです。" }},
  {{ say = "消す", why = "残るからです。" }},
]
"""


@pytest.fixture(autouse=True)
def ten(folder: Path) -> None:
    """Ten cases in the small guideline's folder."""
    text = "".join(_CASE.format(n=n) for n in range(10))
    (folder / "cases.toml").write_text(text, encoding="utf-8")


def keys(folder: Path, wrong: int = 0, size: int = 10) -> bytes:
    """What to type for a first round: the first ``wrong`` cases wrong, all others right, then those again."""
    asked = list(round_of(cases(load(folder)), Progress(), TODAY, SEED, size))
    typed = [_place(case, n, best=n >= wrong) for n, case in enumerate([*asked, *asked[:wrong]])]
    typed[size:] = [_place(case, n, best=True) for n, case in enumerate(asked[:wrong], size)]
    return "".join(f"{n}\n" for n in typed).encode()


def _place(case: Case, turn: int, *, best: bool) -> int:
    return [choice.best for choice in shuffled(case, SEED + turn)].index(best) + 1


def kept(tmp_path: Path) -> Progress:
    return Progress.from_json((tmp_path / "config/ryoshiki/training.json").read_text(encoding="utf-8"))


def test_a_round_explains_each_case(ryoshiki: Command, folder: Path) -> None:
    """Number, situation, three choices; then which was best, why, the clause and the rule."""
    out = ryoshiki("train", stdin=keys(folder)).out
    for said in (
        "事例 1 / 10",
        "事例 10 / 10",
        "どうしますか",
        "よい選び方です。",
        "落ち着くからです。",
        "傷つくからです。",
    ):
        assert said in out
    assert "条項 5-1  人をおとしめること" in out
    assert "規則 insult" in out
    assert "修了です" in out


def test_what_went_wrong_is_asked_again_at_the_end(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """Two mistakes, mended: it is completed, and both come back tomorrow."""
    outcome = ryoshiki("train", stdin=keys(folder, wrong=2))
    assert outcome.status == 0
    assert outcome.out.count("もう一度") == 2
    assert "そのうち 8 は、はじめから" in outcome.out
    dues = sorted(card.due for card in kept(tmp_path).cards.values())
    assert dues == [TODAY + timedelta(1)] * 2 + [TODAY + timedelta(7)] * 8
    assert kept(tmp_path).completed == {"ours 2026-04-01": TODAY}


def test_three_mistakes_are_too_many(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """The round ends kindly, says what it takes, and there is no certificate yet."""
    assert "修了証" not in ryoshiki("train", stdin=keys(folder, wrong=3)).out
    assert kept(tmp_path).completed == {}
    paper = tmp_path / "paper.html"
    assert "not completed yet" in complaint(ryoshiki("train", "--certificate", paper, "--name", "山田"))
    assert not paper.exists()


@pytest.mark.parametrize("options", [["--rule", "insult"], ["--count", "9"]])
def test_part_of_a_round_is_no_completion(ryoshiki: Command, folder: Path, tmp_path: Path, options: list[str]) -> None:
    """Of one rule alone, or with fewer cases."""
    size = 9 if "--count" in options else 10
    assert ryoshiki("train", *options, stdin=keys(folder, size=size)).status == 0
    assert len(kept(tmp_path).cards) == size
    assert kept(tmp_path).completed == {}


def test_the_certificate(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """A page with the name and the day; a name is needed."""
    ryoshiki("train", stdin=keys(folder, wrong=1))
    paper = tmp_path / "paper.html"
    assert "--name" in complaint(ryoshiki("train", "--certificate", paper))
    assert "修了証をつくりました" in ryoshiki("train", "--certificate", paper, "--name", "汐入 <花>").out
    text = paper.read_text(encoding="utf-8")
    assert "汐入 &lt;花&gt;" in text
    assert f"{TODAY.year}年{TODAY.month}月{TODAY.day}日" in text
    assert "見本のガイドライン" in text


def test_no_answer_is_kept(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """The file holds ids, boxes and dates, and nothing beside it is left."""
    ryoshiki("train", stdin=keys(folder, wrong=2))
    file = tmp_path / "config/ryoshiki/training.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    assert set(data) == {"version", "cases", "completed"}
    assert all(set(card) == {"box", "due"} for card in data["cases"].values())
    assert [path.name for path in file.parent.iterdir()] == ["training.json"]


@pytest.mark.parametrize("end", [b"", b"q\n", "ｑ\n".encode()])
def test_leaving_keeps_what_was_answered(ryoshiki: Command, folder: Path, tmp_path: Path, end: bytes) -> None:
    """At the end of the input, or with q: three are kept, and the next round goes on with others."""
    typed = b"".join(keys(folder).splitlines(keepends=True)[:3])
    outcome = ryoshiki("train", stdin=typed + end)
    assert outcome.status == 0
    assert "ここまでを覚えました" in outcome.out
    assert len(kept(tmp_path).cards) == 3
    later = round_of(cases(load(folder)), kept(tmp_path), TODAY, SEED)
    assert not {case.id for case in later[:7]} & set(kept(tmp_path).cards)


def test_what_is_no_number_is_asked_again(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """Words, numbers out of range, broken bytes and very long lines; full width is a number."""
    first = keys(folder).splitlines()[0].decode()
    wide = first.translate(str.maketrans("123", "１２３"))
    typed = "\n4\n0\nはい\n".encode() + b"\xff\xfe\n" + b"1" * 5000 + b"\n" + f"{wide}\n".encode()
    outcome = ryoshiki("train", stdin=typed)
    assert outcome.out.count("番号か q を入れてください") >= 6
    assert kept(tmp_path).cards[round_of(cases(load(folder)), Progress(), TODAY, SEED)[0].id].box == 3


def test_english_labels(ryoshiki: Command, folder: Path) -> None:
    """With the scene in English above the Japanese."""
    out = ryoshiki("train", "--lang", "en", stdin=keys(folder)).out
    for said in ("Case 1 of 10", "Scene 0.", "場面0です。", "Well chosen.", "best"):
        assert said in out


def test_one_case_is_shown_with_its_answer(ryoshiki: Command, tmp_path: Path) -> None:
    """For whoever teaches; nothing is kept of it."""
    out = ryoshiki("train", "--show", "case-3").out
    assert "場面3です。" in out
    assert "待つ（よい）" in out
    assert "残るからです。" in out
    assert not (tmp_path / "config").exists()


def test_rules_are_listed_with_their_cases(ryoshiki: Command) -> None:
    """How many cases each has; with a rule, the cases themselves."""
    assert ryoshiki("train", "--rules").out == " 10  insult  人をおとしめる言葉\n"
    listed = ryoshiki("train", "--rules", "--rule", "insult").out.splitlines()
    assert listed == [f"case-{n}  場面{n}です。" for n in range(10)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--rule", "insults"], "insult"),
        (["--show", "case-33"], "case-3"),
        (["--count", "0"], "--count"),
    ],
)
def test_what_there_is_not_is_refused(ryoshiki: Command, options: list[str], said: str) -> None:
    """By the option's name, with the nearest that there is."""
    line = complaint(ryoshiki("train", *options))
    assert options[0] in line
    assert said in line


def test_the_record_can_be_forgotten(ryoshiki: Command, folder: Path, tmp_path: Path) -> None:
    """It is gone from the disk; a second time there is none."""
    ryoshiki("train", stdin=keys(folder))
    assert "消しました" in ryoshiki("train", "--forget").out
    assert not (tmp_path / "config/ryoshiki/training.json").exists()
    assert "ありません" in ryoshiki("train", "--forget").out


def test_a_damaged_record_is_named_and_kept(ryoshiki: Command, tmp_path: Path) -> None:
    """It is not written over; the way out is told, and works."""
    file = tmp_path / "config/ryoshiki/training.json"
    file.parent.mkdir(parents=True)
    file.write_text("{", encoding="utf-8")
    line = complaint(ryoshiki("train", stdin=b"1\n"))
    assert "training.json" in line
    assert "--forget" in line
    assert file.read_text(encoding="utf-8") == "{"
    assert ryoshiki("train", "--forget").status == 0


def test_the_setting_names_the_file(
    ryoshiki: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RYOSHIKI_TRAINING, or `training` in the configuration."""
    monkeypatch.setenv("RYOSHIKI_TRAINING", str(tmp_path / "mine.json"))
    ryoshiki("train", stdin=keys(folder))
    assert (tmp_path / "mine.json").is_file()


def test_a_guideline_without_cases_says_so(ryoshiki: Command, folder: Path) -> None:
    """One line and exit status 2."""
    (folder / "cases.toml").unlink()
    assert "事例がありません" in complaint(ryoshiki("train"))


def test_a_bad_file_of_cases_is_refused_by_validate(ryoshiki: Command, folder: Path) -> None:
    """As the rest of the folder is, before anybody trains."""
    (folder / "cases.toml").write_text('[[case]]\nid = "a"\n', encoding="utf-8")
    assert "cases.toml:2: situation" in complaint(ryoshiki("guideline", "validate", folder))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_leaves_kindly(folder: Path, tmp_path: Path) -> None:
    """What was answered is kept, and there is no traceback."""
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config"), "RYOSHIKI_GUIDELINE": str(folder)}
    command = [sys.executable, "-m", "ryoshiki", "train"]
    pipe = subprocess.PIPE
    # Where the tests run in the background, Ctrl-C is ignored, and the child would ignore it as well.
    heard = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731  read on this one line
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, preexec_fn=heard) as run:
        assert run.stdin
        assert run.stdout
        run.stdin.write(b"1\n")
        run.stdin.flush()
        shown = b""
        while "事例 2".encode() not in shown:
            shown += run.stdout.read1()  # type: ignore[attr-defined]
        run.send_signal(signal.SIGINT)
        out, err = run.communicate()
    assert run.returncode == 130
    assert "ここまでを覚えました" in out.decode()
    assert err == b""
    assert len(kept(tmp_path).cards) == 1
