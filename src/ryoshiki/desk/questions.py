"""Questions and answers: found by what people ask in their own words, or honestly not found."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ryoshiki.guideline import NAME, ORIGINS, Source, base_of, files_in
from ryoshiki.model import Guideline, Origin, RyoshikiError
from ryoshiki.reading.folding import fold
from ryoshiki.reading.tokens import lemmas
from ryoshiki.reading.vectors import pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ryoshiki.reading.vectors import Vectors

QUESTION_LIMIT = 500  # characters of a question
_PAIR = 0.5  # what a pair of letters weighs beside a word
_BENEATH = 0.3  # what words of the answer and of other ways to ask weigh beside those of a question
_WORDS = 0.75  # what words weigh beside nearness of meaning
# How alike a question must be to count as answered: chosen on every other line of benchmarks/questions.jsonl.
SURE, SURE_BY_WORDS = 0.4, 0.37
Terms = dict[str, float]  # a word or a pair of letters, and its weight

# Words that every question has.
_EMPTY = frozenset(
    ("為る", "有る", "居る", "成る", "良い", "物", "何", "何う", "出来る", "下さる", "其れ", "此れ", "さん")
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer, and the clause that it rests on ("": the guideline is silent).

    ``also``: other ways in which people ask it; ``see``: rules; ``origin`` "ask": it is for the organisation to say.
    """

    id: str
    topic: str
    ask: str
    ask_en: str
    also: tuple[str, ...]
    answer: str
    clause: str
    origin: Origin | Literal["ask"]
    see: tuple[str, ...]

    @property
    def ways(self) -> tuple[str, ...]:
        """All ways to ask it that stand in the file."""
        return self.ask, *self.also


@dataclass(frozen=True, slots=True)
class Hit:
    """A question that fits; ``score`` says how well (0 to 1)."""

    question: Question
    score: float


@dataclass(frozen=True)
class Questions:
    """All questions of a guideline, ready to be searched; ``vectors`` tells what means the like, words alone do not."""

    all: tuple[Question, ...]
    vectors: Vectors | None = None

    def find(self, asked: str, most: int = 3) -> tuple[Hit, ...]:
        """The questions that fit best, best first; none where not even the first fits well enough.

        Raises:
            RyoshikiError: nothing was asked, or too much.
        """
        if not asked.strip():
            raise RyoshikiError("質問が空です (the question is empty)")
        if len(asked) > QUESTION_LIMIT:
            raise RyoshikiError(f"質問は {QUESTION_LIMIT} 文字までです (at most {QUESTION_LIMIT} characters)")
        best = self.ranked(asked)[:most]
        return tuple(best) if best and best[0].score >= self.sure else ()

    @property
    def sure(self) -> float:
        """How well a question must fit to be answered."""
        return SURE_BY_WORDS if self.vectors is None else SURE

    def ranked(self, asked: str) -> list[Hit]:
        """All questions, the one that fits best first."""
        scores = self.by_words(asked)
        if self.vectors is not None and self.all:
            near = self._near(self.vectors, asked)
            scores = [(m + _WORDS * w) / (1 + _WORDS) for m, w in zip(near, scores, strict=True)]
        hits = [Hit(question, score) for question, score in zip(self.all, scores, strict=True)]
        return sorted(hits, key=lambda hit: -hit.score)

    def by_words(self, asked: str) -> list[float]:
        """How well each question fits by words and pairs of letters alone, 0 to 1."""
        terms = self._weighed(_terms(asked))
        return [max(_alike(terms, way, beneath) for way in ways) for ways, beneath in self._index]

    def _near(self, vectors: Vectors, asked: str) -> list[float]:
        """How near the nearest way to ask each question is, 0 to 1."""
        import numpy as np

        table, starts = self._table
        near = np.maximum.reduceat(table @ vectors([asked])[0], starts)
        return [float(value) for value in near.clip(0, 1)]

    @cached_property
    def _table(self) -> tuple[NDArray[np.float32], list[int]]:
        """The vectors of all ways to ask, and at which of them each question begins."""
        assert self.vectors is not None
        counts = [len(question.ways) for question in self.all]
        return self.vectors([way for question in self.all for way in question.ways]), list(
            accumulate([0, *counts[:-1]])
        )

    @cached_property
    def _plain(self) -> list[tuple[list[Terms], Terms]]:
        """Of each question the terms of each way to ask it, and those of all of them with its topic and answer."""
        found = []
        for question in self.all:
            ways = [_terms(way) for way in question.ways]
            parts = (*ways, _terms(question.topic), _terms(question.answer))
            found.append((ways, {term: weight for part in parts for term, weight in part.items()}))
        return found

    @cached_property
    def _index(self) -> list[tuple[list[Terms], Terms]]:
        return [([self._weighed(way) for way in ways], self._weighed(whole)) for ways, whole in self._plain]

    @cached_property
    def _known(self) -> Counter[str]:
        """In how many questions a term stands."""
        return Counter(term for _, whole in self._plain for term in whole)

    def _weighed(self, terms: Terms) -> Terms:
        """Rare terms weigh more; one that no question has weighs most, so that strange questions fit none."""
        return {
            term: weight * math.log(1 + len(self.all) / (self._known[term] + 0.5)) for term, weight in terms.items()
        }


def _terms(text: str) -> Terms:
    """Words in their one spelling, and pairs of letters, which bridge endings, compounds and misspellings."""
    letters = "".join(c for c in fold(text).text if c.isalnum())
    pairs = {f"{a}{b}+": _PAIR for a, b in pairwise(letters) if not (_kana(a) and _kana(b))}
    return pairs | {word: 1.0 for word in lemmas(text) if word not in _EMPTY}


def _kana(letter: str) -> bool:
    return "ぁ" <= letter <= "ゖ"


def _alike(asked: Terms, way: Terms, beneath: Terms) -> float:
    """The cosine of both; what only stands in the answer or in other ways to ask counts for less."""
    common = sum(w * (way[term] if term in way else _BENEATH * beneath.get(term, 0)) for term, w in asked.items())
    lengths = math.sqrt(sum(w * w for w in asked.values()) * sum(w * w for w in way.values()))
    return min(1.0, common / lengths) if lengths else 0.0


def search(guideline: Guideline) -> Questions:
    """Its questions, found by meaning too unless the local model is switched off or not installed."""
    return Questions(questions(guideline), pieces() if guideline.reader else None)


def questions(guideline: Guideline) -> tuple[Question, ...]:
    """All questions of the guideline's folder; of its base only those that do not speak for its own guideline.

    Raises:
        GuidelineError: one line that names file, line and reason.
    """
    if guideline.folder is None:
        return ()
    layers = [guideline.folder, *base_of(Source.read(guideline.folder / "guideline.toml"))]
    path = files_in(layers, "questions.toml").get("questions.toml")
    return tuple(_read(path, guideline, inherited=path.parent != guideline.folder)) if path else ()


def _read(path: Path, guideline: Guideline, *, inherited: bool) -> Iterator[Question]:
    source, seen = Source.read(path), set[str]()
    for table in source.data.get("question", []):
        near = f'"{table.get("id")}"'
        texts = source.strings(table, ("id", "topic", "ask", "ask_en", "answer", "origin"), near)
        also, see, clause = (table.get(key, empty) for key, empty in (("also", []), ("see", []), ("clause", "")))
        if texts["id"] in seen or not NAME.match(texts["id"]):
            raise source.error(f"question id {texts['id']!r} is there twice, or not lower-case-with-hyphens", near)
        if texts["origin"] not in (*ORIGINS, "ask"):
            raise source.error(f"origin: {texts['origin']!r} is none of {', '.join((*ORIGINS, 'ask'))}", near)
        if inherited and texts["origin"] == "guideline":
            continue
        if clause and clause not in guideline.clauses:
            raise source.error(f"clause: there is no clause {clause!r}", near)
        if missing := [rule for rule in see if rule not in guideline.rules]:
            raise source.error(f"see: there is no rule {missing[0]!r}", near)
        seen.add(texts["id"])
        yield Question(**texts, also=tuple(also), clause=clause, see=tuple(see))  # type: ignore[arg-type]
