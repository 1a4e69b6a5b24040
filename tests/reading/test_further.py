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
from ryoshiki.reading.further import FILE, further
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


def test_other_spellings_are_weighed_alike() -> None:
    """Half-width letters are folded before."""
    wide = "あの二人、もう別居しているらしい。ウワサでは離婚するとか。拡散して。"
    narrow = wide.replace("ウワサ", "ｳﾜｻ")
    assert len(pointed("rumor", wide, ["拡散して"])) == len(pointed("rumor", narrow, ["拡散して"])) > 0


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


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(RULES), st.data())
def test_only_whole_sentences_that_were_not_seen(text: str, head: str, data: st.DataObject) -> None:
    """For any text: sentences of the draft, in order, and none in which something was seen before."""
    reading = Reading(Draft(text), GUIDELINE)
    start = data.draw(st.integers(0, len(text) - 1))
    seen = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = list(further(head, [seen], reading))
    assert found == sorted(set(found))
    assert set(found) <= set(reading.sentences)
    assert not {reading.sentence_of(seen), reading.sentence_of(Span(seen.end - 1, seen.end))} & set(found)
