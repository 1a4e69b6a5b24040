"""`ryoshiki scan`: many posts, from tables and lines to a folder of tables; broken off, it goes on where it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import typer

from ryoshiki import waivers
from ryoshiki.cli import options
from ryoshiki.cli.check import account_of, moment, weighty
from ryoshiki.cli.console import emit, tell
from ryoshiki.cli.opening import guideline, links_folder, settings, waivers_file
from ryoshiki.drafts import FIELDS, Defaults, known_platform
from ryoshiki.model import SEVERITIES, RyoshikiError
from ryoshiki.report.marking import visible
from ryoshiki.report.phrases import PHRASES
from ryoshiki.settings import Settings

if TYPE_CHECKING:
    from ryoshiki.scan.pieces import Piece, Shard
    from ryoshiki.scan.schema import Counts
    from ryoshiki.scan.work import Job, Part

ENGINES = ("local", "ray")
_WORDS = {
    "ja": dict(PHRASES["ja"])
    | {
        "reviewed": "読んだ投稿",
        "bad": "読めなかった行",
        "nothing": "気になる点なし",
        "where": "わけは {out}/_bad にあります。",
        "earlier": "続きから始めます。終わっていた行: {n}",
        "stopped": "止めました。終わった分は {out} にあります。同じコマンドで、続きから始まります。",
        "would": "読むもの: {n} ファイル、{size} bytes。{chunk} 行ずつ読み、{out} に書きます。",
        "rows": "{n} 行",
        "columns": "使う列",
    },
    "en": dict(PHRASES["en"])
    | {
        "reviewed": "Posts reviewed",
        "bad": "Rows set aside",
        "nothing": "Nothing of concern",
        "where": "The reasons stand in {out}/_bad.",
        "earlier": "Going on from earlier. Rows finished: {n}",
        "stopped": "Stopped. What is finished stands in {out}; the same command goes on from there.",
        "would": "Would read {n} files, {size} bytes, {chunk} rows at a time, and write to {out}.",
        "rows": "{n} rows",
        "columns": "columns",
    },
}
_SHOWN = 20  # files that --dry-run names


def scan(
    source: options.ScanIn,
    out: options.ScanOut,
    engine: options.Engine = "local",
    address: options.ClusterAddress = None,
    workers: options.Workers = None,
    chunk: options.Chunk = 1_000,
    quotes: options.Quotes = False,
    dry_run: options.DryRun = False,
    at: options.At = None,
    platform: options.PlatformName = None,
    account: options.AccountKind = None,
    fail_on: options.FailOn = None,
    lang: options.Lang = None,
    folder: options.Folder = None,
) -> None:
    """たくさんの投稿を読み、結果を表（Parquet）にします / Review many posts

    終了コード: 0 なし、1 あり、2 読めない行がある・できなかった / Exit status: 0 nothing found, 1 something found,
    2 rows set aside, or it could not be done
    """
    _verify(engine, address, workers, chunk)
    try:
        from ryoshiki.scan.rows import shards
    except ImportError:
        reason = "scan: pyarrow がありません (pyarrow is not installed): pip install ryoshiki[scan]"
        raise RyoshikiError(reason) from None

    chosen = settings(guideline=folder, lang=lang, fail_on=fail_on, platform=platform, account=account)
    files = shards(source)
    _keep_apart(source, out)
    if dry_run:
        emit("".join(f"{line}\n" for line in _plan(files, out, chunk, _WORDS[chosen.lang])))
        raise typer.Exit
    job, run = _job(chosen, at, quotes)
    parts = partial(_parts, engine=engine, address=address, workers=workers)
    counts = _scanned(files, out, job, {**run, "chunk": chunk}, parts, _WORDS[chosen.lang])
    heavy = any(getattr(counts, severity) for severity in weighty(chosen.fail_on))
    raise typer.Exit(2 if counts.bad else 1 if heavy else 0)


def _verify(engine: str, address: str | None, workers: int | None, chunk: int) -> None:
    if engine not in ENGINES:
        raise RyoshikiError(f"--engine: {engine!r} は使えません。使えるもの (one of): {', '.join(ENGINES)}")
    if address is not None and engine != "ray":
        raise RyoshikiError("--address は --engine ray と使います (--address goes with --engine ray)")
    for name, value in (("--workers", workers), ("--chunk", chunk)):
        if value is not None and value < 1:
            raise RyoshikiError(f"{name}: {value} は 1 以上の整数ではありません (a whole number from 1 on)")


def _keep_apart(source: str, out: str) -> None:
    """Refuse results among what is read: the next run would read them."""
    from ryoshiki.scan.places import located

    (reading, read), (writing, written) = (located(name) for name in (source, out))
    if reading == writing and f"{written}/".startswith(f"{read}/"):
        raise RyoshikiError(f"OUT: {out} は入力の中です。別のフォルダを指定してください (it lies in the input)")


def _job(chosen: Settings, at: str | None, quotes: bool) -> tuple[Job, dict[str, Any]]:
    """What is done to each piece, and what tells that a run is the same."""
    from ryoshiki.scan.work import Job
    from ryoshiki.stamp import stamp

    # A worker may have another home, or stand in another folder.
    own = None if chosen.guideline is None else chosen.guideline.absolute()
    chosen = replace(chosen, guideline=own, links=links_folder(chosen).absolute())
    loaded = guideline(chosen)
    platform = known_platform(chosen.platform, loaded)
    posted_at = moment(at or "none", loaded)
    accepted = waivers.read(waivers_file(chosen))
    defaults = Defaults(platform, account_of(chosen), posted_at, None)
    job = Job(partial(guideline, chosen), stamp(loaded), defaults, accepted, quotes)
    return job, {
        "guideline": f"{loaded.id} {loaded.version}",
        "stamp": job.stamp,
        "platform": platform,
        "account": defaults.account,
        "at": posted_at and posted_at.isoformat(),
        "shift": chosen.shift,
        "meaning": chosen.meaning,
        "waivers": sha256("".join(sorted(accepted)).encode()).hexdigest()[:16],
        "quotes": quotes,
    }


def _parts(pieces: Iterable[Piece], job: Job, engine: str, address: str | None, workers: int | None) -> Iterator[Part]:
    if engine == "ray":
        from ryoshiki.scan import cluster

        return cluster.run(pieces, job, address, workers)
    from ryoshiki.scan import local

    return local.run(pieces, job, workers or cores())


def _scanned(
    files: Sequence[Shard],
    out: str,
    job: Job,
    run: dict[str, Any],
    parts: Callable[[Iterable[Piece], Job], Iterator[Part]],
    words: Mapping[str, str],
) -> Counts:
    """Review all that is not finished; the counts of the whole."""
    from ryoshiki.scan.checkpoints import Results, described
    from ryoshiki.scan.rows import cut
    from ryoshiki.scan.schema import Counts

    results = Results(out, {**run, "input": described(files)})
    earlier = sum(results.done.values(), Counts())
    if results.done:
        tell(words["earlier"].format(n=f"{earlier.reviewed + earlier.bad:,}") + "\n")
    with _progress(sum(file.size for file in files), earlier.reviewed + earlier.bad) as advance:

        def unfinished() -> Iterator[Piece]:
            for piece in cut(files, run["chunk"]):
                if piece.name in results.done:
                    advance(piece.weight, 0)
                else:
                    yield piece

        try:
            for part in parts(unfinished(), job):
                results.keep(part)
                advance(part.piece.weight, part.counts.reviewed + part.counts.bad)
        except KeyboardInterrupt:
            tell(words["stopped"].format(out=out) + "\n")
            raise
    total = results.finish()
    tell("".join(f"{line}\n" for line in _summary(total, out, words)))
    return total


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _plan(files: Sequence[Shard], out: str, chunk: int, words: Mapping[str, str]) -> Iterator[str]:
    from ryoshiki.scan import columns, lines

    size = f"{sum(file.size for file in files):,}"
    yield words["would"].format(n=f"{len(files):,}", size=size, out=out, chunk=f"{chunk:,}")
    for file in files[:_SHOWN]:
        names, rows = columns.columns(file) if file.format == "parquet" else (lines.columns(file), None)
        about = [f"{file.size:,} bytes", *([words["rows"].format(n=f"{rows:,}")] if rows is not None else [])]
        read = [name for name in names if name in FIELDS]
        about += [f"{words['columns']}: {', '.join(read)}"] if read else []
        yield visible(f"  {file.name}: {'、'.join(about)}")
    if len(files) > _SHOWN:
        yield f"  … {len(files) - _SHOWN:,}"


def _summary(total: Counts, out: str, words: Mapping[str, str]) -> Iterator[str]:
    yield f"{words['reviewed']}: {total.reviewed:,}"
    for severity in SEVERITIES:
        yield f"  {words[severity]}: {getattr(total, severity):,}"
    yield f"  {words['nothing']}: {total.none:,}"
    if total.bad:
        yield f"{words['bad']}: {total.bad:,}"
        yield f"  {words['where'].format(out=out)}"


@contextmanager
def _progress(size: int, earlier: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where a person looks at it: bytes of the input, rows, and the time that is left."""
    if not sys.stderr.isatty():
        yield lambda weight, rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[count]:,} 件"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, seen = bar.add_task("", total=size, count=earlier), earlier

        def advance(weight: int, rows: int) -> None:
            nonlocal seen
            seen += rows
            bar.update(task, advance=weight, count=seen)

        yield advance
