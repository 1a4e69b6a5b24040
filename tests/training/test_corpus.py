"""The corpus is what its datasheet says: exact quotes, known rules, no draft twice, nothing held out."""

import json
import re
from typing import Any

import pytest

from training.corpus import FOLDER, alike, faults, files, grams, kappa, minimal_pairs, near_duplicates
from training.drafts import RULES, TOLD, draft_of, read, read_posts

TRAINED = read(files())
TUNING = read(sorted((FOLDER / "tuning").glob("*.jsonl")))
HELD_OUT = read(sorted((FOLDER / "held-out").glob("*.jsonl")))
PEOPLE = read_posts(sorted((FOLDER / "people").glob("*.jsonl")))
MEASURED = [
    {"id": f"{person['id']}-{post['id']}", "text": post["text"]}
    for person in read(sorted((FOLDER.parent.parent / "benchmarks").glob("people*.jsonl")))
    for post in person["posts"]
]


def row(id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "text": text, "labels": [], "quotes": [], "reply_to": None, **more}


@pytest.mark.parametrize("rows", [TRAINED, TUNING, HELD_OUT], ids=["trained", "tuning", "held-out"])
def test_every_draft_is_one(rows: list[dict[str, Any]]) -> None:
    """Each line makes a draft, with rules that there are and quotes that stand in the text."""
    for case in rows:
        assert draft_of(case).text == case["text"]
        assert set(case["labels"]) <= {*RULES, "working-hours"}
        assert all(quote in case["text"] and rule in case["labels"] for rule, quote in case["quotes"]), case["id"]


def test_nothing_is_said_twice() -> None:
    """No near-duplicates among what is trained on, nor between it and what is tuned or measured with."""
    assert list(faults(TRAINED, [*TUNING, *HELD_OUT])) == []


def test_every_post_tells_what_it_is_said_to_tell() -> None:
    """Kinds that there are, in words that stand in the post; nearly half tell nothing."""
    for post in PEOPLE:
        assert draft_of(post).text == post["text"]
        assert set(post["labels"]) <= {*TOLD, *RULES}
        assert all(words in post["text"] for _, words in post["quotes"]), post["id"]
    assert 0.4 < sum(set(post["labels"]).isdisjoint(TOLD) for post in PEOPLE) / len(PEOPLE) < 0.6


def test_no_post_of_the_people_is_measured_with() -> None:
    """Nor written twice."""
    assert list(near_duplicates(PEOPLE, MEASURED)) == []


def test_twins_are_not_parted() -> None:
    """A draft that is trained on has no twin among those that limits are chosen on."""
    families = {case.get("twin_of", case["id"]) for case in TRAINED}
    assert families.isdisjoint(case.get("twin_of", case["id"]) for case in TUNING)


def test_clean_drafts_are_near_half() -> None:
    """A checker that has seen trouble only would see it everywhere."""
    assert sum(not case["labels"] for case in TRAINED) / len(TRAINED) >= 0.45


def test_numbers_and_hosts_are_those_set_aside_for_examples() -> None:
    """No telephone number or address that could be somebody's."""
    for case in [*TRAINED, *TUNING, *HELD_OUT, *PEOPLE]:
        text = json.dumps(case, ensure_ascii=False)
        for number in re.findall(r"0\d{1,3}-\d{2,4}-\d{4}", text):
            assert number.startswith(("0143-00-", "090-0000-", "080-0000-", "070-0000-", "0120-000-")), case["id"]
        for host in re.findall(r"https?://([\w.-]+)", text):
            assert f".{host}".endswith((".example", ".example.jp")), case["id"]


def test_likeness_is_of_letters_in_common() -> None:
    """A draft with a few letters changed is a near-duplicate, a twin is not, another draft neither."""
    first = row("a", "駅前のパン屋が来月から朝の営業を始めるらしい。早起きの理由ができた")
    again = row("b", "駅前のパン屋が来月から朝の営業を始めるらしいよ。早起きの理由ができた！")
    twin = row("c", again["text"], twin_of="a")
    other = row("d", "冷蔵庫の奥から去年のゼリーが出てきた")
    assert [pair[:2] for pair in near_duplicates([first, again, twin, other])] == [("a", "b"), ("b", "c")]
    assert alike(grams("あいうえお"), grams("あいうえお")) == 1


def test_a_minimal_pair_differs_in_label_and_little_else() -> None:
    """Twins of one label, and twins that share nothing, are no pairs."""
    base = row("a", "課長の説明、三回聞いても分かりやすい")
    near = row("b", "課長の説明、三回聞いても中身がない", twin_of="a", labels=["insult"])
    same = row("c", "課長の説明、三回聞いて分かりやすい", twin_of="a")
    far = row("d", "冷蔵庫のゼリー", twin_of="a", labels=["insult"])
    assert [(one["id"], two["id"]) for one, two in minimal_pairs([base, near, same, far])] == [("a", "b")]


def test_kappa_is_one_for_the_same_labels_and_none_for_chance() -> None:
    """Agreement is counted over what chance would give."""
    rows = [row("a", "あ", labels=["insult"]), row("b", "い"), row("c", "う", labels=["insult"]), row("d", "え")]
    assert kappa(rows, rows)["insult"] == 1
    half = [row("a", "あ", labels=["insult"]), row("b", "い", labels=["insult"]), row("c", "う"), row("d", "え")]
    assert kappa(rows, half)["insult"] == 0
