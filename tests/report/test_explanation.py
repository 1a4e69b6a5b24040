"""Explanations as text."""

from ryoshiki import load
from ryoshiki.report.cells import cells
from ryoshiki.report.explanation import explained, explanation
from ryoshiki.report.phrases import PHRASES

GUIDELINE = load()


def test_nothing_is_wider_than_asked() -> None:
    """Lines are wrapped; an indent holds for what follows."""
    text = explained("personal-info", GUIDELINE, PHRASES["ja"], 40)
    assert all(cells(line) <= 40 for line in text.splitlines())
    assert len(text.splitlines()) > len(list(explanation("personal-info", GUIDELINE, PHRASES["ja"])))


def test_wrapping_loses_no_words() -> None:
    """Apart from white space the text is that of the lines."""
    lines = explanation("5-1-1", GUIDELINE, PHRASES["en"])
    text = explained("5-1-1", GUIDELINE, PHRASES["en"], 30)
    assert "".join(text.split()) == "".join("".join(lines).split())
