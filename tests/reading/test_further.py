"""Further sentences of a draft that go on about what words saw in one."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki import Draft, load
from ryoshiki.model import Span
from ryoshiki.reading import Reading
from ryoshiki.reading.further import FILE, folded_sentence, further
from ryoshiki.reading.meaning import READ_LIMIT
from training.drafts import RULES

GUIDELINE = load()
TELLING = "窓口に花屋のご主人、また滞納の相談でした。奥さんにも内緒で三年分の税金をためているそうです。帰りに桜を見た。"


def pointed(head: str, text: str, seen: Iterable[str]) -> list[str]:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in seen]
    return [span.of(text) for span in further(head, spans, Reading(Draft(text), GUIDELINE))]


def test_the_sentence_that_goes_on_is_pointed_at() -> None:
    """And not the one on something else."""
    assert pointed("personal-info", TELLING, ["窓口に花屋のご主人"]) == [
        "奥さんにも内緒で三年分の税金をためているそうです。"
    ]


def test_it_hangs_on_the_rule() -> None:
    """What goes on about a resident is no way into a building."""
    assert pointed("security", TELLING, ["窓口に花屋のご主人"]) == []


def test_where_words_saw_nothing_it_is_silent() -> None:
    """It adds a place to a note, never a note."""
    assert pointed("personal-info", TELLING, []) == []


@pytest.mark.parametrize("head", RULES)
def test_what_is_said_of_something_else_is_left_alone(head: str) -> None:
    """To stand behind what words saw is not enough; at most one such sentence in five is taken for it."""
    others = (
        "明日も晴れますように。",
        "今夜はカレーです。",
        "海を見ました。",
        "桜が咲きはじめました。",
        "Good morning.",
    )
    text = "".join(f"これはいけません。{other}" for other in others)
    spans = [Span(at, at + 8) for at in range(len(text)) if text.startswith("これはいけません", at)]
    assert len(list(further(head, spans, Reading(Draft(text), GUIDELINE)))) <= 1


def test_weights_are_added_in_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1, and a set of runs has another order in each process."""
    for first in range(ord("一"), ord("一") + 60, 3):
        letters = [chr(first), chr(first + 1), chr(first + 2)]
        weights = {"": 0.1} | dict(zip(letters, (-0.1, -0.2, -0.3), strict=True))  # 0.5 more for the next sentence
        monkeypatch.setattr("ryoshiki.reading.further._table", lambda weights=weights: {"rumor": weights})
        told = "".join(letters) + "だそうです。"
        assert pointed("rumor", "これは秘密です。" + told, ["これは秘密"]) == [told]


def test_other_spellings_are_weighed_alike() -> None:
    """Half-width letters are folded before they are weighed."""
    wide, narrow = (Reading(Draft(text), GUIDELINE) for text in ("拡散して。ウワサだけど。", "拡散して。ｳﾜｻﾀﾞｹﾄﾞ。"))
    assert folded_sentence(narrow, narrow.sentences[1]) == folded_sentence(wide, wide.sentences[1]).replace(
        "だけど", "ダケド"
    )


@pytest.mark.parametrize("head", ["working-hours", "no-such-rule"])
def test_a_rule_without_weights_has_no_further_places(head: str) -> None:
    """The clock has none, nor has a guideline's own rule."""
    assert pointed(head, TELLING, ["窓口に花屋のご主人"]) == []


def test_what_lies_far_behind_is_not_read() -> None:
    """As with the local model, so that a very long text costs little."""
    far = TELLING.replace("奥さん", "海を見た。" * (READ_LIMIT // 5) + "奥さん")
    assert pointed("personal-info", far, ["窓口に花屋のご主人"]) == []


def test_the_table_has_weights_for_each_rule_that_is_learned() -> None:
    """Few enough to be loaded at once."""
    table = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(table) == set(RULES)
    assert all("" in weights for weights in table.values())
    assert FILE.stat().st_size < 300_000


SENTENCES = st.lists(
    st.sampled_from(["拡散して。", "奥さんにも内緒です！", "予算は三億円らしい\n", "鍵は裏口の鉢の下", "😀"]),
    min_size=1,
    max_size=8,
).map("".join)


@given(SENTENCES, st.sampled_from(RULES), st.data())
def test_only_whole_sentences_that_were_not_seen(text: str, head: str, data: st.DataObject) -> None:
    """For any text: sentences of the draft, in order, and none in which something was seen before."""
    reading = Reading(Draft(text), GUIDELINE)
    start = data.draw(st.integers(0, len(text) - 1))
    seen = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = list(further(head, [seen], reading))
    assert found == sorted(set(found))
    assert set(found) <= set(reading.sentences)
    assert not any(map(seen.overlaps, found))
