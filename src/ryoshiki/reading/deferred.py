"""RE2 patterns that are compiled when they are first asked: most drafts ask few, and all would delay the start."""

from __future__ import annotations

from typing import Any

import re2


class Deferred:
    """Stands for a compiled pattern: `search`, `finditer` and all else that RE2's own has."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        made = getattr(re2.compile(self._pattern), name)  # re2 remembers what it compiled
        setattr(self, name, made)  # so that this is asked once
        return made
