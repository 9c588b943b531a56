"""What a note can be on, as the catalogue holds it now: its citation, and a digest of it.

The digest tells whether a reader who comes back finds what was noted: the texts, whether they are
in force, and what happened to the provision. How users put it and what we say of it do not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.catalogue import Catalogue
from search.catalogue.rows import dump
from search.identifiers import parse_passage, parse_unit, parse_work, work_of
from search.model import Expression, Instrument, Judgment, Role
from search.naming import cite_instrument, cite_provision
from search.work.model import Target


def parse_target(text: str) -> str:
    """Return the id of a work, provision, clause, section or passage; raise BadIdentifier."""
    if "#" in text:
        return str(parse_passage(text))
    return str(parse_unit(text)) if "/" in text else parse_work(text)


def find_targets(catalogue: Catalogue, ids: Iterable[str]) -> dict[str, Target]:
    """Return those of the ids that are held, by id."""
    wanted = set(ids)
    passages = {i for i in wanted if "#" in i}
    works = {i for i in wanted if "/" not in i}
    units = wanted - passages - works
    found = _passages(catalogue, passages)
    held = catalogue.works({work_of(i) for i in units | works})
    found |= _units(catalogue, units, held)
    found |= {i: _work(catalogue, held[i]) for i in works if i in held}
    return found


def _passages(catalogue: Catalogue, ids: set[str]) -> dict[str, Target]:
    held = {i: p for i, p in catalogue.passages(ids).items() if p.role is Role.TEXT}
    named = find_targets(catalogue, {passage.group for passage in held.values()}) if held else {}
    return {
        i: Target(i, named[passage.group].label, _digest([passage.text, passage.repealed]))
        for i, passage in held.items()
        if passage.group in named
    }


def _units(
    catalogue: Catalogue, ids: set[str], works: Mapping[str, Instrument | Judgment]
) -> dict[str, Target]:
    tops = {i: str(parse_unit(i).top) for i in ids}
    provisions = catalogue.provisions(set(tops.values()))
    texts = catalogue.expressions_of(set(tops.values()))
    events = catalogue.treatments_of(set(tops.values()))
    found = {}
    for identifier, top in tops.items():
        work = works.get(work_of(top))
        if isinstance(work, Judgment) and top in texts:
            label = work.title
        elif isinstance(work, Instrument) and top in provisions:
            label = cite_provision(provisions[top], work)
        else:
            continue
        told = [
            dump((e.kind, e.scope, e.by, e.date or "", e.clause or "")) for e in events.get(top, ())
        ]
        found[identifier] = Target(identifier, label, _digest([_texts(texts.get(top, ())), told]))
    return found


def _work(catalogue: Catalogue, work: Instrument | Judgment) -> Target:
    if isinstance(work, Judgment):
        units = [section.id for section in catalogue.sections_of(work.id)]
        label, told = work.title, dump((work.charges, work.date or "", str(work.final)))
    else:
        units = [provision.id for provision in catalogue.provisions_of(work.id)]
        label, told = cite_instrument(work), []
    held = catalogue.expressions_of(units)
    return Target(work.id, label, _digest([[_texts(held[u]) for u in sorted(held)], told]))


def _texts(expressions: Sequence[Expression]) -> list[Any]:
    return sorted([e.id, e.text, e.repealed, str(e.valid_to or "")] for e in expressions)


def _digest(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()[:32]
