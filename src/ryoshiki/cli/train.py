"""`ryoshiki train`: a round of cases; what went wrong comes back, later and later. Only ids and dates are kept."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, width
from ryoshiki.cli.opening import guideline, settings, training_file
from ryoshiki.desk import certificate as paper
from ryoshiki.desk.training import (
    CHOICES,
    PASSED,
    ROUND,
    Case,
    Choice,
    Progress,
    Round,
    cases,
    completed,
    edition,
    round_of,
    shuffled,
)
from ryoshiki.model import Guideline, RyoshikiError
from ryoshiki.report.explanation import laid_out
from ryoshiki.report.phrases import PHRASES
from ryoshiki.waivers import replace_text

INTERRUPTED = 130
_LINE_LIMIT = 1000  # bytes of an answer

_WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "case": "事例 {n} / {all}",
        "again": "もう一度",
        "prompt": "番号（1〜{n}、やめるときは q）: ",
        "number": "1〜{n} の番号か q を入れてください。",
        "right": "よい選び方です。",
        "wrong": "もっとよい選び方があります。",
        "best": "よい",
        "yours": "選んだもの",
        "left": "ここまでを覚えました。続きは、またいつでも。",
        "done": "{all} の事例を終えました。そのうち {right} は、はじめからよい選び方ができました。",
        "passed": "修了です。修了証: ryoshiki train --certificate FILE.html --name 名前",
        "more": "{round} のうち {passed} で、はじめからよい選び方ができると修了です。またどうぞ。",
        "certified": "修了証をつくりました: {file}",
        "none": "その他（困ったとき、対象になる人など）",
        "forgotten": "研修の記録を消しました。",
        "nothing": "研修の記録はありません。",
    },
    "en": {
        "case": "Case {n} of {all}",
        "again": "Once more",
        "prompt": "Number (1 to {n}, q to leave): ",
        "number": "Please give a number from 1 to {n}, or q.",
        "right": "Well chosen.",
        "wrong": "There is a better choice.",
        "best": "best",
        "yours": "yours",
        "left": "What you did so far is remembered. Come back whenever you like.",
        "done": "You have finished {all} cases; {right} were well chosen at once.",
        "passed": "You have completed it. Certificate: ryoshiki train --certificate FILE.html --name NAME",
        "more": "It is completed when {passed} of {round} are well chosen at once. See you again.",
        "certified": "Certificate made: {file}",
        "none": "Others (trouble, who is covered …)",
        "forgotten": "The record of the training is deleted.",
        "nothing": "There is no record of a training.",
    },
}


class _LeavingError(Exception):
    """Whoever trains wants to stop."""


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
        progress = _read(file)
        day = progress.completed.get(edition(loaded))
        if day is None:
            raise RyoshikiError("--certificate: まだ修了していません。ryoshiki train (not completed yet)")
        met = sum(case.id in progress.cards for case in known)
        made = paper.Certificate(name or "", loaded.title, loaded.version, day, met)
        emit(paper.page(made), certificate)
        emit(words["certified"].format(file=certificate) + "\n")
        return
    desk = _Desk(loaded, chosen.lang, file, date.today())
    if rule is not None:
        known = tuple(case for case in known if case.rule == _named(rule, loaded.rules, "--rule"))
    if rules:
        desk.say(_rules(known, loaded, words) if rule is None else (f"{c.id}  {c.situation}" for c in known))
    elif show is not None:
        case = {case.id: case for case in known}[_named(show, (case.id for case in known), "--show")]
        desk.say([*desk.asked(case, ()), *desk.explained(case, case.choices, None)])
    else:
        progress = _read(file)
        asked = round_of(known, progress, desk.today, desk.today.toordinal(), _size(count))
        raise typer.Exit(desk.train(asked, progress, whole=rule is None))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one person trains."""

    loaded: Guideline
    lang: str
    file: Path
    today: date

    def train(self, asked: Sequence[Case], progress: Progress, *, whole: bool) -> int:
        """A round, until its end or until one leaves; ``whole``: of all rules. The exit status."""
        words = _WORDS[self.lang]
        try:
            done, progress = self._round(asked, progress)
        except (_LeavingError, KeyboardInterrupt) as reason:
            self.say(["", words["left"]])
            return INTERRUPTED if isinstance(reason, KeyboardInterrupt) else 0
        passed = whole and completed([done])
        if passed:
            replace_text(self.file, progress.passed(self.loaded, self.today).as_json())
        self.say([words["done"].format(all=done.asked, right=done.right)])
        self.say([words["passed" if passed else "more"].format(round=ROUND, passed=PASSED)])
        return 0

    def _round(self, asked: Sequence[Case], progress: Progress) -> tuple[Round, Progress]:
        """All cases once, then those that went wrong until they go right; remembered after each."""
        words = _WORDS[self.lang]
        waiting = deque((case, words["case"].format(n=n, all=len(asked))) for n, case in enumerate(asked, 1))
        right = mended = turn = 0
        while waiting:
            case, heading = waiting.popleft()
            self.say([heading])
            good = self._ask(case, self.today.toordinal() + turn)
            progress = progress.answered(case.id, good, self.today)
            replace_text(self.file, progress.as_json())
            if not good:
                waiting.append((case, words["again"]))
            elif turn < len(asked):
                right += 1
            else:
                mended += 1
            turn += 1
        return Round(len(asked), right, mended), progress

    def _ask(self, case: Case, seed: int) -> bool:
        words = _WORDS[self.lang]
        shown = shuffled(case, seed)
        self.say(self.asked(case, shown))
        taken = shown[_number(words) - 1]
        self.say(["", words["right" if taken.best else "wrong"], *self.explained(case, shown, taken), ""])
        return taken.best

    def asked(self, case: Case, shown: Sequence[Choice]) -> Iterator[str]:
        if self.lang == "en":
            yield f"  {case.situation_en}"
        yield f"  {case.situation}"
        yield ""
        yield case.ask
        yield from (f"  {n}  {choice.say}" for n, choice in enumerate(shown, 1))

    def explained(self, case: Case, shown: Sequence[Choice], taken: Choice | None) -> Iterator[str]:
        words, phrases, clause = _WORDS[self.lang], PHRASES[self.lang], self.loaded.clauses[case.clause]
        for n, choice in enumerate(shown, 1):
            marks = [words["best"]] * choice.best + [words["yours"]] * (choice is taken)
            yield f"  {n}  {choice.say}" + (f"（{'、'.join(marks)}）" if marks else "")
            yield f"     {choice.why}"
        origin = "" if clause.origin == "guideline" else f"（{phrases[clause.origin]}）"
        yield f"  {phrases['clause']} {clause.id}  {clause.title}{origin}"
        if case.rule:
            yield f"  {phrases['rule']} {case.rule}  {self.loaded.rules[case.rule].title}"

    def say(self, lines: Sequence[str] | Iterator[str]) -> None:
        emit("".join(laid_out(line, width(sys.stdout)) for line in lines))


def _number(words: Mapping[str, str]) -> int:
    """The number that is typed, full width or half; asked for until it is one."""
    while True:
        emit(words["prompt"].format(n=CHOICES))
        # Bytes, since a pipe may hold any; a line that is too long is read as several, none of them a number.
        line = sys.stdin.buffer.readline(_LINE_LIMIT) if sys.stdin is not None else b""
        typed = unicodedata.normalize("NFKC", line.decode("utf-8", "replace")).strip().lower()
        if not line or typed == "q":
            raise _LeavingError
        if typed in map(str, range(1, CHOICES + 1)):
            return int(typed)
        emit(words["number"].format(n=CHOICES) + "\n")


def _size(count: int | None) -> int:
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


def _named(name: str, there: Iterable[str], option: str) -> str:
    """``name`` itself, if it is there."""
    known = list(there)
    if name in known:
        return name
    near = ", ".join(get_close_matches(name, known, n=3, cutoff=0.4)) or "ryoshiki train --rules"
    raise RyoshikiError(f"{option}: {name!r} はありません。もしかして (did you mean): {near}")


def _read(file: Path) -> Progress:
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
