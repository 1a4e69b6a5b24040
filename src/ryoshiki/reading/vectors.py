"""Short texts as vectors that lie near to each other where they mean the like: sums over a table of word pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ryoshiki.reading.meaning import FOLDER as READER
from ryoshiki.reading.meaning import UnreadableError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = Callable[[Sequence[str]], NDArray[np.float32]]

FOLDER = Path(__file__).parent / "pieces"  # made by `make pieces`; told of in docs/MODEL.md


class Pieces:
    """One vector for each word piece of the local model's vocabulary. Nothing is read before the first text is."""

    def __init__(self, table: Path = FOLDER / "vectors.npz", vocabulary: Path = READER / "tokenizer.json") -> None:
        self.table, self.vocabulary = table, vocabulary

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape [texts, width]; each row has length 1, or is zero where a text has no word piece.

        Raises:
            UnreadableError: the table or the vocabulary is broken.
        """
        import numpy as np

        encoded = [e.ids for e in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        summed = np.stack([self._rows[ids].sum(0) for ids in encoded])
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        return np.asarray(summed / np.maximum(lengths, 1e-9), np.float32)

    @cached_property
    def _rows(self) -> NDArray[np.float32]:
        import numpy as np

        try:
            with np.load(self.table) as file:
                return np.asarray(file["codes"] * file["scales"].astype(np.float32)[:, None], np.float32)
        except Exception as reason:
            raise UnreadableError(f"{self.table.name} を開けません（{type(reason).__name__}）。") from None

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            return Tokenizer.from_file(str(self.vocabulary))
        except Exception as reason:
            raise UnreadableError(f"{self.vocabulary.name} を開けません（{type(reason).__name__}）。") from None


def pieces() -> Vectors | None:
    """The table that the package brings; None where it, the vocabulary or what reads them is not installed."""
    try:
        import tokenizers  # noqa: F401 - not installed everywhere
    except ImportError:
        return None
    found = Pieces(FOLDER / "vectors.npz")
    return found if found.table.is_file() and found.vocabulary.is_file() else None
