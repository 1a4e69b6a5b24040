"""A child of `scan.py`: one scan, timed from its first part to its last."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from ryoshiki.cli.opening import guideline
from ryoshiki.drafts import Defaults
from ryoshiki.scan import local
from ryoshiki.scan.checkpoints import Results
from ryoshiki.scan.rows import cut, shards
from ryoshiki.scan.work import Job
from ryoshiki.settings import Settings
from ryoshiki.stamp import stamp


def scan(engine: str, kind: str, source: str, out: str, chunk: int, skipped: int) -> dict[str, Any]:
    """Figures of a scan, those in between being from part ``skipped`` to the last.

    ``start``: seconds to the first part; ``seconds``: in between; ``cpu``: processor time of the workers in between;
    ``keep``: that of the process that cuts and writes; ``bytes`` that came out, and their ``digest``.
    """
    chosen = Settings(meaning="on" if kind == "model" else "off", links=Path(out, "none"))
    open = partial(guideline, chosen)
    job = Job(open, stamp(open()), Defaults("x", "private", None, None), frozenset(), False)
    results = Results(out, {})
    begun = first = perf_counter()
    keeping = -process_time()
    with _engine(engine) as run:
        for number, part in enumerate(run(cut(shards(source), chunk), job)):
            if number == 0:
                first = perf_counter()
            results.keep(part)
            last, asking = perf_counter(), process_time()
            after = _spent()  # each time, for the workers are gone when the loop ends
            if number + 1 == skipped:
                start, before = last, after
            keeping -= process_time() - asking
    keeping += process_time()
    files = sorted(Path(out).glob("part-*"))
    digest = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    size = sum(file.stat().st_size for file in files)
    said = {"seconds": last - start, "start": first - begun, "cpu": after - before, "keep": keeping, "bytes": size}
    return {**said, "digest": digest}


def _spent() -> float:
    """Processor seconds of the processes that this one has started, and they in turn, as far as they still run.

    Ray's own are among them. Linux alone tells; elsewhere 0.
    """
    seconds: dict[int, float] = {}
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
        seconds[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    family = {os.getpid()}
    while grown := {process for process, parent in parents.items() if parent in family} - family:
        family |= grown
    return sum(seconds[process] for process in family - {os.getpid()})


@contextmanager
def _engine(name: str) -> Iterator[Any]:
    if not name.startswith("ray"):
        yield partial(local.run, workers=int(name))
        return
    with _nodes(int(name.removeprefix("ray "))) as address:
        from ryoshiki.scan import cluster

        yield partial(cluster.run, address=address, workers=None)


@contextmanager
def _nodes(count: int) -> Iterator[str]:
    """A Ray cluster on this machine: a head that only leads, and nodes of one core each."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    store = 200 * 2**20
    head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": store}
    made = Cluster(initialize_head=True, head_node_args=head)
    try:
        for _ in range(count):
            made.add_node(num_cpus=1, object_store_memory=store)
        made.wait_for_nodes()
        yield made.address
    finally:
        made.shutdown()


if __name__ == "__main__":
    engine, kind, source, out, *numbers = sys.argv[1:]
    sys.stdout.write(json.dumps(scan(engine, kind, source, out, *map(int, numbers))))
