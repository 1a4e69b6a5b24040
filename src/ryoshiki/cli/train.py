"""`ryoshiki train`: a round of cases; what went wrong comes back, later and later. Only ids and dates are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit
from ryoshiki.cli.opening import guideline, settings, training_file
from ryoshiki.model import Guideline, RyoshikiError

if TYPE_CHECKING:
    from ryoshiki.desk.training import Case, Progress

_WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "certified": "修了証をつくりました: {file}",
        "none": "その他（困ったとき、対象になる人など）",
        "forgotten": "研修の記録を消しました。",
        "nothing": "研修の記録はありません。",
    },
    "en": {
        "certified": "Certificate made: {file}",
        "none": "Others (trouble, who is covered …)",
        "forgotten": "The record of the training is deleted.",
        "nothing": "There is no record of a training.",
    },
}


def train(
    rule: options.TrainedRule = None,
    rules: options.TrainedRules = False,
    count: options.Count = None,
    show: options.ShownCase = None,
    certificate: options.CertificateFile = None,
    name: options.CertificateName = None,
    forget: options.Forget = False,
    lang: options.Lang = None,
    folder: options.Folder = None,
) -> None:
    """短い事例で練習します。答えは残しません / Train on short cases; no answer is kept"""
    # Late, since every command would pay for what this one needs.
    from ryoshiki.cli.round import Desk
    from ryoshiki.desk.training import cases, round_of

    chosen = settings(lang=lang, guideline=folder)
    file, words = training_file(chosen), _WORDS[chosen.lang]
    if forget:
        emit(words["forgotten" if _forgotten(file) else "nothing"] + "\n")
        return
    loaded = guideline(chosen)
    known = cases(loaded)
    if not known:
        raise RyoshikiError(f"{loaded.title}: 研修の事例がありません (the guideline has no cases)")
    if certificate is not None:
        emit(_paper(name or "", known, _read(file), loaded), certificate)
        emit(words["certified"].format(file=certificate) + "\n")
        return
    desk = Desk(loaded, chosen.lang, file, date.today())
    if rule is not None:
        trained = _named(rule, sorted({case.rule for case in known if case.rule}), "--rule")
        known = tuple(case for case in known if case.rule == trained)
    if rules:
        desk.say(_rules(known, loaded, words) if rule is None else (f"{c.id}  {c.situation}" for c in known))
    elif show is not None:
        ids = [case.id for case in known]
        case = known[ids.index(_named(show, ids, "--show"))]
        desk.say([*desk.asked(case, ()), *desk.explained(case, case.choices, None)])
    else:
        progress = _read(file)
        asked = round_of(known, progress, desk.today, desk.today.toordinal(), _size(count))
        raise typer.Exit(desk.train(asked, progress, whole=rule is None))


def _size(count: int | None) -> int:
    from ryoshiki.desk.training import ROUND

    if count is not None and count < 1:
        raise RyoshikiError("--count: 1 以上の整数です (a whole number from 1 on)")
    return count or ROUND


def _rules(known: Sequence[Case], loaded: Guideline, words: Mapping[str, str]) -> Iterator[str]:
    counts = Counter(case.rule for case in known)
    for rule in loaded.rules.values():
        if counts[rule.id]:
            yield f"{counts[rule.id]:3}  {rule.id}  {rule.title}"
    if counts[""]:
        yield f"{counts['']:3}  {words['none']}"


def _named(name: str, there: Sequence[str], option: str) -> str:
    """``name`` itself, if it is there."""
    if name in there:
        return name
    near = ", ".join(get_close_matches(name, there, n=3, cutoff=0.4)) or "ryoshiki train --rules"
    raise RyoshikiError(f"{option}: {name!r} はありません。もしかして (did you mean): {near}")


def _paper(name: str, known: Sequence[Case], progress: Progress, loaded: Guideline) -> str:
    from ryoshiki.desk.certificate import Certificate, page
    from ryoshiki.desk.training import edition

    day = progress.completed.get(edition(loaded))
    if day is None:
        raise RyoshikiError("--certificate: まだ修了していません。ryoshiki train (not completed yet)")
    met = sum(case.id in progress.cards for case in known)
    return page(Certificate(name, loaded.title, loaded.version, day, met))


def _read(file: Path) -> Progress:
    from ryoshiki.desk.training import Progress

    try:
        return Progress.from_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Progress()
    except (OSError, UnicodeDecodeError) as reason:
        raise RyoshikiError(f"{file}: 読めません (cannot be read): {type(reason).__name__}") from None
    except RyoshikiError as reason:
        raise RyoshikiError(f"{file}: {reason}。消して始め直す (to begin anew): ryoshiki train --forget") from None


def _forgotten(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError as reason:
        raise RyoshikiError(f"{file}: 消せません (cannot be deleted): {reason.strerror}") from None
    return True
