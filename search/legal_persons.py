"""Sanctions of companies and other legal persons, as reported in matters held. No person is named.

A list as data: each entry restates a matter of ours, and is shown only where that matter is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.model import Bilingual


class SanctionKind(StrEnum):
    FINE = "fine"
    CLOSURE = "closure"
    DISSOLUTION = "dissolution"
    LICENCE = "licence"  # withdrawn or stopped


class OrderedBy(StrEnum):
    COURT = "court"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Sanction:
    """One sanction: of what kind, ordered by whom, and what the report says."""

    matter: str  # judgment id
    kind: SanctionKind
    by: OrderedBy
    detail: Bilingual


SANCTIONS = (
    Sanction(
        "kw-2023-massage-closures-01",
        SanctionKind.CLOSURE,
        OrderedBy.ADMINISTRATION,
        Bilingual(
            "نحو 40 معهداً أُغلقت بأمر وزير الداخلية؛ ولا يُذكر حكم",
            "some 40 massage centres, on the interior minister's orders; no judgment is reported",
        ),
    ),
    Sanction(
        "kw-2025-rumaithiya-office-01",
        SanctionKind.CLOSURE,
        OrderedBy.ADMINISTRATION,
        Bilingual(
            "مكتب عمالة منزلية أعلنت الوزارة إغلاقه؛ ولا يُذكر حكم",
            "a domestic-labour office that the ministry said was shut; no judgment is reported",
        ),
    ),
)
