"""Processes on one machine: the same parts however many they are, and whatever befalls them."""

import multiprocessing
import os
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ryoshiki.guideline import load
from ryoshiki.model import Guideline, RyoshikiError
from ryoshiki.scan import local
from ryoshiki.scan.work import Job, Part, Worker
from tests.scan.conftest import jsonl, pieces, posts


def parted(parts: list[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: part.piece.name)


def test_a_killed_worker_costs_time_only(job: Job, tmp_path: Path) -> None:
    """Two workers, one of them killed at its work: every part is there once, as one process alone makes it."""
    cut = pieces(jsonl(tmp_path / "a.jsonl", posts(60)), 3)
    found = []
    for part in local.run(cut, job, 2):
        found.append(part)
        if len(found) == 2:
            victim = multiprocessing.active_children()[0]
            assert victim.pid
            os.kill(victim.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    worker = Worker(job)
    assert parted(found) == [worker.done(piece) for piece in cut]
    assert not multiprocessing.active_children()


def dies(folder: Path) -> Guideline:
    os._exit(9)


def test_a_piece_that_kills_whoever_reads_it_is_named(job: Job, tmp_path: Path) -> None:
    """After a few times the run ends; it would never end else."""
    cut = pieces(jsonl(tmp_path / "a.jsonl", posts(2)), 3)
    with pytest.raises(RyoshikiError, match=r"a\.jsonl.*3"):
        list(local.run(cut, replace(job, open=partial(dies, tmp_path)), 1))
    assert not multiprocessing.active_children()


def breaks(folder: Path) -> Guideline:
    raise ValueError("words of a post")


def test_what_a_worker_cannot_do_ends_the_run(job: Job, tmp_path: Path) -> None:
    """Its reason is told; what an internal error says is not, for it may quote."""
    cut = pieces(jsonl(tmp_path / "a.jsonl", posts(2)), 3)
    with pytest.raises(RyoshikiError, match="internal error") as told:
        list(local.run(cut, replace(job, open=partial(breaks, tmp_path)), 1))
    assert "words" not in str(told.value)
    with pytest.raises(RyoshikiError, match="differ"):
        list(local.run(cut, replace(job, open=partial(load, None)), 1))
    assert list(local.run([], job, 2)) == []
