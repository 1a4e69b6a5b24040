"""The part of the page on who could tell the author."""

from __future__ import annotations

from html import escape

from ryoshiki.history.facts import Hint, Told
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


def gathered(*posts: tuple[str, str, str]) -> Told:
    """Posts as (text, kind, words that tell it); without a kind they tell nothing."""
    told = Told()
    for number, (text, kind, words) in enumerate(posts, 1):
        start = text.index(words)
        told.take(Post(str(number), "x", None, text), [Hint(kind, start, start + len(words), 1.0)] if kind else [])
    return told


STATION, PET, LUNCH = (
    ("最寄りの東室蘭で降りた", "station", "東室蘭"),
    ("柴犬の散歩", "pet", "柴犬"),
    ("今日はカレー", "", ""),
)


def test_facts_circle_and_advice() -> None:
    """What was found, how few are left, and which post to take away first."""
    html = section(gathered(STATION, PET, LUNCH), Plain())
    for words in ("いつもの駅や停留所", "東室蘭", "ペット", "柴犬", "およそ 100 人です", "(1)", "(2)", "way"):
        assert words in html
    assert "カレー" not in html
    assert html.index("およそ 5,000 人に紛れます") < html.index("およそ 100,000 人に紛れます")


def test_where_one_is_left_all_the_same() -> None:
    """It is said that the next ones have to go too, and no number of one."""
    many = gathered(*((f"{n}番", kind, f"{n}番") for n, kind in enumerate(("club", "handle", "birthday", "job"))))
    html = section(many, Plain())
    assert "まだほぼ一人に絞られます" in html
    assert "およそ 1 人に紛れます" not in html


def test_nothing_found_says_nothing() -> None:
    """No empty heading stands on the page."""
    assert section(gathered(LUNCH), Plain()) == ""


def test_words_cannot_become_markup() -> None:
    """Neither those of a fact nor those of a post."""
    html = section(gathered(("最寄りの東室蘭<script>で降りた", "station", "東室蘭<script>")), Plain())
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_same_as_json() -> None:
    """Ids of posts, and whole numbers of people."""
    made = as_dict(gathered(STATION))
    assert made == {
        "town": 100_000,
        "people": 5_000,
        "facts": [{"kind": "station", "value": "東室蘭", "posts": ["1"]}],
        "advice": [{"posts": ["1"], "people": 100_000}],
    }
