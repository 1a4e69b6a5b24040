"""Questions are counted as found, found among three, or rightly left unanswered."""

from __future__ import annotations

from benchmarks.questions import figures
from ryoshiki.desk.questions import Question, Questions


def question(id: str, ask: str) -> Question:
    return Question(id, "話", ask, "", (), "答え", "", "ask", ())


def test_shares_are_of_what_can_be_right() -> None:
    """A strange question is right when nothing comes back, another when its own is among the first three."""
    search = Questions((question("photo", "写真を載せてよいですか"), question("lunch", "昼休みに書いてよいですか")))
    asked: list[dict[str, str | None]] = [
        {"ask": "写真を載せたい", "id": "photo"},
        {"ask": "写真を載せたい", "id": "lunch"},  # comes second, so it is among three
        {"ask": "会議室の鍵", "id": None},
    ]
    table = figures({"all": asked}, search)
    assert [row[1] for row in table.rows] == ["0.50 (2)", "1.00 (2)", "1.00 (1)"]
