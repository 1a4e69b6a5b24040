"""How long a draft is, as its service counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.counting import count
from ryoshiki.model import TEXT_LIMIT, Platform

WEIGHTED = Platform("x", "X", "", "", "", 280, "weighted")
SEEN = Platform("bluesky", "Bluesky", "", "", "", 300, "characters")
FAMILY = "👨\u200d👩\u200d👧\u200d👦"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

# A carriage return at the end would melt into the line feed that follows.
texts = st.text(max_size=60).filter(lambda text: not text.endswith("\r"))
pictured = st.text("aあ漢ｶﾞ゛가각각1©❤👨👩🏽🇯🇵\u200d\u200c\ufe0f\u20e3\u3099\u0301\r\n ", max_size=20)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("あいう漢字", 5),
        ("𠮷野家", 3),
        (FAMILY, 1),
        ("🙋🏽", 1),
        ("🇯🇵🇫🇷", 2),
        ("🇯🇵🇫", 2),
        ("1️⃣#️⃣", 2),
        (ENGLAND, 1),
        ("❤️‍🔥", 1),
        ("か\u3099", 1),
        ("ｶﾞ", 1),
        ("カ゛", 2),
        ("cafe\u0301", 4),
        ("각\u1100\u1161\u11a8", 2),
        ("葛\U000e0100", 1),
        ("a\r\nb", 3),
        ("a\n\nb", 4),
        ("\u0301a", 2),
        ("あ\n\u3099", 3),
    ],
)
def test_characters_are_those_that_people_see(text: str, length: int) -> None:
    """What is drawn as one is one: emoji with their parts, flags, keycaps, letters with marks, variants."""
    assert count(text, SEEN) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("あいう漢字", 10),
        ("é“—”…", 6),
        ("Ж\u10ff\u1100", 4),
        ("\u2031\u2032\u2037\u2038", 6),
        ("𠮷", 2),
        (FAMILY, 2),
        ("🙋🏽👨\u200d🎤", 4),
        ("🇯🇵", 2),
        ("1️⃣", 2),
        (ENGLAND, 2),
        ("©", 1),
        ("©\ufe0f", 2),
        ("☺", 2),
        ("☺\ufe0f", 2),
        ("😀\ufe0e", 4),
        ("a\r\nb", 3),
    ],
)
def test_weights_are_those_of_x(text: str, length: int) -> None:
    """Latin letters and some punctuation weigh 1, all others 2, an emoji 2 with all its parts."""
    assert count(text, WEIGHTED) == length


@pytest.mark.parametrize(
    ("composed", "decomposed"), [("が", "か\u3099"), ("é", "e\u0301"), ("Å", "\u212b"), ("각", "\u1100\u1161\u11a8")]
)
def test_weights_are_those_of_the_composed_letters(composed: str, decomposed: str) -> None:
    """The text is normalised first."""
    assert count(decomposed, WEIGHTED) == count(composed, WEIGHTED)


def test_an_emoji_keeps_its_neighbours_apart() -> None:
    """A letter and a mark on both sides of an emoji are not composed."""
    assert count("e😀\u0301", WEIGHTED) == 1 + 2 + 1


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("https://example.com/a/very/long/path?with=query", 0),
        ("http://a.jp", 0),
        ("くわしくは https://example.com/a。", 13),
        ("example.com/abcをどうぞ", 8),
        ("Example.com", 0),
        ("http://例え.jp/", 0),
    ],
)
def test_a_link_weighs_23(text: str, rest: int) -> None:
    """However long it is, with or without a scheme, also where Japanese follows at once."""
    assert count(text, WEIGHTED) == 23 + rest


@pytest.mark.parametrize(
    "text",
    [
        "hxxps://example.com/",
        "example[.]com/a",
        "ftp://example.com/a",
        "http://localhost/",
        "http://192.168.0.1/",
        "taro@example.com",
        "readme.md",
        "http://" + "a" * 64 + ".com",
    ],
)
def test_what_x_makes_no_link_of_weighs_its_letters(text: str) -> None:
    """Addresses made harmless, inner ones, e-mail and file names stay text."""
    assert count(text, WEIGHTED) == len(text)


def test_links_have_no_length_of_their_own_elsewhere() -> None:
    """Where characters are counted, each one of an address counts."""
    assert count("https://example.com/", SEEN) == 20


@given(st.one_of(texts, pictured))
def test_a_text_has_a_length(text: str) -> None:
    """The length is at least 0, and 0 for the empty text only; no character counts more than one."""
    for platform in (SEEN, WEIGHTED):
        assert (count(text, platform) > 0) == bool(text)
    assert count(text, SEEN) <= len(text)


@given(*[st.one_of(texts, pictured).filter(lambda text: not text.endswith("\r"))] * 2)
def test_lines_add_up(one: str, other: str) -> None:
    """Nothing is joined over a line end."""
    for platform in (SEEN, WEIGHTED):
        assert count(f"{one}\n{other}", platform) == count(one, platform) + 1 + count(other, platform)


@given(st.text("abcあ漢字。、", max_size=40))
def test_plain_letters_count_as_they_stand(text: str) -> None:
    """Without marks and emoji, characters are code points, and a weight is 1 or 2 for each."""
    assert count(text, SEEN) == len(text)
    assert count(text, WEIGHTED) == sum(1 if char.isascii() else 2 for char in text)


@pytest.mark.parametrize(
    "unit",
    ["a", "あ", FAMILY, "\u0301\u0323", "\ufe0f", "\u200d", "🇯", "\u1100", "http://a.jp/ ", "a.b", "1\ufe0f"],
    ids=ascii,
)
def test_long_texts_are_counted_as_they_are(unit: str) -> None:
    """The longest draft is counted whole, also where it is nothing but marks."""
    text = "👨" + unit * (TEXT_LIMIT // len(unit) - 1)
    assert count(text, SEEN) >= 1
    assert count(text, WEIGHTED) >= 2
