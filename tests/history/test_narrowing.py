"""The part of the page on who could tell the author."""

from __future__ import annotations

from html import escape

from ryoshiki.history.facts import Told
from ryoshiki.history.narrowing import as_dict, section
from ryoshiki.history.posts import Post
from ryoshiki.history.words import WORDS


class Plain:
    """A page without a frame."""

    lang = "ja"

    def say(self, key: str, **facts: object) -> str:
        return escape(WORDS["ja"][key].format(**facts))

    def when(self, post: Post) -> str:
        return f"({post.id})"

    def way(self, post: Post) -> str:
        return "way"


def gathered(*texts: str) -> Told:
    told = Told()
    for number, text in enumerate(texts, 1):
        told.take(Post(str(number), "x", None, text))
    return told


def test_facts_circle_and_advice() -> None:
    """What was found, how few are left, and which post to take away first."""
    html = section(gathered("最寄りの東室蘭で降りた", "柴犬の散歩", "今日はカレー"), Plain())
    for words in ("いつもの駅や停留所", "東室蘭", "ペット", "柴犬", "およそ 100 人です", "(1)", "(2)", "way"):
        assert words in html
    assert "カレー" not in html
    assert html.index("およそ 5,000 人に紛れます") < html.index("およそ 100,000 人に紛れます")


def test_nothing_found_says_nothing() -> None:
    """No empty heading stands on the page."""
    assert section(gathered("今日はカレー"), Plain()) == ""


def test_words_cannot_become_markup() -> None:
    """Neither those of a fact nor those of a post."""
    html = section(gathered("最寄りの東室蘭で<script>降りた"), Plain())
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_same_as_json() -> None:
    """Ids of posts, and whole numbers of people."""
    made = as_dict(gathered("最寄りの東室蘭で降りた"))
    assert made == {
        "town": 100_000,
        "people": 5_000,
        "facts": [{"kind": "station", "value": "東室蘭", "posts": ["1"]}],
        "advice": [{"posts": ["1"], "people": 100_000}],
    }
