"""Looking back on an archive: how fast beside batch mode over the same texts, and how much memory."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.adapters.protocol import peak_mb
from benchmarks.child import BrokenError, run
from benchmarks.drafts import Drafts
from benchmarks.tables import Section, Table, render, spread
from ryoshiki.cli import run as command

POSTS = 4_000
MANY = 100_000
ROUNDS = 3
_PART = 10_000  # posts in one file of the archive
_LIMIT = 3_600  # seconds for MANY
_BEGIN = datetime(2018, 1, 1, tzinfo=UTC)


def section(drafts: Drafts) -> Section:
    """The part of the page on archives."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        took = [measured(folder, drafts.cases, number) for number in range(ROUNDS)]
        many = at_one_go(folder, drafts.cases)
    parts = (
        f"An archive of X made of {drafts.name}, each text many times over on other days: the command `history` with"
        f" its page, and by turns `check --batch` over the same {POSTS:,} texts; with the local model, whole processes"
        f" from start to end. Then {MANY:,} posts at one go, and the same archive once more.",
        render(figures(took, many)),
    )
    return Section("Looking back", "python -m benchmarks history", parts)


def figures(took: list[dict[str, float]], many: dict[str, float]) -> Table:
    """The table from what `measured` took."""
    rows = (
        ("posts a second, `history`", spread([POSTS / t["history"] for t in took], 0), "–"),
        ("posts a second, `check --batch`", spread([POSTS / t["batch"] for t in took], 0), "–"),
        ("time of `history` as a multiple", spread([t["history"] / t["batch"] for t in took]), "≤ 1.10"),
        (f"going on where {POSTS:,} posts were read (s)", spread([t["again"] for t in took], 1), "–"),
        (f"posts a second, `history`, {MANY:,} posts", f"{MANY / many['seconds']:.0f}", "–"),
        (f"peak memory with {MANY:,} posts (MB)", f"{many['peak']:.0f}", "≤ 600"),
        (f"going on where {MANY:,} posts were read (s)", f"{many['again']:.0f}", "–"),
        (f"size of that page (MB), {many['noted']:,.0f} posts with notes", f"{many['page'] / 1e6:.1f}", "–"),
    )
    return Table(("measure", "figure", "target"), rows)


def posts(cases: tuple[dict[str, Any], ...], count: int) -> Iterator[tuple[int, str, datetime]]:
    """Ids, texts and times over eight years, most in the evening; the same every time."""
    chance = random.Random(count)
    for number in range(count):
        day = _BEGIN + timedelta(days=number * 2900 / count)
        hour = chance.choices(range(24), [1] * 6 + [3, 6, 4] + [1] * 3 + [5, 2] + [1] * 3 + [4, 7, 9, 10, 10, 9, 5])[0]
        at = day.replace(hour=0, minute=chance.randrange(60), second=0, microsecond=0) + timedelta(hours=hour - 9)
        yield 10**17 + number, cases[number % len(cases)]["text"], at


def made(path: Path, cases: tuple[dict[str, Any], ...], count: int) -> Path:
    """An archive of X with that many posts."""
    account = [{"account": {"username": "shiomi", "accountId": "77"}}]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data/account.js", "window.YTD.account.part0 = " + json.dumps(account))
        rows: list[dict[str, Any]] = []
        part = 0
        for id, text, at in posts(cases, count):
            entities: dict[str, Any] = {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []}
            tweet = {
                "id_str": str(id),
                "id": str(id),
                "full_text": text.replace("&", "&amp;").replace("<", "&lt;"),
                "created_at": at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
                "entities": entities,
                "source": '<a href="https://mobile.example" rel="nofollow">Web</a>',
                "favorite_count": "0",
                "lang": "ja",
            }
            rows.append({"tweet": tweet})
            if len(rows) == _PART:
                file.writestr(_name(part), _script(part, rows))
                rows, part = [], part + 1
        file.writestr(_name(part), _script(part, rows))
    return path


def _name(part: int) -> str:
    return f"data/tweets-part{part}.js" if part else "data/tweets.js"


def _script(part: int, rows: list[dict[str, Any]]) -> str:
    return f"window.YTD.tweets.part{part} = {json.dumps(rows, ensure_ascii=False, indent=2)}"


def measured(folder: Path, cases: tuple[dict[str, Any], ...], number: int) -> dict[str, float]:
    """Seconds of batch mode, of looking back, and of looking back once more."""
    archive = made(folder / "archive.zip", cases, POSTS)
    lines = folder / "posts.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for id, text, at in posts(cases, POSTS):
            file.write(
                json.dumps({"id": str(id), "text": text, "posted_at": at.isoformat()}, ensure_ascii=False) + "\n"
            )
    home = str(folder / f"home{number}")
    settings = {"XDG_CONFIG_HOME": home, "APPDATA": home}
    look = ["history", str(archive), "--output", str(folder / "page.html")]
    commands = {
        "batch": ["check", "--batch", str(lines), "--output", str(folder / "out.jsonl")],
        "history": look,
        "again": look,
    }
    took = {}
    for name, arguments in commands.items():
        ran = run(["-m", "ryoshiki", *arguments], settings=settings)
        if ran.status not in (0, 1):
            raise BrokenError(f"{name}: {ran.reason}")
        took[name] = ran.seconds
    return took


def at_one_go(folder: Path, cases: tuple[dict[str, Any], ...]) -> dict[str, float]:
    """Of a run over many posts: seconds, the most that it holds in MB, bytes of its page, and posts with notes.

    ``again``: seconds of a run after it.
    """
    archive, page = made(folder / "many.zip", cases, MANY), folder / "many.html"
    home = str(folder / "home")
    settings = {"XDG_CONFIG_HOME": home, "APPDATA": home}
    ran = run(["-m", "benchmarks.history", str(archive), str(page)], settings=settings, limit=_LIMIT)
    if ran.status != 0:
        raise BrokenError(f"{MANY:,} posts: {ran.reason}")
    again = run(["-m", "ryoshiki", "history", str(archive), "--format", "json"], settings=settings)
    noted = len(json.loads(again.out)["noted"])
    sizes = {"peak": json.loads(ran.out), "page": page.stat().st_size, "noted": noted}
    return sizes | {"seconds": ran.seconds, "again": again.seconds}


if __name__ == "__main__":
    if command(["history", sys.argv[1], "--output", sys.argv[2]]) == 0:
        sys.stdout.write(json.dumps(peak_mb()))
    else:
        sys.exit(1)
