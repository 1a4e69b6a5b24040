"""Who is covered by the guideline, and which duties of the law then hold: the kinds of people in ``scope.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from ryoshiki.desk.folder import tables, verify_keys

# Read as the rest of the folder is read: the same layers, the same refusals.
from ryoshiki.guideline import DEFAULT, NAME, ORIGINS, Source, base_of, clauses_in, files_in
from ryoshiki.model import Clause, Origin, RyoshikiError
from ryoshiki.reading.folding import fold

Answer = Literal["yes", "no", "depends"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
_KIND_TEXTS = ("id", "title", "title_en", "covered", "clause", "why")
_ARTICLE_TEXTS = ("id", "title", "title_en", "words")
_NEAREST = 8  # names offered for one that is unknown
_LONGEST = 100  # characters of a name; no kind is called by more


@dataclass(frozen=True, slots=True)
class Duty:
    """An article of the law, and whether it holds for a kind of people. It is never the guideline's own."""

    article: str
    title: str
    title_en: str
    words: str
    applies: Answer
    origin: Origin = "general-law"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of people. ``covered`` is what ``clause`` says; ``names`` are id, title and aliases, folded."""

    id: str
    title: str
    title_en: str
    aliases: tuple[str, ...]
    covered: Answer
    clause: Clause
    why: str
    duties: tuple[Duty, ...]
    names: frozenset[str] = field(repr=False)

    def called(self, lang: str) -> str:
        """Its title in a language."""
        return self.title if lang == "ja" else self.title_en


def kinds(folder: Path | str | None = None) -> tuple[Kind, ...]:
    """The kinds of a guideline folder (None: the built-in one) or of its base; none where neither has a scope.toml.

    Raises:
        GuidelineError: one line that names file, line and reason.
    """
    own = Path(folder) if folder is not None else DEFAULT
    layers = [own, *base_of(Source.read(own / "guideline.toml"))]
    path = files_in(layers, "scope.toml").get("scope.toml")
    if path is None:
        return ()
    source = Source.read(path)
    return tuple(_kinds(source, _articles(source), {c.id: c for c in clauses_in(layers)}))


def known(text: str, kinds: Iterable[Kind]) -> Kind | None:
    """The kind of this id, title or alias; width, case, spaces, brackets and dots do not count."""
    name = folded(text)
    return next((kind for kind in kinds if name in kind.names), None)


def find(text: str, kinds: Iterable[Kind]) -> Kind:
    """As `known`.

    Raises:
        RyoshikiError: there is none of that name; the nearest names are given.
    """
    found = known(text, kinds := tuple(kinds))
    if found is not None:
        return found
    near = ", ".join(_near(text, kinds))
    hint = f"もしかして (did you mean): {near}" if near else "一覧 (list): ryoshiki scope"
    raise RyoshikiError(f"{text[:_LONGEST]!r} という種類はありません (no such kind)。{hint}")


def folded(name: str) -> str:
    """The letters and digits of a name in one width and case."""
    return "".join(c for c in fold(name).text if c.isalnum())


def _near(text: str, kinds: Iterable[Kind]) -> list[str]:
    """Names that hold the text or look like it, of each kind one."""
    name = folded(text)
    if not name or len(name) > _LONGEST:
        return []
    shown = {folded(n): (n, kind.id) for kind in kinds for n in (kind.title, *kind.aliases, kind.id)}
    holding = [n for n in shown if len(name) > 1 and name in n]
    of_kind: dict[str, str] = {}
    for n in (*holding, *get_close_matches(name, shown, n=_NEAREST, cutoff=0.5)):
        display, id = shown[n]
        of_kind.setdefault(id, display)
    return list(of_kind.values())[:_NEAREST]


def _articles(source: Source) -> dict[str, Mapping[str, str]]:
    rows = tables(source, "article", _ARTICLE_TEXTS)
    return {table["id"]: source.strings(table, _ARTICLE_TEXTS, near) for table, near in rows}


def _kinds(source: Source, articles: Mapping[str, Mapping[str, str]], clauses: Mapping[str, Clause]) -> Iterator[Kind]:
    owners: dict[str, str] = {}
    for table, near in tables(source, "kind", {*_KIND_TEXTS, "aliases", "duties"}):
        texts = source.strings(table, _KIND_TEXTS, near)
        aliases, duties = table.get("aliases", []), table.get("duties")
        if not NAME.match(texts["id"]):
            raise source.error(f"kind id {texts['id']!r} is not lower-case-with-hyphens", near)
        if texts["covered"] not in ANSWERS:
            raise source.error(f"covered: {texts['covered']!r} is none of {', '.join(ANSWERS)}", near)
        if texts["clause"] not in clauses:
            raise source.error(f"clause: there is no clause {texts['clause']!r}", near)
        if not isinstance(aliases, list) or not all(isinstance(a, str) and folded(a) for a in aliases):
            raise source.error("aliases: a list of names is needed", near)
        if not isinstance(duties, list):
            raise source.error("duties: a list is needed", near)
        names = frozenset(map(folded, (texts["id"], texts["title"], *aliases)))
        if taken := sorted(names & owners.keys()):
            raise source.error(f"kind {texts['id']}: {taken[0]!r} is a name of {owners[taken[0]]} too", near)
        owners |= dict.fromkeys(names, texts["id"])
        yield Kind(
            **{**texts, "clause": clauses[texts["clause"]]},  # type: ignore[arg-type]
            aliases=tuple(aliases),
            duties=tuple(_duty(source, duty, articles, near) for duty in duties),
            names=names,
        )


def _duty(source: Source, given: Any, articles: Mapping[str, Mapping[str, str]], near: str) -> Duty:
    """``"34"``: the article holds as it stands; a table says otherwise."""
    table = {"article": given} if isinstance(given, str) else given
    if not isinstance(table, dict):
        raise source.error("duties: an article's id or a table is needed", near)
    verify_keys(source, table, {"article", "applies", "words", "origin"}, near)
    id, applies, origin = table.get("article"), table.get("applies", "yes"), table.get("origin", "general-law")
    if not isinstance(id, str) or id not in articles:
        raise source.error(f"duties: there is no article {id!r}", near)
    if applies not in ANSWERS:
        raise source.error(f"duty {id}: applies: {applies!r} is none of {', '.join(ANSWERS)}", near)
    if origin not in ORIGINS or origin == "guideline":
        raise source.error(f"duty {id}: origin: {origin!r} is none of general-law, others-practice", near)
    # What an article says to those for whom it holds would mislead the others.
    if applies != "yes" or "words" in table:
        source.strings(table, ("words",), near)
    article = articles[id]
    return Duty(id, article["title"], article["title_en"], table.get("words", article["words"]), applies, origin)
