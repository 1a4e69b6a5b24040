"""What to do when something went wrong: the paths and replies of ``trouble.toml``. No record is needed to read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

from ryoshiki.desk.folder import tables, verify_keys
from ryoshiki.desk.scope import ANSWERS, Answer
from ryoshiki.guideline import DEFAULT, NAME, ORIGINS, Source, base_of, clauses_in, files_in
from ryoshiki.model import Clause, Origin, RyoshikiError

_SAID = ("id", "words", "words_en")
_STEP = (*_SAID, "why", "why_en")
_WAY = ("id", "title", "title_en", "fits", "fits_en", "city_work")
_REPLY = ("id", "title", "title_en", "when", "when_en")
_LONGEST_TERM = 3650  # days
Part = TypeVar("Part", bound="Said")


@dataclass(frozen=True, slots=True)
class Said:
    """Words in both languages, under an id that records refer to."""

    id: str
    words: str
    words_en: str

    def spoken(self, lang: str) -> str:
        """The words in that language."""
        return self.words if lang == "ja" else self.words_en


@dataclass(frozen=True, slots=True)
class Step(Said):
    """Something to do. It rests on ``clause``, or where the guideline is silent on ``origin``."""

    why: str
    why_en: str
    origin: Origin
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class Deadline(Said):
    """A term that the law sets, in days, of which the day of learning of it is the first.

    ``soonest`` where the law asks to be quick: "3 to 5 days".
    """

    days: int
    soonest: int | None
    origin: Origin

    def last(self, known_on: date) -> date:
        """The last day, for what was learned of on that day. Holidays do not move it: rather early than late."""
        return known_on + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of trouble, and the way through it. ``city_work``: whether it mostly touches the city's work."""

    id: str
    title: str
    title_en: str
    fits: str
    fits_en: str
    city_work: Answer
    steps: tuple[Step, ...]
    keep: tuple[Said, ...]
    avoid: tuple[Said, ...]
    questions: tuple[Said, ...]
    deadlines: tuple[Deadline, ...]
    tell: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A draft of a calm reply: ``text`` with a place for each of ``fields``; "" advises to send none."""

    id: str
    title: str
    title_en: str
    when: str
    when_en: str
    text: str
    fields: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a guideline folder knows of trouble; nothing where it has no trouble.toml."""

    ways: tuple[Way, ...] = ()
    replies: tuple[Reply, ...] = ()

    def way(self, id: str) -> Way:
        """The way of this id.

        Raises:
            RyoshikiError: there is none; the nearest ids are given.
        """
        return _named(id, self.ways, "できごと (kind of trouble)")

    def reply(self, id: str) -> Reply:
        """The reply of this id.

        Raises:
            RyoshikiError: there is none; the nearest ids are given.
        """
        return _named(id, self.replies, "返事 (reply)")


Named = TypeVar("Named", Way, Reply)


def _named(id: str, known: Sequence[Named], what: str) -> Named:
    found = next((each for each in known if id in (each.id, each.title)), None)
    if found is not None:
        return found
    ids = [each.id for each in known]
    near = ", ".join(get_close_matches(id, ids, n=3, cutoff=0.4) or ids) or "なし (none)"
    raise RyoshikiError(f"{id[:40]!r} という{what}はありません。あるもの (there are): {near}")


def trouble(folder: Path | str | None = None) -> Trouble:
    """What a guideline folder (None: the built-in one) says, or its base; nothing where neither has a trouble.toml.

    Raises:
        GuidelineError: one line that names file, line and reason.
    """
    own = Path(folder) if folder is not None else DEFAULT
    layers = [own, *base_of(Source.read(own / "guideline.toml"))]
    path = files_in(layers, "trouble.toml").get("trouble.toml")
    if path is None:
        return Trouble()
    source = Source.read(path)
    clauses = {clause.id: clause for clause in clauses_in(layers)}
    return Trouble(tuple(_ways(source, clauses)), tuple(_replies(source)))


def _ways(source: Source, clauses: Mapping[str, Clause]) -> Iterator[Way]:
    steps = {step.id: step for step in _steps(source, clauses)}
    deadlines = {deadline.id: deadline for deadline in _deadlines(source)}
    said = {name: {s.id: s for s in _saids(source, name)} for name in ("keep", "avoid", "question", "tell")}
    lists = ("steps", "keep", "avoid", "questions", "deadlines", "tell")
    for table, texts, near in _rows(source, "path", _WAY, lists):
        if texts["city_work"] not in ANSWERS:
            raise source.error(f"city_work: {texts['city_work']!r} is none of {', '.join(ANSWERS)}", near)
        yield Way(
            **texts,  # type: ignore[arg-type]
            steps=_chosen(source, table, "steps", steps, near),
            keep=_chosen(source, table, "keep", said["keep"], near),
            avoid=_chosen(source, table, "avoid", said["avoid"], near),
            questions=_chosen(source, table, "questions", said["question"], near),
            deadlines=_chosen(source, table, "deadlines", deadlines, near),
            tell=_chosen(source, table, "tell", said["tell"], near),
        )


def _chosen(
    source: Source, table: Mapping[str, Any], key: str, known: Mapping[str, Part], near: str
) -> tuple[Part, ...]:
    """The parts that a way names."""
    ids = table.get(key)
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        raise source.error(f"{key}: a list of ids is needed", near)
    if unknown := [id for id in ids if id not in known]:
        raise source.error(f"{key}: there is no {unknown[0]!r}", near)
    if len(set(ids)) < len(ids):
        raise source.error(f"{key}: an id is there twice", near)
    return tuple(known[id] for id in ids)


def _saids(source: Source, name: str) -> Iterator[Said]:
    yield from (Said(**texts) for _, texts, _ in _rows(source, name, _SAID))


def _steps(source: Source, clauses: Mapping[str, Clause]) -> Iterator[Step]:
    for table, texts, near in _rows(source, "step", _STEP, ("clause", "origin")):
        if ("clause" in table) == ("origin" in table):
            raise source.error("either clause or origin is needed", near)
        if "origin" in table:
            origin, clause = _not_ours(source, table["origin"], near), None
        elif (clause := clauses.get(str(table["clause"]))) is not None:
            origin = clause.origin
        else:
            raise source.error(f"clause: there is no clause {table['clause']!r}", near)
        yield Step(**texts, origin=origin, clause=clause)


def _deadlines(source: Source) -> Iterator[Deadline]:
    for table, texts, near in _rows(source, "deadline", _SAID, ("days", "from", "origin")):
        days, soonest = table.get("days"), table.get("from")
        if type(days) is not int or not 0 < days <= _LONGEST_TERM:
            raise source.error(f"days: a whole number from 1 to {_LONGEST_TERM} is needed", near)
        if soonest is not None and (type(soonest) is not int or not 0 < soonest <= days):
            raise source.error("from: a whole number from 1 to days is needed", near)
        origin = _not_ours(source, table.get("origin", "general-law"), near)
        yield Deadline(**texts, days=days, soonest=soonest, origin=origin)


def _not_ours(source: Source, given: Any, near: str) -> Origin:
    """What rests on no clause is never the guideline's own."""
    if given not in ORIGINS or given == "guideline":
        raise source.error(f"origin: {given!r} is none of general-law, others-practice", near)
    return given  # type: ignore[no-any-return]


def _replies(source: Source) -> Iterator[Reply]:
    for table, texts, near in _rows(source, "reply", _REPLY, ("text", "fields")):
        text, given = table.get("text"), table.get("fields")
        if not isinstance(text, str) or not isinstance(given, list):
            raise source.error("text: a text is needed; fields: a list", near)
        fields = tuple(_field(source, field, near) for field in given)
        ids = [field.id for field in fields]
        if _slots(source, text, near) != set(ids) or len(set(ids)) < len(ids):
            raise source.error("text and fields: each field has its place in the text as {id}, and no other", near)
        yield Reply(**texts, text=text.strip(), fields=fields)


def _field(source: Source, given: Any, near: str) -> Said:
    if not isinstance(given, dict):
        raise source.error("fields: tables with id, words, words_en are needed", near)
    verify_keys(source, given, _SAID, near)
    texts = source.strings(given, _SAID, near)
    if not texts["id"].isidentifier():
        raise source.error(f"field id {texts['id']!r} is no plain name", near)
    return Said(**texts)


def _slots(source: Source, text: str, near: str) -> set[str]:
    """The names in braces: plain ones, so that filling them in reaches nothing else."""
    try:
        parts = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError as reason:
        raise source.error(f"text: {reason}", near) from None
    if any(spec or conversion for _, spec, conversion in parts):
        raise source.error("text: write {id} and nothing more between the braces", near)
    return {name for name, _, _ in parts}


def _rows(
    source: Source, name: str, texts: tuple[str, ...], more: tuple[str, ...] = ()
) -> Iterator[tuple[dict[str, Any], dict[str, str], str]]:
    """Each table of this name, its texts, which are all needed, and what marks its place."""
    for table, near in tables(source, name, (*texts, *more)):
        if not NAME.match(table["id"]):
            raise source.error(f"{name} id {table['id']!r} is not lower-case-with-hyphens", near)
        yield table, source.strings(table, texts, near), near
