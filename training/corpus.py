"""What the corpus holds, and whether it is fit for use: python -m training.corpus [--against DRAFTS.jsonl …]

Prints the counts that docs and datasheet quote; exits with 1 where drafts repeat each other, or a quote is not there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ryoshiki.reading.folding import fold
from training.drafts import RULES, read

FOLDER = Path(__file__).parent / "corpus"
SECOND = FOLDER / "second-reader.jsonl"
ASKED = FOLDER / "questions.jsonl"  # for `training.pieces`: no drafts
_LABELS = (*RULES, "working-hours")
_GRAM = 4  # characters
_COMMON = 40  # drafts: a run of letters in more of them tells nothing
_ALIKE = 0.55  # share of runs of letters in common; twins are alike by design and not counted
_PAIR = 0.15  # so much a twin must have in common with its draft, reply and text together

Row = dict[str, Any]


def files() -> list[Path]:
    """The files that a model is trained on: one per writer. What is held out stands in a folder of its own."""
    return [path for path in sorted(FOLDER.glob("*.jsonl")) if path not in (SECOND, ASKED)]


def grams(text: str) -> frozenset[str]:
    folded = "".join(fold(text).text.split())
    return frozenset(folded[i : i + _GRAM] for i in range(max(1, len(folded) - _GRAM + 1)))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def near_duplicates(rows: Sequence[Row], others: Sequence[Row] = ()) -> Iterator[tuple[str, str, float]]:
    """Pairs of ids that say nearly the same: within ``rows``, and of ``rows`` with ``others``. Twins are left out."""
    every = [*rows, *others]
    sets = [grams(row["text"]) for row in every]
    holders = defaultdict(list)
    for at, found in enumerate(sets):
        for gram in found:
            holders[gram].append(at)
    for at in range(len(rows)):
        shared = Counter(o for g in sets[at] if len(holders[g]) <= _COMMON for o in holders[g] if o > at)
        for other, _ in shared.most_common(20):
            if not _twins(every[at], every[other]) and alike(sets[at], sets[other]) >= _ALIKE:
                yield every[at]["id"], every[other]["id"], alike(sets[at], sets[other])


def _twins(one: Row, other: Row) -> bool:
    return bool(one.get("twin_of", one["id"]) == other.get("twin_of", other["id"]))


def minimal_pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Drafts and their near twins: much in common, another label."""
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        base = by_id.get(row.get("twin_of", ""))
        if base is not None and set(row["labels"]) != set(base["labels"]):
            texts = ((r["reply_to"] or "") + r["text"] for r in (row, base))
            if alike(*map(grams, texts)) >= _PAIR:
                yield base, row


def kappa(rows: Sequence[Row], second: Sequence[Row]) -> dict[str, float]:
    """Cohen's kappa by rule between the writers' labels and those of a second reader who did not see them."""
    theirs = {row["id"]: set(row["labels"]) for row in second}
    both = [(set(row["labels"]), theirs[row["id"]]) for row in rows if row["id"] in theirs]
    return {rule: _kappa([(rule in a, rule in b) for a, b in both]) for rule in RULES}


def _kappa(pairs: list[tuple[bool, bool]]) -> float:
    count = len(pairs)
    same = sum(a == b for a, b in pairs) / count
    first, other = sum(a for a, _ in pairs) / count, sum(b for _, b in pairs) / count
    chance = first * other + (1 - first) * (1 - other)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def summary(rows: Sequence[Row]) -> str:
    labels = Counter(label for row in rows for label in row["labels"])
    clean = sum(not row["labels"] for row in rows)
    lengths = sorted(len(row["text"]) for row in rows)
    lines = [
        f"drafts {len(rows):,}, clean {clean:,} ({100 * clean / len(rows):.0f} %)",
        f"minimal pairs {sum(1 for _ in minimal_pairs(rows)):,}",
        f"official {sum(row['account'] == 'official' for row in rows):,}",
        f"replies {sum(bool(row['reply_to']) for row in rows):,}",
        f"characters: median {lengths[len(lengths) // 2]}, nine of ten under {lengths[len(lengths) * 9 // 10]}",
        *(f"{rule:<17}{labels[rule]:>6,}" for rule in _LABELS),
    ]
    return "\n".join(lines)


def faults(rows: Sequence[Row], others: Sequence[Row]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            yield f"{row['id']}: there twice"
        seen.add(row["id"])
        for rule, quote in row["quotes"]:
            if rule not in row["labels"] or quote not in row["text"]:
                yield f"{row['id']}: the quote of {rule} is not in the text, or not labelled"
        for rule in {label for label in row["labels"] if label != "working-hours"} - {
            rule for rule, _ in row["quotes"]
        }:
            yield f"{row['id']}: {rule} has no quote"
    for one, other, share in near_duplicates(rows, others):
        yield f"{one}: {100 * share:.0f} % of {other}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    rows = read(files())
    held = read(sorted((FOLDER / "held-out").glob("*.jsonl")))
    sys.stdout.write(summary(rows) + "\n")
    if SECOND.is_file():
        agreement = kappa([*rows, *read(sorted((FOLDER / "tuning").glob("*.jsonl")))], second := read([SECOND]))
        sys.stdout.write(f"a second reader, blind, over {len(second)} drafts: kappa by rule\n")
        sys.stdout.write("".join(f"{rule:<17}{value:>6.2f}\n" for rule, value in agreement.items()))
    wrong = list(faults(rows, [*held, *read(given.against)]))
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
