"""The history of a work: each version that was replaced, with what changed in it, in words."""

from __future__ import annotations

from search.catalogue import Catalogue
from search.comparison import compare_words
from search.identifiers import parse_work
from search.model import Bilingual, Instrument
from search.naming import cite_provision
from search.versions import ChangeKind, ShownChange, TextChange, VersionView
from search.views import not_held


def history(catalogue: Catalogue, work: str) -> tuple[VersionView, ...]:
    """Return the earlier versions of a work, newest first; raise NotHeld or BadIdentifier."""
    held = catalogue.instrument(parse_work(work)) or catalogue.judgment(work)
    if held is None:
        raise not_held(work)
    versions = catalogue.versions_of(work)
    names = _names(catalogue, held, {c.unit for v in versions for c in v.changes})
    return tuple(
        VersionView(version, tuple(shown(change, names) for change in version.changes))
        for version in versions
    )


def shown(change: TextChange, names: dict[str, Bilingual]) -> ShownChange:
    """Name a change's article and mark the words that differ."""
    before, after = change.before, change.after
    wording = compare_words(change.language, before, after) if before and after else None
    segment = change.unit.rpartition("/")[2]
    return ShownChange(
        unit=change.unit,
        citation=names.get(change.unit, Bilingual(segment, segment)),
        language=change.language,
        kind=ChangeKind(change.kind),
        wording=wording,
        before=before,
        after=after,
    )


def _names(catalogue: Catalogue, held: object, units: set[str]) -> dict[str, Bilingual]:
    if not isinstance(held, Instrument):
        return {}
    provisions = catalogue.provisions(units)
    return {unit: cite_provision(provision, held) for unit, provision in provisions.items()}
