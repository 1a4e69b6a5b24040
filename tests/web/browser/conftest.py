"""The real page in a real browser: `ryoshiki web` as people start it, and Debian's (or any other) Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Playwright, expect, sync_playwright

from tests.pictures import encoded, people

FACES = people(90, 80)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run")
EVENING = "2026-06-12T21:14:00+09:00"  # a Friday after work, so that the clock says nothing
ABSENT = "no Chromium here, so the page was not tried: install it (apt-get install chromium) and run make test again"


def chromium() -> str:
    """The browser's program. Where it must be there (REQUIRE_BROWSER, as in CI) its absence is a failure."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(ABSENT)
    if found is None:
        pytest.skip(ABSENT)
    return found


@dataclass
class Served:
    """A page that is being served by a process of its own."""

    address: str
    process: subprocess.Popen[str]
    command: list[str]

    @property
    def port(self) -> str:
        return self.address.rpartition(":")[2]

    def kill(self) -> str:
        """End it at once; returns what it had written."""
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        return self.process.stdout.read()


@contextmanager
def serving(home: Path, *options: str, port: str = "0", store: str = "") -> Iterator[Served]:
    """`ryoshiki web` with nobody's settings and records, until the block ends."""
    command = [sys.executable, "-m", "ryoshiki", "web", "--no-browser", "--port", port, *options]
    env = {k: v for k, v in os.environ.items() if not k.startswith("RYOSHIKI_")} | {
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        **({"RYOSHIKI_STORE": store} if store else {}),
    }
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.search(r"http://\S+", said)
        assert address, said + process.stdout.read()
        yield Served(address[0], process, command)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one page for all tests."""
    with serving(tmp_path_factory.mktemp("home")) as page:
        yield page.address


@pytest.fixture(scope="package")  # no longer: its event loop would be in the way of others
def playwright() -> Iterator[Playwright]:
    chromium()
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    yield running
    running.close()


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Open]:
    """Opens the page in a fresh profile. What a script lets fall, and any request elsewhere, fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(path: str = "/", *, clock: str | None = EVENING, **options: Any) -> Page:
        settings = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**(settings | options))
        contexts.append(context)
        if clock:
            context.clock.set_fixed_time(clock)
        context.on("request", lambda request: _watch(request.url, wrong))
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda line: wrong.append(f"{line.type}: {line.text}") if "Policy" in line.text else None)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(served + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def _watch(url: str, wrong: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "blob:", "data:")):
        wrong.append(f"elsewhere: {url}")


def write(page: Page, text: str) -> None:
    """Put a draft in, and wait until it has been read."""
    with page.expect_response("**/api/v1/review") as answer:
        page.fill("#draft", text)
    answer.value.finished()
    page.wait_for_function("!document.querySelector('#status').textContent.includes('書き始める')")


def payload(image: Image.Image, format: str = "JPEG", name: str = "IMG_0001", **options: Any) -> FilePayload:
    """A photo as it is chosen from a folder."""
    return {"name": name, "mimeType": f"image/{format.lower()}", "buffer": encoded(image, format, **options)}


def add(page: Page, *photos: FilePayload) -> None:
    """Choose photos, and wait until they have been read and reviewed."""
    before = page.locator(".photo").count()
    page.set_input_files("#photo-input", list(photos))
    expect(page.locator(".photo")).to_have_count(before + len(photos))
    settled(page)


def settled(page: Page) -> None:
    expect(page.locator(".photo .busy")).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(400)  # the review that follows


def marked(page: Page) -> list[str]:
    """The words that are marked, in order."""
    return page.locator("#mirror .mark").all_text_contents()
