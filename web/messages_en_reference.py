"""The wording of the glossary, the figures and the collection's page: English."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    "nav.glossary": "Glossary",
    "nav.statistics": "Figures",
    "glossary.title": "Glossary of terms",
    "glossary.lead": (
        "The collection’s terms in Arabic and English, the other words for them, and the "
        "texts tagged with each."
    ),
    "glossary.filter": "Filter the terms by a word of either language",
    "glossary.go": "Filter",
    "glossary.families": "Families",
    "glossary.all": "All",
    "glossary.letters": "Letters",
    "glossary.none": "No term has these words.",
    "glossary.clear": "Show all",
    "glossary.skos": "The whole thesaurus as SKOS",
    "glossary.definition": "Definition",
    "glossary.definition.ours": (
        "A general definition of ours. Where a provision defines the term, that definition counts."
    ),
    "glossary.alt.ar": "Other names in Arabic",
    "glossary.alt.en": "Other names in English",
    "glossary.broader": "Broader",
    "glossary.narrower": "Narrower",
    "glossary.close": "Close",
    "glossary.provisions": "Provisions tagged with it",
    "glossary.matters": "Judgments and matters tagged with it",
    "glossary.training": "Training matters tagged with it (fictional)",
    "glossary.untagged": "Nothing in the collection is tagged with this term.",
    "glossary.search": "Search for it",
    "glossary.family.act": "Acts",
    "glossary.family.means": "Means",
    "glossary.family.purpose": "Purposes",
    "glossary.family.aggravator": "Aggravating circumstances",
    "glossary.family.indicator": "Indicators",
    "glossary.family.offence": "Offences",
    "glossary.family.procedure": "Procedure",
    "glossary.family.actor": "Persons",
    "glossary.family.institution": "Institutions",
    "glossary.family.document": "Documents",
    "glossary.family.penalty": "Penalties",
    "glossary.family.protection": "Protection",
    "glossary.family.other": "Other",
    "statistics.title": "Figures",
    "statistics.lead": (
        "The matters collected, counted; the figures that bodies have published; and "
        "what in them does not add up."
    ),
    "statistics.collected": "The matters collected",
    "statistics.collected.sample": (
        "This counts what we found published. It is neither a count of cases nor a "
        "sample of them: draw no rates of conviction or acquittal from it."
    ),
    "statistics.counted": "Counted",
    "statistics.home": "Kuwait",
    "statistics.elsewhere": "Other States",
    "statistics.reported": "From public reports",
    "statistics.official": "Judgments in their own words",
    "statistics.training": "Training matters, left out of the counts",
    "statistics.method.1": "Each stage of one case that was reported apart is a matter of its own.",
    "statistics.method.2": (
        "The year is that of the decision or report, not of the facts; so is the stage."
    ),
    "statistics.method.3": (
        "Reports use “trafficking” broadly; a charge is recorded as it was described."
    ),
    "statistics.year": "By year",
    "statistics.level": "By stage",
    "statistics.outcome": "By outcome of the charge",
    "statistics.offence": "By offence",
    "statistics.year.unit": "Unit: matters.",
    "statistics.level.unit": "Unit: matters.",
    "statistics.outcome.unit": (
        "Unit: charges. A matter may have several, so the sum exceeds the number of matters."
    ),
    "statistics.offence.unit": (
        "Unit: matters with the charge. A matter with different charges counts under each."
    ),
    "statistics.year.undated": "Undated",
    "statistics.nothing": "Nothing to count.",
    "statistics.nationality": "Nationality of victims",
    "statistics.nationality.1": (
        "Not shown. The collection does not record the nationality of victims; if it "
        "did, only cells of five persons or more would appear here."
    ),
    "statistics.published": "Published figures",
    "statistics.dealing": "Persons deported for dealing in domestic workers, 2016–2019",
    "statistics.outcome-2023": "Persons in the Foreign Ministry’s statement, April–December 2023",
    "statistics.checks": "What adds up and what does not",
    "statistics.checks.lead": (
        "Parts that a reader might add, beside the total stated for them. The arithmetic is ours."
    ),
    "statistics.parts": "Parts and their sum",
    "statistics.stated": "Stated",
    "statistics.difference": "Difference",
    "statistics.adds-up": "Adds up",
    "statistics.all-published": "Every figure and its source",
    "statistics.csv": "Download the table (CSV)",
    "statistics.chart": "Chart: {what}. The table beside it has the same numbers.",
    "statistics.column.value": "Code",
    "statistics.column.year": "Year",
    "statistics.column.level": "Stage",
    "statistics.column.outcome": "Outcome",
    "statistics.column.offence": "Offence",
    "statistics.column.home": "Kuwait",
    "statistics.column.elsewhere": "Other States",
    "statistics.column.what": "What is counted",
    "statistics.column.count": "Number",
    "statistics.column.unit": "Unit",
    "statistics.column.body": "Given by",
    "statistics.column.period": "Period",
    "statistics.column.provision": "Place in the collection",
    "unit.cases": "cases",
    "unit.companies": "companies",
    "unit.complaints": "complaints",
    "unit.files": "files",
    "unit.persons": "persons",
    "unit.victims": "victims",
    "unit.workers": "workers",
    "body.interior": "Ministry of Interior",
    "body.mofa": "Ministry of Foreign Affairs",
    "body.us": "US report",
    "body.press": "Press",
    "body.prosecution": "Public Prosecution",
    "body.manpower": "Public Authority for Manpower",
    "body.advocate": "Adviser of a rights society",
    "body.unnamed": "Unnamed security sources",
    "body.residency": "Residency investigators",
    "about.coverage": "How much of each instrument",
    "about.coverage.lead": (
        "The numbering tells what is missing before the last article held, not what may follow it."
    ),
    "about.coverage.work": "Instrument",
    "about.coverage.units": "Articles or sections",
    "about.coverage.last": "Last article",
    "about.coverage.missing": "Missing before it",
    "about.coverage.none": "None",
    "about.coverage.not-numbered": "No numbered articles",
    "about.quality": "Search quality as measured",
    "about.quality.lead": "nDCG@10, from 0 to 100: does what is needed stand high in the first ten "
    "results? Measured on questions we wrote, not on those of users.",
    "about.quality.type": "Kind of need",
    "about.quality.score": "Score",
    "about.quality.all": "All",
    "about.quality.date": "Measured on",
    "about.failures": "Known failures",
    "about.failures.1": "No result does not mean no law: the text may be outside the collection.",
    "about.failures.2": (
        "Search by meaning may not tell a rule from its negation or exception. Read the whole text."
    ),
    "about.failures.3": "Texts read from scanned pages may have lost words or numbers.",
    "about.failures.4": (
        "Reported matters mostly come from the press, which calls residency trading trafficking."
    ),
    "count.concepts": {"one": "{n} term", "other": "{n} terms"},
}
