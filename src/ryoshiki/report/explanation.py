"""What a rule, a sign or a clause is, in the guideline's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from ryoshiki.model import Clause, Draft, Guideline, Origin, Rule, RyoshikiError, Sign
from ryoshiki.report.cells import cells, wrap
from ryoshiki.report.marking import visible

Phrases = Mapping[str, str]
_NARROWEST = 20  # columns for words, however deep the indent


def explained(name: str | None, loaded: Guideline, phrases: Phrases, columns: int) -> str:
    """`explanation` as a text, wrapped at ``columns``."""
    return "".join(laid_out(line, columns) for line in explanation(name, loaded, phrases))


def explanation(name: str | None, loaded: Guideline, phrases: Phrases) -> Iterator[str]:
    """What ``name`` is, or the list of all there is; an indent at the start of a line holds for what is wrapped.

    Raises:
        RyoshikiError: there is nothing of that name; the nearest names are given.
    """
    if name is None:
        return _list(loaded)
    signs = {s.id: (rule, s) for rule in loaded.rules.values() for s in rule.signs}
    short = [full for full in signs if full.split("/", 1)[-1] == name]
    if name in loaded.rules:
        return _rule(loaded.rules[name], loaded, phrases)
    if name in loaded.clauses:
        return _clause(loaded.clauses[name], loaded, phrases)
    if name in signs or len(short) == 1:
        rule, sign = signs[name if name in signs else short[0]]
        return _sign(sign, rule, loaded, phrases)
    known = [*loaded.rules, *loaded.clauses, *signs]
    # A bare sign name is mostly what was meant by a word without a stroke.
    near = dict.fromkeys([*short, *get_close_matches(name, known, n=3, cutoff=0.5), *_holding(name, known)])
    hint = f"もしかして (did you mean): {', '.join(list(near)[:4])}" if near else "一覧 (list): ryoshiki explain"
    raise RyoshikiError(f"{name!r} という規則・しるし・条項はありません (no such rule, sign or clause)。{hint}")


def _holding(name: str, known: list[str]) -> list[str]:
    return [k for k in known if len(name) > 2 and name.lower() in k]


def _list(loaded: Guideline) -> Iterator[str]:
    yield f"{loaded.title}（{loaded.version}）"
    section = ""
    for clause in loaded.clauses.values():
        if clause.section != section:
            section = clause.section
            yield ""
            yield section
        yield f"  {clause.id}  {clause.title}"
        for rule in loaded.rules.values():
            if rule.clause == clause.id:
                yield f"      {rule.id}  {rule.title}"
                yield from (f"          {sign.id}" for sign in rule.signs)


def _clause(clause: Clause, loaded: Guideline, phrases: Phrases) -> Iterator[str]:
    yield _headline(phrases["clause"], clause.id, clause.title, clause.origin, phrases)
    yield f"  {clause.section} · {clause.title_en}"
    yield ""
    yield f"  {clause.gist}"
    yield f"  {phrases['source']}: {loaded.source}"
    for rule in (r for r in loaded.rules.values() if r.clause == clause.id):
        yield f"  {phrases['rule']}: {rule.id}  {rule.title}"


def _rule(rule: Rule, loaded: Guideline, phrases: Phrases) -> Iterator[str]:
    clause = loaded.clauses[rule.clause]
    yield f"{phrases['rule']} {rule.id}  {rule.title}"
    yield f"  {rule.title_en} · {phrases['severity']}: {phrases[rule.severity]}"
    yield ""
    yield f"  {_headline(phrases['clause'], clause.id, clause.title, clause.origin, phrases)}"
    yield f"    {clause.gist}"
    for key, words in (
        ("why", rule.why),
        ("advice", rule.advice),
        ("question", rule.question),
        ("misses", rule.misses),
    ):
        yield f"  {phrases[key]}"
        yield f"    {words}"
    yield f"  {phrases['signs']}"
    for sign in rule.signs:
        yield f"    {sign.id}"
        yield from (f"      + {_example(d, phrases)}" for d in sign.flags[:2])
        yield from (f"      - {_example(d, phrases)}" for d in sign.passes[:2])
    yield f"  (+ {phrases['flags']} · - {phrases['passes']})"


def _sign(sign: Sign, rule: Rule, loaded: Guideline, phrases: Phrases) -> Iterator[str]:
    clause = loaded.clauses[rule.clause]
    yield _headline(phrases["sign"], sign.id, "", sign.origin, phrases).rstrip()
    yield f"  {phrases['rule']} {rule.id}  {rule.title} · {phrases['severity']}: {phrases[sign.severity]}"
    yield f"  {_headline(phrases['clause'], clause.id, clause.title, clause.origin, phrases)}"
    yield f"  {phrases['says']}: {sign.message}"
    yield f"  {phrases['advice']}: {sign.advice}"
    for key, drafts in (("flags", sign.flags), ("passes", sign.passes)):
        yield f"  {phrases[key]}"
        yield from (f"    ・{_example(d, phrases)}" for d in drafts)
    yield f"  {phrases['misses']}"
    yield f"    {rule.misses}"


def _headline(kind: str, id: str, title: str, origin: Origin, phrases: Phrases) -> str:
    return f"{kind} {id}  {title}" + ("" if origin == "guideline" else f"（{phrases[origin]}）")


def _example(draft: Draft, phrases: Phrases) -> str:
    facts = [
        draft.posted_at.isoformat(" ", "minutes") if draft.posted_at else "",
        phrases["official"] if draft.account == "official" else "",
        f"{phrases['reply']}「{draft.reply_to}」" if draft.reply_to else "",
    ]
    said = "、".join(filter(None, facts))
    return " ".join(draft.text.split()) + (f"（{said}）" if said else "")


def laid_out(line: str, columns: int) -> str:
    """A line wrapped at ``columns``, with a line end; its indent holds for what is wrapped."""
    words = visible(line.lstrip(" "))
    indent = " " * (len(line) - len(line.lstrip(" ")))
    room = max(columns - cells(indent), _NARROWEST)
    return "".join(f"{indent}{words[a:b]}".rstrip() + "\n" for a, b in wrap(words, room))
