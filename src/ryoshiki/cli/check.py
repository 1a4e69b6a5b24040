"""`ryoshiki check`: one draft, or with --batch many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

import typer

from ryoshiki import waivers
from ryoshiki.cli import batch as batch_mode
from ryoshiki.cli import options
from ryoshiki.cli.console import colour, emit, keep_apart, tell, width
from ryoshiki.cli.opening import guideline, second_reader, settings, waivers_file
from ryoshiki.cli.source import argument, draft_text, picture_bytes
from ryoshiki.drafts import Defaults, known_platform
from ryoshiki.model import SEVERITIES, Account, Draft, Finding, Fix, Guideline, Photo, Report, RyoshikiError, Severity
from ryoshiki.reading.clock import zone
from ryoshiki.reading.stretches import Apart
from ryoshiki.report import FORMATS
from ryoshiki.report.frame import Frame
from ryoshiki.review import review
from ryoshiki.settings import Settings


def check(
    text: options.Text = None,
    file: options.DraftFile = None,
    photo: options.Photos = None,
    at: options.At = None,
    platform: options.PlatformName = None,
    account: options.AccountKind = None,
    reply_to: options.ReplyTo = None,
    handle: options.Handle = None,
    format: options.Format = None,
    fail_on: options.FailOn = None,
    lang: options.Lang = None,
    everything: options.Everything = False,
    fix: options.Mend = False,
    second_opinion: options.Opinion = False,
    folder: options.Folder = None,
    output: options.Output = None,
    batch: options.Batch = None,
) -> None:
    """下書きを読み、ガイドラインに照らして気になる言葉を示します / Review a draft

    終了コード: 0 なし、1 あり、2 できなかった / Exit status: 0 nothing found, 1 something found, 2 could not do it
    """
    chosen = settings(guideline=folder, lang=lang, format=format, fail_on=fail_on, platform=platform, account=account)
    if batch is not None:
        if (
            fix
            or photo
            or second_opinion
            or (format or "json") != "json"
            or any(v is not None for v in (text, file, reply_to))
        ):
            reason = "--batch とは使えません (not together with --batch): TEXT, --file, --photo, --reply-to, --fix"
            raise RyoshikiError(f"{reason}, --second-opinion, --format (json のほか other than json)")
        raise typer.Exit(_many(batch, output, chosen, at, handle))
    if output is not None and file is not None and not fix:
        keep_apart(output, file)
    words, source = draft_text(text, file)
    loaded = guideline(chosen)
    draft = Draft(
        text=words,
        platform=known_platform(chosen.platform, loaded),
        account=account_of(chosen),
        posted_at=moment(at or "now", loaded),
        reply_to=None if reply_to is None else argument(reply_to, "--reply-to"),
        handle=handle,
        photos=tuple(Photo(str(p), picture_bytes(p)) for p in photo or ()),
    )
    second = second_reader(chosen) if second_opinion else None
    report = review(draft, loaded, waivers.read(waivers_file(chosen)), second)
    stream = sys.stderr if fix else sys.stdout if output is None else None
    (_mend if fix else _show)(report, draft, loaded, chosen, _frame(chosen, source, everything, stream), output)
    raise typer.Exit(1 if fails(report.findings, chosen.fail_on) else 0)


def _show(report: Report, draft: Draft, loaded: Guideline, chosen: Settings, frame: Frame, output: Path | None) -> None:
    emit(FORMATS[chosen.format](report, draft, loaded, frame), output)


def _mend(report: Report, draft: Draft, loaded: Guideline, chosen: Settings, frame: Frame, output: Path | None) -> None:
    """The mended draft alone on standard output; what was found, beside it on standard error."""
    mended = fixed(draft.text, report.findings)
    emit(mended if mended.endswith("\n") else mended + "\n", output)
    tell(FORMATS[chosen.format](report, draft, loaded, frame))


def _frame(chosen: Settings, source: str, everything: bool, stream: TextIO | None) -> Frame:
    """``stream`` is where the report goes, None for a file."""
    return Frame(
        lang=chosen.lang,
        notes=None if everything or chosen.max_notes == 0 else chosen.max_notes,
        colour=stream is not None and colour(stream),
        width=width(stream) if stream is not None else 80,
        source=source,
    )


def fixed(text: str, findings: Sequence[Finding]) -> str:
    """``text`` with every one-step fix applied; of fixes that overlap, the weightier finding's."""
    apart, taken = Apart(), list[Fix]()
    for fix in (f.fix for f in findings):
        if fix is not None and not apart.overlap(fix.span):
            apart.take(fix.span)
            taken.append(fix)
    pieces, done = list[str](), 0
    for fix in sorted(taken, key=lambda f: f.span):
        pieces += [text[done : fix.span.start], fix.text]
        done = fix.span.end
    return "".join([*pieces, text[done:]])


def fails(findings: Sequence[Finding], fail_on: str) -> bool:
    """Whether a finding weighs as much as ``fail_on`` or more."""
    return any(f.severity in weighty(fail_on) for f in findings)


def weighty(fail_on: str) -> tuple[Severity, ...]:
    """The severities that weigh as much as ``fail_on`` or more."""
    return SEVERITIES[: [*SEVERITIES, "never"].index(fail_on) + 1] if fail_on != "never" else ()


def moment(at: str, loaded: Guideline) -> datetime | None:
    """The time of posting. A time without an offset is the organisation's own.

    Raises:
        RyoshikiError: no date and time.
    """
    if at == "none":
        return None
    if at == "now":
        return datetime.now().astimezone(zone(loaded.organisation.timezone))
    try:
        posted = datetime.fromisoformat(at) if len(at) > len("2026-06-12") else None
    except ValueError:
        posted = None
    if posted is None:
        example = "2026-06-12T21:14+09:00"
        raise RyoshikiError(f"--at: {at!r} は日時ではありません。例 (no date and time; such as): {example}, now, none")
    return posted if posted.tzinfo is not None else posted.replace(tzinfo=zone(loaded.organisation.timezone))


def _many(source: Path, output: Path | None, chosen: Settings, at: str | None, handle: str | None) -> int:
    loaded = guideline(chosen)
    known_platform(chosen.platform, loaded)
    if output is not None:
        keep_apart(output, source)
    unless_given = Defaults(chosen.platform, account_of(chosen), moment(at or "none", loaded), handle)
    accepted = waivers.read(waivers_file(chosen))
    tally = batch_mode.run(source, output, loaded, accepted, unless_given)
    if tally.bad:
        return 2
    return 1 if tally.worst is not None and fails((tally.worst,), chosen.fail_on) else 0


def account_of(chosen: Settings) -> Account:
    """The kind of account in force."""
    return "official" if chosen.account == "official" else "private"
