"""The JSON shapes of the thesaurus and of the statistics."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from search.legal_persons import OrderedBy, SanctionKind
from web.schemas import BilingualOut, ReferenceOut


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class ConceptOut(_Out):
    """A term of the thesaurus; its definition is ours and general."""

    id: str
    label: BilingualOut
    family: str
    alt_ar: tuple[str, ...]
    alt_en: tuple[str, ...]
    definition: BilingualOut | None
    note: BilingualOut | None


class ConceptViewOut(_Out):
    """A concept, its neighbours, and the texts tagged with it; training matters are fiction."""

    concept: ConceptOut
    broader: tuple[ReferenceOut, ...]
    narrower: tuple[ReferenceOut, ...]
    close: tuple[ReferenceOut, ...]
    provisions: tuple[ReferenceOut, ...]
    matters: tuple[ReferenceOut, ...]
    training: tuple[ReferenceOut, ...]


class TallyOut(_Out):
    """How often a value occurs in Kuwait's matters (home) and in those of other States."""

    value: str
    home: int
    elsewhere: int
    label: BilingualOut | None


class MatterFiguresOut(_Out):
    """The matters collected; the invented ones of training are in none of the counts."""

    matters: TallyOut
    reported: int
    official: int
    training: int
    by_year: tuple[TallyOut, ...]
    by_level: tuple[TallyOut, ...]
    by_outcome: tuple[TallyOut, ...]
    by_offence: tuple[TallyOut, ...]


class FigureOut(_Out):
    """A published number; units and meanings differ, so figures are not to be added."""

    provision: str
    year: int
    label: BilingualOut
    count: int
    unit: str
    body: str
    period: BilingualOut | None
    series: str | None


class CheckOut(_Out):
    """Parts one would add, what they make, and the total stated for them."""

    provision: str
    label: BilingualOut
    parts: tuple[int, ...]
    sum: int
    stated: int
    difference: int


class SanctionOut(_Out):
    """A legal person's sanction as reported; no person is named."""

    matter: str
    kind: SanctionKind
    by: OrderedBy
    detail: BilingualOut


class ReportedSanctionOut(_Out):
    sanction: SanctionOut
    matter: ReferenceOut
    date: str | None


class StatisticsOut(_Out):
    """What was counted here and what others have published."""

    collected: MatterFiguresOut
    published: tuple[FigureOut, ...]
    checks: tuple[CheckOut, ...]
    provisions: Mapping[str, ReferenceOut]
    notes: tuple[BilingualOut, ...]
    sanctions: tuple[ReportedSanctionOut, ...]
