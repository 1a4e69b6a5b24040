"""The page: how heavy it is at first, how soon marks follow a pause in typing, and fifty people who type at once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.child import BrokenError, output
from benchmarks.drafts import Drafts
from benchmarks.tables import Section, Table, render

LETTERS = 140
TRIES = 60
PEOPLE, SECONDS = 50, 30
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_TYPE = """async (texts) => {
  const field = document.querySelector("#draft"), count = document.querySelector("#count"), took = [];
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const put = (text) => { field.value = text; field.dispatchEvent(new Event("input")); };
  for (const text of texts) {
    put(text.slice(0, -1));
    await rest(700);
    const drawn = new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(performance.now()); });
      seen.observe(count, { childList: true, characterData: true, subtree: true });
    });
    const key = performance.now();
    put(text);
    took.push(await drawn - key);
  }
  return took;
}"""


def section(drafts: Drafts) -> Section:
    """The part of the page of benchmarks on the page of the checker."""
    texts = [case["text"] for case in drafts.cases]
    with _serving() as address:
        rows = [*_seen_in_a_browser(address, texts), *_together(address, drafts.path)]
    parts = (
        f"The real server with the model, and Chromium on the same machine. A draft of {LETTERS} characters is read"
        f" after its last key, {TRIES} times: from the key to the marks on the screen, the pause that the page"
        f" waits for included. Then {PEOPLE} people type for {SECONDS} s, a few letters at a time, with the page's own"
        " pattern of requests, from a process on the same cores.",
        render(Table(("measure", "median", "p95", "most"), tuple(rows))),
    )
    return Section("The page", "python -m benchmarks web", parts)


@contextmanager
def _serving() -> Iterator[str]:
    command = [sys.executable, "-m", "ryoshiki", "web", "--no-browser", "--port", "0"]
    with tempfile.TemporaryDirectory() as home:
        env = {"XDG_CONFIG_HOME": home, "PATH": "/usr/bin:/bin"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as server:
            assert server.stdout is not None
            said = re.search(r"http://\S+", server.stdout.readline())
            if said is None:
                raise BrokenError("ryoshiki web did not start")
            try:
                yield said[0]
            finally:
                server.kill()


def _seen_in_a_browser(address: str, texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise BrokenError("there is no Chromium")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=list(_FLAGS))
        page = browser.new_page()
        loaded: list[float] = []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
        page.goto(address, wait_until="networkidle")
        yield "first load (KB)", f"{sum(loaded) / 1024:.0f}", "", ""
        page.evaluate(_TYPE, _long(texts)[:5])  # not counted: the model and the dictionary come into memory
        yield _row(f"from the last key to the marks, {LETTERS} characters (ms)", page.evaluate(_TYPE, _long(texts)))
        browser.close()


def _long(texts: Sequence[str]) -> list[str]:
    """Texts of exactly so many letters, pieced together from drafts; the last one changes the length that is shown."""
    whole = "".join(texts)
    return [whole[at : at + LETTERS - 1].replace("\n", " ") + "。" for at in range(0, LETTERS * TRIES, LETTERS)]


def _together(address: str, path: Path) -> Iterator[tuple[str, ...]]:
    met: dict[str, Any] = json.loads(
        output(["-m", "benchmarks.typists", address, str(PEOPLE), str(SECONDS), str(path)])
    )
    yield _row(f"{PEOPLE} people at once, from a pause to the answer (ms)", [1_000 * wait for wait in met["waits"]])
    yield f"their answers a second, of {SECONDS} s", f"{len(met['waits']) / SECONDS:.0f}", "", ""
    yield "their errors", f"{len(met['failed'])}", "", ""


def _row(name: str, took: Sequence[float]) -> tuple[str, ...]:
    if len(took) < 2:
        raise BrokenError(f"{name}: no answers")
    return name, f"{median(took):.0f}", f"{quantiles(took, n=20)[-1]:.0f}", f"{max(took):.0f}"
