"""The tables of the desk. Times are UTC; what a column is for and how long it stays stands in docs/DESK.md."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite has no zones, so that it keeps UTC without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


ID = String(32)  # hexadecimal, drawn at random: an address of a record tells nothing and cannot be guessed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *columns: Any) -> Table:
    return Table(name, metadata, *columns)


def _of(table: str, name: str) -> Column[str]:
    """A part of a record; it goes when the record goes."""
    return Column(name, ID, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=True)


# People who may sign in or who are written to. ``number`` is the staff number, the one name that journals use.
staff = _table(
    "staff",
    Column("number", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("mail", Text, nullable=False),
    Column("section", Text, nullable=False, index=True),
    Column("kind", String(64), nullable=False),  # of scope.toml
    Column("role", String(16), nullable=False, index=True),
    Column("active", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

# Passwords of people who sign in here; none where an identity provider or a proxy knows them.
passwords = _table(
    "passwords",
    Column("number", String(32), ForeignKey("staff.number", ondelete="CASCADE"), primary_key=True),
    Column("hash", Text, nullable=False),  # argon2id with its own salt
    Column("failures", Integer, nullable=False, default=0),
    Column("wait_until", Moment),
)

sessions = _table(
    "sessions",
    Column("token_hash", String(64), primary_key=True),  # SHA-256; the token itself is in the cookie alone
    Column("number", String(32), ForeignKey("staff.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False, index=True),
)

consents = _table(
    "consents",
    Column("id", ID, primary_key=True),
    Column("person", Text, nullable=False),
    Column("guardian", Text, nullable=False),  # "" where the person answers alone
    Column("event", Text, nullable=False, index=True),
    Column("media", JSON, nullable=False),  # names of services and papers
    Column("until", Date, index=True),  # None: until taken back
    Column("asked_how", Text, nullable=False),
    Column("section", Text, nullable=False, index=True),
    Column("kept_by", String(32), nullable=False, index=True),  # staff number of who asked
    Column("state", String(16), nullable=False, index=True),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("given_at", Moment),
    Column("withdrawn_at", Moment),
    Column("signature", Text, nullable=False),  # strokes of a finger, as an SVG path; "" where paper was signed
    Column("sign_hash", String(64), unique=True),  # SHA-256 of the token in the address to sign at
    Column("sign_until", Moment),
)

consent_pictures = _table(
    "consent_pictures",
    Column("id", ID, primary_key=True),
    _of("consents", "consent"),
    Column("sha256", String(64), nullable=False, index=True),
    # What the picture looks like, 64 bits in four parts: pictures that differ in three bits at most share a part.
    *(Column(f"likeness{part}", Integer, nullable=False, index=True) for part in range(4)),
    UniqueConstraint("consent", "sha256"),
)

consent_uses = _table(
    "consent_uses",
    Column("id", ID, primary_key=True),
    _of("consents", "consent"),
    Column("place", Text, nullable=False),  # address of the post, or what paper
    Column("used_on", Date, nullable=False),
    Column("removed_on", Date),
)

cases = _table(
    "cases",
    Column("id", ID, primary_key=True),
    Column("path", String(32), nullable=False),  # which kind of trouble, of trouble.toml
    Column("title", Text, nullable=False),
    Column("facts", JSON, nullable=False),  # what the person told, by question
    Column("city_work", Boolean),  # None: not yet said
    Column("state", String(16), nullable=False, index=True),
    Column("opened_by", String(32), nullable=False, index=True),
    Column("opened_at", Moment, nullable=False, index=True),
    Column("known_at", Moment, nullable=False),  # from here the terms of the law run
    Column("closed_at", Moment),
    Column("lessons", Text, nullable=False),
    Column("version", Integer, nullable=False),  # grows with each change, so that two pages do not overwrite each other
)

# Who besides the author may see a case: those it was sent to.
case_readers = _table(
    "case_readers",
    Column("case_id", ID, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("number", String(32), primary_key=True, index=True),
    Column("since", Moment, nullable=False),
)

case_log = _table(
    "case_log",
    Column("id", ID, primary_key=True),
    _of("cases", "case_id"),
    Column("at", Moment, nullable=False),
    Column("by", String(32), nullable=False),
    Column("what", String(32), nullable=False),
    Column("words", Text, nullable=False),
)

evidence = _table(
    "evidence",
    Column("id", ID, primary_key=True),
    _of("cases", "case_id"),
    Column("address", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("file_name", Text, nullable=False),  # "" where there is no file
    Column("sha256", String(64), nullable=False),
    Column("notes", JSON, nullable=False),  # what the photo check said of the file
)

evidence_files = _table(
    "evidence_files",
    Column("evidence", ID, ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# Letters on their way. A letter is marked before it goes, so that one whose way was cut off is never sent anew unasked.
letters = _table(
    "letters",
    Column("id", ID, primary_key=True),
    _of("cases", "case_id"),
    Column("to_number", String(32), nullable=False),
    Column("to_mail", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("written_at", Moment, nullable=False),
    Column("tried_at", Moment),
    Column("reason", Text, nullable=False),
)

# For the organisation: who completed the training, never an answer.
completions = _table(
    "completions",
    Column("id", ID, primary_key=True),
    Column("number", String(32), nullable=False, index=True),
    Column("guideline", Text, nullable=False),
    Column("completed_on", Date, nullable=False),
    UniqueConstraint("number", "guideline", "completed_on"),
)

# What was done, by whom, to which record: ids only, so that a deleted person is gone from here too.
journal = _table(
    "journal",
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),  # as it was hashed
    Column("by", String(32), nullable=False),
    Column("what", String(32), nullable=False),
    Column("on", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# One row: the end of the journal. Every change locks it first, so that the chain has no fork.
journal_end = _table(
    "journal_end",
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
