"""What a draft says, read once and lazily; the checks share one `Reading` and none reads the draft again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from ryoshiki.model import Draft, Guideline, Medium, Organisation, Span
from ryoshiki.reading.folding import Folded, fold, loosen
from ryoshiki.reading.scan import Hit, Scan
from ryoshiki.reading.sentences import sentences
from ryoshiki.reading.stance import stance
from ryoshiki.reading.standing import spelled_out, stands_alone
from ryoshiki.reading.stretches import Stretches

if TYPE_CHECKING:
    from ryoshiki.reading.date_forms import DateMention
    from ryoshiki.reading.identifiers import Identifier
    from ryoshiki.reading.links import Link
    from ryoshiki.reading.meaning import View
    from ryoshiki.reading.people import Person
    from ryoshiki.reading.photo.page import Page
    from ryoshiki.reading.times import TimeMention
    from ryoshiki.reading.tokens import Token, Words
    from ryoshiki.sight import Sight

ENTITIES = ("person", "place", "url", "mention", "hashtag", "date")  # besides the kinds of identifiers


class Reading:
    """One draft under one guideline. All spans are in code points of the draft's own text.

    Heavy parts (the tokeniser, names, identifiers) are imported and run only when a check asks. ``meaning`` is what
    the local model read, if it did: it reads many drafts at once, so that `ryoshiki.review` asks it beforehand.
    ``page`` is the picture whose letters the text is, where it is not the author's own.
    """

    def __init__(
        self, draft: Draft, guideline: Guideline, meaning: View | None = None, page: Page | None = None
    ) -> None:
        self.draft, self.guideline, self.meaning, self.page = draft, guideline, meaning, page
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._stretches: dict[str, Stretches] = {}
        self._stances: dict[Span, frozenset[str]] = {}
        self._people: dict[int, tuple[Person, ...]] = {}

    @property
    def text(self) -> str:
        return self.draft.text

    @property
    def medium(self) -> Medium:
        return "draft" if self.page is None else "photo"

    @property
    def organisation(self) -> Organisation:
        return self.guideline.organisation

    @cached_property
    def reply(self) -> Reading | None:
        """The text that the draft answers, read in the same way."""
        said = self.draft.reply_to
        return Reading(Draft(said), self.guideline) if said and said.strip() else None

    @cached_property
    def sights(self) -> tuple[Sight, ...]:
        """What each photo shows."""
        if not self.draft.photos:
            return ()
        from ryoshiki.reading.photo import see

        return tuple(map(see, self.draft.photos))

    @property
    def pages(self) -> Iterator[Reading]:
        """The letters in each photo, read in the same way."""
        if self.sights:
            from ryoshiki.reading.photo.page import Page

            for page in map(Page, self.sights):
                letters = page.draft(self.draft)
                if letters is not None:
                    yield Reading(letters, self.guideline, page=page)

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def loose(self) -> Folded:
        return loosen(self.folded)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return sentences(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _words(self) -> Words:
        from ryoshiki.reading.tokens import Words

        return Words(self.folded.text, map(self.folded.index, self._sentence_starts))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        from ryoshiki.reading.tokens import tokens

        return tokens(self.folded, self._words)

    def people(self, numbers: Iterable[int]) -> Iterator[Person]:
        """The people named in the sentences of these numbers. To find them takes the tokeniser: each is read once."""
        from ryoshiki.reading.people import people
        from ryoshiki.reading.tokens import tokens

        for number in numbers:
            if number not in self._people:
                words = self._words.sentence(self.folded.index(self.sentences[number].start))
                self._people[number] = people(tokens(self.folded, words), self.text, self.organisation)
            yield from self._people[number]

    @cached_property
    def places(self) -> tuple[Span, ...]:
        from ryoshiki.reading.people import places

        return places(self.tokens, self.text)

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        from ryoshiki.reading.identifiers import identifiers

        return identifiers(self.folded)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        from ryoshiki.reading.links import links

        return links(self.folded)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        from ryoshiki.reading.clock import local
        from ryoshiki.reading.dates import dates

        posted = self.draft.posted_at
        return dates(self.folded.text, local(posted, self.organisation).date() if posted else None)

    @cached_property
    def times(self) -> tuple[TimeMention, ...]:
        from ryoshiki.reading.times import times

        return times(self.folded.text)

    @cached_property
    def _scan(self) -> Scan:
        return self.guideline.vocabulary.scan(self.folded, lambda: self.loose)  # type: ignore[no-any-return]

    @property
    def present(self) -> frozenset[str]:
        """The word classes that could have hits, and what else there may be to look at: "@meaning", "@url", "@date" ….

        Cheap: no tokeniser, no pattern of the guideline, no entity is read.
        """
        from ryoshiki.reading import date_forms, links, times

        text = self.folded.text
        there = {
            "@meaning": self.meaning is not None,
            "@photo": bool(self.draft.photos),
            "@url": links.possible(text),
            "@date": date_forms.possible(text),
            "@time": times.possible(text),
        }
        return self._scan.present.union([name for name, may_be in there.items() if may_be])

    def hits(self, name: str, near: Sequence[int] | None = None) -> tuple[Hit, ...]:
        """Hits of a word class ("shared/duty") or an entity ("@person", "@phone"), in order of place.

        ``near``: numbers of the sentences that matter; where it saves time, hits elsewhere are left out.
        """
        found = self._hits.get(name)
        if found is None:
            if name == "@person" and near is not None:
                return self._named(near)
            raw = self._entity(name[1:]) if name[0] == "@" else self._standing(self._scan.hits(name))
            found = self._hits[name] = tuple(sorted(raw, key=itemgetter(0)))  # by span
        return found

    def overlapping(self, name: str, span: Span) -> Iterator[Span]:
        """Where hits of a class or an entity share a letter with the span."""
        if name not in self._stretches:
            self._stretches[name] = Stretches(hit.span for hit in self.hits(name))
        return self._stretches[name].overlapping(span)

    def _named(self, numbers: Iterable[int]) -> tuple[Hit, ...]:
        return tuple(_entity_hit(person.span) for person in self.people(numbers) if not person.public)

    def _standing(self, raw: list[Hit]) -> list[Hit]:
        eaten = [hit.span for hit in raw if hit.mode == "-"]
        if eaten:
            blocks = Stretches(eaten)
            raw = [hit for hit in raw if not blocks.cover(hit.span)]
        return [hit for hit in raw if self._stands(hit)]

    def _stands(self, hit: Hit) -> bool:
        if hit.mode == "":
            assert hit.folded is not None
            return stands_alone(self.folded.text, *hit.folded, self._begins_word)
        return hit.mode != "~" or spelled_out(
            self.text, hit.span, lambda offset: self._begins_word(self.folded.index(offset))
        )

    def _begins_word(self, offset: int) -> bool:
        return self._words.begin_at(offset)

    def _entity(self, kind: str) -> list[Hit]:
        spans: list[Span]
        if kind == "person":
            return list(self._named(range(len(self.sentences))))
        if kind == "place":
            spans = list(self.places)
        elif kind == "url":
            spans = [link.span for link in self.links]
        elif kind in ("mention", "hashtag"):
            from ryoshiki.reading import links

            spans = list(links.mentions(self.folded) if kind == "mention" else links.hashtags(self.folded))
        elif kind == "date":
            spans = [self.folded.span(d.start, d.end) for d in self.dates if d.day is not None]
        else:
            spans = [i.span for i in self.identifiers if i.kind == kind]
        return list(map(_entity_hit, spans))

    def sentence_number(self, span: Span) -> int:
        """Index of the sentence in which the span begins."""
        return max(0, bisect_right(self._sentence_starts, span.start) - 1)

    def sentence_numbers(self, span: Span) -> range:
        """Indices of the sentences that the span lies in."""
        return range(self.sentence_number(span), self.sentence_number(Span(span.end - 1, span.end)) + 1)

    def sentence_of(self, span: Span) -> Span:
        return self.sentences[self.sentence_number(span)]

    def stance(self, span: Span) -> frozenset[str]:
        """How the words at the span are used: negated, warned, denied, quoted, asked, conditional, attributed."""
        held = self._stances.get(span)
        if held is None:
            held = self._stances[span] = stance(self.text, self.sentence_of(span), span)
        return held


def _entity_hit(span: Span) -> Hit:
    return Hit(span, None, "@", {})
