"""Weigh runs of letters by whether a sentence shows a rule: python -m training.further FURTHER.json

For each rule, a logistic regression over the sentences of drafts that touch it (those that its quotes lie in, against
the others) and as many clean drafts; L1, so that few runs have a weight at all.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ryoshiki import load
from ryoshiki.model import Span
from ryoshiki.reading import Reading
from ryoshiki.reading.folding import fold
from ryoshiki.reading.further import folded_sentence, runs
from training.corpus import files
from training.drafts import RULES, draft_of, read

SEED = 1
_STRENGTH = 0.5  # of L1, as its inverse
_CLEAN = 1.0  # clean drafts for each sentence of drafts that touch the rule
_SELDOM = 3  # sentences at least that a run stands in
_QUIET = -0.6  # at most, where no run has a weight: most drafts of some rules are one sentence, and it shows the rule

Row = dict[str, Any]
Sentences = dict[str, tuple[list[str], list[bool]]]  # by rule


def sentences(rows: Sequence[Row]) -> Sentences:
    """Folded sentences of the drafts that touch a rule, and whether one of its quotes lies in them."""
    guideline = load()
    found: Sentences = {rule: ([], []) for rule in RULES}
    for row in rows:
        reading = Reading(draft_of(row), guideline)
        for rule in set(row["labels"]) & set(RULES):
            starts = [(row["text"].find(words), len(words)) for name, words in row["quotes"] if name == rule]
            quoted = [Span(at, at + size) for at, size in starts if at >= 0]
            for sentence in reading.sentences:
                found[rule][0].append(folded_sentence(reading, sentence))
                found[rule][1].append(any(map(sentence.overlaps, quoted)))
    return found


def weights(texts: list[str], shown: list[bool]) -> dict[str, float]:
    from sklearn.feature_extraction.text import CountVectorizer  # not there where the tests run
    from sklearn.linear_model import LogisticRegression

    counter = CountVectorizer(analyzer=runs, min_df=_SELDOM, binary=True)
    counted = counter.fit_transform(texts)
    fitted = LogisticRegression(C=_STRENGTH, l1_ratio=1, solver="liblinear", max_iter=300).fit(counted, shown)
    weighed = zip(counter.get_feature_names_out(), fitted.coef_[0], strict=True)
    kept = {run: round(float(weight), 2) for run, weight in weighed}
    bias = min(_QUIET, round(float(fitted.intercept_[0]), 2))
    return {"": bias} | {run: weight for run, weight in kept.items() if weight}


def table(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    clean = [fold(row["text"]).text for row in rows if not row["labels"]]
    random.Random(SEED).shuffle(clean)
    found = {}
    for rule, (texts, shown) in sentences(rows).items():
        others = clean[: int(len(texts) * _CLEAN)]
        found[rule] = weights(texts + others, shown + [False] * len(others))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    made = table(read(files()))
    options.out.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{sum(map(len, made.values())):,} weights for {len(made)} rules\n")


if __name__ == "__main__":
    main()
