"""`ryoshiki trouble reply` and `letter`: a calm answer to others, and the report to the section head."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ryoshiki.cli import options
from ryoshiki.cli.check import fails
from ryoshiki.cli.console import colour, emit, put, width
from ryoshiki.cli.opening import guideline, post_of, settings, store_of
from ryoshiki.desk.trouble.paths import Reply, Way
from ryoshiki.desk.trouble.paths import trouble as read
from ryoshiki.model import RyoshikiError
from ryoshiki.report import FORMATS
from ryoshiki.report.explanation import laid_out
from ryoshiki.report.frame import Frame
from ryoshiki.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ryoshiki.desk.store.database import Store
    from ryoshiki.desk.trouble.letters import Letter

_STATES = {
    "written": "書きました。まだ送っていません (written, not yet sent)",
    "sending": "送っている途中か、途中で切れました (on its way, or cut off)",
    "sent": "送りました (sent)",
    "failed": "送れませんでした。もう一度送れます (not sent; may be sent again)",
    "unknown": "送る途中で返事がなくなりました (no answer after the text went)",
    "out": "ファイルで渡しました (handed over as a file)",
}


def reply(
    kind: options.ReplyKind = None,
    give: options.Given = None,
    reply_to: options.ReplyTo = None,
    case: options.KeepIn = None,
    lang: options.Lang = None,
    folder: options.Folder = None,
) -> None:
    """落ち着いた返事の下書きを作り、投稿と同じように確かめます / Draft a calm reply, and review it

    終了コード: 0 気になる点なし、1 あり / Exit status: 0 nothing found, 1 something found
    """
    from ryoshiki.desk.trouble.replies import check, filled

    chosen = settings(lang=lang, guideline=folder)
    known = read(chosen.guideline)
    if kind is None or (not give and known.reply(kind).fields) or not known.reply(kind).text:
        shown = known.replies if kind is None else (known.reply(kind),)
        emit("".join(laid_out(line, width(sys.stdout)) for one in shown for line in _described(one, chosen.lang)))
        return
    loaded = guideline(chosen)
    text = filled(known.reply(kind), pairs(give or (), "--give"))
    checked = check(text, loaded, reply_to or "", chosen.platform)
    frame = Frame(chosen.lang, None, colour(sys.stdout), width(sys.stdout), "stdin")
    emit(f"{text}\n\n{FORMATS['text'](checked.report, checked.draft, loaded, frame)}")
    if case is not None:
        from ryoshiki.desk.people import OWNER
        from ryoshiki.desk.trouble import cases

        with store_of(chosen) as store, store.write() as db:
            cases.note(db, OWNER, case, text, "reply")
    raise typer.Exit(1 if fails(checked.report.findings, chosen.fail_on) else 0)


def _described(one: Reply, lang: str) -> Iterator[str]:
    yield f"{one.id}  {one.title if lang == 'ja' else one.title_en}"
    yield f"  {one.when if lang == 'ja' else one.when_en}"
    yield from (f"  --give {field.id}=…  {field.spoken(lang)}" for field in one.fields)


def letter(
    case: options.CaseId,
    output: options.LetterFile = None,
    send: options.SendIt = False,
    to: options.LetterTo = "",
    name: options.LetterName = "",
    arrived: options.Arrived = None,
    handed_over: options.HandedOver = False,
    folder: options.Folder = None,
) -> None:
    """所属長への報告書を示します。--output でファイルに、--send でメールにします / The report to the section head

    終了コード: 0 できた、1 送れなかったか、届いたか分からない / Exit status: 0 done, 1 not sent, or unknown
    """
    if (output is not None) + send + (arrived is not None) + handed_over > 1:
        raise RyoshikiError("--output、--send、--arrived、--handed-over は、一つだけ付けます (one of them at a time)")
    chosen = settings(guideline=folder)
    with store_of(chosen) as store:
        if arrived is not None or handed_over:
            status = _settled(store, case, arrived)
        elif send:
            status = _sent(store, chosen, case, to, name)
        else:
            status = _written(store, chosen, case, output, to, name)
    raise typer.Exit(status)


def _written(store: Store, chosen: Settings, case: str, output: Path | None, to: str, name: str) -> int:
    """Show the letter, or put it down and into a file."""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import letters

    addressee, organisation = letters.To(name, mail=to), guideline(chosen).organisation
    if output is None:
        with store.read() as db:
            emit(letters.text(db, OWNER, case, _way(db, chosen, case), addressee, organisation))
        return 0
    with store.write() as db:
        made = letters.write(db, OWNER, case, _way(db, chosen, case), addressee, organisation)
    put(bytes(letters.message(made)) if output.suffix.lower() == ".eml" else made.body.encode(), output)
    emit(f"{output}  渡したら ryoshiki trouble letter {case} --handed-over で記録します (written)\n")
    return 0


def _sent(store: Store, chosen: Settings, case: str, to: str, name: str) -> int:
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import letters

    post, organisation = post_of(chosen), guideline(chosen).organisation
    if post is None or not to:
        raise RyoshikiError("--send: 設定 smtp_host と --to が要ります (smtp_host has to be set, and --to given)")
    with store.write() as db:
        made = letters.write(db, OWNER, case, _way(db, chosen, case), letters.To(name, mail=to), organisation)
    return _told(letters.send(store, OWNER, made.id, post))


def _settled(store: Store, case: str, arrived: bool | None) -> int:
    """Enter what became of the newest letter that can be meant; ``arrived`` None: it was handed over."""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases, letters

    meant = ("written", "failed") if arrived is None else ("sending", "unknown")
    with store.write() as db:
        open = [one for one in letters.of(db, cases.changeable(db, OWNER, case)) if one.state in meant]
        if not open:
            raise RyoshikiError("そのような手紙はありません (there is no such letter)")
        if arrived is None:
            return _told(letters.handed_over(db, OWNER, open[-1].id))
        return _told(letters.settle(db, OWNER, open[-1].id, arrived))


def _told(made: Letter) -> int:
    from ryoshiki.desk.trouble.letters import UNSURE

    unsure = made.state in ("sending", "unknown")
    emit(f"{_STATES[made.state]}\n" + (f"{UNSURE}\n" if unsure else "") + (f"{made.reason}\n" if made.reason else ""))
    return 1 if unsure or (made.state == "failed" and made.tried_at is not None) else 0


def _way(db: Connection, chosen: Settings, case: str) -> Way | None:
    """The way of the case, where the guideline still has it."""
    from ryoshiki.desk.people import OWNER
    from ryoshiki.desk.trouble import cases

    found = cases.find(db, OWNER, case)
    return next((way for way in read(chosen.guideline).ways if way.id == found.way), None)


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """``NAME=WORDS`` each.

    Raises:
        RyoshikiError: one has no = in it.
    """
    found = [each.partition("=") for each in given]
    if not all(mark and name.strip() for name, mark, _ in found):
        raise RyoshikiError(f"{option}: 名前=言葉 の形で書きます (write NAME=WORDS)")
    return {name.strip(): words for name, _, words in found}
