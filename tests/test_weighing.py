"""Words and the local model, weighed against each other."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from ryoshiki import Draft, load, review
from ryoshiki.model import Guideline, Span
from ryoshiki.reading import Reading
from ryoshiki.reading.meaning import Limits, LocalReader, UnreadableError, View, Window
from ryoshiki.review import review_all
from tests.making import guideline, sign

TEXT = "バカ売れした。あの人の長い話。電話は090-0000-1234"
SURE, UNSURE, HARMLESS = 3.0, 0.0, -3.0


@dataclass(frozen=True)
class Reads:
    """A reader that is as sure as the test says, and points where it says."""

    logit: float
    place: str

    def views(self, drafts: Sequence[Draft]) -> Iterator[View]:
        for draft in drafts:
            places = tuple((i, i + 1) for i in range(len(draft.text)))
            at = draft.text.find(self.place)
            marks = np.full((len(places), 1), -5.0, np.float32)
            marks[at : at + len(self.place)] = 5.0
            window = Window((), 0, places)
            yield View({"head": Limits(2.0, -1.0, 0.0)}, ("head",), (self.logit,), ((window, marks),), len(draft.text))


@dataclass(frozen=True)
class Broken:
    """A reader that opens, and breaks as it reads."""

    def views(self, drafts: Sequence[Draft]) -> Iterator[View]:
        raise UnreadableError("途中で止まりました。")
        yield


def told(logit: float, *signs: str, place: str = "あの人の長い話") -> list[str]:
    made = {
        "words": sign("lexicon", id="a-rule/words", words=["abuse"]),
        "number": sign("identifier", id="a-rule/number", of=["phone"]),
        "meaning": sign("meaning", id="a-rule/meaning", head="head"),
    }
    loaded = guideline({"abuse": ["!バカ"]}, *(made[name] for name in signs))
    findings = review(Draft(TEXT), replace(loaded, reader=Reads(logit, place))).findings
    return [f"{f.sign.partition('/')[2]} {f.quote}" for f in findings]


def test_where_words_see_nothing_the_model_must_be_sure() -> None:
    """It speaks alone from one limit on, and points at the place."""
    assert told(SURE, "meaning") == ["meaning あの人の長い話"]
    assert told(UNSURE, "meaning") == []


def test_words_that_it_reads_as_harmless_are_dropped() -> None:
    """バカ売れ is praise; a telephone number is a fact and stands."""
    assert told(HARMLESS, "words", "number", "meaning") == ["number 090-0000-1234"]


def test_where_it_agrees_both_places_are_shown() -> None:
    """Beside words it need not be as sure as alone."""
    assert told(UNSURE, "words", "meaning") == ["words バカ", "meaning あの人の長い話"]
    assert told(SURE, "words", "meaning") == ["words バカ", "meaning あの人の長い話"]


def test_a_place_that_reads_on_from_where_words_saw_something_is_parted_there() -> None:
    """The rest is shown too, unless hardly anything is left; whole, where words saw nothing."""
    assert told(SURE, "words", "meaning", place="売れした。あの人の長い話") == ["words バカ", "meaning あの人の長い話"]
    assert told(SURE, "words", "meaning", place="売れした。あの") == ["words バカ"]
    assert told(SURE, "meaning", place="売れした。あの") == ["meaning 売れした。あの"]


def test_a_syllable_is_no_place() -> None:
    """Beside words it is left out; alone its sentence is pointed at."""
    assert told(SURE, "words", "meaning", place="。") == ["words バカ"]
    assert told(SURE, "meaning", place="。") == ["meaning バカ売れした。"]


def test_words_that_reach_over_two_sentences_speak_for_both() -> None:
    """The model, which points at less, does not take their place."""
    both = sign("together", id="a-rule/words", all=["who", "what"], within="near")
    loaded = guideline({"who": ["!バカ"], "what": ["!あの人"]}, both, sign("meaning", id="a-rule/meaning", head="head"))
    (finding,) = review(Draft(TEXT), replace(loaded, reader=Reads(SURE, "あの人の長い話"))).findings
    assert finding.quote == "バカ売れした。あの人"


def test_a_rule_without_such_a_sign_goes_by_words() -> None:
    """A guideline that leaves the sign out is not overruled."""
    assert told(HARMLESS, "words") == ["words バカ"]


@pytest.fixture(scope="module")
def muroran() -> Guideline:
    return load()


def test_without_the_model_the_report_says_so(muroran: Guideline) -> None:
    """Words go on, and what was not read stands under what was not looked at."""
    for reader, why in ((None, "設定"), (Broken(), "途中で")):
        report = review(Draft("お前は死ねばいい"), replace(muroran, reader=reader))
        assert "insult" in {f.rule for f in report.findings}
        assert any("文意" in u.what and why in u.why for u in report.unchecked)
    assert not any("文意" in u.what for u in review(Draft("お前は死ねばいい"), muroran).unchecked)


def test_without_the_model_words_point_further(muroran: Guideline) -> None:
    """The sentence that goes on about what words saw is shown too, in the words of the rule's own sign for meaning."""
    text = "拡散希望です。駅前の店の魚に毒が入っていたらしい。知り合いの看護師がそう言っていた。今夜はカレー。"
    report = review(Draft(text), replace(muroran, reader=None))
    shown = {f.quote: f.sign for f in report.findings if f.rule == "rumor"}
    assert shown.pop("知り合いの看護師がそう言っていた。") == "rumor/meaning"
    assert len(shown) == 1
    assert "rumor/meaning" not in shown.values()
    assert len({f.fingerprint for f in report.findings}) == len(report.findings)


def test_facts_are_not_read_on(muroran: Guideline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong weekday says nothing of the sentences beside it, even where all of them would be pointed at."""
    asked: list[Sequence[Span]] = []

    def everything(head: str, seen: Sequence[Span], reading: Reading) -> Sequence[Span]:
        asked.append(seen)
        return reading.sentences if seen else ()

    monkeypatch.setattr(sys.modules["ryoshiki.review"], "further", everything)
    wrong = Draft("11月28日(金)は休みです。海を見ます。", posted_at=datetime(2026, 11, 20, 20, tzinfo=UTC))
    report = review(wrong, replace(muroran, reader=None))
    assert [f.sign for f in report.findings] == ["accuracy/wrong-weekday"]
    assert asked == [[]]


def test_many_are_reviewed_as_one_is(muroran: Guideline) -> None:
    """The reports of many drafts are those of each, in order."""
    drafts = [Draft(text) for text in ("晩ごはんはカレー", "お前は死ねばいい", "来週から断水らしい。拡散して", "😀")]
    assert review_all(drafts, muroran) == [review(draft, muroran) for draft in drafts]
    assert review_all([], muroran) == []


def test_the_end_of_a_very_long_draft_is_owned_up_to(muroran: Guideline) -> None:
    """What the model did not read is named."""
    report = review(Draft("海を見た。" * 1_000), replace(muroran, reader=LocalReader(threads=2)))
    assert any("文意" in u.what and "はじめの" in u.why for u in report.unchecked)
