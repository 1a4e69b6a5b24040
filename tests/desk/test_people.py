"""What each role may do."""

from __future__ import annotations

from typing import get_args

import pytest

from ryoshiki.desk.people import GIVEN, OWNER, Act, Actor, DeniedError, may, require

ACTS: tuple[Act, ...] = get_args(Act)
WHOSE = {"own": ("1", "港湾課"), "section": ("2", "港湾課"), "other": ("2", "税務課")}
# role → act → on whose records. What is not here nobody may.
ALLOWED: dict[str, dict[Act, set[str]]] = {
    "employee": {
        "consent.add": {"own", "section", "other"},
        "consent.read": {"own", "section"},
        "consent.change": {"own"},
        "case.open": {"own", "section", "other"},
        "case.read": {"own"},
        "case.note": {"own"},
        "case.change": {"own"},
        "completion.read": {"own"},
        "staff.read": {"own"},
    },
    "head": {
        "consent.add": {"own", "section", "other"},
        "consent.read": {"own", "section"},
        "consent.change": {"own", "section"},
        "case.open": {"own", "section", "other"},
        "case.read": {"own"},
        "case.note": {"own"},
        "case.change": {"own"},
        "completion.read": {"own", "section"},
        "staff.read": {"own", "section"},
    },
    "pr": {
        "consent.add": {"own", "section", "other"},
        "consent.read": {"own", "section", "other"},
        "consent.change": {"own"},
        "case.open": {"own", "section", "other"},
        "case.read": {"own"},
        "case.note": {"own"},
        "case.change": {"own"},
        "completion.read": {"own"},
        "staff.read": {"own"},
    },
    "admin": {
        "consent.add": {"own", "section", "other"},
        "consent.read": {"own", "section"},
        "consent.change": {"own"},
        "case.open": {"own", "section", "other"},
        "case.read": {"own"},
        "case.note": {"own"},
        "case.change": {"own"},
        "completion.read": {"own", "section", "other"},
        "staff.read": {"own", "section", "other"},
        "staff.change": {"own", "section", "other"},
        "journal.read": {"own", "section", "other"},
    },
}


@pytest.mark.parametrize("role", GIVEN)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("whose", WHOSE)
def test_the_table(role: str, act: Act, whose: str) -> None:
    """Every role, act and owner."""
    actor = Actor("1", role, "港湾課")  # type: ignore[arg-type]
    owner, section = WHOSE[whose]
    assert may(actor, act, owner, section) == (whose in ALLOWED[role].get(act, set()))


@pytest.mark.parametrize("act", ACTS)
def test_on_a_machine_of_ones_own(act: Act) -> None:
    """Everything is one's own."""
    assert may(OWNER, act, "somebody", "somewhere")


def test_a_case_is_read_and_noted_in_by_whom_it_was_sent_to() -> None:
    """And by nobody else, whatever their role; that is not changing it."""
    for role in GIVEN:
        reader, other = Actor("7", role, "税務課"), Actor("8", role, "税務課")
        assert may(reader, "case.read", "1", sent_to={"7"})
        assert may(reader, "case.note", "1", sent_to={"7"})
        assert not may(reader, "case.change", "1", sent_to={"7"})
        assert not may(other, "case.read", "1", sent_to={"7"})
        assert not may(other, "case.note", "1", sent_to={"7"})


def test_nobody_is_of_no_section() -> None:
    """People without a section do not share one."""
    assert not may(Actor("1", "head"), "consent.change", "2", "")
    assert not may(Actor("", "employee"), "case.read", "")


def test_denied_and_missing_sound_the_same() -> None:
    """Nobody learns which records exist."""
    with pytest.raises(DeniedError, match="not found, or not yours"):
        require(Actor("1", "employee"), "journal.read")
