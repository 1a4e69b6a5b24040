"""A calm reply: a draft made from what the person enters, and read as every draft is. Nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ryoshiki.desk.trouble.paths import Reply
from ryoshiki.desk.trouble.words import plain
from ryoshiki.model import Draft, Guideline, Report, RyoshikiError
from ryoshiki.review import review

FIELD_LIMIT = 500  # characters of one answer


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft of a reply, and what the review says of it."""

    draft: Draft
    report: Report


def filled(reply: Reply, given: Mapping[str, str]) -> str:
    """The words of the reply, with what the person gives in their places.

    Raises:
        RyoshikiError: something is missing, too long or unknown, or the reply is to send none.
    """
    if not reply.text:
        raise RyoshikiError(f"{reply.title}: 下書きはありません。{reply.when} (there is no draft: send no answer)")
    if unknown := sorted(set(given) - {field.id for field in reply.fields}):
        known = ", ".join(field.id for field in reply.fields)
        raise RyoshikiError(f"{unknown[0][:40]!r} は使いません。使うもの (there are): {known}")
    words = {
        field.id: plain(given.get(field.id, ""), f"{field.id}（{field.words}）", FIELD_LIMIT) for field in reply.fields
    }
    return reply.text.format_map(words)  # its places are plain names: what is put in is not read again


def check(text: str, guideline: Guideline, answered: str = "", platform: str = "x") -> Checked:
    """Read a reply as an answer to ``answered``, which may be unknown."""
    draft = Draft(text, platform=platform, reply_to=answered)
    return Checked(draft, review(draft, guideline))
