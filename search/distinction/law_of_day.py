"""Which law applies to acts of a day, and what a reader must know about that. Pure."""

from __future__ import annotations

import datetime as dt

from search.model import Bilingual
from search.offences import Offence

TRAFFICKING_LAW = dt.date(2013, 3, 17)  # Law 91/2013
RESIDENCE_LAW = dt.date(2024, 12, 1)  # Decree-Law 114/2024; before it Decree 17/1959


def is_in_force(offence: Offence, day: dt.date | None) -> bool:
    """Tell whether an offence applied on a day; without a day, whether it still does."""
    if day is None:
        return offence.valid_to is None
    started = offence.valid_from is None or offence.valid_from <= day
    return started and (offence.valid_to is None or day < offence.valid_to)


def date_notes(day: dt.date | None) -> list[Bilingual]:
    """Return what the day of the acts means for the law that applies."""
    if day is None:
        return [
            Bilingual(
                ar="لم يُذكر تاريخ الأفعال، فعُرض القانون النافذ الآن؛ وما وقع قبل 1 ديسمبر 2024 "
                "من اتجار بالإقامة يحكمه المرسوم 17 لسنة 1959.",
                en="No date of the acts is given, so the law now in force is shown; residency "
                "trading before 1 December 2024 falls under Decree 17/1959.",
            )
        ]
    notes = []
    if day < RESIDENCE_LAW:
        notes.append(
            Bilingual(
                ar="الأفعال سابقة على 1 ديسمبر 2024: يحكم الإقامةَ المرسوم 17 لسنة 1959. والمرسوم "
                "بقانون 114 لسنة 2024 أشد فيما نُشر عن الاتجار بالإقامة فلا يرتد؛ وإذا كان قانون "
                "لاحق أصلح للمتهم طُبق (المواد 14 إلى 16 من قانون الجزاء).",
                en="The acts precede 1 December 2024: Decree 17/1959 governs residence. As "
                "reported, Decree-Law 114/2024 is heavier on residency trading and does not reach "
                "back; a later law milder to the accused would apply (Penal Code arts 14 to 16).",
            )
        )
    if day < TRAFFICKING_LAW:
        notes.append(
            Bilingual(
                ar="الأفعال سابقة على القانون 91 لسنة 2013: لا يُطبق عليها، ويُنظر في قانون الجزاء "
                "(الخطف والحبس والاتجار بالرقيق والإكراه على الدعارة).",
                en="The acts precede Law 91/2013, which does not apply to them; see the Penal Code "
                "(kidnapping, detention, slave dealing, forcing into prostitution).",
            )
        )
    return notes
