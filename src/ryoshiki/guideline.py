"""A guideline folder becomes a `Guideline`, or is refused with file, line and reason."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import tomli

from ryoshiki.checks import make
from ryoshiki.model import (
    ACCOUNTS,
    MEDIA,
    SEVERITIES,
    Check,
    Clause,
    Draft,
    Guideline,
    GuidelineError,
    Platform,
    Rule,
    RyoshikiError,
    Sign,
    When,
)
from ryoshiki.organisation import organisation
from ryoshiki.proofs import draft_of
from ryoshiki.reading import ENTITIES
from ryoshiki.reading.meaning import LocalReader
from ryoshiki.reading.words import Vocabulary, WordError

BUILT_IN = Path(__file__).parent / "guidelines"
DEFAULT = BUILT_IN / "muroran"
# Made by `make generate`: what is in it starts faster, what is not is worked out. Keyed by the pattern itself.
KNOWN_PATTERNS = BUILT_IN / "patterns.json"
ORIGINS = ("guideline", "general-law", "others-practice")
_SIGN_KEYS = {"id", "kind", "message", "advice", "severity", "origin", "fix", "when", "reads", "flags", "passes"}
_RULE_KEYS = ("id", "title", "title_en", "clause", "severity", "why", "advice", "question", "misses")
NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


@dataclass(frozen=True)
class Source:
    """A TOML file and the means to say where in it something is wrong."""

    path: Path
    text: str
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> Source:
        try:
            text = path.read_text(encoding="utf-8-sig")
            return cls(path, text, tomli.loads(text))
        except (OSError, UnicodeDecodeError) as reason:
            raise GuidelineError(f"{path}: cannot be read as UTF-8 text: {reason}") from None
        except tomli.TOMLDecodeError as reason:
            raise GuidelineError(f"{path}: {reason}") from None

    def error(self, reason: str, near: str = "") -> GuidelineError:
        """``near`` is a piece of the file's text; its line is named."""
        at = self.text.find(near) if near else -1
        line = f"{self.text.count(chr(10), 0, at) + 1}: " if at >= 0 else " "
        return GuidelineError(f"{self.path}:{line}{reason}")

    def strings(self, table: Mapping[str, Any], keys: tuple[str, ...], near: str) -> dict[str, str]:
        for key in keys:
            if not isinstance(table.get(key), str) or not table[key].strip():
                raise self.error(f"{key}: a text is needed", near)
        return {key: table[key] for key in keys}


def load(folder: Path | str | None = None) -> Guideline:
    """Read a guideline folder (None: the built-in one of Muroran city).

    A folder may name a built-in guideline as its ``base``; what it does not bring itself comes from there.

    Raises:
        GuidelineError: one line that names file, line and reason.
    """
    collecting = gc.isenabled()
    gc.disable()  # half a million small objects that all stay: looking for garbage costs a fifth of the time
    try:
        return _load(Path(folder) if folder is not None else DEFAULT)
    finally:
        if collecting:
            gc.enable()


def _load(own: Path) -> Guideline:
    if not (own / "guideline.toml").is_file():
        raise GuidelineError(f"{own / 'guideline.toml'}: no such file; a guideline folder needs one")
    head = Source.read(own / "guideline.toml")
    layers = [own, *base_of(head)]
    texts = head.strings(head.data, ("id", "title", "version", "source"), "")
    org = organisation(head.data.get("organisation"), head.error)
    clauses = {c.id: c for c in clauses_in(layers)}
    rules = {r.id: r for r in _rules(layers, clauses)}
    if not rules:
        raise GuidelineError(f"{own / 'rules'}: no rules found")
    classes, paths = _words(layers)
    classes |= {
        "organisation/names": list(org.short_names),
        "organisation/sections": list(org.sections),
        "organisation/offices": list(org.offices),
        "organisation/code-names": list(org.code_names),
    }
    checks = [(rule, sign) for rule in rules.values() for sign in rule.signs]
    for _, sign in checks:
        own_class = getattr(sign.check, "own_class", None)
        if own_class:
            classes[own_class] = [own_class]
    try:
        vocabulary = Vocabulary(classes, org.words, json.loads(KNOWN_PATTERNS.read_bytes()))
    except WordError as wrong:
        raise GuidelineError(f"{paths.get(wrong.name, head.path)}:{wrong.line}: {wrong.reason}") from None
    for rule, sign in checks:
        _verify_names(layers, rule, sign, vocabulary)
    platforms = {p.id: p for p in _platforms(layers)}
    return Guideline(
        **texts,
        organisation=org,
        clauses=clauses,
        rules=rules,
        platforms=platforms,
        vocabulary=vocabulary,
        reader=LocalReader(),
        folder=own,
    )


def base_of(head: Source) -> list[Path]:
    name = head.data.get("base")
    if name is None:
        return []
    if not isinstance(name, str) or not NAME.match(name) or not (BUILT_IN / name / "guideline.toml").is_file():
        raise head.error(f"base: {name!r} is no built-in guideline", "base")
    return [BUILT_IN / name]


def files_in(layers: list[Path], pattern: str) -> dict[str, Path]:
    """Files by their path inside the folder; the first layer that has one wins."""
    found: dict[str, Path] = {}
    for layer in layers:
        for path in sorted(layer.glob(pattern)):
            found.setdefault(path.relative_to(layer).as_posix(), path)
    return found


def clauses_in(layers: list[Path]) -> Iterator[Clause]:
    """All clauses of the folder; of its base only those of law and practice, never another's guideline."""
    seen: set[str] = set()
    for path in files_in(layers, "clauses/*.toml").values():
        inherited = layers[0] not in path.parents
        source = Source.read(path)
        for table in source.data.get("clause", []):
            near = f'"{table.get("id")}"'
            texts = source.strings(table, ("id", "section", "title", "title_en", "gist", "origin"), near)
            if texts["origin"] not in ORIGINS:
                raise source.error(f"origin: {texts['origin']!r} is none of {', '.join(ORIGINS)}", near)
            if inherited and texts["origin"] == "guideline":
                continue
            if texts["id"] in seen:
                raise source.error(f"clause {texts['id']!r} is there twice", near)
            seen.add(texts["id"])
            yield Clause(**texts)  # type: ignore[arg-type]


def _rules(layers: list[Path], clauses: Mapping[str, Clause]) -> Iterator[Rule]:
    seen: set[str] = set()
    for path in files_in(layers, "rules/*.toml").values():
        source = Source.read(path)
        table = source.data.get("rule", {})
        texts = source.strings(table, _RULE_KEYS, "[rule]")
        if texts["id"] in seen or not NAME.match(texts["id"]):
            raise source.error(f"rule id {texts['id']!r} is there twice, or not lower-case-with-hyphens", "[rule]")
        if texts["clause"] not in clauses:
            raise source.error(f"clause: there is no clause {texts['clause']!r}", "clause")
        if texts["severity"] not in SEVERITIES:
            raise source.error(f"severity: {texts['severity']!r} is none of {', '.join(SEVERITIES)}", "severity")
        answer, heated = table.get("answer", ""), table.get("heated", False)
        if not isinstance(answer, str) or not isinstance(heated, bool):
            raise source.error("answer: a text is needed; heated: true or false", "[rule]")
        seen.add(texts["id"])
        clause_origin = clauses[texts["clause"]].origin
        signs: list[Sign] = []
        for sign_table in source.data.get("sign", []):
            sign = _sign(source, sign_table, texts, clause_origin)
            if any(other.id == sign.id for other in signs):
                raise source.error(f"sign {sign.id!r} is there twice", f'"{sign_table["id"]}"')
            signs.append(sign)
        yield Rule(**texts, signs=tuple(signs), answer=answer, heated=heated)  # type: ignore[arg-type]


def _sign(source: Source, table: dict[str, Any], rule: Mapping[str, str], origin: str) -> Sign:
    near = f'"{table.get("id")}"'
    texts = source.strings(table, ("id", "kind", "message"), near)
    if not NAME.match(texts["id"]):
        raise source.error(f"sign id {texts['id']!r} is not lower-case-with-hyphens", near)
    try:
        check = make(texts["kind"], {k: v for k, v in table.items() if k not in _SIGN_KEYS})
        when = _when(table.get("when", {}))
    except (ValueError, TypeError) as reason:
        raise source.error(f"sign {texts['id']}: {reason}", near) from None
    severity, origin = table.get("severity", rule["severity"]), table.get("origin", origin)
    if severity not in SEVERITIES or origin not in ORIGINS:
        raise source.error(f"sign {texts['id']}: severity {severity!r} or origin {origin!r} is unknown", near)
    reads = table.get("reads", ["draft"])
    if not isinstance(reads, list) or not reads or not set(reads) <= set(MEDIA):
        raise source.error(f"sign {texts['id']}: reads: a list of {', '.join(MEDIA)} is needed", near)
    _verify_slots(source, check, texts["message"], near)
    proofs = {k: tuple(_proof(source, p, near) for p in table.get(k, [])) for k in ("flags", "passes")}
    return Sign(
        id=f"{rule['id']}/{texts['id']}",
        kind=texts["kind"],
        check=check,
        message=texts["message"],
        advice=table.get("advice", rule["advice"]),
        severity=severity,
        origin=origin,  # type: ignore[arg-type]
        fix=table.get("fix"),
        when=when,
        reads=tuple(reads),
        **proofs,
    )


def _when(table: Mapping[str, Any]) -> When:
    unknown = set(table) - {"account", "reply", "platforms"}
    if unknown:
        raise ValueError(f"when: {', '.join(sorted(unknown))} is unknown")
    if table.get("account") not in (None, *ACCOUNTS):
        raise ValueError(f"when: account {table['account']!r} is none of {', '.join(ACCOUNTS)}")
    return When(table.get("account"), table.get("reply"), tuple(table.get("platforms", ())))


def _verify_slots(source: Source, check: Check, message: str, near: str) -> None:
    """A slot that the check never fills would fail only when somebody writes such a draft."""
    known = {"quote", *check.facts, *getattr(check, "groups", ())}
    try:
        slots = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
    except ValueError as reason:
        raise source.error(f"message: {reason}", near) from None
    if slots - known:
        raise source.error(f"message: no such fact {sorted(slots - known)}; there are {sorted(known)}", near)


def _proof(source: Source, given: Any, near: str) -> Draft:
    try:
        return draft_of(given)
    except (TypeError, ValueError, RyoshikiError) as reason:
        raise source.error(f"flags/passes: {reason}", near) from None


def _words(layers: list[Path]) -> tuple[dict[str, list[str]], dict[str, Path]]:
    classes, paths = {}, {}
    for name, path in files_in(layers, "words/**/*.txt").items():
        key = name.removeprefix("words/").removesuffix(".txt")
        try:
            classes[key] = path.read_bytes().decode().removeprefix("\ufeff").splitlines()
        except (OSError, UnicodeDecodeError) as reason:
            raise GuidelineError(f"{path}: cannot be read as UTF-8 text: {reason}") from None
        paths[key] = path
    return classes, paths


def _verify_names(layers: list[Path], rule: Rule, sign: Sign, vocabulary: Vocabulary) -> None:
    from ryoshiki.reading.identifiers import KINDS

    entities = {f"@{name}" for name in (*ENTITIES, *KINDS)}
    for name in getattr(sign.check, "classes", ()):
        if name not in vocabulary and name not in entities:
            path = files_in(layers, "rules/*.toml")
            source = next(s for s in map(Source.read, path.values()) if s.data["rule"]["id"] == rule.id)
            raise source.error(f"sign {sign.id}: there is no word class {name!r}", f'"{name}"')


def _platforms(layers: list[Path]) -> Iterator[Platform]:
    for path in files_in(layers, "platforms.toml").values():
        source = Source.read(path)
        for table in source.data.get("platform", []):
            near = f'"{table.get("id")}"'
            keys = ("id", "name", "reach", "editing", "taking_back", "counting")
            texts = source.strings(table, keys, near)
            yield Platform(**texts, limit=table.get("limit"))  # type: ignore[arg-type]
