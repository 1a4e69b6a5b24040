"""The essentials of SARIF 2.1.0."""

import json
from typing import Any

from ryoshiki.model import Guideline
from ryoshiki.report.frame import Frame
from ryoshiki.report.sarif import render
from tests.report.conftest import Maker

TEXT = "今日\n𠮷さんは090-0000-1234だって"


def run_of(maker: Maker, guideline: Guideline, waived: int = 0, source: str = "stdin") -> dict[str, Any]:
    log = json.loads(render(maker.report(waived), maker.draft, guideline, Frame(source=source)))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_places_count_utf16(guideline: Guideline, making: type[Maker]) -> None:
    """Columns and offsets are UTF-16 code units, and the run says so."""
    run = run_of(making(TEXT).note("090-0000-1234"), guideline)
    assert run["columnKind"] == "utf16CodeUnits"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 19, "charOffset": 8, "charLength": 13,
    }  # fmt: skip
    units = TEXT.encode("utf-16-le")
    assert units[16 : 16 + 26].decode("utf-16-le") == "090-0000-1234"


def test_every_result_points_at_its_rule(guideline: Guideline, making: type[Maker]) -> None:
    """ruleIndex and ruleId agree; every rule has help; levels are SARIF's own."""
    maker = making(TEXT).note("𠮷").note("だって", "caution").note("今日", "confirm", origin="general-law")
    run = run_of(maker, guideline)
    rules = run["tool"]["driver"]["rules"]
    assert [r["level"] for r in run["results"]] == ["error", "warning", "note"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"] == "仕事で知った人のこと"
        assert result["message"]["text"]
        assert result["partialFingerprints"]
    assert rules[2]["properties"]["clause"] == "law-38 副業（一般の法律から）"


def test_a_fix_replaces_the_region(guideline: Guideline, making: type[Maker]) -> None:
    """A one-step fix is a SARIF fix."""
    run = run_of(making(TEXT).note("090-0000-1234", fix="（電話番号）"), guideline)
    (fix,) = run["results"][0]["fixes"]
    (change,) = fix["artifactChanges"][0]["replacements"]
    assert change["deletedRegion"]["charLength"] == 13
    assert change["insertedContent"] == {"text": "（電話番号）"}


def test_accepted_findings_are_suppressed(guideline: Guideline, making: type[Maker]) -> None:
    """What was accepted stands in the log as suppressed."""
    run = run_of(making(TEXT).note("𠮷").note("今日"), guideline, waived=1)
    assert "suppressions" not in run["results"][0]
    assert run["results"][1]["suppressions"] == [{"kind": "external", "status": "accepted"}]


def test_what_was_not_looked_at_is_a_notification(guideline: Guideline, making: type[Maker]) -> None:
    """A finding without a place has no region; the unchecked stand in the invocation."""
    run = run_of(making(TEXT).note(None), guideline)
    assert "region" not in run["results"][0]["locations"][0]["physicalLocation"]
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("写真 a.jpg")


def test_the_artifact_is_a_uri(guideline: Guideline, making: type[Maker]) -> None:
    """A file name with spaces or Japanese letters becomes a URI; standard input is called stdin."""
    maker = making(TEXT).note("𠮷")
    place = run_of(maker, guideline, source="下 書.txt")["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E4%B8%8B%20%E6%9B%B8.txt"
    assert run_of(maker, guideline)["artifacts"] == [{"location": {"uri": "stdin"}}]
