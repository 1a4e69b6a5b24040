"""The tokenizer of the cut vocabulary, in the form that the package ships."""

from __future__ import annotations

import hashlib

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers


def tokenizer_of(pieces: list[tuple[str, float]]) -> Tokenizer:
    """SentencePiece's unigram model of these pieces; ids are their order, 3 is the unknown one."""
    vocabulary = [(piece, score if i > 3 else -100.0) for i, (piece, score) in enumerate(pieces)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    return tokenizer


def mark(tokenizer: Tokenizer) -> str:
    """A sum over the pieces in the order of their ids: the same where a table of them still fits."""
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return hashlib.sha256("\n".join(piece for piece, _ in pieces).encode()).hexdigest()
