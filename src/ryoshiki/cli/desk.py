"""`ryoshiki desk`: the records as a whole: made, brought forward, copied, put back, thinned out, proved; the staff."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from getpass import getpass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, tell
from ryoshiki.cli.opening import settings, store_of
from ryoshiki.cli.progress import progress
from ryoshiki.cli.source import opened
from ryoshiki.model import RyoshikiError
from ryoshiki.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from ryoshiki.desk.retention import Terms

app = typer.Typer(
    rich_markup_mode=None, help="窓口の記録を用意する、控える、戻す、確かめる / The records of the desk as a whole"
)
_LONGEST_LINE = 4096  # bytes
_SHOWN = 10  # bad lines told one by one
_TABLES = {
    "consents": "同意 (consents)",
    "cases": "トラブル (cases)",
    "completions": "研修の修了 (completions)",
    "staff": "職員 (staff)",
    "sessions": "サインイン (sessions)",
}


@app.command()
def show() -> None:
    """記録の置き場所、形、件数、期限の過ぎた件数を示します / Where the records are, and how many"""
    from sqlalchemy import func, select

    from ryoshiki.desk.retention import due
    from ryoshiki.desk.store import schema, tables
    from ryoshiki.desk.store.database import now

    chosen = settings()
    with store_of(chosen) as store, store.read() as db:
        past = due(db, _terms(chosen), now())
        lines = [
            store.engine.url.set(query={}).render_as_string(hide_password=True),
            f"  形 (revision): {schema.revision(db)}",
        ]
        for name, title in _TABLES.items():
            count = db.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()
            lines.append(f"  {title}: {count:,}" + (f"  期限切れ (past): {past[name]:,}" if past[name] else ""))
    emit("\n".join(lines) + "\n")


@app.command()
def migrate(to: options.Revision = "head") -> None:
    """記録の形を、この版に合わせます（--to で戻せます） / Bring the records to this version's shape, or back"""
    from ryoshiki.desk.store import schema

    with store_of(settings(), any_shape=True) as store:
        schema.migrate(store, to)
        with store.read() as db:
            emit(f"いまの形 (revision): {schema.revision(db)}\n")


@app.command()
def backup(file: options.BackupOut) -> None:
    """すべての記録の控えを、新しいファイルに取ります / Copy all records to a new file"""
    from ryoshiki.desk.store.backup import back_up

    with store_of(settings()) as store:
        count = back_up(store, file)
    emit(f"{file}: {count:,} 件を控えました。個人の記録です。人目にふれない所へ (kept; mind that it is personal)\n")


@app.command()
def restore(file: options.BackupIn) -> None:
    """控えを、空の置き場所に戻します / Put a copy back into an empty place"""
    from ryoshiki.desk.store.backup import restore as put_back

    with store_of(settings(), any_shape=True) as store:
        count = put_back(store, file)
    emit(f"{count:,} 件を戻しました (restored)\n")


@app.command()
def purge(dry_run: options.DryRun = False) -> None:
    """残す期限の過ぎた記録を消します / Delete what is past its term"""
    from ryoshiki.desk import retention
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.store.database import now

    chosen = settings()
    with store_of(chosen) as store:
        if dry_run:
            with store.read() as db:
                gone = retention.due(db, _terms(chosen), now())
        else:
            with store.write() as db:
                gone = retention.purge(db, OWNER.number, _terms(chosen), now())
    heading = "消すことになるもの (would be deleted)" if dry_run else "消したもの (deleted)"
    emit("".join([f"{heading}\n", *(f"  {_TABLES[name]}: {count:,}\n" for name, count in gone.items())]))


@app.command()
def verify(end: options.JournalEnd = None) -> None:
    """記録簿が書き換えられていないかを確かめます / Prove that the journal was not changed

    示される「番号:ハッシュ」を別の所に控え、次に --end で渡すと、丸ごとの書き換えも分かります。
    """
    from ryoshiki.desk.store import journal

    with store_of(settings()) as store, store.read() as db:
        found = journal.verify(db, end)
    emit(f"書き換えは見つかりませんでした (no change was found): {found.seq:,} 件\n{found.seq}:{found.hash}\n")


@app.command()
def staff(source: options.StaffIn, whole: options.WholeList = False, folder: options.Folder = None) -> None:
    """職員名簿の CSV を取り込みます / Take in a staff list

    列: 職員番号、氏名、メールアドレス、所属、任用形態、役割（職員・所属長・広報・管理者、なくてもよい）。
    終了コード: 0 よい、1 読めない行がある / Exit status: 0 good, 1 the list has bad lines
    """
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.scope import kinds
    from ryoshiki.desk.staff import HEADINGS, Person, person_of, take_in
    from ryoshiki.desk.stafflist import Line, read

    chosen = settings(guideline=folder)
    bad: list[tuple[int, str]] = []

    def good(lines: Iterator[Line]) -> Iterator[Person]:
        for line in lines:
            person = person_of(line)
            if isinstance(person, Person):
                yield person
            else:
                bad.append((line.number, person))

    with store_of(chosen) as store, opened(source) as file, progress(file, source, True) as advance:
        listed = read(file, kinds(chosen.guideline), HEADINGS)
        done = 0

        def more(count: int) -> None:
            nonlocal done
            advance(done := done + count)

        with store.write() as db:
            count = take_in(db, OWNER, good(listed.lines), whole, more)
            if whole and bad:
                raise RyoshikiError(
                    f"{bad[0][0]} 行目: {bad[0][1]}。--whole では、読めない行の人を「やめた」と見てしまうので、"
                    "何も取り込みませんでした (nothing was taken in: with --whole a bad line would count as left)"
                )
    tell("".join(f"  {number} 行目 (line): {reason}\n" for number, reason in bad[:_SHOWN]))
    emit(f"取り込んだ人 (taken in): {count:,}  読めない行 (bad lines): {len(bad):,}\n")
    if bad:
        raise typer.Exit(1)


@app.command()
def password(number: options.StaffNumber, stdin: options.FromStdin = False) -> None:
    """職員のパスワードを決めます（sign_in = "local" のとき） / Set the password of one of the staff"""
    _server_parts()
    from ryoshiki.desk import accounts
    from ryoshiki.desk.people import OWNER

    with store_of(settings()) as store:
        hash = accounts.hashed(_typed(stdin), number)
        with store.write() as db:
            accounts.keep(db, OWNER, number, hash)
    emit(f"{number}: パスワードを決めました。今のサインインは終わりました (set; signed out everywhere)\n")


@app.command()
def sessions(end: options.EndSessions = None) -> None:
    """サインイン中の人を示します。--end で終わらせます / Who is signed in; --end signs a person out"""
    from ryoshiki.desk import sessions as signed
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.store.database import now

    with store_of(settings()) as store:
        if end is not None:
            with store.write() as db:
                count = signed.end_all(db, OWNER.number, end)
            emit(f"{end}: {count:,} か所のサインインを終わらせました (signed out)\n")
            return
        with store.read() as db:
            found = signed.listed(db, now())
    emit("".join(f"{one.number}  {_local(one.began)} から (since)  {_local(one.seen)} まで (seen)\n" for one in found))


def _local(at: datetime) -> str:
    return at.astimezone().isoformat(" ", "minutes")


def _typed(stdin: bool) -> str:
    """The password, asked for twice and never shown, or the first line of standard input."""
    if stdin:
        return sys.stdin.buffer.readline(_LONGEST_LINE).decode("utf-8", "replace").rstrip("\r\n")
    given = getpass("新しいパスワード (new password): ")
    if getpass("もう一度 (once more): ") != given:
        raise RyoshikiError("二つが違います。もう一度どうぞ (the two differ; please try again)")
    return given


def _server_parts() -> None:
    if find_spec("argon2") is None:
        raise RyoshikiError(
            "サインインの部品が入っていません。pip install ryoshiki[server] で入ります"
            " (the parts for sign-in are missing)"
        )


def _terms(chosen: Settings) -> Terms:
    from ryoshiki.desk.retention import Terms

    return Terms(chosen.keep_consents, chosen.keep_cases, chosen.keep_staff)
