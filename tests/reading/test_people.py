"""People and places named in a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.reading.folding import fold
from ryoshiki.reading.people import Person, people, places
from ryoshiki.reading.tokens import Foldable, Token, Words, tokens
from tests.making import ORGANISATION

ORG = replace(ORGANISATION, office_holders=("高橋 志津", "館長"))


def tokenize(view: Foldable) -> tuple[Token, ...]:
    return tokens(view, Words(view.text))


def named(text: str) -> list[Person]:
    return list(people(tokenize(fold(text)), text, ORG))


def placed(text: str) -> list[str]:
    return [span.of(text) for span in places(tokenize(fold(text)), text)]


@pytest.mark.parametrize(
    ("text", "quote", "name", "role"),
    [
        ("角の進藤さんのお嬢さん", "進藤さん", "進藤", "honorific"),
        ("佐々木様、お世話になります", "佐々木様", "佐々木", "honorific"),
        ("福島さんと話した", "福島さん", "福島", "honorific"),
        ("田中くんち", "田中くん", "田中", "honorific"),
        ("林先生の診察", "林先生", "林", "honorific"),
        ("となりの正彦さん", "正彦さん", "正彦", "honorific"),
        ("ゆうちゃんには言った", "ゆうちゃん", "ゆう", "honorific"),
        ("さくらちゃんのママ", "さくらちゃん", "さくら", "honorific"),
        ("３０２号室のＫさん", "Ｋさん", "Ｋ", "honorific"),
        ("T君が休み", "T君", "T", "honorific"),
        ("A子の離婚", "A子", "A子", "honorific"),
        ("村瀬ゆいです", "村瀬ゆい", "村瀬ゆい", "full-name"),
        ("田中 太郎が来た", "田中 太郎", "田中 太郎", "full-name"),
        ("佐藤花子課長が", "佐藤花子課長", "佐藤花子", "full-name"),
        ("佐藤課長補佐は", "佐藤課長補佐", "佐藤", "title"),
        ("K課長は", "K課長", "K", "title"),
        ("堀川部長が", "堀川部長", "堀川", "title"),
    ],
)
def test_a_name_counts_beside_what_shows_it(text: str, quote: str, name: str, role: str) -> None:
    """A given name, an honorific or a title makes a surname a person; the span holds both."""
    (person,) = named(text)
    assert (person.span.of(text), person.name, person.role, person.public) == (quote, name, role, False)


@pytest.mark.parametrize(
    "text",
    [
        "お客さん、お母さん、奥さん、皆さん、赤ちゃん",
        "神様、お疲れさま、皆様、お客様",
        "郵便屋さんとパン屋さんと花屋さん",
        "姉妹都市さん、スタッフさん、フォロワーさん",
        "ワンちゃん、おばあちゃん、お兄ちゃん",
        "課長と市長と先生",
        "東町の林道を抜けて中島公園へ",
        "田中は来ない",
        "さくらさんぽ、さくら組さん",
        "そんなん出さんといて",
        "TVさん、5kさん、wifiさん",
        "息子さん、弟さん、ご主人",
    ],
)
def test_what_is_no_name_stays_one(text: str) -> None:
    """Roles, relations, shops, places and bare surnames are nobody."""
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "高橋議員の質問",
        "岸田総理大臣が",
        "市長の佐藤花子が",
        "高橋志津さん",
        "高橋 志津は",
        "高橋課長が",
        "佐藤館長",
        "田中選手",
    ],
)
def test_people_in_public_office_are_public(text: str) -> None:
    """Titles of office, and the organisation's office holders, are said to be so."""
    assert [person.public for person in named(text)] == [True]


def test_a_namesake_without_title_is_not_public() -> None:
    """A surname alone does not make a neighbour the office holder."""
    assert [person.public for person in named("高橋さんのお宅")] == [False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("室蘭市東町1丁目で会った", ["室蘭市東町1丁目"]),
        ("輪西駅から山田小学校まで", ["輪西駅", "山田小学校"]),
        ("東室蘭小学校の運動会", ["東室蘭小学校"]),
        ("伊達市の伊達さん", ["伊達市"]),
        ("日本で三代つづく店", []),
        ("今日は晴れ", []),
    ],
)
def test_places_are_read_with_what_follows(text: str, found: list[str]) -> None:
    """市, 駅, 学校 and 丁目 belong to the place; countries and people are none."""
    assert placed(text) == found


@given(
    st.lists(
        st.sampled_from(
            [
                "田中",
                "花子",
                "さん",
                "課長",
                "市長",
                "の",
                "室蘭",
                "市",
                "1",
                "丁目",
                "駅",
                "A",
                "子",
                "君",
                "ｻﾝ",
                "👨‍👩‍👧",
                "𠮷",
                "さくら",
                "ちゃん",
            ]
        ),
        max_size=12,
    )
)
def test_any_text_is_read(words: list[str]) -> None:
    """Spans lie inside the text and in order."""
    text = "".join(words)
    for spans in ([p.span for p in named(text)], list(places(tokenize(fold(text)), text))):
        assert spans == sorted(spans)
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
