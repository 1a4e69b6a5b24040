"""On a Ray cluster that is there already: Ray Data hands the pieces round, and does again what a lost node did.

A task gets where a piece stands, never its words, and reads the file itself. Needs the extra `cluster`.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from ryoshiki.model import RyoshikiError
from ryoshiki.scan.pieces import Piece
from ryoshiki.scan.work import Job, Part, Worker

_AT_ONCE = 10_000  # pieces that are handed to Ray together: it keeps a note on each


def run(pieces: Iterable[Piece], job: Job, address: str | None, workers: int | None) -> Iterator[Part]:
    """The parts as they come, in any order. ``workers``: tasks at a time, None for one on each core of the cluster.

    Raises:
        RyoshikiError: Ray is not installed, no cluster answers, or a task says what went wrong.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nobody is told
    try:
        import ray
        import ray.data
    except ImportError:
        raise RyoshikiError("--engine ray: ray がありません (ray is not installed): ryoshiki[cluster]") from None
    try:
        ray.init(address or "auto", log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError, TimeoutError) as reason:
        said = " ".join(str(reason).split())[:200]
        raise RyoshikiError(f"--address: Ray につながりません (no Ray cluster answers): {said}") from None
    try:
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        data = ray.data.DataContext.get_current()
        data.enable_progress_bars = data.print_on_execution_start = False
        packed = pickle.dumps(job)
        todo = iter(pieces)
        while some := list(islice(todo, _AT_ONCE)):
            items = [{"piece": pickle.dumps(piece)} for piece in some]
            made = ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
                _done,
                batch_size=1,
                batch_format="pyarrow",
                fn_kwargs={"job": packed},
                num_cpus=1,
                compute=ray.data.TaskPoolStrategy(size=workers),  # tasks are done again however often a node is lost
            )
            for block in made.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                for answer in block.column("part").to_pylist():
                    part = pickle.loads(answer)
                    if isinstance(part, RyoshikiError):
                        raise part
                    yield part
    finally:
        ray.shutdown()


def _done(block: Any, job: bytes) -> Any:
    import pyarrow as pa

    answers = []
    for packed in block.column("piece").to_pylist():
        try:
            answers.append(pickle.dumps(_worker(job).done(pickle.loads(packed))))
        except RyoshikiError as reason:
            answers.append(pickle.dumps(reason))
    return pa.table({"part": pa.array(answers, pa.large_binary())})


@cache
def _worker(job: bytes) -> Worker:
    """One for each process of Ray, which does many tasks."""
    return Worker(pickle.loads(job))
