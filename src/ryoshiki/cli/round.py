"""A round of cases at the terminal: asked, explained, and those that went wrong asked again at the end."""

from __future__ import annotations

import sys
import unicodedata
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ryoshiki.cli.console import emit, width
from ryoshiki.desk.training import CHOICES, PASSED, ROUND, Case, Choice, Progress, Round, completed, shuffled
from ryoshiki.model import Guideline
from ryoshiki.report.explanation import laid_out
from ryoshiki.report.phrases import PHRASES
from ryoshiki.waivers import replace_text

INTERRUPTED = 130
_LINE_LIMIT = 1000  # bytes of an answer

WORDS: Mapping[str, Mapping[str, str]] = {
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
    },
}


class _LeavingError(Exception):
    """Whoever trains wants to stop."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one person trains."""

    loaded: Guideline
    lang: str
    file: Path
    today: date

    def train(self, asked: Sequence[Case], progress: Progress, *, whole: bool) -> int:
        """A round, until its end or until one leaves; ``whole``: of all rules. The exit status."""
        words = WORDS[self.lang]
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
        words = WORDS[self.lang]
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
        words = WORDS[self.lang]
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
        words, phrases, clause = WORDS[self.lang], PHRASES[self.lang], self.loaded.clauses[case.clause]
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
