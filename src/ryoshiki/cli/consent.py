"""`ryoshiki consent`: the ledger of one's own machine. Ask, print the form, enter the answer, find, take back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit
from ryoshiki.cli.opening import guideline, settings, store_of
from ryoshiki.cli.source import picture_bytes
from ryoshiki.model import RyoshikiError

if TYPE_CHECKING:
    from ryoshiki.desk.consents.ledger import Consent
    from ryoshiki.desk.consents.uses import Use

app = typer.Typer(rich_markup_mode=None, help="写真に写る人の同意を記録する / Keep who agreed to be shown in a photo")
STATES = {
    "asked": "答え待ち (asked)",
    "given": "同意あり (given)",
    "refused": "同意しない (refused)",
    "withdrawn": "取りやめ (withdrawn)",
    "ended": "期限切れ (ended)",
}
_BONDS = {"same": "同じ写真 (same picture)", "alike": "よく似た写真 (alike)", "event": "同じ行事 (same event)"}


@app.command()
def add(
    person: options.Person,
    event: options.Event,
    media: options.Media,
    until: options.ConsentUntil = None,
    guardian: options.Guardian = "",
    how: options.AskedHow = "paper",
) -> None:
    """これから聞く同意を記録します / Enter that somebody is asked"""
    from ryoshiki.desk.consents import ledger
    from ryoshiki.desk.people import OWNER

    asking = ledger.Asking(person, event, tuple(media), _day(until), guardian, how)
    with store_of(settings()) as store, store.write() as db:
        made = ledger.add(db, OWNER, asking)
    emit(f"{made.id[:8]}  記録しました。用紙は ryoshiki consent form {made.id[:8]} (entered)\n")


@app.command("list")
def list_(words: options.ConsentWords = "") -> None:
    """同意の一覧を、新しい順に示します / List consents, the newest first"""
    from ryoshiki.desk.consents import ledger
    from ryoshiki.desk.people import OWNER

    with store_of(settings()) as store, store.read() as db:
        found = ledger.listed(db, OWNER, words)
    emit("".join(f"{_line(consent)}\n" for consent in found) or "ありません (none)\n")


@app.command()
def show(id: options.ConsentId) -> None:
    """一件の同意と、写真を使った所を示します / Show a consent, and where the picture was used"""
    from ryoshiki.desk.consents import ledger, pictures, uses
    from ryoshiki.desk.people import OWNER

    with store_of(settings()) as store, store.read() as db:
        consent = ledger.find(db, OWNER, id)
        lines = [*_whole(consent), f"  写真 (pictures): {pictures.attached(db, consent)}"]
        lines += [f"  {_place(use)}" for use in uses.of(db, consent)]
    emit("\n".join(lines) + "\n")


@app.command()
def answer(id: options.ConsentId, agreed: options.Agreed) -> None:
    """紙や口頭でもらった答えを記録します / Enter the answer that came on paper or by word"""
    from ryoshiki.desk.consents import ledger
    from ryoshiki.desk.people import OWNER

    with store_of(settings()) as store, store.write() as db:
        emit(f"{_line(ledger.answered(db, OWNER, id, agreed))}\n")


@app.command()
def withdraw(id: options.ConsentId) -> None:
    """取りやめを記録し、外すべき写真のある所を示します / Enter a withdrawal; tells where the picture has to go"""
    from ryoshiki.desk.consents import ledger, uses
    from ryoshiki.desk.people import OWNER

    with store_of(settings()) as store, store.write() as db:
        consent = ledger.withdraw(db, OWNER, id)
        left = [use for use in uses.of(db, consent) if use.removed_on is None]
    lines = [_line(consent)]
    if left:
        lines.append("ここから写真を外してください。外したら ryoshiki consent removed で記録します (take it away from)")
        lines += [f"  {use.id[:8]}  {use.place}" for use in left]
    else:
        lines.append("使った所の記録はありません。載せた覚えがあれば、探して外してください (no use is on record)")
    emit("\n".join(lines) + "\n")


@app.command()
def form(id: options.ConsentId, output: options.Output = None, folder: options.Folder = None) -> None:
    """QRコードの付いた同意書を作ります / Make the form to print

    設定 web_origin があると、電話で署名できる住所が入ります。前に作った住所は使えなくなります。
    """
    from ryoshiki.desk.consents import ledger, signing
    from ryoshiki.desk.consents.form import render
    from ryoshiki.desk.people import OWNER

    chosen = settings(guideline=folder)
    with store_of(chosen) as store, store.write() as db:
        consent = ledger.find(db, OWNER, id)
        address = ""
        if chosen.web_origin is not None:
            address = f"{chosen.web_origin.rstrip('/')}/consent/{signing.invite(db, OWNER, consent.id)}"
    emit(render(consent, guideline(chosen), address), output)


@app.command()
def picture(id: options.ConsentId, photo: options.PhotoIn) -> None:
    """同意がどの写真についてかを記録します（写真は残しません） / Tie a consent to a picture, which is not kept"""
    from ryoshiki.desk.consents import pictures
    from ryoshiki.desk.people import OWNER

    known = pictures.fingerprint(picture_bytes(photo))
    with store_of(settings()) as store, store.write() as db:
        new = pictures.attach(db, OWNER, id, known)
    emit("結び付けました (tied)\n" if new else "すでに結び付いています (was tied already)\n")


@app.command()
def used(id: options.ConsentId, place: options.UsedAt, on: options.UsedOn = None) -> None:
    """写真を使った所を記録します / Enter where the picture was used"""
    from ryoshiki.desk.consents import uses
    from ryoshiki.desk.people import OWNER

    with store_of(settings()) as store, store.write() as db:
        use = uses.add(db, OWNER, id, place, _day(on) or date.today())
    emit(f"{use.id[:8]}  {_place(use)}\n")


@app.command()
def removed(id: options.ConsentId, use: options.UseId, on: options.UsedOn = None) -> None:
    """写真を外したことを記録します / Enter that the picture was taken away"""
    from ryoshiki.desk.consents import uses
    from ryoshiki.desk.people import OWNER

    with store_of(settings()) as store, store.write() as db:
        whole = [u.id for u in uses.places(db, OWNER, id) if u.id.startswith(use)]
        uses.removed(db, OWNER, id, whole[0] if len(whole) == 1 else use, _day(on) or date.today())
    emit("外したと記録しました (entered)\n")


@app.command()
def check(photo: options.PhotoOr = None, event: options.EventOr = "") -> None:
    """写真や行事について、だれの同意があるかを調べます / Who agreed to this picture, or at this event

    終了コード: 0 すべて同意あり、1 同意のない人がいるか、記録がない / Exit status: 0 all agreed, 1 else
    """
    from ryoshiki.desk.consents import pictures
    from ryoshiki.desk.people import OWNER

    if photo is None and not event:
        raise RyoshikiError("--photo か --event を渡します (give --photo or --event)")
    known = pictures.fingerprint(picture_bytes(photo)) if photo is not None else None
    with store_of(settings()) as store, store.read() as db:
        found = pictures.ask(db, OWNER, known, event)
    for bond, consent in found:
        emit(f"{_line(consent)}  {_BONDS[bond]}\n")
    if not found:
        emit("記録がありません。載せる前に、写っている人に聞きましょう (nothing on record: ask the people first)\n")
    if not found or not all(consent.holds(date.today()) for _, consent in found):
        raise typer.Exit(1)
    emit("記録にある人のほかに写っている人がいないか、目で確かめてください (look whether others are in it)\n")


def _line(consent: Consent) -> str:
    who = f"{consent.person}（{consent.guardian}）" if consent.guardian else consent.person
    return f"{consent.id[:8]}  {_state(consent)}  {consent.event}  {who}  {'、'.join(consent.media)}"


def _state(consent: Consent) -> str:
    over = consent.state == "given" and not consent.holds(date.today())
    return STATES["ended" if over else consent.state]


def _whole(consent: Consent) -> Iterator[str]:
    yield _line(consent)
    yield f"  いつまで (until): {consent.until or '取りやめるまで (until taken back)'}"
    yield f"  聞き方 (asked by): {consent.asked_how}  {consent.asked_at.astimezone():%Y-%m-%d %H:%M}"
    for title, moment in (("答え (given)", consent.given_at), ("取りやめ (withdrawn)", consent.withdrawn_at)):
        if moment is not None:
            yield f"  {title}: {moment.astimezone():%Y-%m-%d %H:%M}"


def _place(use: Use) -> str:
    gone = f"  外した日 (removed): {use.removed_on}" if use.removed_on else ""
    return f"{use.used_on}  {use.place}{gone}"


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise RyoshikiError(f"{given!r} は日付ではありません。例: 2027-03-31 (no date)") from None
