"""The first shape of the records."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("path", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("city_work", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_by", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_opened_at"), "cases", ["opened_at"], unique=False)
    op.create_index(op.f("ix_cases_opened_by"), "cases", ["opened_by"], unique=False)
    op.create_index(op.f("ix_cases_state"), "cases", ["state"], unique=False)
    op.create_table(
        "completions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("guideline", sa.Text(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completions")),
        sa.UniqueConstraint(
            "number", "guideline", "completed_on", name=op.f("uq_completions_number_guideline_completed_on")
        ),
    )
    op.create_index(op.f("ix_completions_number"), "completions", ["number"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("guardian", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("asked_how", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("sign_hash", sa.String(length=64), nullable=True),
        sa.Column("sign_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("sign_hash", name=op.f("uq_consents_sign_hash")),
    )
    op.create_index(op.f("ix_consents_asked_at"), "consents", ["asked_at"], unique=False)
    op.create_index(op.f("ix_consents_event"), "consents", ["event"], unique=False)
    op.create_index(op.f("ix_consents_kept_by"), "consents", ["kept_by"], unique=False)
    op.create_index(op.f("ix_consents_section"), "consents", ["section"], unique=False)
    op.create_index(op.f("ix_consents_state"), "consents", ["state"], unique=False)
    op.create_index(op.f("ix_consents_until"), "consents", ["until"], unique=False)
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("on", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    op.create_table(
        "journal_end",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_end")),
    )
    op.create_table(
        "staff",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_staff")),
    )
    op.create_index(op.f("ix_staff_role"), "staff", ["role"], unique=False)
    op.create_index(op.f("ix_staff_section"), "staff", ["section"], unique=False)
    op.create_table(
        "case_log",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_log_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_log")),
    )
    op.create_index(op.f("ix_case_log_case_id"), "case_log", ["case_id"], unique=False)
    op.create_table(
        "case_readers",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_readers_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_readers")),
    )
    op.create_index(op.f("ix_case_readers_number"), "case_readers", ["number"], unique=False)
    op.create_table(
        "consent_pictures",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("likeness0", sa.Integer(), nullable=False),
        sa.Column("likeness1", sa.Integer(), nullable=False),
        sa.Column("likeness2", sa.Integer(), nullable=False),
        sa.Column("likeness3", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent"], ["consents.id"], name=op.f("fk_consent_pictures_consent"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_pictures")),
        sa.UniqueConstraint("consent", "sha256", name=op.f("uq_consent_pictures_consent_sha256")),
    )
    op.create_index(op.f("ix_consent_pictures_consent"), "consent_pictures", ["consent"], unique=False)
    op.create_index(op.f("ix_consent_pictures_likeness0"), "consent_pictures", ["likeness0"], unique=False)
    op.create_index(op.f("ix_consent_pictures_likeness1"), "consent_pictures", ["likeness1"], unique=False)
    op.create_index(op.f("ix_consent_pictures_likeness2"), "consent_pictures", ["likeness2"], unique=False)
    op.create_index(op.f("ix_consent_pictures_likeness3"), "consent_pictures", ["likeness3"], unique=False)
    op.create_index(op.f("ix_consent_pictures_sha256"), "consent_pictures", ["sha256"], unique=False)
    op.create_table(
        "consent_uses",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["consent"], ["consents.id"], name=op.f("fk_consent_uses_consent"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_uses")),
    )
    op.create_index(op.f("ix_consent_uses_consent"), "consent_uses", ["consent"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evidence_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_case_id"), "evidence", ["case_id"], unique=False)
    op.create_table(
        "letters",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("to_number", sa.String(length=32), nullable=False),
        sa.Column("to_mail", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letters_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
    )
    op.create_index(op.f("ix_letters_case_id"), "letters", ["case_id"], unique=False)
    op.create_index(op.f("ix_letters_state"), "letters", ["state"], unique=False)
    op.create_table(
        "passwords",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["staff.number"], name=op.f("fk_passwords_number"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_passwords")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["staff.number"], name=op.f("fk_sessions_number"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_ends_at"), "sessions", ["ends_at"], unique=False)
    op.create_index(op.f("ix_sessions_number"), "sessions", ["number"], unique=False)
    op.create_table(
        "evidence_files",
        sa.Column("evidence", sa.String(length=32), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence"], ["evidence.id"], name=op.f("fk_evidence_files_evidence"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("evidence", name=op.f("pk_evidence_files")),
    )
    op.execute(f"INSERT INTO journal_end (id, seq, hash) VALUES (1, 0, '{'0' * 64}')")


def downgrade() -> None:
    op.drop_table("evidence_files")
    op.drop_index(op.f("ix_sessions_number"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_ends_at"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("passwords")
    op.drop_index(op.f("ix_letters_state"), table_name="letters")
    op.drop_index(op.f("ix_letters_case_id"), table_name="letters")
    op.drop_table("letters")
    op.drop_index(op.f("ix_evidence_case_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_consent_uses_consent"), table_name="consent_uses")
    op.drop_table("consent_uses")
    op.drop_index(op.f("ix_consent_pictures_sha256"), table_name="consent_pictures")
    op.drop_index(op.f("ix_consent_pictures_likeness3"), table_name="consent_pictures")
    op.drop_index(op.f("ix_consent_pictures_likeness2"), table_name="consent_pictures")
    op.drop_index(op.f("ix_consent_pictures_likeness1"), table_name="consent_pictures")
    op.drop_index(op.f("ix_consent_pictures_likeness0"), table_name="consent_pictures")
    op.drop_index(op.f("ix_consent_pictures_consent"), table_name="consent_pictures")
    op.drop_table("consent_pictures")
    op.drop_index(op.f("ix_case_readers_number"), table_name="case_readers")
    op.drop_table("case_readers")
    op.drop_index(op.f("ix_case_log_case_id"), table_name="case_log")
    op.drop_table("case_log")
    op.drop_index(op.f("ix_staff_section"), table_name="staff")
    op.drop_index(op.f("ix_staff_role"), table_name="staff")
    op.drop_table("staff")
    op.drop_table("journal_end")
    op.drop_table("journal")
    op.drop_index(op.f("ix_consents_until"), table_name="consents")
    op.drop_index(op.f("ix_consents_state"), table_name="consents")
    op.drop_index(op.f("ix_consents_section"), table_name="consents")
    op.drop_index(op.f("ix_consents_kept_by"), table_name="consents")
    op.drop_index(op.f("ix_consents_event"), table_name="consents")
    op.drop_index(op.f("ix_consents_asked_at"), table_name="consents")
    op.drop_table("consents")
    op.drop_index(op.f("ix_completions_number"), table_name="completions")
    op.drop_table("completions")
    op.drop_index(op.f("ix_cases_state"), table_name="cases")
    op.drop_index(op.f("ix_cases_opened_by"), table_name="cases")
    op.drop_index(op.f("ix_cases_opened_at"), table_name="cases")
    op.drop_table("cases")
