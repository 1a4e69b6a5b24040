"""The report to the section head: written from the case, then sent once, or handed over as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from ryoshiki.desk import staff
from ryoshiki.desk.mail import Outcome, Post, address, deliver
from ryoshiki.desk.people import Actor, DeniedError
from ryoshiki.desk.staff import Person
from ryoshiki.desk.store.database import Store, new_id, now
from ryoshiki.desk.store.tables import letters
from ryoshiki.desk.trouble import evidence, log, wording
from ryoshiki.desk.trouble.cases import Case, changeable, find, open_case, sent
from ryoshiki.desk.trouble.paths import Way
from ryoshiki.model import Organisation, RyoshikiError

State = Literal["written", "sending", "sent", "failed", "unknown", "out"]  # "out": handed over as a file
UNSURE = "届いたか分かりません。相手に確かめてください (nobody knows whether it arrived: ask the recipient)"
_IN_DOUBT = ("sending", "unknown")
_LONGEST_SENDING = timedelta(minutes=10)  # several times what `mail.deliver` takes at most


@dataclass(frozen=True, slots=True)
class Letter:
    """A report. ``to_number`` is "" for who is not in the staff list, ``to_mail`` "" where it goes as a file only."""

    id: str
    case_id: str
    to_number: str
    to_mail: str
    subject: str
    body: str
    state: State
    message_id: str
    written_at: datetime
    tried_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class To:
    """Who gets it: a number of the staff list, or a mail address, or nobody yet ("")."""

    name: str = ""
    number: str = ""
    mail: str = ""


def heads(db: Connection, actor: Actor) -> tuple[Person, ...]:
    """To whom the actor may report: who heads the section, but oneself."""
    return tuple(p for p in staff.heads(db, actor.section) if p.number != actor.number) if actor.section else ()


def text(db: Connection, actor: Actor, case_id: str, way: Way | None, to: To, organisation: Organisation) -> str:
    """The letter as it would be written now.

    Raises:
        DeniedError: the case is not the actor's.
    """
    case = changeable(db, actor, case_id)
    author = "　".join(filter(None, (actor.section, actor.name)))
    lines, pieces = log.entries(db, case.id), evidence.pieces(db, case)
    return wording.report(case, way, lines, pieces, (to.name, author), organisation, now())


def write(db: Connection, actor: Actor, case_id: str, way: Way | None, to: To, organisation: Organisation) -> Letter:
    """Put the letter down as it is to go; one that is there already, word for word, is given back.

    Raises:
        RyoshikiError: the case is closed, or nobody may be written to at that address.
    """
    case = open_case(db, actor, case_id)
    to = _addressee(db, actor, to)
    body = text(db, actor, case.id, way, to, organisation)
    same = [letter for letter in of(db, case) if (letter.body, letter.to_mail) == (body, to.mail)]
    if same:
        return same[-1]
    log.verify_room(db, case.id)
    domain = next(iter(organisation.domains), "ryoshiki.invalid")
    id = new_id()
    db.execute(
        insert(letters).values(
            id=id,
            case_id=case.id,
            to_number=to.number,
            to_mail=to.mail,
            subject=wording.SUBJECT,
            body=body,
            state="written",
            message_id=f"<{new_id()}@{domain}>",
            written_at=now(),
            reason="",
        )
    )
    log.enter(db, actor, case.id, "letter", id)
    return _again(db, id)


def send(store: Store, actor: Actor, letter_id: str, post: Post) -> Letter:
    """Send a letter that was not sent yet. It is marked before the server is asked, and again when it has answered.

    Raises:
        RyoshikiError: it went already or may have, or the last one to the same person may have.
    """
    with store.write() as db:
        letter, reply_to = _marked(db, actor, letter_id)
    outcome = deliver(post, message(letter, post.sender, reply_to), letter.to_mail)
    with store.write() as db:
        return _ended(db, actor, letter, outcome)


def settle(db: Connection, actor: Actor, letter_id: str, arrived: bool) -> Letter:
    """Enter what the recipient says of a letter whose way is unknown; one that did not arrive may be sent again.

    Raises:
        RyoshikiError: its way is known, or it may still be on it.
    """
    letter = _changeable(db, actor, letter_id)
    if letter.state not in _IN_DOUBT:
        raise RyoshikiError("この手紙がどうなったかは、分かっています (it is known what became of it)")
    if letter.state == "sending" and letter.tried_at and now() - letter.tried_at < _LONGEST_SENDING:
        raise RyoshikiError(
            "まだ送っている途中かもしれません。10 分待って、もう一度どうぞ (may be on its way: wait 10 minutes)"
        )
    asked = "相手に確かめました (the recipient was asked)"
    return _ended(db, actor, letter, Outcome("sent" if arrived else "failed", asked))


def handed_over(db: Connection, actor: Actor, letter_id: str) -> Letter:
    """Enter that the person handed it over as a file; whom it is addressed to sees the case from now on.

    Raises:
        RyoshikiError: it was sent, or may have been.
    """
    letter = _changeable(db, actor, letter_id)
    if letter.state not in ("written", "failed"):
        raise RyoshikiError(_refusal(letter))
    _put(db, letter, {"state": "out", "reason": ""})
    log.enter(db, actor, letter.case_id, "letter-out", letter.id)
    sent(db, actor, letter.case_id, letter.to_number)
    return _again(db, letter.id)


def of(db: Connection, case: Case) -> tuple[Letter, ...]:
    """The letters of a case that the caller has found, the oldest first."""
    rows = db.execute(select(letters).where(letters.c.case_id == case.id).order_by(letters.c.written_at, letters.c.id))
    return tuple(_letter(row) for row in rows)


def get(db: Connection, actor: Actor, letter_id: str) -> Letter:
    """A letter of a case that the actor may see.

    Raises:
        DeniedError: there is none.
    """
    row = db.execute(select(letters).where(letters.c.id == letter_id)).one_or_none()
    if row is None:
        raise DeniedError
    find(db, actor, row.case_id)
    return _letter(row)


def message(letter: Letter, sender: str = "", reply_to: str = "") -> EmailMessage:
    """The letter as a mail. Each head is one line by itself: `email` refuses a value that holds a line end."""
    mail = EmailMessage(policy=SMTP)
    if sender:
        mail["From"] = sender
    if letter.to_mail:
        mail["To"] = letter.to_mail
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(letter.tried_at or letter.written_at)
    mail["Message-ID"] = letter.message_id
    if not sender:
        mail["X-Unsent"] = "1"  # a file to be sent by oneself: mail programs then open it for writing
    mail.set_content(letter.body, charset="utf-8", cte="base64")
    return mail


def _addressee(db: Connection, actor: Actor, to: To) -> To:
    """The owner of a machine writes to whom they like; others to their section head alone."""
    if actor.role == "owner":
        return To(to.name, "", address(to.mail, "宛先 (recipient)") if to.mail else "")
    found = next((p for p in heads(db, actor) if p.number == to.number), None)
    if found is not None:
        return To(f"{found.section}　{found.name}", found.number, found.mail)
    if to.number or to.mail:
        raise DeniedError
    return To(to.name)


def _marked(db: Connection, actor: Actor, letter_id: str) -> tuple[Letter, str]:
    """The letter, marked as on its way, and where the answer goes."""
    letter = _changeable(db, actor, letter_id)
    if not letter.to_mail:
        raise RyoshikiError("宛先のメールアドレスがありません。ファイルで渡せます (no address: hand it over as a file)")
    if letter.state not in ("written", "failed"):
        raise RyoshikiError(_refusal(letter))
    others = [other for other in of(db, find(db, actor, letter.case_id)) if other.id != letter.id]
    if any(other.state in _IN_DOUBT and other.to_mail == letter.to_mail for other in others):
        raise RyoshikiError(f"前の手紙が{UNSURE}")
    _put(db, letter, {"state": "sending", "tried_at": now(), "reason": ""})
    log.enter(db, actor, letter.case_id, "letter-sending", letter.id)
    author = staff.find(db, actor.number)
    return _again(db, letter.id), author.mail if author else ""


def _ended(db: Connection, actor: Actor, letter: Letter, outcome: Outcome) -> Letter:
    """Enter how it ended, unless the person has said so meanwhile."""
    _put(db, letter, {"state": outcome.end, "reason": outcome.reason})
    log.enter(db, actor, letter.case_id, f"letter-{outcome.end}", letter.id)
    if outcome.end == "sent":
        sent(db, actor, letter.case_id, letter.to_number)
    return _again(db, letter.id)


def _put(db: Connection, letter: Letter, values: dict[str, Any]) -> None:
    """Change a letter that still is as it was read.

    Raises:
        RyoshikiError: it is not.
    """
    here = (
        letters.c.id == letter.id,
        letters.c.state == letter.state,
        letters.c.tried_at.is_not_distinct_from(letter.tried_at),
    )
    if db.execute(update(letters).where(*here).values(values)).rowcount != 1:
        raise RyoshikiError("この手紙は、ほかの画面で動いています。見直してください (it moved meanwhile; look again)")


def _refusal(letter: Letter) -> str:
    if letter.state in _IN_DOUBT:
        return UNSURE
    return "この手紙は、もう渡しました (it was handed over already)"


def _changeable(db: Connection, actor: Actor, letter_id: str) -> Letter:
    letter = get(db, actor, letter_id)
    changeable(db, actor, letter.case_id)
    return letter


def _again(db: Connection, letter_id: str) -> Letter:
    return _letter(db.execute(select(letters).where(letters.c.id == letter_id)).one())


def _letter(row: Row[Any]) -> Letter:
    return Letter(**{name: row._mapping[name] for name in Letter.__dataclass_fields__})
