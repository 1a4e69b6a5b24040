"""namemask with its rules and addresses, without a reader of names."""

from __future__ import annotations

from benchmarks.adapters.protocol import Finder, serve


def load() -> Finder:
    from namemask.config import load_config  # type: ignore[import-not-found]
    from namemask.pipeline import build_default_pipeline, run_pipeline  # type: ignore[import-not-found]

    detectors = build_default_pipeline(load_config(), use_ner=False, use_address=True)
    return lambda case: [span.type for span in run_pipeline(case["text"], detectors)]


if __name__ == "__main__":
    serve("namemask", load)
