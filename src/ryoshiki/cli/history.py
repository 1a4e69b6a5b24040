"""`ryoshiki history`: a person's own archive, every post of it, and a page that looks back."""

from __future__ import annotations

import sys
from datetime import date

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import keep_apart
from ryoshiki.cli.opening import guideline, settings
from ryoshiki.drafts import known_platform
from ryoshiki.model import RyoshikiError

FORMATS = ("html", "json", "csv")


def history(
    archive: options.ArchivePath,
    output: options.Output = None,
    format: options.HistoryFormat = "html",
    since: options.Since = None,
    until: options.Until = None,
    likes: options.Likes = False,
    photos: options.WithPhotos = False,
    most: options.Most = 100,
    again: options.Again = False,
    platform: options.PlatformName = None,
    lang: options.Lang = None,
    folder: options.Folder = None,
) -> None:
    """自分の投稿の保存データを読み、見直すとよさそうな投稿を示します / Look back on an archive of one's own posts

    止めても、同じ命令で続きから始まります。終了コード: 0 よい、1 読めない部分があった /
    Stopped, it goes on from there. Exit status: 0 good, 1 parts could not be read
    """
    chosen = settings(guideline=folder, lang=lang, platform=platform)
    if format not in FORMATS:
        raise RyoshikiError(f"--format: {format!r} は使えません。使えるもの (one of): {', '.join(FORMATS)}")
    if output is None and format == "html" and sys.stdout.isatty():
        raise RyoshikiError("--output: 報告のファイル名を渡してください (name a file for the page): --output r.html")
    if output is not None:
        keep_apart(output, archive)
    loaded = guideline(chosen)
    known_platform(chosen.platform, loaded)
    from ryoshiki.cli.lookback import Wanted, look_back  # here, since every start would pay for it

    wanted = Wanted(_day(since, "--since"), _day(until, "--until"), likes, photos, most, again)
    raise typer.Exit(look_back(archive, output, format, wanted, loaded, chosen))


def _day(given: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(given) if given is not None else None
    except ValueError:
        reason = f"{option}: {given!r} は日付ではありません。例 (no date; such as): 2019-04-01"
        raise RyoshikiError(reason) from None
