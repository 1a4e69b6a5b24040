"""Accepted findings are remembered by fingerprint, never by words."""

import json
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import RyoshikiError
from ryoshiki.waivers import FINGERPRINT, Waiver, add, fingerprint, read, remove, waivers

ONE = Waiver("0123456789abcdef", "insult/abuse", "muroran 2013", date(2026, 4, 1))
TWO = Waiver("fedcba9876543210", "", "muroran 2013", date(2026, 4, 2))


@given(st.text(), st.text())
def test_a_fingerprint_is_sixteen_hex_digits(sign: str, quote: str) -> None:
    """Any text has a fingerprint, always the same."""
    assert FINGERPRINT.match(fingerprint(sign, quote))
    assert fingerprint(sign, quote) == fingerprint(sign, quote)


@pytest.mark.parametrize("other", ["バカ じゃないの", "ﾊﾞｶじゃないの", "バカじゃ\nないの"])
def test_spelling_without_meaning_does_not_count(other: str) -> None:
    """Width, case and white space may change without asking the author again."""
    assert fingerprint("insult/abuse", other) == fingerprint("insult/abuse", "バカじゃないの")


def test_another_sign_or_other_words_are_another_finding() -> None:
    """What was accepted is this sign on these words."""
    prints = {fingerprint("a/b", "あ"), fingerprint("a/c", "あ"), fingerprint("a/b", "い")}
    assert len(prints) == 3


def test_half_a_character_has_a_fingerprint() -> None:
    """An unpaired surrogate does not break the review."""
    assert fingerprint("a/b", "\ud800")


def test_what_is_added_is_read(tmp_path: Path) -> None:
    """Entries come back in order; one that is there already is not added again."""
    path = tmp_path / "new" / "waivers.json"
    assert read(path) == frozenset()
    assert [add(path, ONE), add(path, TWO), add(path, ONE)] == [True, True, False]
    assert waivers(path) == (ONE, TWO)
    assert read(path) == {ONE.fingerprint, TWO.fingerprint}
    assert [remove(path, ONE.fingerprint), remove(path, ONE.fingerprint)] == [True, False]
    assert waivers(path) == (TWO,)
    assert [p.name for p in path.parent.iterdir()] == ["waivers.json"]


def test_the_file_holds_no_words(tmp_path: Path) -> None:
    """Hashes, ids and dates are all there is."""
    path = tmp_path / "w.json"
    add(path, Waiver(fingerprint("a/b", "鈴木一郎"), "a/b", "muroran 2013", date(2026, 4, 1)))
    (entry,) = json.loads(path.read_text(encoding="utf-8"))["waivers"]
    assert set(entry) == {"fingerprint", "sign", "guideline", "accepted"}
    assert "鈴木" not in path.read_text(encoding="utf-8")


def test_the_file_is_for_its_owner(tmp_path: Path) -> None:
    """Nobody else learns what was accepted."""
    path = tmp_path / "w.json"
    add(path, ONE)
    assert sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"waivers": [\n{]}', "w.json:2:"),
        ("[]", "no waivers file"),
        ('{"waivers": {}}', "no waivers file"),
        ('{"waivers": [1]}', "entry 1"),
        ('{"waivers": [{"fingerprint": "xyz", "accepted": "2026-04-01"}]}', "entry 1"),
        ('{"waivers": [{"fingerprint": "0123456789abcdef", "accepted": "soon"}]}', "accepted"),
        (
            '{"waivers": [{"fingerprint": "0123456789abcdef", "accepted": "2026-04-01", "words": "あ"}]}',
            "only these keys",
        ),
        ("[" * 100_000, "w.json"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(tmp_path: Path, content: str, said: str) -> None:
    """The message names the file and the line or entry; the file stays as it is."""
    path = tmp_path / "w.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RyoshikiError, match=said) as caught:
        add(path, ONE)
    assert "w.json" in str(caught.value)
    assert path.read_text(encoding="utf-8") == content


def test_a_folder_or_other_bytes_are_refused(tmp_path: Path) -> None:
    """What cannot be read as text is named."""
    with pytest.raises(RyoshikiError, match="cannot be read"):
        read(tmp_path)
    (tmp_path / "w.json").write_bytes(b"\x89PNG\xff")
    with pytest.raises(RyoshikiError, match="cannot be read"):
        read(tmp_path / "w.json")


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder in the place of the file is refused, and no half-written file stays."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(RyoshikiError, match="file"):
        add(tmp_path / "file" / "w.json", ONE)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
