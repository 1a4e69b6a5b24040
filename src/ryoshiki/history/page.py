"""The page that looks back: the posts to look at first, and pictures of all. It asks for nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files

from ryoshiki.history import charts, narrowing
from ryoshiki.history.facts import Told
from ryoshiki.history.posts import Post, Problem
from ryoshiki.history.source import Service
from ryoshiki.history.survey import LEVELS, Survey, duty
from ryoshiki.history.words import WORDS
from ryoshiki.model import Finding, Report
from ryoshiki.reading.clock import hours, local
from ryoshiki.report.frame import Frame, clause_line, photo_line
from ryoshiki.report.html import policy
from ryoshiki.report.marking import Segment, segments, visible

_STYLE = files("ryoshiki.history").joinpath("page.css").read_text(encoding="utf-8")
_WHOLE = 1_200  # characters of a post that is shown in full
_AROUND = 150  # characters shown on each side of a note in a longer one
_GAP = " … "


@dataclass(frozen=True, slots=True)
class Card:
    """A post that is shown, with its review."""

    post: Post
    report: Report


@dataclass(frozen=True, slots=True)
class Story:
    """All that the page tells. ``unchecked`` are sentences."""

    survey: Survey
    service: Service
    cards: Sequence[Card]
    problems: Sequence[Problem]
    unchecked: Sequence[str]
    told: Told


def render(story: Story, frame: Frame) -> str:
    """A whole HTML document."""
    page = _Page(story, frame)
    head = _HEAD.format(lang=frame.lang, policy=policy(_STYLE), title=page.say("title"), style=_STYLE)
    return head + "\n".join(page.parts()) + "\n</main></body></html>\n"


_HEAD = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex"><title>{title}</title><style>{style}</style></head><body><main>
"""


class _Page:
    def __init__(self, story: Story, frame: Frame) -> None:
        self.story, self.frame, self.words = story, frame, WORDS[frame.lang]
        self.survey, self.guideline = story.survey, story.survey.guideline
        self.lang = frame.lang
        self.days = self.words["days"].split()
        self.gap = "" if frame.lang == "ja" else " "  # between sentences

    def say(self, key: str, **facts: object) -> str:
        return _escaped(self.words[key].format(**facts))

    def parts(self) -> Iterable[str]:
        yield f"<h1>{self.say('title')}</h1>"
        yield f'<p class="yours">{self.say("yours")}</p>'
        yield self._summary()
        if self.story.cards:
            yield f"<h2>{self.say('first')}</h2>"
            if len(self.story.cards) < len(self.survey.noted):
                yield f"<p>{self.say('shown', all=len(self.survey.noted), n=len(self.story.cards))}</p>"
            yield f'<ol class="cards">{"".join(map(self._card, self.story.cards))}</ol>'
        yield narrowing.section(self.story.told, self)
        if self.survey.noted:
            yield self._over_time()
            yield self._by_rule()
        if self.survey.hours:
            yield self._hours()
        yield self._list("unread", [self._problem(p) for p in self.story.problems], self.say("unread-lead"))
        yield self._list("unchecked", map(_escaped, self.story.unchecked), "")

    def _summary(self) -> str:
        survey, facts = self.survey, {"service": self.story.service.title, "n": self.survey.posts}
        if survey.first and survey.last:
            read = self.say("read", first=f"{survey.first:%Y-%m-%d}", last=f"{survey.last:%Y-%m-%d}", **facts)
        else:
            read = self.say("read-undated", **facts)
        if not survey.noted:
            return f'<p class="lead">{read}{self.gap}{self.say("nothing")}</p>'
        levels = survey.levels()
        tell = self.guideline.organisation.tell or "—"
        counts = "".join(
            f'<li class="{level}"><b>{levels[level]:,}</b> <span>{self.say(level)}</span></li>'
            for level in LEVELS
            if levels[level]
        )
        return (
            f'<p class="lead">{read}{self.gap}{self.say("noted", n=len(survey.noted))}</p>'
            f"<p>{self.say('calm')}{self.gap}{self.say('deleting', tell=tell)}</p>"
            f'<p class="soft" id="counts">{self.say("posts-with")}</p>'
            f'<ul class="counts" aria-labelledby="counts">{counts}</ul>'
        )

    def _card(self, card: Card) -> str:
        post, findings = card.post, card.report.findings
        level = next((s for s in LEVELS for f in findings if self._level(f) == s), "confirm")
        facts = [self.say(post.kind)] + ([self.say(post.audience)] if post.audience else [])
        facts += [self.say("deleted")] if post.deleted else []
        notes = "".join(f"<li>{self._note(n, f)}</li>" for n, f in enumerate(findings, 1))
        text = f'<blockquote lang="ja">{_marked(post.text, findings)}</blockquote>' if post.text else ""
        return (
            f'<li class="card {level}"><h3>{self.when(post)} <span class="soft">{"・".join(facts)}</span></h3>'
            f'{text}<ol class="notes" lang="ja">{notes}</ol>{self.way(post)}</li>\n'
        )

    def _level(self, finding: Finding) -> str:
        signs = self.survey.signs
        return "on-duty" if finding.sign in signs and signs[finding.sign][0].kind == "clock" else finding.severity

    def _note(self, number: int, finding: Finding) -> str:
        level, phrases = self._level(finding), self.frame.phrases
        place = photo_line(finding, phrases)
        where = f"<p>{_escaped(phrases['photo'])}: {_escaped(place)}</p>" if place else ""
        rows = "".join(
            f"<dt>{self._framed(key)}</dt><dd>{_escaped(words)}</dd>"
            for key, words in (("advice", finding.advice), ("question", finding.question))
            if words
        )
        return (
            f'<h4 class="{level}">{number}. <span class="label">{self._framed(level)}</span> '
            f"{_escaped(clause_line(finding, self.guideline, phrases))}</h4>"
            f"<p>{_escaped(finding.message)}</p>{where}<dl>{rows}</dl>"
        )

    def _framed(self, key: str) -> str:
        """Words of the frame among Japanese ones."""
        said = self.say(key)
        return said if self.frame.lang == "ja" else f'<span lang="{self.frame.lang}">{said}</span>'

    def when(self, post: Post) -> str:
        if post.posted_at is None:
            return self.say("undated-post")
        at: datetime = local(post.posted_at, self.guideline.organisation)
        return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d} ({self.days[at.weekday()]}) {at:%H:%M}</time>'

    def way(self, post: Post) -> str:
        """How to get to the post, to mend or delete it there."""
        if post.deleted:
            return ""
        if post.url:
            return f'<p class="way"><a href="{escape(post.url)}" rel="noreferrer noopener">{self.say("open")}</a></p>'
        said = self.say("manage", service=self.story.service.title)
        page = self.story.service.activity
        link = f' <a href="{escape(page)}" rel="noreferrer noopener">{self.say("activity")}</a>' if page else ""
        return f'<p class="way soft">{said}{link}</p>'

    def _over_time(self) -> str:
        rows = self.survey.over_time()
        levels = [level for level in LEVELS if any(counts[level] for _, _, counts in rows)]
        chart = charts.bars([(name, counts) for name, _, counts in rows], LEVELS, self.words["over-time"])
        head = [self.say("when"), self.say("posts"), *map(self.say, levels)]
        body = [
            [_escaped(name), f"{posts:,}", *(f"{counts[level]:,}" for level in levels)] for name, posts, counts in rows
        ]
        legend = "".join(f'<li class="{level}"><span>{self.say(level)}</span></li>' for level in levels)
        return (
            f"<h2>{self.say('over-time')}</h2><p>{self.say('over-time-lead')}</p>"
            f'<ul class="legend" aria-hidden="true">{legend}</ul>{chart}{self._folded(head, body)}'
        )

    def _by_rule(self) -> str:
        rows = self.survey.rules()
        most = max((counts.total() for _, counts in rows), default=0)
        body = []
        for rule, counts in rows:
            clause = self.guideline.clauses.get(rule.clause)
            english = self.frame.lang == "en"
            named = (clause.title_en if english else clause.title) if clause else ""
            title = _escaped(rule.title_en if english else rule.title)
            about = f'{title} <span class="soft">{_escaped(f"{rule.clause} {named}")}</span>'
            body.append([about, f"{counts.total():,} {charts.bar(counts, LEVELS, most)}"])
        head = [self.say("rule"), self.say("notes")]
        return f'<h2 id="rules">{self.say("by-rule")}</h2>{_table(head, body, "rules")}'

    def _hours(self) -> str:
        organisation = self.guideline.organisation
        shifts = organisation.shifts[:1]
        lead = self.say("hours-lead", shift=hours(shifts[0])) if shifts else self.say("hours-none")
        worked = self.gap + self.say("hours-duty", n=self.survey.on_duty) if shifts else ""
        chart = charts.heat(self.survey.hours, duty(organisation), self.days, self.words["hours"])
        head = [self.say("day"), *(f"{hour}" for hour in range(24))]
        body = [
            [_escaped(day), *(f"{self.survey.hours[number, hour]:,}" for hour in range(24))]
            for number, day in enumerate(self.days)
        ]
        return f"<h2>{self.say('hours')}</h2><p>{lead}{worked}</p>{chart}{self._folded(head, body)}"

    def _folded(self, head: list[str], body: list[list[str]]) -> str:
        return f"<details><summary>{self.say('table')}</summary>{_table(head, body)}</details>"

    def _problem(self, problem: Problem) -> str:
        times = self.say("times", n=problem.count) if problem.count > 1 else ""
        return f"<b>{_escaped(problem.part)}</b>: {_escaped(problem.reason)}{times}"

    def _list(self, title: str, items: Iterable[str], lead: str) -> str:
        shown = "".join(f"<li>{item}</li>" for item in items)
        return f"<h2>{self.say(title)}</h2><p>{lead}</p><ul>{shown}</ul>" if shown else ""


def _table(head: Sequence[str], body: Iterable[Sequence[str]], name: str = "") -> str:
    """A table whose first column names the row; it scrolls by itself where it is too wide."""
    columns = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    rows = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in body
    )
    label = f' aria-labelledby="{name}"' if name else ""
    return (
        f'<div class="scroll" tabindex="0" role="group"{label}><table>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _marked(text: str, findings: Sequence[Finding]) -> str:
    """The words of a post with the notes' places marked; of a long one what stands around them."""
    shown = _shown(text, findings)
    parts, before = [], 0
    for segment in segments(text, findings):
        for start, end in _within(segment, shown):
            if start > before:
                parts.append(_GAP)
            words, before = _escaped(text[start:end]), end
            parts.append(f'<mark class="{segment.severity}">{words}</mark>' if segment.severity else words)
        parts += [f"<sup>{n}</sup>" for n in segment.ending]
    return "".join(parts) + (_GAP if before < len(text) else "")


def _shown(text: str, findings: Sequence[Finding]) -> list[tuple[int, int]]:
    """Ranges of ``text`` that are shown, in order and apart."""
    if len(text) <= _WHOLE:
        return [(0, len(text))]
    spans = sorted(f.span for f in findings if f.span is not None)
    shown: list[tuple[int, int]] = []
    for start, end in [(0, 0), *((s.start, min(s.end, s.start + _WHOLE)) for s in spans)]:
        start, end = max(0, start - _AROUND), min(len(text), end + _AROUND)
        if shown and start <= shown[-1][1]:
            start, end = shown[-1][0], max(end, shown.pop()[1])
        shown.append((start, end))
    return shown


def _within(segment: Segment, shown: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    cut = ((max(segment.start, start), min(segment.end, end)) for start, end in shown)
    return ((start, end) for start, end in cut if start < end)


def _escaped(text: str) -> str:
    return escape(visible(text))
