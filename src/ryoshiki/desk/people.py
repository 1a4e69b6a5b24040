"""Who acts, and what each role may do. Whoever is not named here may not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from ryoshiki.model import RyoshikiError

Role = Literal["employee", "head", "pr", "admin", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
GIVEN = ROLES[:4]  # roles that a staff list can give; "owner" is whoever has the records on a machine of one's own


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does something. ``number`` is the staff number."""

    number: str
    role: Role
    section: str = ""
    name: str = ""


OWNER = Actor("owner", "owner")

Act = Literal[
    "consent.add",
    "consent.read",
    "consent.change",
    "case.open",
    "case.read",
    "case.note",
    "case.change",
    "completion.read",
    "staff.read",
    "staff.change",
    "journal.read",
]

# Roles that may act on records of anybody, and those that may on records of their own section.
_EVERYWHERE: dict[Act, frozenset[Role]] = {
    "consent.add": frozenset(GIVEN),
    "consent.read": frozenset({"pr"}),  # who publishes has to know who agreed
    "case.open": frozenset(GIVEN),
    "completion.read": frozenset({"admin"}),
    "staff.read": frozenset({"admin"}),
    "staff.change": frozenset({"admin"}),
    "journal.read": frozenset({"admin"}),
}
_SECTION: dict[Act, frozenset[Role]] = {
    "consent.read": frozenset({"employee", "head", "pr", "admin"}),
    "consent.change": frozenset({"head"}),
    "completion.read": frozenset({"head"}),
    "staff.read": frozenset({"head"}),
}
_OWN: frozenset[Act] = frozenset(
    {"consent.read", "consent.change", "case.read", "case.note", "case.change", "completion.read", "staff.read"}
)
_SENT: frozenset[Act] = frozenset({"case.read", "case.note"})  # to whom a case was sent


class DeniedError(RyoshikiError):
    """The actor may not do that. The same is said where there is no such record, so that nobody learns which exist."""

    def __init__(self) -> None:
        super().__init__("見つからないか、あなたの記録ではありません (not found, or not yours)")


def may(actor: Actor, act: Act, owner: str = "", section: str = "", sent_to: Collection[str] = ()) -> bool:
    """Whether ``actor`` may ``act`` on a record of ``owner`` and ``section`` that was sent to those numbers."""
    if actor.role == "owner" or actor.role in _EVERYWHERE.get(act, ()):
        return True
    if owner and owner == actor.number and act in _OWN:
        return True
    if section and section == actor.section and actor.role in _SECTION.get(act, ()):
        return True
    return act in _SENT and actor.number in sent_to


def require(actor: Actor, act: Act, owner: str = "", section: str = "", sent_to: Collection[str] = ()) -> None:
    """As `may`.

    Raises:
        DeniedError: the actor may not.
    """
    if not may(actor, act, owner, section, sent_to):
        raise DeniedError
