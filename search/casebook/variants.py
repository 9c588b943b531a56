"""Variants of a case by its minimal pair: which fact is changed, what flips, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.casebook.draft import Said
from search.casebook.material import Material, Matter, Pair
from search.casebook.questions import charged_offences
from search.casebook.study import Change, ChangeAnswer, Flip
from search.model import Bilingual, ElementFinding, Language, SectionKind
from search.offences import Offence
from search.text.sentences import sentences


def variant_id(matter: str, pair: str) -> str:
    """Return the name under which a draft keeps a variant of a matter."""
    return f"{matter}:{pair}"


def change_of(matter: Matter, pair: Pair, number: str) -> Change:
    """Return the variant without its answer.

    Of a matter's own pair only what differs is told; of another pair the first one's facts.
    """
    told, changed = pair.turned(matter.judgment.id)
    is_own = told.judgment.id == matter.judgment.id
    before, after = told.text(SectionKind.FACTS), changed.text(SectionKind.FACTS)
    return Change(
        number,
        told=_only(before, after) if is_own else before,
        changed=_only(after, before),
        is_of_case=is_own,
    )


def answer_to(material: Material, matter: Matter, pair: Pair, change: Change) -> ChangeAnswer:
    """Return what the change turns, with the provisions behind the elements it turns."""
    told, changed = pair.turned(matter.judgment.id)
    elements = _element_flips(material, told, changed)
    return ChangeAnswer(
        change,
        titles=(told.judgment.title, changed.judgment.title),
        charges=tuple(_charge_flips(material, told, changed)),
        elements=tuple(flip for _, flip in elements),
        reasons=changed.text(SectionKind.REASONS),
        provisions=material.cite(_provisions(material, changed, [name for name, _ in elements])),
    )


def _only(text: Said, other: Said) -> Said:
    """Return the sentences of a text that the other lacks."""
    kept = []
    for language in Language:
        mine, theirs = text.of(language), set(_sentences(other.of(language)))
        kept.append(" ".join(s for s in _sentences(mine) if s not in theirs))
    return Said(*kept)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _charge_flips(material: Material, told: Matter, changed: Matter) -> Iterable[Flip]:
    before = {charge.offence: charge.outcome for charge in told.judgment.charges}
    after = {charge.offence: charge.outcome for charge in changed.judgment.charges}
    for offence in dict.fromkeys((*before, *after)):
        if before.get(offence) != after.get(offence):
            yield Flip(material.label(offence), before.get(offence), after.get(offence))


def _element_flips(material: Material, told: Matter, changed: Matter) -> list[tuple[str, Flip]]:
    """Return the elements found otherwise; those marked as deciding come first."""
    before = {each.element: each for each in told.judgment.elements}
    after = {each.element: each for each in changed.judgment.elements}
    flips = [
        (name, _flip(material.label(name), before.get(name), after.get(name)))
        for name in dict.fromkeys((*after, *before))
        if _finding(before.get(name)) != _finding(after.get(name))
    ]
    return sorted(flips, key=lambda named: named[1].note is None)


def _flip(label: Bilingual, before: ElementFinding | None, after: ElementFinding | None) -> Flip:
    notes = [each.note for each in (after, before) if each is not None and each.note is not None]
    return Flip(label, _finding(before), _finding(after), notes[0] if notes else None)


def _finding(recorded: ElementFinding | None) -> str | None:
    return recorded.finding if recorded else None


def _provisions(material: Material, changed: Matter, turned: Sequence[str]) -> tuple[str, ...]:
    """Return the provisions of the elements turned; without one, those the matter applies."""
    offences = charged_offences(changed.judgment, material.offences)
    found = [p for name in turned for offence in offences for p in _behind(offence, name)]
    return tuple(dict.fromkeys(found)) or changed.judgment.provisions


def _behind(offence: Offence, concept: str) -> Iterable[str]:
    for element in offence.elements:
        ways = {c for way in element.alternatives for c in (way.id, *way.concepts)}
        if concept in ways or concept in element.concepts:
            yield from element.provisions
    yield from (a.provision for a in offence.aggravators if a.id == concept)
