"""A child of `measure.py`: one large picture through all readers, again and again."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.adapters.protocol import peak_mb
from ryoshiki import Draft, Photo, load, review
from ryoshiki.reading.photo.opening import opened, upright

READERS = ("letters", "faces", "codes", "nudity")


def timed(do: Callable[[], Any]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun


def main(path: Path, rounds: int) -> None:
    guideline = load()
    draft = Draft("きょうの一枚", photos=(Photo(path.name, path.read_bytes()),))
    first = timed(lambda: review(draft, guideline))
    seconds = [timed(lambda: review(draft, guideline)) for _ in range(rounds)]
    image = upright(opened(path.read_bytes())).image
    parts: dict[str, list[float]] = {}
    for name in READERS:
        reader = getattr(import_module(f"ryoshiki.reading.photo.{name}"), name)
        parts[name] = [timed(lambda reader=reader: reader(image)) for _ in range(rounds)]  # type: ignore[misc]
    json.dump({"first": first, "seconds": seconds, "parts": parts, "peak": peak_mb()}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
