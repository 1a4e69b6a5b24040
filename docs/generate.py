"""Writes what is made from the built-in guideline: docs/RULES.md, and its patterns' literals for a fast start."""

from __future__ import annotations

import json
from pathlib import Path

from ryoshiki import load
from ryoshiki.guideline import KNOWN_PATTERNS
from ryoshiki.model import Draft, Guideline, Rule, Sign
from ryoshiki.reading.literals import required

PAGE = Path(__file__).parent / "RULES.md"
ORIGINS = {"guideline": "ガイドライン", "general-law": "一般の法律", "others-practice": "ほかの団体の例"}
SHOWN = 3  # examples each way; the folder has them all


def page(guideline: Guideline) -> str:
    """The whole reference page as Markdown."""
    parts = [
        "# 規則の一覧 / Rules\n",
        "<!-- Made from the guideline folder by `make generate`; do not edit. -->\n",
        f"{guideline.title}（{guideline.source}）\n",
        "| 規則 | 見出し | 条項 | 重さ | 手がかり |\n|---|---|---|---|---|",
        "\n".join(_row(guideline, rule) for rule in guideline.rules.values()) + "\n",
        *(_rule(guideline, rule) for rule in guideline.rules.values()),
    ]
    return "\n".join(parts)


def _row(guideline: Guideline, rule: Rule) -> str:
    clause = guideline.clauses[rule.clause]
    cells = (f"[{rule.id}](#{rule.id})", rule.title, f"{clause.id} {clause.title}", rule.severity, str(len(rule.signs)))
    return f"| {' | '.join(cells)} |"


def _rule(guideline: Guideline, rule: Rule) -> str:
    clause = guideline.clauses[rule.clause]
    return (
        f"## {rule.id}\n\n**{rule.title}** / {rule.title_en} · {rule.severity}\n\n"
        f"条項 {clause.id} {clause.title}: {clause.gist}\n\n"
        f"- なぜ: {rule.why}\n- どうする: {rule.advice}\n- 自分への問い: {rule.question}\n"
        f"- 見えないもの: {rule.misses}\n\n" + "\n".join(map(_sign, rule.signs))
    )


def _sign(sign: Sign) -> str:
    return (
        f"### {sign.id}\n\n`{sign.kind}` · {sign.severity} · {ORIGINS[sign.origin]}\n\n"
        f"- 見つける: {_examples(sign.flags)}\n- 見つけない: {_examples(sign.passes)}\n"
    )


def _examples(drafts: tuple[Draft, ...]) -> str:
    return " ／ ".join(f"`{draft.text.replace(chr(10), '⏎').replace('`', '')}`" for draft in drafts[:SHOWN])


def patterns(guideline: Guideline) -> str:
    """Every pattern of the guideline with the literals it needs, as JSON."""
    vocabulary = guideline.vocabulary
    found = {e.text for name in vocabulary.names() for e in vocabulary.entries(name) if e.mode == "/"}
    known = {text: [sorted(literals) for literals in required(text)] for text in sorted(found)}
    return json.dumps(known, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    built_in = load()
    PAGE.write_text(page(built_in), encoding="utf-8")
    KNOWN_PATTERNS.write_text(patterns(built_in), encoding="utf-8")
