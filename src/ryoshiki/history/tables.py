"""All that was found in an archive as JSON and as CSV: every post with notes, in the archive's order."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from io import StringIO
from typing import Any

from ryoshiki.desk.stafflist import defused
from ryoshiki.history.narrowing import as_dict
from ryoshiki.history.page import Story
from ryoshiki.history.state import Note
from ryoshiki.history.survey import Looked, Survey
from ryoshiki.history.words import WORDS

_BOM = "\ufeff"  # by which Excel knows UTF-8
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ja": ("日時", "種類", "重さ", "条項", "規則", "言葉", "どうする", "問いかけ", "URL", "ID", "本文"),
    "en": ("Time", "Kind", "Weight", "Clause", "Rule", "Words", "What to do", "Ask yourself", "URL", "ID", "Text"),
}


def as_json(story: Story, lang: str) -> str:
    """One object; its keys and their order are the contract. A place counts code points of the post's own text."""
    survey = story.survey
    made = {
        "service": story.service.id or None,
        "posts": survey.posts,
        "first": survey.first.isoformat() if survey.first else None,
        "last": survey.last.isoformat() if survey.last else None,
        "on_duty": survey.on_duty,
        "rules": {rule.id: counts.total() for rule, counts in survey.rules()},
        "noted": [_post(looked, survey) for looked in survey.noted],
        "known_by": as_dict(story.told),
        "problems": [asdict(problem) for problem in story.problems],
        "unchecked": list(story.unchecked),
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _post(looked: Looked, survey: Survey) -> dict[str, Any]:
    post = looked.post
    return {
        "id": post.id,
        "kind": post.kind,
        "posted_at": post.posted_at.isoformat() if post.posted_at else None,
        "url": post.url,
        "deleted": post.deleted,
        "audience": post.audience,
        "text": post.text,
        "notes": [_note(note, looked, survey) for note in looked.notes],
    }


def _note(note: Note, looked: Looked, survey: Survey) -> dict[str, Any]:
    sign, rule = survey.signs[note.sign]
    media = [ref.name for ref in looked.post.media if ref.kind == "photo" and ref.name is not None]
    return {
        "rule": rule.id,
        "sign": sign.id,
        "clause": rule.clause,
        "severity": sign.severity,
        "start": note.start,
        "end": note.end,
        "quote": _quote(note, looked),
        "photo": media[note.photo] if note.photo is not None and note.photo < len(media) else None,
        "advice": sign.advice,
        "question": rule.question,
    }


def _quote(note: Note, looked: Looked) -> str:
    return looked.post.text[note.start : note.end] if note.start is not None else ""


def as_csv(story: Story, lang: str) -> str:
    """A line a note, in UTF-8 with a mark for Excel; no cell is a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS[lang])
    for looked in story.survey.noted:
        writer.writerows([defused(cell) for cell in row] for row in _rows(looked, story.survey, lang))
    return _BOM + text.getvalue()


def _rows(looked: Looked, survey: Survey, lang: str) -> Iterator[list[str]]:
    post, words = looked.post, WORDS[lang]
    at = post.posted_at.strftime("%Y-%m-%d %H:%M") if post.posted_at else ""
    for note in looked.notes:
        sign, rule = survey.signs[note.sign]
        title = rule.title_en if lang == "en" else rule.title
        about = [at, words[post.kind], words[survey.level(note)], rule.clause, title, _quote(note, looked)]
        yield [*about, sign.advice, rule.question, post.url or "", post.id, post.text]


FORMATS: Mapping[str, Callable[[Story, str], str]] = {"json": as_json, "csv": as_csv}
