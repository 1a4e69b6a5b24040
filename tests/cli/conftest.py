"""A guideline folder of four signs, and the command run inside this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from ryoshiki.cli import run

_GUIDELINE = """
id = "ours"
title = "見本のガイドライン"
version = "2026-04-01"
source = "https://www.city.example/"
[organisation]
name = "汐入市"
[[organisation.shift]]
name = "標準"
start = "08:45"
end = "17:30"
[[organisation.shift]]
name = "夜勤"
start = "17:00"
end = "08:45"
"""
_CLAUSES = """
[[clause]]
id = "5-1"
section = "5 禁止事項"
title = "人をおとしめること"
title_en = "Insults"
gist = "人をおとしめません。"
origin = "guideline"
"""
_RULE = """
[rule]
id = "insult"
title = "人をおとしめる言葉"
title_en = "Insults"
clause = "5-1"
severity = "stop"
why = "読んだ人が傷つきます。"
advice = "言いかえましょう。"
question = "本人の前で言えますか。"
misses = "皮肉は見つけられません。"

[[sign]]
id = "abuse"
kind = "pattern"
pattern = "ぺけぺけ"
message = "「{quote}」は人をおとしめる言葉です。"
fix = "（削除）"
flags = ["あいつはぺけぺけだ"]
passes = ["いい天気"]

[[sign]]
id = "coarse"
kind = "pattern"
pattern = "がさがさ"
severity = "caution"
message = "「{quote}」は荒い言葉です。"

[[sign]]
id = "doubtful"
kind = "pattern"
pattern = "もやもや"
severity = "confirm"
message = "「{quote}」でよいですか。"
"""
_PLATFORM = """
[[platform]]
id = "{id}"
name = "{id} のなまえ"
reach = "だれでも読めます。"
editing = "直せません。"
taking_back = "消せません。"
limit = 280
counting = "weighted"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A guideline folder: ぺけぺけ is stop (with a fix), がさがさ caution, もやもや confirm."""
    made = tmp_path / "ours"
    for name, content in {
        "guideline.toml": _GUIDELINE,
        "clauses/5.toml": _CLAUSES,
        "rules/insult.toml": _RULE,
        "platforms.toml": "".join(_PLATFORM.format(id=id) for id in ("x", "line")),
    }.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(content, encoding="utf-8")
    return made


@dataclass(frozen=True)
class Outcome:
    """What one run of the command left behind."""

    status: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Outcome]


@pytest.fixture
def ryoshiki(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """``ryoshiki("check", "text", stdin=b"…")`` with the small guideline and an empty configuration folder."""
    for variable in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    monkeypatch.delenv("RYOSHIKI_STORE", raising=False)
    monkeypatch.setenv("RYOSHIKI_GUIDELINE", str(folder))

    def call(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        out, err = TextIOWrapper(BytesIO(), encoding="utf-8"), TextIOWrapper(BytesIO(), encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
            patch.setattr("sys.stdout", out)
            patch.setattr("sys.stderr", err)
            status = run([str(a) for a in arguments])
            out.flush()
            err.flush()
        printed, complained = out.buffer, err.buffer
        assert isinstance(printed, BytesIO)
        assert isinstance(complained, BytesIO)
        return Outcome(status, printed.getvalue(), complained.getvalue().decode("utf-8"))

    return call


def complaint(outcome: Outcome) -> str:
    """The one clear line of a run that could not be done."""
    assert outcome.status == 2, outcome
    assert outcome.raw == b""
    (line,) = outcome.err.splitlines()
    assert line.startswith("ryoshiki: ")
    return line
