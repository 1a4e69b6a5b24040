"""Training: short cases with three choices, asked again after longer and longer pauses where one went wrong."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ryoshiki.guideline import NAME, Source, base_of, files_in
from ryoshiki.model import Guideline, RyoshikiError

ROUND = 10  # cases
PASSED = 8  # of them, chosen rightly at once
CHOICES = 3
SITUATION_LIMIT = 160  # characters
INTERVALS = (1, 3, 7, 21, 60)  # days until a case of box 0, 1 … is asked again, once it was chosen rightly
NEW = 2  # as if it lay in this box: who knows a case at first sight need not meet it tomorrow
_KEYS = {"id", "rule", "clause", "situation", "situation_en", "ask", "may", "choices"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something one could do, and in one sentence why, or why not."""

    say: str
    why: str
    best: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A situation with three choices, of which one is best, and the clause it rests on.

    ``rule``: what it trains, "" where no rule speaks of it; ``may``: the answer is that one may go ahead.
    """

    id: str
    rule: str
    clause: str
    situation: str
    situation_en: str
    ask: str
    may: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Where a case that was met lies: its box (0 … 4) and the day from which it is asked again."""

    box: int
    due: date


@dataclass(frozen=True)
class Progress:
    """What one person has met: case id to card; and by guideline and version the day of the last round passed.

    It holds no answers. Cases that have since gone stay in it and do no harm.
    """

    cards: Mapping[str, Card] = field(default_factory=dict)
    completed: Mapping[str, date] = field(default_factory=dict)

    def answered(self, case_id: str, right: bool, today: date) -> Progress:
        """A right answer moves the case to the next box; a wrong one to box 0, to be asked again today."""
        box = self.cards[case_id].box if case_id in self.cards else NEW
        later = Card(min(box + 1, len(INTERVALS) - 1), today + timedelta(INTERVALS[box]))
        return Progress({**self.cards, case_id: later if right else Card(0, today)}, self.completed)

    def passed(self, guideline: Guideline, today: date) -> Progress:
        """With a round passed today."""
        return Progress(self.cards, {**self.completed, edition(guideline): today})

    def as_json(self) -> str:
        """``{"version": 1, "cases": {id: {"box": 0, "due": "2026-04-01"}}, "completed": {edition: date}}``."""
        cards = {id: {"box": card.box, "due": card.due.isoformat()} for id, card in self.cards.items()}
        days = {name: day.isoformat() for name, day in self.completed.items()}
        return json.dumps({"version": 1, "cases": cards, "completed": days}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Progress:
        """What `as_json` wrote.

        Raises:
            RyoshikiError: anything else.
        """
        try:
            data = json.loads(text)
            if not isinstance(data, dict) or set(data) != {"version", "cases", "completed"} or data["version"] != 1:
                raise ValueError
            cards = {_id(id): _card(card) for id, card in data["cases"].items()}
            return cls(cards, {name: date.fromisoformat(day) for name, day in data["completed"].items()})
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            raise RyoshikiError("研修の記録ではありません (no training record)") from None

    def _turn(self, case: Case, today: date) -> int:
        """What is asked first: what went wrong and is due, then what is new, then what else is due, then the rest."""
        card = self.cards.get(case.id)
        if card is None:
            return 1
        if card.due > today:
            return 3
        return 0 if card.box <= NEW else 2


def _id(text: str) -> str:
    if not NAME.match(text):
        raise ValueError
    return text


def _card(table: Any) -> Card:
    box = table["box"]
    if set(table) != {"box", "due"} or type(box) is not int or not 0 <= box < len(INTERVALS):
        raise ValueError
    return Card(box, date.fromisoformat(table["due"]))


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round: cases asked, those chosen rightly at once, those chosen rightly when asked again."""

    asked: int
    right: int
    mended: int


def completed(rounds: Iterable[Round]) -> bool:
    """Whether one has earned the certificate: a round of ten, eight right at once, the others when asked again."""
    return any(
        r.asked >= ROUND and r.right * ROUND >= PASSED * r.asked and r.right + r.mended == r.asked for r in rounds
    )


def edition(guideline: Guideline) -> str:
    """Which guideline, in which version, a round was passed on."""
    return f"{guideline.id} {guideline.version}"


def round_of(cases: Sequence[Case], progress: Progress, today: date, seed: int, size: int = ROUND) -> tuple[Case, ...]:
    """At most ``size`` cases, the same for the same seed: what went wrong and is due first, then new ones.

    Among those that are equally urgent, no rule comes twice before every other has had a turn.
    """
    left = random.Random(seed).sample(cases, len(cases))
    turns = Counter[str]()
    chosen: list[Case] = []
    while left and len(chosen) < size:
        case = min(left, key=lambda case: (progress._turn(case, today), turns[case.rule]))
        left.remove(case)
        turns[case.rule] += 1
        chosen.append(case)
    return tuple(chosen)


def shuffled(case: Case, seed: int) -> tuple[Choice, ...]:
    """The choices in the order in which they are shown, the same for the same seed."""
    return tuple(random.Random(f"{seed} {case.id}").sample(case.choices, len(case.choices)))


def cases(guideline: Guideline) -> tuple[Case, ...]:
    """All cases of the guideline's folder, or of its base; of those only what rests on a clause that it has, too.

    Raises:
        GuidelineError: one line that names file, line and reason.
    """
    if guideline.folder is None:
        return ()
    layers = [guideline.folder, *base_of(Source.read(guideline.folder / "guideline.toml"))]
    path = files_in(layers, "cases.toml").get("cases.toml")
    return tuple(_read(path, guideline, inherited=path.parent != guideline.folder)) if path else ()


def _read(path: Path, guideline: Guideline, *, inherited: bool) -> Iterator[Case]:
    source, seen = Source.read(path), set[str]()
    tables = source.data.get("case", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error("case: write it as [[case]]", "case")
    for table in tables:
        near = f'"{table.get("id")}"'
        given: dict[str, Any] = {"rule": "", "ask": "どうしますか", **table}
        texts = source.strings(given, ("id", "situation", "situation_en", "ask"), near)
        if texts["id"] in seen or not NAME.match(texts["id"]):
            raise source.error(f"case id {texts['id']!r} is there twice, or not lower-case-with-hyphens", near)
        seen.add(texts["id"])
        _verify(source, table, near)
        rule = guideline.rules.get(given["rule"])
        clause = given.get("clause", rule.clause if rule else "")
        known = (rule or not given["rule"]) and clause in guideline.clauses
        if inherited and not known:
            continue
        if not known:
            raise source.error(f"there is no rule {given['rule']!r} or no clause {clause!r}", near)
        choices = tuple(_choices(source, table.get("choices"), near))
        yield Case(**texts, rule=given["rule"], clause=clause, may=given.get("may", False), choices=choices)


def _verify(source: Source, table: Mapping[str, Any], near: str) -> None:
    if unknown := sorted(set(table) - _KEYS):
        raise source.error(f"{', '.join(unknown)}: no such key; there are {', '.join(sorted(_KEYS))}", near)
    if not all(isinstance(table.get(key, ""), str) for key in ("rule", "clause")):
        raise source.error("rule, clause: a text is needed", near)
    if not isinstance(table.get("may", False), bool):
        raise source.error("may: true or false", near)
    if len(table["situation"]) > SITUATION_LIMIT:
        raise source.error(f"situation: at most {SITUATION_LIMIT} characters", near)


def _choices(source: Source, tables: Any, near: str) -> Iterator[Choice]:
    rows = tables if isinstance(tables, list) and all(isinstance(row, dict) for row in tables) else []
    if len(rows) != CHOICES or [row.get("best", False) for row in rows].count(True) != 1:
        raise source.error(f"choices: {CHOICES} are needed, one of them with best = true", near)
    for row in rows:
        if unknown := sorted(set(row) - {"say", "why", "best"}):
            raise source.error(f"choices: {', '.join(unknown)}: no such key", near)
        yield Choice(**source.strings(row, ("say", "why"), near), best=row.get("best", False) is True)
