"""The words of the pages: `phrases/*.toml` hold `key = { ja = "…", en = "…" }`, each key once over all files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import tomli

LANGUAGES = ("ja", "en")
FOLDER = Path(__file__).parent / "phrases"
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")

Phrases = Mapping[str, str]


class PhraseError(Exception):
    """A file of phrases that cannot be used: the message names file, key and reason."""


@cache
def phrases() -> Mapping[str, Phrases]:
    """Language to key to words, of every file of the package; read once, and never changed."""
    return read(sorted(FOLDER.glob("*.toml")))


def read(files: Iterable[Path]) -> Mapping[str, Phrases]:
    """Language to key to words.

    Raises:
        PhraseError: a key that lacks a language or has another one, stands twice, or cannot be called by a template.
    """
    said: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}
    for file in files:
        for key, words in tomli.loads(file.read_text(encoding="utf-8")).items():
            # Templates write `say.key`, which would find a dictionary's own method first.
            if not _KEY.match(key) or hasattr(dict, key):
                raise PhraseError(f"{file.name}: {key}: a name of small letters, digits and _ is needed")
            if not isinstance(words, dict) or sorted(words) != sorted(LANGUAGES):
                raise PhraseError(f"{file.name}: {key}: words are needed for {' and '.join(LANGUAGES)}, no others")
            if key in said[LANGUAGES[0]]:
                raise PhraseError(f"{file.name}: {key}: stands twice")
            for lang in LANGUAGES:
                said[lang][key] = words[lang]
    return MappingProxyType({lang: MappingProxyType(words) for lang, words in said.items()})
