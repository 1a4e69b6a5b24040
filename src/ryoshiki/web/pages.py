"""The pages made from the guideline's data, and the one way in which every page is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from string import Formatter
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from ryoshiki import __version__
from ryoshiki.checks.photo import TRACES
from ryoshiki.desk.questions import Question
from ryoshiki.desk.scope import ANSWERS, Kind, kinds
from ryoshiki.desk.stafflist import answers, read
from ryoshiki.desk.training import Case
from ryoshiki.model import Clause, Draft, Guideline, Sign
from ryoshiki.report.phrases import PHRASES
from ryoshiki.sight import Sight
from ryoshiki.web.multipart import form
from ryoshiki.web.phrases import LANGUAGES, Phrases, phrases

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
_EXAMPLES = 5  # of each kind, for one sign
_ABOUT = "2"  # the number of the section that tells what social media are


@dataclass(frozen=True)
class Pages:
    """Makes pages of one guideline; ``lang`` is spoken where the address asks for no other."""

    guideline: Guideline
    lang: str = "ja"
    questions: tuple[Question, ...] = ()
    cases: tuple[Case, ...] = ()
    desk: bool = False  # whether records are kept

    def page(self, request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
        """The page of ``templates/NAME.html`` in the language that the address asks for.

        Besides ``context`` a template has: ``say`` (the pages' words), ``terms`` (the report's words), ``lang``,
        ``other_lang``, ``other_href`` (this page in the other language), ``link(path)``, ``guideline``, ``questions``,
        ``cases``, ``desk``, ``signed_in`` (``name``, ``token``, ``password``; None where nobody had to sign in),
        ``version`` and ``page`` (``name``, unless ``context`` says otherwise). A name that is missing is an error.
        """
        lang = self.spoken(request)
        other = next(each for each in LANGUAGES if each != lang)
        # A path that begins with two strokes would lead to another host; what came with a form has no address.
        here = "/" + quote(request.scope["path"].lstrip("/")) if request.method in ("GET", "HEAD") else "/"
        given: dict[str, Any] = {
            "say": phrases()[lang],
            "terms": PHRASES[lang],
            "lang": lang,
            "other_lang": other,
            "other_href": self.address(here, other),
            "link": lambda path: self.address(path, lang),
            "guideline": self.guideline,
            "questions": self.questions,
            "cases": self.cases,
            "desk": self.desk,
            "signed_in": getattr(request.state, "signed_in", None),
            "version": __version__,
            "page": name,
        }
        return HTMLResponse(_TEMPLATES.get_template(f"{name}.html").render(given | context), status)

    def spoken(self, request: Request) -> str:
        """The language asked for by ``?lang=``, or the one set."""
        asked = request.query_params.get("lang")
        return asked if asked in LANGUAGES else self.lang

    def address(self, path: str, lang: str) -> str:
        """The address of a page of ours in a language; ``path`` may have a query and a fragment."""
        if lang == self.lang:
            return path
        base, stroke, fragment = path.partition("#")
        return f"{base}{'&' if '?' in base else '?'}lang={lang}{stroke}{fragment}"


def router(pages: Pages) -> APIRouter:
    """The leaflet, the rules, what social media are, and the manifest, at their addresses."""
    guideline = pages.guideline
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    clauses = guideline.clauses.values()

    @routes.get("/leaflet")
    def leaflet(request: Request) -> Response:
        asked = [r.question for r in guideline.rules.values() if guideline.clauses[r.clause].origin == "guideline"]
        own = (clause for clause in clauses if clause.origin == "guideline")
        return pages.page(request, "leaflet", sections=_sections(own), asked=asked, scope=bool(kinds(guideline.folder)))

    @routes.get("/rules")
    def rules(request: Request) -> Response:
        return pages.page(request, "rules", sections=_rules(guideline))

    @routes.get("/rules/{id}")
    def rule(request: Request, id: str) -> Response:
        if id not in guideline.rules:
            raise HTTPException(404)
        found = guideline.rules[id]
        lang = pages.spoken(request)
        shown = [(sign, _blanks(sign.message), _proofs(sign, lang)) for sign in found.signs]
        clause = guideline.clauses[found.clause]
        return pages.page(request, "rule", page="rules", rule=found, clause=clause, signs=shown)

    @routes.get("/social-media")
    def social_media(request: Request) -> Response:
        kinds = _kinds(c for c in clauses if c.id.split("-")[0] == _ABOUT and c.origin == "guideline")
        return pages.page(request, "social-media", kinds=kinds)

    @routes.get("/questions")
    def questions(request: Request) -> Response:
        if not pages.questions:
            raise HTTPException(404)
        topics = {q.topic: [each for each in pages.questions if each.topic == q.topic] for q in pages.questions}
        return pages.page(request, "questions", topics=topics)

    @routes.get("/scope")
    def scope(request: Request) -> Response:
        known = kinds(guideline.folder)
        if not known:
            raise HTTPException(404)
        return pages.page(request, "scope", groups={a: [k for k in known if k.covered == a] for a in ANSWERS})

    @routes.post("/scope")
    async def staff_list(request: Request) -> Response:
        """A staff list comes back as a table of answers, in memory all the way."""
        _, files = await form(request)
        known, lang = kinds(guideline.folder), pages.spoken(request)
        table = await run_in_threadpool(_answered, files[0] if files else b"", known, lang)
        headers = {"content-disposition": "attachment; filename=scope.csv"}
        return Response(table, media_type="text/csv; charset=utf-8", headers=headers)

    @routes.get("/manifest.webmanifest")
    def manifest() -> Response:
        return JSONResponse(_manifest(pages.lang), media_type="application/manifest+json")

    return routes


def _answered(data: bytes, known: tuple[Kind, ...], lang: str) -> bytes:
    return b"".join(answers(read(BytesIO(data), known), lang, lambda _: None))


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_TEMPLATES = _environment()

Section = tuple[str, list[Clause]]


def _sections(clauses: Iterable[Clause]) -> list[Section]:
    return [(name, list(group)) for name, group in groupby(clauses, lambda clause: clause.section)]


def _rules(guideline: Guideline) -> list[tuple[str, list[Any]]]:
    """Sections of the guideline with the rules of their clauses, in the guideline's order; none is empty."""
    found = []
    for section, clauses in _sections(guideline.clauses.values()):
        rules = [(r, c) for c in clauses for r in guideline.rules.values() if r.clause == c.id]
        if rules:
            found.append((section, rules))
    return found


def _kinds(clauses: Iterable[Clause]) -> list[tuple[str, str, list[tuple[str, str, Clause]]]]:
    """Clauses whose titles begin alike (``よい点：``), under that beginning in both languages, which may be empty."""
    split = [(*_headed(c.title, "："), *_headed(c.title_en, ": "), c) for c in clauses]
    return [
        (kind, kind_en, [(title, title_en, clause) for _, title, _, title_en, clause in group])
        for (kind, kind_en), group in groupby(split, lambda parts: (parts[0], parts[2]))
    ]


def _headed(title: str, mark: str) -> tuple[str, str]:
    kind, found, rest = title.partition(mark)
    return (kind, rest[:1].upper() + rest[1:]) if found else ("", title)


def _blanks(message: str) -> str:
    """A sign's message as it stands before a draft fills its places."""
    return "".join(words + ("…" if slot is not None else "") for words, slot, _, _ in Formatter().parse(message))


@dataclass(frozen=True, slots=True)
class _Example:
    """A draft that proves a sign, as the page shows it: its words, and lines about what goes with them."""

    text: str
    notes: tuple[str, ...]
    in_photo: bool  # the text stands for the letters in a photo


def _proofs(sign: Sign, lang: str) -> list[tuple[str, list[_Example]]]:
    in_photo = sign.reads == ("photo",)
    both = (("flags", sign.flags), ("passes", sign.passes))
    return [(key, [_example(d, lang, in_photo) for d in drafts[:_EXAMPLES]]) for key, drafts in both if drafts]


def _example(draft: Draft, lang: str, in_photo: bool) -> _Example:
    say, terms = phrases()[lang], PHRASES[lang]
    notes = [f"{terms['reply']}: {draft.reply_to}"] if draft.reply_to else []
    if draft.posted_at:
        notes.append(f"{say['rule_posted_at']}: {draft.posted_at:%Y-%m-%d %H:%M}")
    if draft.account == "official":
        notes.append(terms["official"])
    for photo in draft.photos:
        notes.append(f"{terms['photo']}: {_shown(photo.sight, say, terms) if photo.sight else photo.name}")
    return _Example(draft.text, tuple(notes), in_photo)


def _shown(sight: Sight, say: Phrases, terms: Mapping[str, str]) -> str:
    """What a picture shows, in a line; what stands in it is Japanese."""
    seen = [terms["faces"].format(n=len(sight.faces))] if sight.faces else []
    seen += [f"「{line.text}」" for line in sight.lines] + [f"「{code.text}」" for code in sight.codes]
    seen += [f"{TRACES[trace.kind]}（{trace.value}）" for trace in sight.traces]
    seen += [say["rule_skin"]] if sight.nudity else []
    return "、".join(seen) or terms["none"]


def _manifest(lang: str) -> dict[str, Any]:
    say = phrases()[lang]
    icons = [
        {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        {"src": "/static/icon-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": "/static/icon-512.png", "sizes": "512x512", "type": "image/png"},
        {"src": "/static/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    photos = {"name": "photos", "accept": ["image/*"]}
    return {
        "id": "/",
        "name": say["app_name"],
        "short_name": say["app_short_name"],
        "description": say["app_description"],
        "lang": lang,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": icons,
        "share_target": {
            "action": "/share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "url": "url", "files": [photos]},
        },
    }
