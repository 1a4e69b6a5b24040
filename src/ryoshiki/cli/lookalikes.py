"""`ryoshiki lookalikes`: which accounts of a list look like one of the organisation's own, and by what."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, tell
from ryoshiki.cli.opening import guideline, settings
from ryoshiki.cli.source import decode, opened, picture_bytes
from ryoshiki.desk.accountlist import Entry, read
from ryoshiki.desk.lookalikes import Likeness, Seen, likeness
from ryoshiki.desk.stafflist import defused
from ryoshiki.model import RyoshikiError
from ryoshiki.report.marking import visible

FORMATS = ("text", "json", "csv")
_MOST_BYTES = 32 * 2**20
_PLAIN = 8  # of the 64 bits: a picture with fewer has next to no pattern, and would be like any other such
_BOM = "\ufeff"
_WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "very": "よく似ています",
        "like": "似ています",
        "somewhat": "少し似ています",
        "other-service": "同じアカウント名が、登録のないサービスにあります",
        "other-server": "同じ名前が、ほかのサーバーにあります",
        "letters": "アカウント名に、形の似た文字が使われています",
        "separators": "アカウント名が、区切りの記号のほかは同じです",
        "slip": "アカウント名が、1 文字だけ違うか、入れかわっています",
        "added": "公式のアカウント名に、言葉か数字を足した形です",
        "words": "アカウント名が、同じ言葉の並べかえか、言いかえです",
        "name-same": "表示名が同じです",
        "name-letters": "表示名に、形の似た文字が使われています",
        "name-slip": "表示名が、1 文字だけ違うか、入れかわっています",
        "name-added": "公式の表示名に、言葉か数字を足した形です",
        "picture": "アイコンが、ほとんど同じです",
        "official": "公式",
        "line": "{n} 行目",
        "none": "公式アカウントに似たものは見つかりませんでした。見たのは、一覧にあるものだけです。",
        "ask": "似ているというだけで、だれのものかは分かりません。公式かどうか、広報の担当に確かめてください。",
        "bad": "読めない行",
        "unseen": "比べられない画像",
    },
    "en": {
        "very": "Very alike",
        "like": "Alike",
        "somewhat": "Somewhat alike",
        "other-service": "the same handle, on a service where none is registered",
        "other-server": "the same name, on another server",
        "letters": "the handle has letters that look like others",
        "separators": "the handle is the same but for the signs between words",
        "slip": "the handle differs in one letter, or has two changed round",
        "added": "the official handle with words or figures added",
        "words": "the handle has the same words in another order or form",
        "name-same": "the display name is the same",
        "name-letters": "the display name has letters that look like others",
        "name-slip": "the display name differs in one letter, or has two changed round",
        "name-added": "the official display name with words or figures added",
        "picture": "the picture is almost the same",
        "official": "official",
        "line": "line {n}",
        "none": "Nothing on the list looks like an official account. Only what is on the list was looked at.",
        "ask": "Being alike does not tell whose it is. Ask the public relations section whether it is official.",
        "bad": "Lines that cannot be read",
        "unseen": "Pictures that cannot be compared",
    },
}


def lookalikes(
    file: options.AccountsFile = None,
    picture: options.AccountPicture = None,
    format: options.ListFormat = "text",
    lang: options.Lang = None,
    folder: options.Folder = None,
    output: options.Output = None,
) -> None:
    """アカウントの一覧から、公式アカウントに似たものを探します / Find accounts that look like the official ones

    終了コード: 0 なし、1 あり、2 読めない行がある・できなかった / Exit status: 0 none, 1 some, 2 bad lines, or it could
    not be done
    """
    if (file is None) == (picture is None):
        raise RyoshikiError("一覧か --picture のどちらか一方を渡します (give a list, or --picture)")
    if format not in FORMATS:
        raise RyoshikiError(f"--format: {format!r} は使えません。使えるもの (one of): {', '.join(FORMATS)}")
    if picture is not None:
        emit(f"{_hash(picture)}\n", output)
        return
    assert file is not None
    chosen = settings(guideline=folder, lang=lang)
    register = guideline(chosen).organisation.accounts
    if not register:
        reason = "guideline.toml に [[organisation.account]] がありません (the guideline lists no official accounts)"
        raise RyoshikiError(reason)
    entries, words = _entries(file), _WORDS[chosen.lang]
    bad, unseen = {e.line: e.reason for e in entries if e.reason}, dict[int, str]()
    found = [
        one
        for entry in entries
        if not entry.reason and (one := likeness(_seen(entry, file.parent, unseen), register)) is not None
    ]
    render = {"text": _text, "json": _json, "csv": _csv}[format]
    emit(render(found, words), output)
    tell("".join(_untold(words["bad"], words["line"], bad) + _untold(words["unseen"], words["line"], unseen)))
    raise typer.Exit(2 if bad else 1 if found else 0)


def _entries(file: Path) -> list[Entry]:
    with opened(file) as source:
        data = source.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise RyoshikiError(f"{file}: 大きすぎます (too large): {_MOST_BYTES:,} bytes")
    return read(decode(data, str(file)))


def _seen(entry: Entry, beside: Path, unseen: dict[int, str]) -> Seen:
    """The account with the hash of its picture; ``unseen`` takes the reason where there is none."""
    known = ""
    if entry.picture:
        try:
            known = _hash(beside / entry.picture)
        except RyoshikiError as reason:
            unseen[entry.line] = str(reason)
    return Seen(entry.line, entry.handle, entry.name, entry.platform.strip().lower(), known)


def _hash(file: Path) -> str:
    """
    Raises:
        RyoshikiError: no picture that can be compared.
    """
    try:
        from ryoshiki.reading.photo.likeness import likeness as hashed
        from ryoshiki.reading.photo.opening import PictureError, upright
        from ryoshiki.reading.photo.opening import opened as picture

        known = hashed(upright(picture(picture_bytes(file))).image)
    except ImportError:
        raise RyoshikiError("pillow がありません (pillow is not installed): pip install ryoshiki[photo]") from None
    except PictureError as reason:
        raise RyoshikiError(f"{file}: {reason}") from None
    if not _PLAIN <= known.bit_count() <= 64 - _PLAIN:
        raise RyoshikiError(f"{file}: 模様が少なく、比べられません (too plain to compare)")
    return f"{known:016x}"


def _text(found: Sequence[Likeness], words: Mapping[str, str]) -> str:
    return "".join(f"{line}\n" for line in _told(found, words))


def _told(found: Sequence[Likeness], words: Mapping[str, str]) -> Iterator[str]:
    for one in found:
        seen, official = one.seen, one.official
        yield visible(f"{words['line'].format(n=seen.line)}  {seen.handle}  {seen.name}".rstrip())
        yield visible(
            f"  {words[one.sure]}  {words['official']}: {official.platform} {official.handle}  {official.name}"
        )
        yield from (f"  ・{words[kind]}" for kind in one.kinds)
        yield ""
    yield words["ask" if found else "none"]


def _row(one: Likeness, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "line": one.seen.line,
        "handle": one.seen.handle,
        "name": one.seen.name,
        "platform": one.seen.platform,
        "official": {"platform": one.official.platform, "handle": one.official.handle, "name": one.official.name},
        "sure": one.sure,
        "kinds": list(one.kinds),
        "reasons": [words[kind] for kind in one.kinds],
    }


def _json(found: Sequence[Likeness], words: Mapping[str, str]) -> str:
    return json.dumps({"alike": [_row(one, words) for one in found]}, ensure_ascii=False, indent=2) + "\n"


def _csv(found: Sequence[Likeness], words: Mapping[str, str]) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["line", "handle", "name", "platform", "official", "sure", "reasons"])
    for row in (_row(one, words) for one in found):
        told = [words[row["sure"]], " / ".join(row["reasons"])]
        cells = [row["handle"], row["name"], row["platform"], row["official"]["handle"], *told]
        writer.writerow([row["line"], *(defused(cell) for cell in cells)])
    return _BOM + text.getvalue()


def _untold(what: str, line: str, reasons: Mapping[int, str]) -> list[str]:
    if not reasons:
        return []
    return [f"{what}: {len(reasons):,}\n", *(f"  {line.format(n=n)}: {visible(why)}\n" for n, why in reasons.items())]
