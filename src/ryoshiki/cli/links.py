"""`ryoshiki links`: take in an organisation's lists of hosts, show them, take one away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, tell
from ryoshiki.cli.opening import links_folder, settings
from ryoshiki.model import RyoshikiError
from ryoshiki.reading.hosts import ENDING, HostList

if TYPE_CHECKING:
    from collections.abc import Callable

    from ryoshiki.linklists import Imported

app = typer.Typer(
    rich_markup_mode=None, help="リンク先の一覧を取り込む、見る、消す / Take in, show, remove lists of hosts"
)

_REASONS = {
    "local": "この機械やその網をさす名前 (the machine itself or its own network)",
    "suffix": "広すぎる名前 (an ending that many share)",
    "elsewhere": "遮るのではなく、別の場所へ向ける行 (a line that points elsewhere)",
    "exception": "例外の行 (an exception)",
    "range": "番号の範囲 (a range of numbers)",
    "unreadable": "ホストとして読めない行 (no host)",
}


@app.command("import")
def import_(files: options.ListFiles, kind: options.ListKind = "obscene", name: options.ListName = None) -> None:
    """一覧を取り込みます。hosts、UT1、一行に一つ、Adblock の形が読めます / Take in lists of hosts"""
    from ryoshiki.linklists import take_in

    with _progress() as advance:
        made = take_in(files, links_folder(settings()), kind, name, advance)
    emit("\n".join(_report(made, kind)) + "\n")


def _report(made: Imported, kind: str) -> Iterator[str]:
    tally = made.tally
    yield f"{'入れかえました (replaced)' if made.replaced else '取り込みました (taken in)'}: {made.name}  {kind}"
    yield f"  読んだ行 (lines read): {tally.lines:,}"
    yield f"  説明や空の行 (remarks, blank lines): {tally.remarks:,}"
    yield f"  載せた住所 (kept): {tally.kept:,}"
    yield f"  重なり (duplicates): {tally.named - tally.kept:,}"
    yield f"  飛ばした行 (skipped): {tally.skipped.total():,}"
    for reason, count in tally.skipped.most_common():
        places = ", ".join(tally.places[reason]) + (" …" if count > len(tally.places[reason]) else "")
        yield f"    {_REASONS[reason]}: {count:,}  {places}"
    yield f"  ファイル (file): {made.path}  {made.size:,} B"


@app.command()
def show() -> None:
    """取り込んだ一覧を示します / Show what was taken in

    終了コード: 0 よい、1 壊れた一覧がある / Exit status: 0 good, 1 a list is damaged
    """
    folder = links_folder(settings())
    damaged = False
    lines = []
    for path in sorted(folder.glob("*" + ENDING)):
        try:
            found = HostList(path)
            found.verify()
        except RyoshikiError as reason:
            damaged = True
            lines.append(str(reason))
        else:
            note = found.note
            lines.append(f"{found.name}  {note.kind}  {note.count:,}  {note.made}  {note.source}")
    emit("\n".join(lines or [f"{folder}: 取り込んだ一覧はありません (no lists yet)"]) + "\n")
    if damaged:
        raise typer.Exit(1)


@app.command()
def remove(name: options.ListToRemove) -> None:
    """一覧を消します / Remove a list"""
    from ryoshiki import linklists

    linklists.remove(links_folder(settings()), name)
    emit(f"消しました (removed): {name}\n")


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """The lines read so far on standard error, where a person looks at it."""
    if not sys.stderr.isatty():
        yield lambda lines: None
        return
    try:
        yield lambda lines: tell(f"\r  {lines:,} 行 (lines)")
    finally:
        tell("\r\x1b[K")
