"""kakushi with GiNZA reading the names."""

from __future__ import annotations

from benchmarks.adapters.protocol import Finder, serve


def load() -> Finder:
    import kakushi  # type: ignore[import-not-found]

    if not kakushi.is_ner_available():  # it would go on without, and we would say that it had read names
        raise RuntimeError("GiNZA cannot be loaded")
    return lambda case: [found.entity_type.value for found in kakushi.find_all(case["text"])]


if __name__ == "__main__":
    serve("kakushi", load)
