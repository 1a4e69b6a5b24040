"""Many posts at once: one worker, two, and two nodes of a Ray cluster; and what a billion posts would take."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.child import BrokenError, output
from benchmarks.drafts import ROOT
from benchmarks.tables import Section, Table, render, spread

ROUNDS = 2
CHUNK = {"words": 500, "model": 200}  # with small pieces Ray hands round more than its nodes work
SKIPPED = 4  # parts that come before the clock starts: until then, workers are still beginning, on a second node last
POSTS = {"words": 9_000, "model": 3_600}  # of one run: twenty to thirty seconds of one worker on a quiet core
BILLION = 1_000_000_000
_CORES = (1, 2, 16, 64, 1_000, 10_000)
_CORPUS = "training/corpus/*.jsonl"


def section(_: Path) -> Section:
    """The part of the page on the scan."""
    with tempfile.TemporaryDirectory() as folder:
        sources = {kind: posts(Path(folder) / f"{kind}.jsonl", count) for kind, count in POSTS.items()}
        took = {kind: measured(source, kind, Path(folder)) for kind, source in sources.items()}
        bytes_in = {kind: source.stat().st_size / POSTS[kind] for kind, source in sources.items()}
    parts = [
        f"Posts of `{_CORPUS}`, in turn, as JSON lines, in pieces of {CHUNK['words']}, or {CHUNK['model']} with the"
        f" model; results in Parquet. A run is timed from its part {SKIPPED} to its last, so that starting processes"
        f" and opening the model does not count; it is told beside. {ROUNDS} rounds; in each the kinds of run follow"
        " one another. *By processor time*: how many times one worker it would be had each worker a core of its own;"
        " all counts that workers, and Ray with them, spend.",
        render(curve(took)),
        _load(),
        "A billion posts, by these figures (seconds a post of one worker × 10⁹ / 3,600):",
        render(reckoning(took, bytes_in)),
        _HONEST,
    ]
    return Section("Many posts", "python -m benchmarks scan", tuple(parts))


_HONEST = """Honestly: no billion posts were read. The core-hours are this machine's, which has two cores, shared
with others, and no VNNI; the hours on many cores are those divided by the cores, which holds as long as reading the
input, handing out pieces and writing the parts keep up. One process cuts the input and writes all the parts, with Ray
as well: it is busy for the hours in the last line (measured with pieces of 500; larger ones cost less), however many
others work, and more cores than that can feed should be given several runs, each with a folder of its own of the
input. `--chunk 20000` keeps the number of parts small (50,000). Ray was measured with two nodes on one machine, not
over a network."""


def posts(path: Path, count: int) -> Path:
    """Texts of the corpus, again and again, each with an id of its own."""
    texts = [
        json.loads(line)
        for file in sorted(ROOT.glob(_CORPUS))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    texts = [{key: text.get(key) for key in ("text", "platform", "account", "posted_at", "reply_to")} for text in texts]
    step = 37  # all writers, also where few posts are read
    rows = ({"id": n, **texts[n * step % len(texts)]} for n in range(count))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def measured(source: Path, kind: str, folder: Path) -> dict[str, list[dict[str, float]]]:
    """By the kind of run, what `benchmarks.scanning` says of each round."""
    engines = ["1", "2", *(["ray 1", "ray 2"] if _has_ray() else [])]
    took: dict[str, list[dict[str, float]]] = {engine: [] for engine in engines}
    digests = set()
    for number in range(ROUNDS):
        for engine in engines:
            out = folder / f"{kind}-{engine}-{number}"
            said = json.loads(
                output(
                    [
                        "-m",
                        "benchmarks.scanning",
                        engine,
                        kind,
                        str(source),
                        str(out),
                        *map(str, (CHUNK[kind], SKIPPED)),
                    ]
                )
            )
            digests.add(said.pop("digest"))
            took[engine].append(said)
    if len(digests) != 1:
        raise BrokenError("the runs do not agree to the byte")
    return took


def curve(took: dict[str, dict[str, list[dict[str, float]]]]) -> Table:
    """Posts a second, and how many times those of one worker, round by round."""
    rows = []
    for kind, engines in took.items():
        for engine, rounds in engines.items():
            pairs = list(zip(engines["ray 1" if engine.startswith("ray") else "1"], rounds, strict=True))
            workers = int(engine[-1])
            cells = (
                spread([_timed(kind) / one["seconds"] for one in rounds], 0),
                spread([base["seconds"] / one["seconds"] for base, one in pairs]),
                spread([workers * base["cpu"] / one["cpu"] for base, one in pairs]) if rounds[0]["cpu"] else "–",
                _TARGETS.get(engine, "–"),
                spread([one["start"] for one in rounds], 1),
            )
            rows.append((f"{_NAMES[kind]}, {_ENGINES[engine]}", *cells))
    columns = ("run", "posts a second", "times one worker", "by processor time", "target", "first part after (s)")
    return Table(columns, tuple(rows))


_NAMES = {"words": "words and patterns", "model": "with the local model"}
_ENGINES = {"1": "1 worker", "2": "2 workers", "ray 1": "Ray, 1 node", "ray 2": "Ray, 2 nodes"}
_TARGETS = {"2": "≥ 1.80", "ray 2": "≥ 1.60"}


def _timed(kind: str) -> int:
    """The posts that are timed: all but those of the parts before the clock starts."""
    return POSTS[kind] - SKIPPED * CHUNK[kind]


def reckoning(took: dict[str, dict[str, list[dict[str, float]]]], bytes_in: dict[str, float]) -> Table:
    """Core-hours and hours for a billion posts, and what goes in and comes out."""
    rows = []
    for kind, engines in took.items():
        a_post = median(one["cpu"] or one["seconds"] for one in engines["1"]) / _timed(kind)
        hours = a_post * BILLION / 3_600
        out = median(one["bytes"] for one in engines["1"]) / POSTS[kind]
        rows += [
            (f"{_NAMES[kind]}: processor time of a post (ms)", f"{1_000 * a_post:.2f}"),
            (f"{_NAMES[kind]}: core-hours", f"{hours:,.0f}"),
            *((f"{_NAMES[kind]}: hours on {cores:,} cores", f"{hours / cores:,.1f}") for cores in _CORES if cores > 2),
            (f"{_NAMES[kind]}: Parquet that comes out (GB)", f"{out * BILLION / 1e9:,.0f}"),
        ]
    rows.append(("JSON lines that go in (GB)", f"{bytes_in['words'] * BILLION / 1e9:,.0f}"))
    writing = median(one["keep"] for one in took["words"]["1"]) / POSTS["words"]
    rows.append(("the one process that cuts and writes: hours", f"{writing * BILLION / 3_600:,.1f}"))
    return Table(("of a billion posts", "figure"), tuple(rows))


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return "How busy the machine was is not known."
    load = os.getloadavg()[1]
    cores = os.cpu_count() or 1
    busy = " Others were at work as well: times the workers shared are theirs too." if load > cores + 1 else ""
    return f"Load of the last five minutes: {load:.1f} on {cores} cores.{busy}"


def _has_ray() -> bool:
    try:
        import ray  # noqa: F401
    except ImportError:
        return False
    return True
