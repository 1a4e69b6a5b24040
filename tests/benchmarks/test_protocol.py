"""What an adapter answers, with a tool that looks for one letter."""

import json
import subprocess
import sys
from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest

from benchmarks.adapters import protocol
from benchmarks.adapters.protocol import Finder, answer, peak_mb
from benchmarks.adapters.ryoshiki import draft_of
from benchmarks.drafts import OURS, Drafts

LINES = ['{"id": "a", "text": "xyx"}\n', "\n", '{"id": "b", "text": "z"}\n']


def fake() -> Finder:
    def find(case: dict[str, Any]) -> Iterable[str]:
        return ["X" for letter in case["text"] if letter == "x"]

    return find


def test_an_answer_has_the_kinds_of_every_draft_in_order() -> None:
    """Empty lines are passed over; a draft without findings has an empty list."""
    said = answer("pytest", fake, LINES, least=0)
    assert said["kinds"] == [["X", "X"], []]
    assert (said["drafts"], said["passes"]) == (2, 1)
    assert said["version"] == pytest.__version__


def test_a_quick_tool_reads_the_drafts_again_and_again() -> None:
    """Only so can it be timed; what it found is told once."""
    said = answer("pytest", fake, LINES, least=0.01)
    assert said["passes"] > 1
    assert said["seconds"] >= 0.01
    assert len(said["kinds"]) == 2


def test_an_adapter_writes_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else goes to standard output."""
    monkeypatch.setattr(protocol, "forbid_network", lambda: None)  # a hook cannot be taken off again
    monkeypatch.setattr(sys, "argv", ["adapter", "0"])
    out = StringIO()
    protocol.serve("pytest", fake, StringIO("".join(LINES)), out)
    assert json.loads(out.getvalue())["drafts"] == 2


def test_whoever_reaches_for_the_network_fails() -> None:
    """Even a look-up of a name is refused."""
    program = "from benchmarks.adapters.protocol import forbid_network as f; f(); import socket"
    program += "; socket.getaddrinfo('host.example', 80)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "reaches for the network (socket.getaddrinfo)" in ran.stderr


def test_memory_is_in_megabytes() -> None:
    """A Python process holds a few, not thousands."""
    assert 5 < peak_mb() < 5_000


def test_our_own_drafts_are_of_the_form() -> None:
    """Each has an id of its own, labels, and a text that holds its quotes."""
    cases = Drafts.read("ours", OURS).cases
    assert len({case["id"] for case in cases}) == len(cases)
    for case in cases:
        assert draft_of(case).text == case["text"]
        assert all(quote in case["text"] and rule in case["labels"] for rule, quote in case["quotes"])
