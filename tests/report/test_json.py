"""The JSON that scripts rely on."""

import json

from ryoshiki.model import Guideline
from ryoshiki.report.frame import Frame
from ryoshiki.report.json import render
from tests.report.conftest import Maker


def test_the_contract(guideline: Guideline, making: type[Maker]) -> None:
    """Keys, order and offsets are those of DESIGN.md; more keys follow."""
    maker = making("𠮷さんは090-0000-1234").note("090-0000-1234", fix="（電話番号）").note(None, "caution")
    answer = json.loads(render(maker.report(), maker.draft, guideline, Frame()))
    assert list(answer)[:3] == ["verdict", "findings", "unchecked"]
    assert answer["verdict"] == "stop"
    first, second = answer["findings"]
    wanted = ["rule", "sign", "clause", "severity", "start", "end", "quote", "message", "advice", "fix"]
    assert list(first)[: len(wanted)] == wanted
    assert (first["start"], first["end"], first["quote"]) == (4, 17, "090-0000-1234")
    assert first["fix"] == {"start": 4, "end": 17, "text": "（電話番号）"}
    assert (second["start"], second["end"], second["fix"]) == (None, None, None)
    assert answer["unchecked"] == [{"what": "写真 a.jpg", "why": "この版は写真の中身をまだ読みません。"}]


def test_accepted_findings_are_named_by_fingerprint_only(guideline: Guideline, making: type[Maker]) -> None:
    """What the author accepted is not told again."""
    maker = making("あいう").note("い")
    answer = json.loads(render(maker.report(waived=1), maker.draft, guideline, Frame()))
    assert (answer["verdict"], answer["findings"], answer["waived"]) == ("none", [], ["0000000000000001"])
