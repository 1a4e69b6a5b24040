"""What the local model reads in the draft as a whole, where no single word gives it away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from ryoshiki.model import Match
from ryoshiki.reading import Reading


@dataclass(frozen=True)
class Meaning:
    """Finds the places that the model reads as showing a rule.

    Beside the signs of its rule that rest on words, it has a say on them too: see `ryoshiki.review`.

    Attributes:
        head: the rule's name in the model.
    """

    head: str

    facts: ClassVar[frozenset[str]] = frozenset()
    needs: ClassVar[tuple[frozenset[str], ...]] = ()

    def find(self, reading: Reading) -> Iterable[Match]:
        view = reading.meaning
        if view is not None and view.speaks(self.head):
            yield from (Match(span) for span in view.spans(self.head))
