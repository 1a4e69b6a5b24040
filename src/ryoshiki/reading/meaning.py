"""What the local model reads in a draft: which rules it is about, and where."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ryoshiki.model import Draft, RyoshikiError, Span

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "reader"  # made by `make model`; its card is docs/MODEL.md
AUTHOR = "author."  # begins the names of the heads that say what a post tells of its author; a kind of fact follows
CONTEXT = 64  # tokens at most of account, service and the text that is answered
WINDOW = 192  # tokens of the draft's own text that are read at once
STRIDE = 128  # from one window's start to the next
_BEGIN, _END = 0, 2
READ_LIMIT = 3_000  # characters of a draft that are read; what lies behind is named in the report
_MOST_WINDOWS = 24  # a character can be many tokens
_REPLY_LIMIT = 400  # characters; its beginning says what the draft answers
LEAST = 6  # characters of a place that says something by itself
_GAP = 2  # tokens between two marked ones that are read as one place


class UnreadableError(RyoshikiError):
    """The local model cannot be used: the message says why, in words for the author."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a draft as the model takes it: ids, and the place in the draft of each of the text's tokens.

    ``first`` is where the text's tokens begin among the ids.
    """

    ids: tuple[int, ...]
    first: int
    places: tuple[tuple[int, int], ...]


def context(draft: Draft) -> str:
    """What stands before the text: whose account, which service, and what is answered. Not the clock."""
    account = "公式" if draft.account == "official" else "個人"
    reply = f" 返信先: {draft.reply_to[:_REPLY_LIMIT]}" if draft.reply_to else ""
    return f"{account} {draft.platform}{reply}"


def windows(draft: Draft, tokenizer: Any) -> list[Window]:
    """The draft, as far as it is read, in windows that overlap; one for all but long texts."""
    said = tokenizer.encode(context(draft), add_special_tokens=False).ids[:CONTEXT]
    before = (_BEGIN, *said, _END)
    encoding = tokenizer.encode(draft.text[:READ_LIMIT], add_special_tokens=False)
    ids, places = encoding.ids, encoding.offsets
    starts = range(0, max(1, len(ids) - (WINDOW - STRIDE)), STRIDE)[:_MOST_WINDOWS]
    return [Window((*before, *ids[s : s + WINDOW], _END), len(before), tuple(places[s : s + WINDOW])) for s in starts]


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a head speaks, as logits. Chosen on drafts that the model was not trained on.

    ``alone``: the draft touches the rule even where words saw nothing. ``beside``: so sure, where words saw
    something; below it, what they saw is read as harmless. ``place``: a token belongs to what shows it.
    """

    alone: float
    beside: float
    place: float


@dataclass(frozen=True, slots=True)
class Joint:
    """What all heads say together of some: trouble that lies between two rules leaves each of them unsure.

    A sum over the logits that speaks from 0 on. ``slopes``: of each head what counts from -3 on, and what besides
    from 0 on. ``of``: the heads of which one is then named.
    """

    slopes: Mapping[str, tuple[float, float]]
    bias: float
    of: tuple[str, ...]

    def foremost(self, logits: Mapping[str, float], limits: Mapping[str, Limits]) -> str | None:
        """The head nearest to its limit, where none is sure and yet together they are."""
        over = {head: logits[head] - limits[head].alone for head in self.of}
        head = max(over, key=over.__getitem__)
        return head if over[head] < 0 <= self._sum(logits) else None

    def _sum(self, logits: Mapping[str, float]) -> float:
        low = sum(slope * max(0.0, logits[head] + 3) for head, (slope, _) in self.slopes.items())
        return self.bias + low + sum(slope * max(0.0, logits[head]) for head, (_, slope) in self.slopes.items())


@dataclass(frozen=True, slots=True)
class View:
    """What was read in one draft: a logit by head, and by window the places and the logits of its tokens.

    ``foremost``: the head that is named because all of them together are sure (see `Joint`).
    """

    limits: Mapping[str, Limits]
    heads: tuple[str, ...]
    logits: tuple[float, ...]
    marks: tuple[tuple[Window, NDArray[np.float32]], ...]
    end: int  # how far it was read, in code points of the draft's own text
    foremost: str | None = None

    def speaks(self, head: str) -> bool:
        """Is the draft read as touching this rule, whatever words saw?"""
        return head == self.foremost or self._logit(head) >= self.limits[head].alone

    def supports(self, head: str) -> bool:
        """Where words saw something: is it read so too, or as harmless?"""
        return head == self.foremost or self._logit(head) >= self.limits[head].beside

    def spans(self, head: str) -> list[Span]:
        """The places that show it, in order; at least the one that shows it most."""
        column, limit = self.heads.index(head), self.limits[head].place
        found: list[Span] = []
        best: tuple[float, Span] | None = None
        for window, logits in self.marks:
            for run in _runs(logits[:, column], limit):
                span = Span(window.places[run.start][0], window.places[run.stop - 1][1])
                if found and span.start <= found[-1].end:  # the next window reads on in it
                    last = found.pop()
                    span = Span(last.start, max(last.end, span.end))
                found.append(span)
            if len(window.places):
                top = int(logits[:, column].argmax())
                if best is None or logits[top, column] > best[0]:
                    best = float(logits[top, column]), Span(*window.places[top])
        return [s for s in found if s.start < s.end] or ([best[1]] if best else [])

    def shown(self, head: str) -> list[Span]:
        """Of the places those that are long enough to say something to an author; where none is, the longest."""
        spans = self.spans(head)
        return [s for s in spans if s.end - s.start >= LEAST] or sorted(spans, key=lambda s: s.end - s.start)[-1:]

    def told(self) -> Iterator[tuple[str, Span, float]]:
        """What it may tell of its author: kinds of fact, the first words that show each, and how far over the limit."""
        for head in self.heads:
            if head.startswith(AUTHOR) and self.supports(head):
                for span in self.spans(head)[:1]:  # none where there is no text
                    yield head.removeprefix(AUTHOR), span, self._logit(head) - self.limits[head].alone

    def _logit(self, head: str) -> float:
        return self.logits[self.heads.index(head)]


def _runs(values: Any, limit: float) -> Iterator[range]:
    """Stretches of tokens at or over the limit, small gaps closed."""
    start = end = -1
    for at in (values >= limit).nonzero()[0].tolist():
        if start >= 0 and at - end <= _GAP:
            end = at + 1
            continue
        if start >= 0:
            yield range(start, end)
        start, end = at, at + 1
    if start >= 0:
        yield range(start, end)


class LocalReader:
    """The local model. Nothing is imported or opened before the first draft is read."""

    def __init__(self, folder: Path = FOLDER, threads: int = 0) -> None:
        """``threads``: of the processor, 0 for as many as it has cores."""
        self.folder, self.threads = folder, threads

    def views(self, drafts: Sequence[Draft]) -> Iterator[View]:
        """Read the drafts, as many windows at a time as there are threads, while the caller goes on with the first.

        Raises:
            UnreadableError: the model or what runs it is not installed, or is broken.
        """
        cut = [windows(draft, self._tokenizer) for draft in drafts]
        read = iter(self._each([window for part in cut for window in part]))
        return (self._view(d, [(w, *next(read)) for w in part]) for d, part in zip(drafts, cut, strict=True))

    def _each(self, cut: list[Window]) -> Iterable[tuple[Any, Any]]:
        # One window a run, never padded: the scale of int8 hangs on all that is read together, so that a draft in a
        # batch would be read otherwise than alone. On a processor batches gain next to nothing (see the lab book).
        self._session  # noqa: B018 - opened here, not by several threads at once
        if len(cut) == 1 or self.threads == 1:
            return map(self._run, cut)
        return self._pool.map(self._run, cut)

    def _view(self, draft: Draft, parts: list[tuple[Window, Any, Any]]) -> View:
        whole = len(draft.text) <= READ_LIMIT and len(parts) < _MOST_WINDOWS
        end = len(draft.text) if whole else parts[-1][0].places[-1][1]
        heads = self._head_names
        strongest = [max(float(logits[n]) for _, logits, _ in parts) for n in range(len(heads))]
        marks = tuple((window, tokens) for window, _, tokens in parts)
        logits = dict(zip(heads, strongest, strict=True))
        foremost = self._joint.foremost(logits, self._limits) if self._joint else None
        return View(self._limits, heads, tuple(strongest), marks, end, foremost)

    def _run(self, window: Window) -> tuple[Any, Any]:
        """Logits of the draft [rules] and of the text's tokens [tokens, rules]."""
        import numpy as np

        inside = slice(window.first, window.first + len(window.places))
        ids, text = np.array([window.ids], np.int64), np.zeros((1, len(window.ids)), np.float32)
        text[0, inside] = 1
        try:
            draft, tokens = self._session.run(None, {"ids": ids, "text": text})
        except Exception as reason:
            raise UnreadableError(f"文意を読む部分が途中で止まりました（{type(reason).__name__}）。") from None
        return draft[0], tokens[0, inside]

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(self.threads or os.cpu_count())

    @cached_property
    def _session(self) -> Any:
        try:
            import onnxruntime
        except ImportError:
            raise UnreadableError("onnxruntime が入っていないため、文意は読んでいません。") from None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # windows are read side by side instead
        options.log_severity_level = 3  # errors only: a warning would stand among the answers
        try:
            return onnxruntime.InferenceSession(
                str(self.folder / "reader.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # on a processor four times as slow as its parts
            )
        except Exception as reason:
            raise UnreadableError(f"文意を読むモデルを開けません（{type(reason).__name__}）。") from None

    @cached_property
    def _tokenizer(self) -> Any:
        try:
            from tokenizers import Tokenizer
        except ImportError:
            raise UnreadableError("tokenizers が入っていないため、文意は読んでいません。") from None
        try:
            return Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        except Exception as reason:
            raise UnreadableError(f"文意を読むモデルの語彙を開けません（{type(reason).__name__}）。") from None

    @cached_property
    def _described(self) -> Any:
        try:
            return json.loads((self.folder / "reader.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as reason:
            raise UnreadableError(f"文意を読むモデルの説明を開けません（{type(reason).__name__}）。") from None

    @cached_property
    def _joint(self) -> Joint | None:
        found = self._described.get("joint")
        return found and Joint(found["slopes"], found["bias"], tuple(found["of"]))

    @cached_property
    def _head_names(self) -> tuple[str, ...]:
        return tuple(self._described["heads"])

    @cached_property
    def _limits(self) -> Mapping[str, Limits]:
        return {head: Limits(**limits) for head, limits in self._described["heads"].items()}
