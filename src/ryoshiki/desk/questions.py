"""Questions and answers: found by what people ask in their own words, or honestly not found."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ryoshiki.model import Question, RyoshikiError
from ryoshiki.reading.folding import fold
from ryoshiki.reading.tokens import lemmas

QUESTION_LIMIT = 500  # characters of a question
_PAIR = 0.5  # what a pair of letters weighs beside a word
_BENEATH = 0.3  # what words of the answer and of other ways to ask weigh beside those of a question
SURE = 0.30  # how alike a question must be to count as answered; chosen on some twenty questions, not yet measured
Terms = dict[str, float]  # a word or a pair of letters, and its weight

# Words that every question has.
_EMPTY = frozenset(
    ("為る", "有る", "居る", "成る", "良い", "物", "何", "何う", "出来る", "下さる", "其れ", "此れ", "さん")
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A question that fits; ``score`` says how well (0 to 1)."""

    question: Question
    score: float


@dataclass(frozen=True)
class Questions:
    """All questions of a guideline, ready to be searched."""

    all: tuple[Question, ...]

    def find(self, asked: str, most: int = 3) -> tuple[Hit, ...]:
        """The questions that fit best, best first; none where none fits well enough.

        Raises:
            RyoshikiError: nothing was asked, or too much.
        """
        if not asked.strip():
            raise RyoshikiError("質問が空です (the question is empty)")
        if len(asked) > QUESTION_LIMIT:
            raise RyoshikiError(f"質問は {QUESTION_LIMIT} 文字までです (at most {QUESTION_LIMIT} characters)")
        terms = self._weighed(_terms(asked))
        hits = [
            Hit(question, max(_alike(terms, way, beneath) for way in ways)) for question, ways, beneath in self._ways
        ]
        best = sorted(hits, key=lambda hit: -hit.score)[:most]
        return tuple(hit for hit in best if hit.score >= SURE)

    @cached_property
    def _ways(self) -> list[tuple[Question, list[Terms], Terms]]:
        """Of each question the terms of each way to ask it, and those of all of them with its answer."""
        found = []
        for question in self.all:
            ways = (question.ask, *question.also)
            whole = _terms(" ".join((question.topic, *ways, question.answer)))
            found.append((question, [self._weighed(_terms(way)) for way in ways], self._weighed(whole)))
        return found

    @cached_property
    def _known(self) -> Counter[str]:
        """In how many questions a term stands."""
        texts = (" ".join((q.topic, q.ask, *q.also, q.answer)) for q in self.all)
        return Counter(term for text in texts for term in _terms(text))

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
