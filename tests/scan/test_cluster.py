"""A real Ray cluster of three nodes on this machine; needs `make cluster`, which installs Ray."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ryoshiki.model import RyoshikiError
from ryoshiki.scan import cluster
from ryoshiki.scan.work import Job, Part, Worker
from tests.scan.conftest import jsonl, pieces, posts
from tests.scan.test_local import parted

pytest.importorskip("ray", reason="Ray is not installed: make cluster")
pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own, of its own parts

_STORE = 100 * 2**20  # bytes of shared memory a node


@pytest.fixture
def nodes() -> Iterator[Any]:
    """A cluster whose head only leads; two nodes of one core each work."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": _STORE}
    made = Cluster(initialize_head=True, head_node_args=head)
    made.workers = [made.add_node(num_cpus=1, object_store_memory=_STORE) for _ in range(2)]
    made.wait_for_nodes()
    yield made
    made.shutdown()


def test_a_lost_node_costs_time_only(nodes: Any, job: Job, tmp_path: Path) -> None:
    """One of two nodes is killed in the run: the parts are those of one process on this machine, to the byte."""
    cut = pieces(jsonl(tmp_path / "a.jsonl", posts(120)), 3)
    worker = Worker(job)
    expected = [worker.done(piece) for piece in cut]
    assert parted(list(cluster.run(cut, job, nodes.address, 2))) == expected
    found: list[Part] = []
    for part in cluster.run(cut, job, nodes.address, None):
        found.append(part)
        if len(found) == 3:
            nodes.remove_node(nodes.workers[0], allow_graceful=False)
    assert parted(found) == expected


def test_what_a_task_cannot_do_ends_the_run(nodes: Any, job: Job, tmp_path: Path) -> None:
    """Its reason comes back as it does from a process."""
    file = jsonl(tmp_path / "a.jsonl", posts(4))
    cut = pieces(file, 3)
    file.unlink()
    with pytest.raises(RyoshikiError, match=r"a\.jsonl"):
        list(cluster.run(cut, job, nodes.address, None))
