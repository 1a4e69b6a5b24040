"""Passwords of people who sign in here: kept as argon2id, guessed at ever more slowly."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, insert, select, update

from ryoshiki.desk import sessions, staff
from ryoshiki.desk.people import Actor, DeniedError
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import Store
from ryoshiki.desk.store.tables import passwords
from ryoshiki.model import RyoshikiError

SHORTEST, LONGEST = 12, 256  # characters, after NFKC
# RFC 9106, section 4, the second recommended option but for the lanes: a thread pool of our own already fills the
# cores, and 64 MiB a guess is what makes a stolen table dear to try.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# What is verified where there is nothing to verify, so that an unknown number takes as long to refuse as a known one.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=1$Xd9kXfIGJ0vA/IA+GXjwSA$ljegI1GiJX/mQNXTOFPMSxuGgGhgB0M6r6BkrRZe+Zs"
_FREE = 5  # wrong guesses before one has to wait
_LONGEST_WAIT = timedelta(minutes=15)  # a hundred guesses a day; and who is kept out by somebody else is not for long
_FORGOTTEN = timedelta(days=1)  # after which wrong guesses count no more
_COMMON = Path(__file__).parent / "common-passwords.txt"


class PasswordError(RyoshikiError):
    """A password that cannot be taken."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a guess is verified against. ``counted``: the number is known, and the guess may be right."""

    number: str
    hash: str
    counted: bool


def hashed(password: str, number: str) -> str:
    """What is kept of a new password of ``number``; slow on purpose, so not to be called inside a transaction.

    Length counts and nothing else: rules about kinds of letters make passwords that are easier to guess.

    Raises:
        PasswordError: too short, too long, or among the first that anybody tries.
    """
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise PasswordError(
            f"パスワードは {SHORTEST} 文字から {LONGEST} 文字です。好きな言葉をいくつか並べると、覚えやすくなります"
            f" (from {SHORTEST} to {LONGEST} characters; a few words in a row are long and easy to remember)"
        )
    if plain.casefold() in _common() or _repeated(plain) or plain.casefold().strip() == number.casefold():
        raise PasswordError(
            "よく使われるパスワードなので、すぐに当てられてしまいます。別のものにしてください"
            " (too common; choose another)"
        )
    return _HASHER.hash(plain)


def keep(db: Connection, actor: Actor, number: str, hash: str) -> None:
    """Let ``number`` sign in with the password of ``hash`` (`hashed`) from now on; where they are signed in ends.

    Raises:
        DeniedError: the actor may set no password but their own (the owner of the records: all), or nobody has the
            number.
    """
    if actor.role != "owner" and actor.number != number:
        raise DeniedError
    if staff.find(db, number) is None:
        raise DeniedError
    db.execute(delete(passwords).where(passwords.c.number == number))
    db.execute(insert(passwords).values(number=number, hash=hash, failures=0, wait_until=None))
    sessions.end_all(db, number, number)
    journal.note(db, actor.number, "password.set", number)


def verify(store: Store, number: str, password: str, at: datetime) -> bool:
    """Whether the password is that of ``number``, who is active. Takes about as long whatever the answer is.

    While one has to wait for having guessed too often, the answer is no, right or wrong.
    """
    with store.write() as db:
        tried = attempt(db, number, at)
    plain = _plain(password[: 4 * LONGEST])
    try:
        right = _HASHER.verify(tried.hash, plain)
    except (VerificationError, InvalidHashError):
        return False
    if not (right and tried.counted):
        return False
    anew = _HASHER.hash(plain) if _HASHER.check_needs_rehash(tried.hash) else tried.hash
    with store.write() as db:
        same = (passwords.c.number == number, passwords.c.hash == tried.hash)  # not one that was set meanwhile
        settled = db.execute(update(passwords).where(*same).values(hash=anew, failures=0, wait_until=None))
    return settled.rowcount == 1


def attempt(db: Connection, number: str, at: datetime) -> Attempt:
    """Count a guess before it is looked at, so that many at once cannot outrun the wait; what to verify it against."""
    row = db.execute(select(passwords).where(passwords.c.number == number)).one_or_none()
    if row is None or staff.find(db, number) is None or (row.wait_until and row.wait_until > at):
        return Attempt(number, _NOBODY, False)
    stale = row.wait_until is not None and row.wait_until < at - _FORGOTTEN
    failures = 1 if stale else row.failures + 1
    values = {"failures": failures, "wait_until": at + wait(failures)}
    db.execute(update(passwords).where(passwords.c.number == number).values(values))
    return Attempt(number, row.hash, True)


def wait(failures: int) -> timedelta:
    """How long the next guess has to wait after so many wrong ones in a row."""
    if failures < _FREE:
        return timedelta(0)
    return min(_LONGEST_WAIT, timedelta(seconds=2 ** min(failures - _FREE, 20)))


def _plain(password: str) -> str:
    """One spelling of what may come from an input method in full or half width."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    """The commonest of twelve characters or more, as lists of leaked ones agree; shorter ones are refused anyway."""
    return frozenset(_COMMON.read_text(encoding="utf-8").split())


def _repeated(plain: str) -> bool:
    """Whether it is a few letters over and over."""
    return any(plain == (plain[:unit] * len(plain))[: len(plain)] for unit in range(1, 5))
