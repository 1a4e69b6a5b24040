"""privacy-masker with its patterns and handles; its models are not on the package index."""

from __future__ import annotations

from benchmarks.adapters.protocol import Finder, serve


def load() -> Finder:
    from privacy_masker import Policy, PrivacyEngine  # type: ignore[import-not-found]
    from privacy_masker.detectors import HandleDetector, RegexDetector  # type: ignore[import-not-found]

    detectors = [RegexDetector.default_ja(), HandleDetector()]
    engine = PrivacyEngine(detectors=detectors, policy=Policy.preset("llm_input"))
    return lambda case: [found.entity_type for found in engine.detect(case["text"])]


if __name__ == "__main__":
    serve("privacy-masker", load)
