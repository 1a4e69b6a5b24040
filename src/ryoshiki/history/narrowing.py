"""The part of the page that tells by which facts the author could be known, and which posts to take away first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Protocol

from ryoshiki.history.circle import POPULATION, Fact, Step, advice, people
from ryoshiki.history.facts import Told, kinds
from ryoshiki.history.posts import Post

_MOST_STEPS, _MOST_SHOWN = 8, 3  # of the advice, and of the posts of one step
_EXCERPT = 60  # characters of a post
_FEW = 2  # people: fewer are one


class Page(Protocol):
    """What the page lends: its words, and how it shows when a post was and the way to it."""

    lang: str

    def say(self, key: str, **facts: object) -> str: ...

    def when(self, post: Post) -> str: ...

    def way(self, post: Post) -> str: ...


def section(told: Told, page: Page) -> str:
    """The part as HTML; "" where nothing was found."""
    facts = told.facts()
    if not facts:
        return ""
    head = "".join(f'<th scope="col">{page.say(key)}</th>' for key in ("fact-kind", "fact-words", "fact-posts"))
    rows = "".join(_row(fact, page) for fact in facts)
    steps = "".join(_step(step, told, page) for step in advice(facts)[:_MOST_STEPS])
    left = page.say("circle", town=f"{POPULATION:,}", n=_roughly(people(facts)))
    return (
        f'<h2 id="known">{page.say("known")}</h2><p>{page.say("known-lead")}</p>'
        f'<div class="scroll" role="region" aria-labelledby="known" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"<p><b>{left}</b> {page.say('circle-rough')}</p>"
        + (f"<h3>{page.say('widen')}</h3><p>{page.say('widen-lead')}</p><ol>{steps}</ol>" if steps else "")
    )


def as_dict(told: Told) -> dict[str, Any]:
    """The same for JSON: facts with the ids of their posts, and the steps."""
    facts = told.facts()
    return {
        "town": POPULATION,
        "people": round(people(facts)),
        "facts": [{"kind": f.kind, "value": f.value, "posts": list(f.posts)} for f in facts],
        "advice": [{"posts": list(s.posts), "people": round(s.people)} for s in advice(facts)],
    }


def _row(fact: Fact, page: Page) -> str:
    kind = kinds()[fact.kind]
    title = kind.title if page.lang == "ja" else kind.title_en
    return (
        f'<tr><th scope="row">{escape(title)}</th><td lang="ja">{escape(fact.value)}</td>'
        f"<td>{len(fact.posts):,}</td></tr>"
    )


def _step(step: Step, told: Told, page: Page) -> str:
    posts = "".join(f"<li>{line}</li>" for line in _posts(step, told.posts, page))
    values = "、".join(f"「{escape(fact.value)}」" for fact in step.gone)
    after = page.say("circle-still" if step.people < _FEW else "circle-after", n=_roughly(step.people))
    return f'<li><p><span lang="ja">{values}</span> {after}</p><ul>{posts}</ul></li>'


def _posts(step: Step, posts: Mapping[str, Post], page: Page) -> Iterator[str]:
    for post in (posts[id] for id in step.posts[:_MOST_SHOWN] if id in posts):
        words = " ".join(post.text.split())
        shown = words if len(words) <= _EXCERPT else words[:_EXCERPT] + "…"
        yield f'{page.when(post)} <span lang="ja">{escape(shown)}</span>{page.way(post)}'


def _roughly(number: float) -> str:
    """One figure and noughts: the rest would pretend to know more."""
    if number < _FEW:
        return "1"
    unit = 10 ** int(math.log10(number))
    return f"{round(number / unit) * unit:,}"
