"""A small guideline and reports made by hand: the renderers are tried without the engine."""

from __future__ import annotations

import pytest

from ryoshiki.model import (
    Clause,
    Draft,
    Finding,
    Fix,
    Guideline,
    Organisation,
    Origin,
    Platform,
    Report,
    Rule,
    Severity,
    Span,
    Unchecked,
)


@pytest.fixture
def guideline() -> Guideline:
    """Two clauses: one of the guideline, one of general law."""
    clauses = [
        Clause(
            "5-1-1",
            "5 禁止事項",
            "個人の情報",
            "Personal information",
            "個人の情報は出しません。",
            "guideline",
        ),
        Clause("law-38", "法律", "副業", "Side business", "許可のない副業はできません。", "general-law"),
    ]
    rule = Rule(
        "personal-info", "仕事で知った人のこと", "People known from duty", "5-1-1", "stop",
        "なぜならば。", "消しましょう。", "本人が読んだら？", "写真は見ません。", (),
    )  # fmt: skip
    organisation = Organisation("室蘭市", *((),) * 10, tell="所属長", closed_days=(), closed_dates=(), shifts=())
    return Guideline(
        id="sample", title="見本のガイドライン", version="1", source="https://www.city.example/",
        organisation=organisation, clauses={c.id: c for c in clauses}, rules={rule.id: rule},
        platforms={"x": Platform("x", "X", "だれでも", "できない", "できない", 280, "weighted")}, vocabulary=None,
    )  # fmt: skip


class Maker:
    """Makes findings for words of one draft."""

    def __init__(self, text: str) -> None:
        self.draft = Draft(text)
        self.findings: list[Finding] = []

    def note(
        self, quote: str | None, severity: Severity = "stop", fix: str | None = None, origin: Origin = "guideline"
    ) -> Maker:
        """Add a finding on the first ``quote`` in the draft; None: on the whole of it."""
        span = None
        if quote is not None:
            at = self.draft.text.index(quote)
            span = Span(at, at + len(quote))
        number = len(self.findings) + 1
        self.findings.append(
            Finding(
                rule="personal-info",
                sign=f"personal-info/sign-{number}",
                clause="5-1-1" if origin == "guideline" else "law-38",
                severity=severity,
                span=span,
                quote=quote or "",
                message=f"「{quote}」は、仕事で知った人のことかもしれません。" if quote else "勤務時間中の投稿です。",
                advice="消すか、言いかえましょう。",
                question="本人が読んだら、どう思いますか。",
                origin=origin,
                fix=Fix(span, fix) if span is not None and fix is not None else None,
                fingerprint=f"{number:016x}",
            )
        )
        return self

    def report(self, waived: int = 0) -> Report:
        """All findings, the last ``waived`` of them accepted earlier."""
        cut = len(self.findings) - waived
        unchecked = (Unchecked("写真 a.jpg", "この版は写真の中身をまだ読みません。"),)
        return Report(tuple(self.findings[:cut]), tuple(self.findings[cut:]), unchecked)


@pytest.fixture
def making() -> type[Maker]:
    return Maker
