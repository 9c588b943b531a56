"""Find the two sides of a comparison in the catalogue and lay them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from search.catalogue import Catalogue
from search.citations import WorkNames, find_citations
from search.comparison import (
    Comparison,
    Side,
    align,
    compare_words,
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

    `language` is preferred where both sides are held in it. Raises BadRequest (with `side` and
    `reason`), BadIdentifier, NotHeld, QueryTooLong.
    """
    ours = _target(catalogue, works, left, "left")
    theirs = _target(catalogue, works, right, "right")
    first, second = _texts(ours, theirs, language)
    if ours.unit == theirs.unit and (first is None or second is None or first.id == second.id):
        raise BadRequest(
            "Both sides are the same. Name two provisions, or two texts of one.",
            reason="same",
            side="right",
            id=str(theirs.unit),
        )
    one_article = ours.unit.top == theirs.unit.top
    one = _side(works, ours, first, one_article)
    other = _side(works, theirs, second, one_article)
    share = first is not None and second is not None and first.language is second.language
    wording = compare_words(first.language, one.text, other.text) if share and first else None
    return Comparison(
        left=one,
        right=other,
        rows=align(one, other),
        references=shared_references(one, other),
        wording=wording,
        same_authority=bool(first and second and first.authority is second.authority),
    )


def _texts(
    ours: _Target, theirs: _Target, language: Language
) -> tuple[Expression | None, Expression | None]:
    """Choose the text of each side: in one language if there is one that both have."""
    shared = ours.languages & theirs.languages
    chosen = language if language in shared else next(iter(sorted(shared)), None)
    return ours.text_in(chosen), theirs.text_in(chosen)


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
        unit, expression = _identify(asked.strip(), works.names)
        target = _Target(unit, expression, provision_view(catalogue, str(unit), None))
        if not target.texts and (expression is not None or unit != unit.top):
            raise not_held(expression or str(unit))
    except (BadRequest, NotHeld) as error:
        error.details.setdefault("side", side)
        raise
    return target


def _identify(asked: str, names: WorkNames) -> tuple[UnitId, str | None]:
    """Read an id of a provision, clause or version, or a citation of one provision."""
    if len(asked) > MAX_ASKED_CHARS:
        raise QueryTooLong(
            f"A side of a comparison has {MAX_ASKED_CHARS} characters at most. Send an id or a "
            "citation, not a text.",
            limit=MAX_ASKED_CHARS,
        )
    if "@" in asked:
        return parse_expression(asked).unit, asked
    try:
        return parse_unit(asked), None
    except BadIdentifier:
        return parse_unit(_cited(asked, names)), None


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
