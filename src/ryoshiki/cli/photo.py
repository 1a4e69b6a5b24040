"""`ryoshiki photo`: what can be seen in a photo, and a copy of it that gives nothing away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, keep_apart, put
from ryoshiki.cli.opening import guideline, settings
from ryoshiki.cli.source import picture_bytes
from ryoshiki.model import Photo, RyoshikiError

if TYPE_CHECKING:
    from ryoshiki.cleaning import Format, Place
    from ryoshiki.sight import Sight

app = typer.Typer(rich_markup_mode=None, help="写真を見る、写しをきれいにする / Look at a photo, clean a copy of it")

_KINDS = {"face": "顔", "code": "QRコードなど", "letters": "文字"}
_WRITTEN: dict[str, Format] = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


@app.command()
def show(
    photo: options.PhotoIn,
    preview: options.Preview = None,
    only_noted: options.OnlyNoted = False,
    folder: options.Folder = None,
) -> None:
    """写真に写ったものと、ファイルに残った情報を、番号を付けて示します / Number what is seen in a photo"""
    from ryoshiki.cleaning import places
    from ryoshiki.reading.photo import see
    from ryoshiki.report.frame import sight_line
    from ryoshiki.report.phrases import PHRASES

    chosen = settings(guideline=folder)
    picture = Photo(str(photo), picture_bytes(photo))
    sight = see(picture)
    if not sight.width:
        raise RyoshikiError(f"{photo}: {' '.join(sight.unread)}")
    picture = Photo(picture.name, picture.data, sight)
    listed = places(picture, guideline(chosen), letters=not only_noted)
    emit(f"{sight_line(sight, PHRASES[chosen.lang])}\n")
    emit("".join(_line(number, place) for number, place in enumerate(listed, 1)))
    emit(_not_looked_at(sight))
    _preview(preview, photo, picture, listed)


@app.command()
def clean(
    photo: options.PhotoIn,
    output: options.PhotoOut,
    keep: options.Keep = None,
    preview: options.Preview = None,
    only_noted: options.OnlyNoted = False,
    folder: options.Folder = None,
) -> None:
    """情報を消し、顔・ナンバー・コード・読めた文字を塗りつぶした写しを作ります / A copy that gives nothing away

    終了コード: 0 写しに何も残っていない、1 残っている / Exit status: 0 nothing left in the copy, 1 something left
    """
    from ryoshiki.cleaning import clean, places
    from ryoshiki.reading.photo import see

    written = _WRITTEN.get(output.suffix.lower())
    if written is None:
        raise RyoshikiError(f"{output}: 書けるのは {', '.join(_WRITTEN)} です (can be written)")
    for path in (output, *([preview] if preview else [])):
        keep_apart(path, photo)
    loaded = guideline(settings(guideline=folder))
    picture = Photo(str(photo), picture_bytes(photo))
    sight = see(picture)
    picture = Photo(picture.name, picture.data, sight)
    numbers = _numbers(keep or "")
    cleaned = clean(picture, loaded, numbers, letters=not only_noted, format=written)
    put(cleaned.data, output)
    emit(f"{output}：写しを作りました。もとの写真はそのままです (the copy is written; the photo is untouched)\n")
    listed = places(picture, loaded, letters=not only_noted)
    emit("".join(_line(number, place, number in numbers) for number, place in enumerate(listed, 1)))
    emit("  ファイルに残っていた情報は、すべて消しました (no fields of the file are left)\n")
    if only_noted:
        emit("  指摘のない文字は、そのまま残しました (letters of no concern were left)\n")
    _preview(preview, photo, picture, listed)
    emit(_not_looked_at(sight))
    if cleaned.left:
        kinds = "、".join(dict.fromkeys(_KINDS[place.kind] for place in cleaned.left))
        emit(f"  写しにまだ見えるもの (still seen in the copy)：{kinds}\n")
    if cleaned.left or sight.unread:  # where a reader was missing, nobody knows what is left
        raise typer.Exit(1)
    rest = "ここで塗るものは" if only_noted else "ここで見分けられるものは"
    emit(f"  写しをもう一度読みました。{rest}、ほかにありません (read again: nothing more is seen)\n")
    emit("  小さな字や後ろ姿などは見分けられません。投稿の前に、ご自身の目でも確かめてください (look at it yourself)\n")


def _not_looked_at(sight: Sight) -> str:
    return "".join(f"  見ていないこと (not looked at)：{sentence}\n" for sentence in sight.unread)


def _line(number: int, place: Place, kept: bool = False) -> str:
    box = place.box
    said = f"「{place.text}」" if place.text else ""
    keeping = "（そのまま）" if kept else ""
    return f"  {number}  {_KINDS[place.kind]}{said} ({box.left}, {box.top})–({box.right}, {box.bottom}){keeping}\n"


def _numbers(given: str) -> frozenset[int]:
    parts = [part.strip() for part in given.replace("、", ",").split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) < 6 for part in parts):
        raise RyoshikiError(f"--keep: {given!r} は番号ではありません。例 (no numbers; such as): 1,3")
    return frozenset(map(int, parts))


def _preview(path: Path | None, source: Path, picture: Photo, listed: Sequence[Place]) -> None:
    if path is not None:
        from ryoshiki.report.preview import preview

        keep_apart(path, source)
        put(preview(picture, [[place.box] for place in listed]), path)
        emit(f"{path}：番号を付けた写真です (the photo with numbers)\n")
