"""The kinds of check, by the name that a sign gives as its ``kind``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any

from ryoshiki.checks.acrostic import Acrostic
from ryoshiki.checks.clock import ClockCheck
from ryoshiki.checks.date import DateCheck
from ryoshiki.checks.identifier import IdentifierCheck
from ryoshiki.checks.lexicon import Lexicon
from ryoshiki.checks.link import LinkCheck
from ryoshiki.checks.meaning import Meaning
from ryoshiki.checks.pattern import Pattern
from ryoshiki.checks.photo import PhotoCheck
from ryoshiki.checks.together import Together
from ryoshiki.model import Check

CHECKS: Mapping[str, type[Any]] = {
    "acrostic": Acrostic,
    "clock": ClockCheck,
    "date": DateCheck,
    "identifier": IdentifierCheck,
    "lexicon": Lexicon,
    "link": LinkCheck,
    "meaning": Meaning,
    "pattern": Pattern,
    "photo": PhotoCheck,
    "together": Together,
}

_JSON_TYPES = {"str": str, "int": int, "bool": bool, "tuple": tuple}


def make(kind: str, parameters: Mapping[str, Any]) -> Check:
    """Build a check from a sign's parameters as TOML gives them.

    Raises:
        ValueError: an unknown kind or parameter, a missing one, or a value of the wrong type.
    """
    if kind not in CHECKS:
        raise ValueError(f"kind: {kind!r} is none of {', '.join(CHECKS)}")
    known = _parameters(kind)
    values = {}
    for name, value in parameters.items():
        if name not in known:
            raise ValueError(f"{name}: {kind} has no such parameter (it has {', '.join(known)})")
        value = _frozen(value)
        wanted = str(known[name].type).partition("[")[0]
        if not isinstance(value, _JSON_TYPES[wanted]) or (wanted == "int" and isinstance(value, bool)):
            raise ValueError(f"{name}: a {wanted} is needed, not {value!r}")
        values[name] = value
    missing = [n for n, f in known.items() if f.default is MISSING and n not in values]
    if missing:
        raise ValueError(f"{kind} needs {', '.join(missing)}")
    check: Check = CHECKS[kind](**values)
    return check


@cache
def _parameters(kind: str) -> dict[str, Field[Any]]:
    return {f.name: f for f in fields(CHECKS[kind]) if f.init}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value
