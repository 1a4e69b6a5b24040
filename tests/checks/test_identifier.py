"""The check for identifiers: which count, beside what."""

from __future__ import annotations

import pytest

from ryoshiki.checks.identifier import IdentifierCheck
from ryoshiki.model import Draft
from ryoshiki.reading import Reading
from tests.making import guideline

GUIDELINE = guideline({"shared/duty": ["来庁者"], "shared/public": ["問合せ"]})


def found(check: IdentifierCheck, text: str) -> list[tuple[str, str]]:
    return [(match.facts["value"], match.facts["kind"]) for match in check.find(Reading(Draft(text), GUIDELINE))]


def test_a_match_names_value_and_kind() -> None:
    """The value is quoted as written, the kind is a Japanese noun."""
    check = IdentifierCheck(of=("phone",))
    assert found(check, "みゆきの番号は０９０-0000-1234") == [("０９０-0000-1234", "電話番号")]


def test_other_kinds_are_left_alone() -> None:
    """A check sees only the kinds it was asked for."""
    assert found(IdentifierCheck(of=("email",)), "090-0000-1234") == []


def test_an_inner_address_is_called_so() -> None:
    """The reader learns that the address belongs to the inner network."""
    assert found(IdentifierCheck(of=("ip",)), "192.168.40.7です") == [("192.168.40.7", "内部のIPアドレス")]
    assert found(IdentifierCheck(of=("ip",)), "8.8.8.8です") == [("8.8.8.8", "IPアドレス")]


def test_public_numbers_are_quiet_unless_asked_for() -> None:
    """The organisation's own number is no leak."""
    text = "市役所は0143-00-1111、0120-000-123"
    assert found(IdentifierCheck(of=("phone",)), text) == []
    assert len(found(IdentifierCheck(of=("phone",), public=True), text)) == 2


def test_near_asks_for_a_word_in_the_same_sentence() -> None:
    """Without the word beside it the number does not count."""
    check = IdentifierCheck(of=("phone",), near=("shared/duty",))
    assert found(check, "来庁者の番号は090-0000-1234です。") != []
    assert found(check, "来庁者が多い。番号は090-0000-1234です。") == []


def test_unless_silences_in_the_same_sentence() -> None:
    """A word of the class beside it takes the number out."""
    check = IdentifierCheck(of=("phone",), unless=("shared/public",))
    assert found(check, "問合せは0143-00-2222まで。") == []
    assert found(check, "問合せは後日。自宅は0143-00-2222です。") != []


def test_an_entity_is_not_beside_itself() -> None:
    """Asked for another telephone number near it, a single one does not count."""
    check = IdentifierCheck(of=("phone",), near=("@phone",))
    assert found(check, "090-0000-1234です。") == []
    assert len(found(check, "090-0000-1234か090-0000-5678です。")) == 2


@pytest.mark.parametrize("kinds", [(), ("telephone",)])
def test_unknown_kinds_are_refused(kinds: tuple[str, ...]) -> None:
    """A sign that asks for no kind, or one that does not exist, fails at load."""
    with pytest.raises(ValueError, match="is none of"):
        IdentifierCheck(of=kinds)
