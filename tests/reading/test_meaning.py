"""The local model: the same alone and among others, places inside the text, and honest when it is missing."""

import json
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ryoshiki import Draft, load
from ryoshiki.model import Span
from ryoshiki.reading.meaning import (
    AUTHOR,
    FOLDER,
    READ_LIMIT,
    STRIDE,
    WINDOW,
    Joint,
    Limits,
    LocalReader,
    UnreadableError,
    View,
    Window,
    context,
    windows,
)

READER = LocalReader(threads=2)
ALONE = LocalReader(threads=1)
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip)
LONG = "今日は港まで歩いて、夕焼けを見てから帰りました。" * 60


def view(draft: Draft, reader: LocalReader = ALONE) -> View:
    (read,) = reader.views([draft])
    return read


def test_the_context_names_account_service_and_what_is_answered() -> None:
    """The clock is not in it: working hours are reckoned, not read."""
    assert context(Draft("あ", platform="note")) == "個人 note"
    assert context(Draft("あ", account="official", reply_to="どこ？")) == "公式 x 返信先: どこ？"


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_draft_is_read_the_same_alone_and_among_others(texts: list[str]) -> None:
    """Not one bit differs, whatever stands beside it and however many threads read."""
    drafts = [Draft(text) for text in texts]
    together = [v.logits for v in READER.views(drafts)]
    assert together == [view(draft).logits for draft in drafts]


@settings(max_examples=100)
@given(TEXTS, st.none() | TEXTS)
def test_every_place_lies_in_the_draft(text: str, reply: str | None) -> None:
    """Whatever the text, each head can point, and points into it."""
    read = view(Draft(text, reply_to=reply))
    for head in read.heads:
        spans = read.spans(head)
        assert spans == sorted(spans)
        assert all(0 <= s.start <= s.end <= len(text) for s in spans)


def test_what_is_answered_changes_the_reading() -> None:
    """The same words are one thing as a post and another as an answer to an attack."""
    said, attack = "勉強してから出直してくださいね", "説明になっていない"
    assert view(Draft(said)).logits != view(Draft(said, reply_to=attack)).logits


def test_a_long_draft_is_read_in_windows_that_overlap() -> None:
    """No token is left out, and those in two windows have the same place in both."""
    cut = windows(Draft(LONG), ALONE._tokenizer)
    assert len(cut) > 1
    assert all(len(w.places) <= WINDOW for w in cut)
    for one, other in pairwise(cut):
        assert one.places[STRIDE:] == other.places[: WINDOW - STRIDE]
    assert cut[-1].places[-1][1] == len(LONG)


def test_trouble_at_the_end_of_a_long_draft_is_seen_there() -> None:
    """The strongest window decides, and the place is where the words stand."""
    trouble = "課長の頭は空っぽの置物以下で、息をするだけの給料泥棒です。"
    read = view(Draft(LONG[:900] + trouble))
    assert read.logits[read.heads.index("insult")] > view(Draft(LONG[:900])).logits[read.heads.index("insult")] + 1
    assert any(span.end > 900 for span in read.spans("insult"))


def test_what_lies_behind_the_limit_is_owned_up_to() -> None:
    """A text over the limit is read up to it; a shorter one to its end."""
    assert view(Draft("あ" * (READ_LIMIT + 50))).end <= READ_LIMIT
    assert view(Draft("ふだんの一日でした。\n")).end == len("ふだんの一日でした。\n")


def test_a_character_of_many_tokens_is_bounded() -> None:
    """A ligature that unfolds to eighteen letters does not make the reading long."""
    assert len(windows(Draft("﷽" * READ_LIMIT), ALONE._tokenizer)) <= 24


@pytest.mark.parametrize("missing", ["reader.onnx", "tokenizer.json", "reader.json"])
def test_a_broken_folder_is_told(tmp_path: Path, missing: str) -> None:
    """A file that is not there or cannot be read has a reason for the author, not a traceback."""
    for file in FOLDER.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / missing).unlink()
    (tmp_path / missing).write_bytes(b"\xff")
    with pytest.raises(UnreadableError, match="モデル"):
        list(LocalReader(tmp_path).views([Draft("あ")]))


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """Without what runs the model, the reason names it."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UnreadableError, match=package):
        list(LocalReader().views([Draft("あ")]))


JOB = AUTHOR + "job"


def read_as(logit: float, tokens: list[float]) -> View:
    """A text of a character a token, as two heads read it: a rule's that is sure, and one on its author."""
    window = Window((0,) * (len(tokens) + 2), 1, tuple((at, at + 1) for at in range(len(tokens))))
    marks = np.array([[9.0, token] for token in tokens], np.float32).reshape(-1, 2)
    limits = {"insult": Limits(0, 0, 0), JOB: Limits(alone=2.0, beside=1.0, place=0.0)}
    return View(limits, ("insult", JOB), (9.0, logit), ((window, marks),), len(tokens))


def test_what_a_post_tells_of_its_author() -> None:
    """Of the heads on the author alone, the first words that show it, and how far over the limit."""
    assert list(read_as(2.5, [-1.0, 1.0, 1.0, -1.0, -1.0, -1.0, 1.0]).told()) == [("job", Span(1, 3), 0.5)]


def test_what_needs_another_post_that_says_the_like() -> None:
    """It is told, as below the limit; what is nearer to nothing is not."""
    assert list(read_as(1.5, [1.0]).told()) == [("job", Span(0, 1), -0.5)]
    assert not list(read_as(0.5, [1.0]).told())


def test_a_post_without_text_tells_nothing() -> None:
    """A picture alone has no words that could be shown."""
    assert not list(read_as(2.5, []).told())


BOTH = Joint({"insult": (1.0, 0.0), "rumor": (1.0, 0.0), "argument": (0.5, 2.0)}, bias=-4.0, of=("insult", "rumor"))
UNSURE = {"insult": Limits(1, 0, 0), "rumor": Limits(2, 0, 0), "argument": Limits(1, 0, 0)}


def test_heads_that_are_sure_together_name_the_one_nearest_to_its_limit() -> None:
    """Each of them is under its own; 3 and 2.5 above -3 make more than 4."""
    assert BOTH.foremost({"insult": 0.0, "rumor": -0.5, "argument": -9.0}, UNSURE) == "insult"
    assert BOTH.foremost({"insult": -2.5, "rumor": 1.5, "argument": -9.0}, UNSURE) == "rumor"


def test_others_count_and_are_not_named() -> None:
    """What is argued in a reply makes an insult likelier; from 0 on it counts the more."""
    assert BOTH.foremost({"insult": -1.0, "rumor": -9.0, "argument": 0.0}, UNSURE) is None
    assert BOTH.foremost({"insult": -1.0, "rumor": -9.0, "argument": 0.5}, UNSURE) == "insult"


def test_where_one_is_sure_by_itself_none_is_named_besides() -> None:
    """It speaks for itself; and where all are quiet none does."""
    assert BOTH.foremost({"insult": 1.0, "rumor": 1.9, "argument": 3.0}, UNSURE) is None
    assert BOTH.foremost({"insult": -3.0, "rumor": -3.0, "argument": -3.0}, UNSURE) is None


def test_the_one_that_is_named_speaks() -> None:
    """As if it were over its limit; the others do not."""
    view = replace(read_as(0.5, [1.0]), limits={"insult": Limits(10, 0, 0), JOB: Limits(2, 1, 0)}, foremost="insult")
    assert view.speaks("insult")
    assert not view.speaks(JOB)
    assert not replace(view, foremost=None).speaks("insult")


def test_the_shipped_one_weighs_the_rules_alone() -> None:
    """What a post tells of its author says nothing of what is forbidden; one of the rules that are is named."""
    described = json.loads((FOLDER / "reader.json").read_text(encoding="utf-8"))
    rules = {head for head in described["heads"] if not head.startswith(AUTHOR)}
    severe = {rule.id for rule in load().rules.values() if rule.severity == "stop"}
    assert set(described["joint"]["slopes"]) == rules
    assert set(described["joint"]["of"]) == severe & rules
