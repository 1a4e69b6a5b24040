"""The words of the frame."""

import string

import pytest

from ryoshiki.report import FORMATS
from ryoshiki.report.phrases import PHRASES


def slots(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("lang", PHRASES)
def test_every_language_has_every_phrase(lang: str) -> None:
    """Keys and slots are those of the Japanese table."""
    assert PHRASES[lang].keys() == PHRASES["ja"].keys()
    assert {k: slots(v) for k, v in PHRASES[lang].items()} == {k: slots(v) for k, v in PHRASES["ja"].items()}


def test_formats() -> None:
    """The formats of the contract, and no others."""
    assert list(FORMATS) == ["text", "json", "sarif", "markdown", "html"]
