"""On one machine: a process for each core. One that dies is replaced, and its piece done again."""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from ryoshiki.failing import place
from ryoshiki.model import RyoshikiError
from ryoshiki.scan.pieces import Piece
from ryoshiki.scan.work import Job, Part, Worker

_TRIES = 3
_CONTEXT = get_context("spawn")  # the same everywhere, and no thread is forked in the middle of its work


@dataclass(slots=True)
class _Hand:
    """A process, the near end of the pipe to it, and what it is doing."""

    process: Any
    pipe: Connection
    piece: Piece | None = None


def run(pieces: Iterable[Piece], job: Job, workers: int) -> Iterator[Part]:
    """The parts as they come, in any order; no more than ``workers`` are under way.

    Raises:
        RyoshikiError: a worker says what went wrong, or dies of the same piece again and again.
    """
    todo, again, deaths = iter(pieces), deque[Piece](), Counter[str]()
    hands: list[_Hand] = []

    def give(hand: _Hand) -> None:
        hand.piece = again.popleft() if again else next(todo, None)
        if hand.piece is not None:
            with suppress(OSError):  # it has died: its pipe will tell
                hand.pipe.send(hand.piece)

    try:
        for _ in range(workers):
            hands.append(_hired(job))
            give(hands[-1])
            if hands[-1].piece is None:
                break
        while busy := {hand.pipe: hand for hand in hands if hand.piece is not None}:
            for pipe in wait(list(busy)):
                hand = busy[pipe]  # type: ignore[index]
                try:
                    answer = hand.pipe.recv()
                except (EOFError, OSError):
                    _count(hand, deaths)
                    again.append(hand.piece)  # type: ignore[arg-type]
                    hands[hands.index(hand)] = hand = _hired(job)
                else:
                    if isinstance(answer, RyoshikiError):
                        raise answer
                    yield answer
                give(hand)
    finally:
        for hand in hands:
            hand.process.kill()
            hand.process.join()
            hand.pipe.close()


def _hired(job: Job) -> _Hand:
    near, far = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(far, job), daemon=True)
    process.start()
    far.close()  # so that its end is seen when it dies
    return _Hand(process, near)


def _count(hand: _Hand, deaths: Counter[str]) -> None:
    """
    Raises:
        RyoshikiError: nobody survives this piece.
    """
    hand.process.join()
    hand.pipe.close()
    assert hand.piece is not None
    deaths[hand.piece.name] += 1
    if deaths[hand.piece.name] == _TRIES:
        where = f"{hand.piece.shard.name}: {hand.piece.first}"
        raise RyoshikiError(
            f"{where} からの行で、働き手が {_TRIES} 回止まりました。メモリが足りているか確かめてください "
            f"(workers died {_TRIES} times at the rows from here; is there enough memory?)"
        )


def _work(pipe: Connection, job: Job) -> None:
    """A worker's life: until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of them; the one that asked ends the others
    worker: Worker | None = None
    while True:
        try:
            piece = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            worker = worker or Worker(job)
            answer: Part | RyoshikiError = worker.done(piece)
        except RyoshikiError as reason:
            answer = reason
        except Exception as reason:  # its message may quote a post
            answer = RyoshikiError(f"{piece.shard.name}: 内部の誤りです (internal error): {place(reason)}")
        try:
            pipe.send(answer)
        except OSError:
            return
