"""Keep persons out of what a trainer writes: the record names none, a trainer's words might.

What stands in the record word for word is not read again. The finder is given by the door: what
finds names is the reading of judgments' own, which this package does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.casebook.draft import DEFAULT_TITLE, NOTHING, CaseDraft, Draft, Said, refused
from search.casebook.material import Material, Matter, matter_of
from search.casebook.questions import propose_questions
from search.model import Language
from search.text.sentences import sentences

NameFinder = Callable[[str, Language], Sequence[str]]  # the names and private details in a text


@dataclass(frozen=True, slots=True)
class Edited:
    """Words that the trainer has written, and where."""

    where: str  # title, facts, procedure, question or answer
    language: Language
    text: str
    matter: str = ""  # "" for what belongs to no case
    number: int = 0  # of the stage or question, from 1


@dataclass(frozen=True, slots=True)
class Found:
    """A name, number or address of a person in words of the trainer."""

    words: str
    place: Edited
    case: int  # from 1; 0: of no case


def edited_texts(material: Material, draft: Draft) -> tuple[Edited, ...]:
    """Return what the trainer has written in the place of the record's words, or beside them."""
    found = list(_said("title", draft.title)) if draft.title != DEFAULT_TITLE else []
    for case in draft.cases:
        found += _of_case(matter_of(material, case.matter), case)
        found += _of_questions(material, draft, case.matter)
    return tuple(found)


def find_names(material: Material, draft: Draft, find: NameFinder | None) -> tuple[Found, ...]:
    """Return the names in the trainer's words; raise BadRequest where nothing can tell."""
    edited = edited_texts(material, draft)
    if find is None:
        if edited:
            raise refused("unchecked", "Nothing here can check edited texts for persons' names.")
        return ()
    cases = {matter: number for number, matter in enumerate(draft.matters, 1)}
    return tuple(
        Found(words, each, cases.get(each.matter, 0))
        for each in edited
        for words in find(each.text, each.language)
    )


def refuse_names(material: Material, draft: Draft, find: NameFinder | None) -> None:
    """Raise BadRequest where the trainer's words name persons, or where nothing can tell."""
    found = find_names(material, draft, find)
    if found:
        listed = "; ".join(_describe(each) for each in found)
        raise refused(
            "names",
            "What you have written seems to name a person or a private detail. Take it out or "
            f"write it as a role; nothing was exported. Found: {listed}.",
            found=listed,
            count=len(found),
        )


def _describe(found: Found) -> str:
    place = found.place
    parts = [f"case {found.case}"] if found.case else []
    parts += [place.where + (f" {place.number}" if place.number else ""), place.language]
    return f"“{found.words}” ({', '.join(parts)})"


def _of_case(matter: Matter, case: CaseDraft) -> Iterator[Edited]:
    for language in Language:
        record = {
            _squeezed(text[start:end])
            for section in matter.texts.values()
            for text in [section.of(language)]
            for start, end in sentences(text)
        }
        stages = [("facts", n, text) for n, text in enumerate(case.facts(language), 1)]
        stages.append(("procedure", 0, case.procedure.of(language)))
        for where, number, text in stages:
            written = [text[start:end] for start, end in sentences(text)]
            new = " ".join(s for s in written if _squeezed(s) not in record)
            if new:
                yield Edited(where, language, new, case.matter, number)


def _of_questions(material: Material, draft: Draft, matter: str) -> Iterator[Edited]:
    known = {p.id: p.asked for p in propose_questions(material, matter_of(material, matter))}
    own = [question for question in draft.questions if question.matter == matter]
    for number, question in enumerate(own, 1):
        for each in _said("question", question.asked, matter, number):
            if each.text != known.get(question.id, NOTHING).of(each.language):
                yield each
        yield from _said("answer", question.guidance, matter, number)


def _said(where: str, text: Said, matter: str = "", number: int = 0) -> Iterator[Edited]:
    for language in Language:
        if text.of(language):
            yield Edited(where, language, text.of(language), matter, number)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
