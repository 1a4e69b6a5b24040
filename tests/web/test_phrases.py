"""The words of the pages."""

import re
from pathlib import Path
from string import Formatter

import pytest

from ryoshiki.report.phrases import PHRASES
from ryoshiki.web.phrases import FOLDER, LANGUAGES, PhraseError, phrases, read

WORDS = '{ ja = "はい", en = "Yes" }'


def slots(words: str) -> set[str]:
    return {slot for _, slot, _, _ in Formatter().parse(words) if slot is not None}


def test_both_languages_say_the_same_things() -> None:
    """Each key stands in both languages, with the same places to fill, and none is empty."""
    ja, en = (phrases()[lang] for lang in LANGUAGES)
    assert ja.keys() == en.keys()
    assert {key for key in ja if slots(ja[key]) != slots(en[key])} == set()
    assert all(words.strip() for said in (ja, en) for words in said.values())


def test_every_file_is_read() -> None:
    """A file put into the folder is found without being named anywhere."""
    names = {file.name for file in FOLDER.iterdir()}
    assert {"frame.toml", "pages.toml"} <= names
    assert {"skip", "leaflet_print"} <= phrases()["ja"].keys()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.toml": 'yes = { ja = "はい" }'}, "a.toml: yes: words are needed for ja and en"),
        ({"a.toml": 'yes = { ja = "はい", en = "Yes", fr = "Oui" }'}, "no others"),
        ({"a.toml": 'yes = "はい"'}, "words are needed"),
        ({"a.toml": f"yes = {WORDS}", "b.toml": f"yes = {WORDS}"}, "b.toml: yes: stands twice"),
        ({"a.toml": f"items = {WORDS}"}, "items: a name"),
        ({"a.toml": f"an-answer = {WORDS}"}, "an-answer: a name"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    """The refusal names the file, the key and what is wrong with it."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PhraseError, match=reason):
        read(sorted(tmp_path.iterdir()))


def test_the_words_cannot_be_changed() -> None:
    """What one page is given, no page can alter for the others."""
    with pytest.raises(TypeError):
        phrases()["ja"]["skip"] = ""  # type: ignore[index]


PAGE = FOLDER.parent
SPOKEN = re.compile(r'\bsay\(\s*(?:"([a-z_-]+)"|`([a-z_]+)\$)|data-say(?:-label)?="([a-z_-]+)"|\["([a-z_]+)", \(\) =>')


def test_scripts_and_templates_say_only_what_there_is() -> None:
    """A key without words would stop the page; one that is put together has a beginning that some key has."""
    known = {*PHRASES["ja"], *phrases()["ja"]}
    files = [*(PAGE / "static").glob("*.js"), *(PAGE / "templates").glob("*.html")]
    found = {m.groups() for file in files for m in SPOKEN.finditer(file.read_text(encoding="utf-8"))}
    assert len(found) > 60
    for whole, beginning, label, act in found:
        if beginning:
            assert any(key.startswith(beginning) for key in known), beginning
        else:
            assert (whole or label or act) in known, (whole, label, act)
