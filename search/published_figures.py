"""Figures that others have published, each with the provision of ours that restates it.

Numbers only move here together with the text of the provision: a test reads each in both its
languages. Units differ, and so does what a body calls trafficking: figures are not to be added.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.model import Bilingual

_SERIES = "kw-statistics-2013-2025"
_STATEMENT = "kw-statement-2024-mofa"
_NINE_MONTHS = Bilingual("أبريل إلى ديسمبر", "April to December")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number: what it counts, in which unit and period, and who said so."""

    provision: str
    year: int
    label: Bilingual
    count: int
    unit: str  # cases, companies, complaints, files, persons, victims, workers
    body: str  # who gave it: mofa, interior, prosecution, manpower, us, press…
    period: Bilingual | None = None  # where it is not the calendar year
    series: str | None = None  # figures of one series are alike enough to be drawn together


@dataclass(frozen=True, slots=True)
class Check:
    """Parts that a reader would add, and the total that is stated for them."""

    provision: str
    label: Bilingual
    parts: tuple[int, ...]
    stated: int

    @property
    def sum(self) -> int:
        """What the parts make."""
        return sum(self.parts)

    @property
    def difference(self) -> int:
        """How much the sum exceeds the total stated; negative where it falls short."""
        return self.sum - self.stated


FIGURES: tuple[Figure, ...] = (
    Figure(
        f"{_SERIES}/sec-2013",
        2013,
        Bilingual("شركات وهمية", "Sham companies"),
        4075,
        "companies",
        "interior",
        Bilingual("2008 إلى 2013", "2008 to 2013"),
    ),
    Figure(
        f"{_SERIES}/sec-2013",
        2013,
        Bilingual("شركات أُحيلت إلى النيابة العامة", "Companies sent to the Public Prosecution"),
        2067,
        "companies",
        "interior",
        Bilingual("2008 إلى 2013", "2008 to 2013"),
    ),
    Figure(
        f"{_SERIES}/sec-2013",
        2013,
        Bilingual("شركات أُحيلت إلى جهات أخرى", "Companies sent to other bodies"),
        2008,
        "companies",
        "interior",
        Bilingual("2008 إلى 2013", "2008 to 2013"),
    ),
    Figure(
        f"{_SERIES}/sec-2013",
        2013,
        Bilingual("عمال الشركات الوهمية (تقريبا)", "Workers of the sham companies (about)"),
        12_500,
        "workers",
        "interior",
        Bilingual("2008 إلى 2013", "2008 to 2013"),
    ),
    Figure(
        f"{_SERIES}/sec-2013",
        2013,
        Bilingual("عمال سُوي وضعهم", "Workers regularised"),
        5565,
        "workers",
        "interior",
        Bilingual("2008 إلى 2013", "2008 to 2013"),
    ),
    Figure(
        f"{_SERIES}/sec-2013",
        2013,
        Bilingual("عمال أُبعدوا", "Workers deported"),
        3561,
        "workers",
        "interior",
        Bilingual("2008 إلى 2013", "2008 to 2013"),
    ),
    Figure(
        f"{_SERIES}/sec-2013",
        2013,
        Bilingual("عمال مطلوبون", "Workers wanted"),
        3386,
        "workers",
        "interior",
        Bilingual("2008 إلى 2013", "2008 to 2013"),
    ),
    Figure(
        f"{_SERIES}/sec-2014",
        2014,
        Bilingual("مشتبه في إساءتهم معاملة العمال", "Suspects referred for abuse of workers"),
        51,
        "persons",
        "advocate",
    ),
    Figure(
        f"{_SERIES}/sec-2014",
        2014,
        Bilingual("مشتبه في اتجارهم", "Suspects referred for trafficking"),
        34,
        "persons",
        "advocate",
    ),
    Figure(
        f"{_SERIES}/sec-2016",
        2016,
        Bilingual("ملفات اتجار أُحيلت إلى النيابة", "Trafficking files sent to the prosecution"),
        5,
        "files",
        "interior",
        Bilingual("السنة الأولى للقسم", "the section’s first year"),
    ),
    Figure(
        f"{_SERIES}/sec-2016",
        2016,
        Bilingual("ملفات اتجار أُحيلت إلى النيابة", "Trafficking files sent to the prosecution"),
        6,
        "files",
        "interior",
        Bilingual("تراكما حتى مايو 2016", "cumulative to May 2016"),
    ),
    Figure(
        f"{_SERIES}/sec-2016",
        2016,
        Bilingual("أُبعدوا لتداول عمالة منزلية", "Deported for dealing in domestic workers"),
        860,
        "persons",
        "press",
        series="dealing",
    ),
    Figure(
        f"{_SERIES}/sec-2017",
        2017,
        Bilingual("لوحقوا بقانون الاتجار", "Prosecuted under the trafficking law"),
        15,
        "persons",
        "us",
    ),
    Figure(
        f"{_SERIES}/sec-2017",
        2017,
        Bilingual("أُدينوا بقانون الاتجار", "Convicted under the trafficking law"),
        9,
        "persons",
        "us",
    ),
    Figure(
        f"{_SERIES}/sec-2017",
        2017,
        Bilingual("قضايا استقدام غير قانوني", "Illegal-recruitment cases"),
        39,
        "cases",
        "us",
    ),
    Figure(
        f"{_SERIES}/sec-2017",
        2017,
        Bilingual("أُبعدوا لتداول عمالة منزلية", "Deported for dealing in domestic workers"),
        520,
        "persons",
        "press",
        series="dealing",
    ),
    Figure(
        f"{_SERIES}/sec-2018",
        2018,
        Bilingual("أُبعدوا لتداول عمالة منزلية", "Deported for dealing in domestic workers"),
        420,
        "persons",
        "press",
        series="dealing",
    ),
    Figure(
        f"{_SERIES}/sec-2019",
        2019,
        Bilingual(
            "أُبعدوا لتداول عمالة منزلية (تقريبا)",
            "Deported for dealing in domestic workers (about)",
        ),
        150,
        "persons",
        "press",
        Bilingual("المدة مختلف فيها", "period differs between reports"),
        series="dealing",
    ),
    Figure(
        f"{_SERIES}/sec-2019",
        2019,
        Bilingual(
            "أمور تلقتها إدارة العمالة المنزلية",
            "Matters received by the domestic-labour department",
        ),
        433,
        "complaints",
        "us",
    ),
    Figure(
        f"{_SERIES}/sec-2019",
        2019,
        Bilingual(
            "ملفات سُميت اتجارا ووقائعها بيع سمات", "Files called trafficking, on facts of visa sale"
        ),
        9,
        "files",
        "press",
        Bilingual("سبتمبر", "September"),
    ),
    Figure(
        f"{_SERIES}/sec-2020",
        2020,
        Bilingual("قضايا اتجار أمام النيابة", "Trafficking cases before the prosecution"),
        59,
        "cases",
        "prosecution",
        Bilingual("يناير إلى مايو", "January to May"),
    ),
    Figure(
        f"{_SERIES}/sec-2020",
        2020,
        Bilingual("ضحايا في هذه القضايا", "Victims in these cases"),
        300,
        "victims",
        "prosecution",
        Bilingual("يناير إلى مايو", "January to May"),
    ),
    Figure(
        f"{_SERIES}/sec-2020",
        2020,
        Bilingual("ملفات شركات أُحيلت (تقريبا)", "Company files referred (about)"),
        400,
        "files",
        "manpower",
        Bilingual("حتى أغسطس", "to August"),
    ),
    Figure(
        f"{_SERIES}/sec-2020",
        2020,
        Bilingual("شكاوى أجور (تقريبا)", "Wage complaints (about)"),
        3000,
        "complaints",
        "manpower",
        Bilingual("حتى أغسطس", "to August"),
    ),
    Figure(
        f"{_SERIES}/sec-2020",
        2020,
        Bilingual("شركات في تجارة الإقامات (تقريبا)", "Companies in residency trading (about)"),
        450,
        "companies",
        "unnamed",
        Bilingual("السنة مقدرة", "year estimated"),
    ),
    Figure(
        f"{_SERIES}/sec-2020",
        2020,
        Bilingual("قضايا تجارة إقامات", "Residency-trading cases"),
        300,
        "cases",
        "unnamed",
        Bilingual("السنة مقدرة", "year estimated"),
    ),
    Figure(
        f"{_SERIES}/sec-2020",
        2020,
        Bilingual("أُحيلوا في تجارة إقامات", "Referred for residency trading"),
        535,
        "persons",
        "unnamed",
        Bilingual("السنة مقدرة", "year estimated"),
    ),
    Figure(
        f"{_SERIES}/sec-2023",
        2023,
        Bilingual("ملاحقون", "Prosecuted"),
        0,
        "persons",
        "us",
        Bilingual("حتى مارس 2023", "to March 2023"),
    ),
    Figure(
        f"{_SERIES}/sec-2023",
        2023,
        Bilingual("مدانون", "Convicted"),
        0,
        "persons",
        "us",
        Bilingual("حتى مارس 2023", "to March 2023"),
    ),
    Figure(
        f"{_STATEMENT}/sec-investigations",
        2023,
        Bilingual("قضايا حُقق فيها", "Cases investigated"),
        182,
        "cases",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-investigations",
        2023,
        Bilingual("أشخاص في هذه القضايا", "Individuals in these cases"),
        356,
        "persons",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-investigations",
        2023,
        Bilingual("منها اتجار جنسي", "Of them sex trafficking"),
        150,
        "cases",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-investigations",
        2023,
        Bilingual("منها عمل جبري", "Of them forced labour"),
        21,
        "cases",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-investigations",
        2023,
        Bilingual("منها ابتزاز أو غيره", "Of them extortion or other"),
        11,
        "cases",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-trials",
        2023,
        Bilingual("حوكموا", "Tried"),
        162,
        "persons",
        "mofa",
        _NINE_MONTHS,
        series="outcome-2023",
    ),
    Figure(
        f"{_STATEMENT}/sec-trials",
        2023,
        Bilingual("حوكموا في اتجار جنسي", "Tried for sex trafficking"),
        135,
        "persons",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-trials",
        2023,
        Bilingual("حوكموا في عمل جبري", "Tried for forced labour"),
        23,
        "persons",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-convictions",
        2023,
        Bilingual("أُدينوا", "Convicted"),
        75,
        "persons",
        "mofa",
        _NINE_MONTHS,
        series="outcome-2023",
    ),
    Figure(
        f"{_STATEMENT}/sec-convictions",
        2023,
        Bilingual("قضايا فيها إدانة", "Cases with a conviction"),
        59,
        "cases",
        "mofa",
        _NINE_MONTHS,
    ),
    Figure(
        f"{_STATEMENT}/sec-convictions",
        2023,
        Bilingual("بُرئوا", "Acquitted"),
        22,
        "persons",
        "mofa",
        _NINE_MONTHS,
        series="outcome-2023",
    ),
    Figure(
        f"{_SERIES}/sec-2024",
        2024,
        Bilingual("مخالفو إقامة أُبعدوا (تقريبا)", "Residence violators deported (about)"),
        26_000,
        "persons",
        "residency",
        Bilingual("8 أشهر", "8 months"),
    ),
    Figure(
        f"{_SERIES}/sec-2025",
        2025,
        Bilingual("ملفات اتجار وغسل أموال", "Trafficking and money-laundering files"),
        9,
        "files",
        "prosecution",
        Bilingual("تحقيق واحد، نوفمبر", "one investigation, November"),
    ),
    Figure(
        f"{_SERIES}/sec-2025",
        2025,
        Bilingual("ضحايا سُمعت أقوالهم", "Victims heard"),
        115,
        "victims",
        "prosecution",
        Bilingual("تحقيق واحد، نوفمبر", "one investigation, November"),
    ),
    Figure(
        f"{_SERIES}/sec-2025",
        2025,
        Bilingual("متهمون سُئلوا", "Defendants questioned"),
        48,
        "persons",
        "prosecution",
        Bilingual("تحقيق واحد، نوفمبر", "one investigation, November"),
    ),
)

CHECKS: tuple[Check, ...] = (
    Check(
        f"{_STATEMENT}/sec-inconsistencies",
        Bilingual(
            "القضايا المحقق فيها بأنواعها، ومعها رقم 41",
            "Cases investigated by kind, with the figure 41",
        ),
        (150, 41, 21, 11),
        182,
    ),
    Check(
        f"{_STATEMENT}/sec-inconsistencies",
        Bilingual("المحاكمون: جنسي وعمل جبري", "People tried: sexual and forced labour"),
        (135, 23),
        162,
    ),
    Check(
        f"{_STATEMENT}/sec-inconsistencies",
        Bilingual("المدانون والمبرؤون من المحاكمين", "Convicted and acquitted, of those tried"),
        (75, 22),
        162,
    ),
    Check(
        f"{_SERIES}/sec-2013",
        Bilingual(
            "عمال الشركات الوهمية بحسب مآلهم", "Workers of sham companies by what became of them"
        ),
        (5565, 3561, 3386),
        12_500,
    ),
    Check(
        f"{_SERIES}/sec-2018",
        Bilingual(
            "المبعدون لتداول العمالة المنزلية 2016 إلى 2018",
            "Deported for dealing in domestic workers, 2016 to 2018",
        ),
        (860, 520, 420),
        1800,
    ),
)
