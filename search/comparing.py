"""Find the two sides of a comparison in the catalogue and lay them side by side."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.catalogue import Catalogue
from search.citations import WorkNames, find_citations
from search.comparison import (
    Comparison,
    Comparisons,
    Side,
    align,
    compare_words,
    lay_out,
    make_side,
    shared_references,
)
from search.errors import BadIdentifier, BadRequest, NotHeld, QueryTooLong
from search.identifiers import UnitId, parse_expression, parse_unit
from search.model import Expression, Language
from search.naming import cite_provision
from search.results import CitationStatus, ProvisionView, Reference
from search.thesaurus import Thesaurus
from search.views import in_display_order, not_held, provision_view

MAX_ASKED_CHARS = 300
MAX_SIDES = 6
_AS_AT = re.compile(r"(.+)@([0-9]{4}-[0-9]{2}-[0-9]{2})", re.DOTALL)


class Works(Protocol):
    """What is known of all works at one revision of the catalogue."""

    @property
    def revision(self) -> int: ...
    @property
    def names(self) -> WorkNames: ...
    @property
    def thesaurus(self) -> Thesaurus: ...


@dataclass(frozen=True, slots=True)
class _Target:
    """What one side asks for: a provision or clause, and the version where one is named."""

    unit: UnitId
    expression: str | None
    view: ProvisionView

    @property
    def texts(self) -> tuple[Expression, ...]:
        """Return the texts that have what is asked for, official first."""
        return tuple(
            held
            for held in in_display_order(self.view.expressions)
            if self.expression in (None, held.id) and _has(held, self.unit)
        )

    def text_in(self, language: Language | None) -> Expression | None:
        """Return the first text in a language (None: in any)."""
        return next((held for held in self.texts if language in (None, held.language)), None)

    @property
    def languages(self) -> frozenset[Language]:
        """Return the languages this side can be read in."""
        return frozenset(held.language for held in self.texts)


def compare_provisions(
    catalogue: Catalogue, works: Works, left: str, right: str, language: Language
) -> Comparison:
    """Compare two provisions, clauses or versions; each side an id or a citation of one.

    An id may name a day, as `kw-law-2013-91/art-13@2018-01-01` does: the text in force then.
    `language` is preferred where both sides are held in it. Raises BadRequest (with `side` and
    `reason`), BadIdentifier, NotHeld, QueryTooLong.
    """
    one, other = _sides(catalogue, works, {"left": left, "right": right}, language)
    return _compared(one, other)


def compare_several(
    catalogue: Catalogue, works: Works, asked: Sequence[str], language: Language
) -> Comparisons:
    """Compare 2 to MAX_SIDES provisions: all by component, the first with each other by words.

    Raises as compare_provisions; `side` is the place of a side, from 0.
    """
    if not 2 <= len(asked) <= MAX_SIDES:
        raise BadRequest(
            f"Name 2 to {MAX_SIDES} provisions to compare, not {len(asked)}.", limit=MAX_SIDES
        )
    sides = find_sides(catalogue, works, asked, language)
    return Comparisons(
        sides=sides,
        rows=lay_out(sides),
        pairs=tuple(_compared(sides[0], other) for other in sides[1:]),
    )


def find_sides(
    catalogue: Catalogue, works: Works, asked: Sequence[str], language: Language
) -> tuple[Side, ...]:
    """Read sides without comparing them; raises as compare_several, but for their number."""
    named = {str(place): one for place, one in enumerate(asked)}
    return _sides(catalogue, works, named, language)


def _compared(one: Side, other: Side) -> Comparison:
    first, second = one.expression, other.expression
    share = first is not None and second is not None and first.language is second.language
    return Comparison(
        left=one,
        right=other,
        rows=align(one, other),
        references=shared_references(one, other),
        wording=compare_words(first.language, one.text, other.text) if share and first else None,
        same_authority=bool(first and second and first.authority is second.authority),
    )


def _sides(
    catalogue: Catalogue, works: Works, asked: Mapping[str, str], language: Language
) -> tuple[Side, ...]:
    targets = {name: _target(catalogue, works, one, name) for name, one in asked.items()}
    texts = _texts(list(targets.values()), language)
    seen: set[tuple[UnitId, str | None]] = set()
    for (name, target), text in zip(targets.items(), texts, strict=True):
        known = (target.unit, text.id if text else None)
        if known in seen:
            raise _same(target, name)
        seen.add(known)
    tops = Counter(target.unit.top for target in targets.values())
    return tuple(
        _side(works, target, text, tops[target.unit.top] > 1)
        for target, text in zip(targets.values(), texts, strict=True)
    )


def _same(target: _Target, side: str) -> BadRequest:
    if target.view.as_at is not None:
        return BadRequest(
            "On that day the text was the one already named. Choose another day.",
            reason="unchanged",
            side=side,
            id=str(target.unit),
        )
    return BadRequest(
        "Both sides are the same. Name two provisions, or two texts of one.",
        reason="same",
        side=side,
        id=str(target.unit),
    )


def _texts(targets: Sequence[_Target], language: Language) -> list[Expression | None]:
    """Choose the text of each side: in one language if there is one that all have."""
    shared = frozenset.intersection(*(target.languages for target in targets))
    chosen = language if language in shared else next(iter(sorted(shared)), None)
    return [target.text_in(chosen) or target.text_in(None) for target in targets]


def _side(works: Works, target: _Target, expression: Expression | None, one_article: bool) -> Side:
    view = target.view
    reference = Reference(
        view.provision.id, cite_provision(view.provision, view.instrument), held=True
    )
    # Our tags speak of the whole article: they tell nothing of a clause, nor of two versions.
    whole = target.unit == target.unit.top and not one_article
    return make_side(
        str(target.unit),
        reference,
        view.editorial.heading if view.editorial else None,
        view.instrument.title,
        _text_of(target.unit, expression),
        works.thesaurus,
        expression=expression,
        editorial=view.editorial if whole else None,
        treatments=view.treatments,
        refers_to=view.refers_to if whole else (),
        versions=view.expressions,
    )


def _text_of(unit: UnitId, expression: Expression | None) -> str:
    """Return the text compared: the clause's where one is asked for."""
    if expression is None:
        return ""
    for clause in expression.clauses:
        if clause.id == str(unit):
            return expression.text[clause.start : clause.end].strip()
    return expression.text


def _has(expression: Expression, unit: UnitId) -> bool:
    return unit == unit.top or any(clause.id == str(unit) for clause in expression.clauses)


def _target(catalogue: Catalogue, works: Works, asked: str, side: str) -> _Target:
    try:
        unit, expression, as_at = _identify(asked.strip(), works.names)
        target = _Target(unit, expression, provision_view(catalogue, str(unit), as_at))
        if not target.texts and (expression is not None or as_at is not None or unit != unit.top):
            raise not_held(expression or str(unit))
    except (BadRequest, NotHeld) as error:
        error.details.setdefault("side", side)
        raise
    return target


def _identify(asked: str, names: WorkNames) -> tuple[UnitId, str | None, dt.date | None]:
    """Read an id of a provision, clause or version, or a citation of one provision, and a day."""
    if len(asked) > MAX_ASKED_CHARS:
        raise QueryTooLong(
            f"A side of a comparison has {MAX_ASKED_CHARS} characters at most. Send an id or a "
            "citation, not a text.",
            limit=MAX_ASKED_CHARS,
        )
    dated = _AS_AT.fullmatch(asked)
    if dated is not None:
        return _unit(dated[1].strip(), names), None, _day(dated[2])
    if "@" in asked:
        return parse_expression(asked).unit, asked, None
    return _unit(asked, names), None, None


def _unit(asked: str, names: WorkNames) -> UnitId:
    try:
        return parse_unit(asked)
    except BadIdentifier:
        return parse_unit(_cited(asked, names))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as exc:
        raise BadRequest(f"{text} is no day. Write it as 2024-12-31.", reason="no-day") from exc


def _cited(asked: str, names: WorkNames) -> str:
    found = find_citations(asked, names)
    named = [c for c in found if c.status is CitationStatus.RESOLVED and c.provision]
    if len(named) == 1 and named[0].provision:
        return named[0].provision
    if len(named) > 1:
        reason, advice = "several", "It names several provisions; name one for each side."
    elif any(c.status is CitationStatus.AMBIGUOUS for c in found):
        reason, advice = "ambiguous", "It may mean several laws; give the law's number and year."
    elif any(c.instrument for c in found):
        reason, advice = "no-article", "It names a law; name an article of it too."
    else:
        reason, advice = "unread", "Write an id such as kw-law-2013-91/art-2, or art 2 law 91/2013."
    shown = asked if len(asked) <= 80 else asked[:77] + "…"
    raise BadRequest(f"{shown!r} names no one provision. {advice}", reason=reason)
