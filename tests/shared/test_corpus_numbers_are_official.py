"""Every number in a digest of the nine laws stands in the official article it digests.

Terms, fines, ages, days and article numbers, in digits or words, in both languages. What an
article says without a numeral («المادة السابقة») is known by the digest's references.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
import yaml

from ingest.bundle import bundle_items
from ingest.bundle_phrasings import is_phrasings
from ingest.bundle_schema import InstrumentFile, ProvisionEntry, ProvisionsFile
from search.text.fold import fold_text
from search.text.numerals import find_number
from tests.render_statutes import load
from tests.support import ROOT, SHARED

LAWS = [
    "kw-law-1960-16",
    "kw-law-1960-17",
    "kw-law-1970-31",
    "kw-law-2010-6",
    "kw-law-2013-106",
    "kw-law-2013-91",
    "kw-law-2015-111",
    "kw-law-2015-21",
    "kw-law-2015-68",
]
_THOUSANDS = re.compile(r"\s*(?:الاف|الفا|الفين|الف|thousand)\b")
# «ألف» without a number before it; «ألفا دينار» may be one thousand or two and is not read.
_ALONE = {"الف": 1000, "الفا": 1000, "الفي": 2000, "الفين": 2000, "الفان": 2000}
_THOUSAND_ALONE = re.compile(r"(?<!\w)[وبفل]?(الفا(?= و)|الفين|الفان|الفي|الف)\b")
_GROUPED = re.compile(r"(?<=\d)[,،](?=\d{3}(?!\d))")
_PERCENT = re.compile(r"(?:في |ب)الم[ائ]*ه\b")
_INFLECTED = re.compile(r"\bب?(اربع|خمس|ست|سبع|ثماني|تسع)ا?(?=\s+و)")


def numbers(text: str) -> set[int]:
    """Read the numbers above three: smaller ones are also said without a number word."""
    folded = _GROUPED.sub("", fold_text(text).replace("٬", ","))
    # «أربعا وعشرين», and a letter that our copy of one law prints twice
    folded = _INFLECTED.sub(r"\1", folded).replace("خممس", "خمس")
    folded = _PERCENT.sub("", folded)
    found: set[int] = set()
    at = 0
    spans: list[tuple[int, int]] = []
    while number := find_number(folded, at):
        thousands = _THOUSANDS.match(folded, number.end)
        value, end = number.value, number.end
        if thousands:
            value, end = _with_rest(folded, value * 1000, thousands.end())
        found.add(value)
        spans.append((number.start, end))
        at = end
    for match in _THOUSAND_ALONE.finditer(folded):
        if not any(start <= match.start() < end for start, end in spans):
            found.add(_with_rest(folded, _ALONE[match.group(1)], match.end())[0])
    return {value for value in found if value > 3}


def _with_rest(folded: str, thousands: int, at: int) -> tuple[int, int]:
    """Add what follows within the same number: «ألف ومائة وخمسة وعشرين»."""
    rest = find_number(folded, at)
    if rest is None or folded[at : rest.start].strip() not in {"", "و", "and"}:
        return thousands, at
    if _THOUSANDS.match(folded, rest.end):
        return thousands, at
    return thousands + rest.value, rest.end


@cache
def official(law: str) -> dict[str, str]:
    """Return article key → official text; a bis article may stand in its base article's record."""
    texts: dict[str, str] = {}
    for article in load(SHARED / "statutes" / f"{law}.json"):
        base = re.match(r"(?:issuing-)?art-\d+", article.key)
        assert base is not None
        for key in {article.key, base.group()}:
            texts[key] = f"{texts.get(key, '')}\n{article.text}\n{article.after}"
    return texts


def entries(law: str) -> list[ProvisionEntry]:
    """Read the digests of one law."""
    item = next(i for i in bundle_items(ROOT / "corpus") if i.label == f"instruments/{law}")
    found: list[ProvisionEntry] = []
    for path in item.files:
        if is_phrasings(path):
            continue
        model = InstrumentFile if path.name == "instrument.yaml" else ProvisionsFile
        found += model.model_validate(yaml.load(path.read_bytes(), yaml.CSafeLoader)).provisions
    return found


@pytest.mark.shared
@pytest.mark.parametrize("law", LAWS)
def test_every_article_is_digested(law: str) -> None:
    held = {entry.id for entry in entries(law)}
    missing = {
        f"issuing-art-{a.number}" if a.issuing else f"art-{a.number}"
        for a in load(SHARED / "statutes" / f"{law}.json")
    } - held
    assert missing == set()


@pytest.mark.shared
@pytest.mark.parametrize("law", LAWS)
def test_no_digest_says_a_number_of_its_own(law: str) -> None:
    strange = {}
    for entry in entries(law):
        base = re.match(r"(?:issuing-)?art-\d+", entry.id)
        if entry.repealed or base is None:
            continue
        allowed = numbers(official(law).get(entry.id, "") + official(law).get(base.group(), ""))
        allowed |= {int(n) for r in entry.refers_to for n in re.findall(r"\d+", r)}
        allowed |= {int(n) for n in re.findall(r"\d+", entry.number)}
        allowed |= {int(n) for c in entry.clauses for n in re.findall(r"\d+", c.id)}
        for treatment in entry.treatments:
            allowed |= numbers(f"{treatment.by.ar} {treatment.by.en} {treatment.date or ''}")
        for language in ("ar", "en"):
            parts = [entry.text, *(clause.text for clause in entry.clauses)]
            said = {n for part in parts for n in numbers(getattr(part, language))}
            if said - allowed:
                strange[f"{entry.id}.{language}"] = sorted(said - allowed)
    assert strange == {}


# «ميتا» reads like «مئتا»; «ألفا دينار» is not read; «الخامسة» names a paragraph as «fifth» does.
_READ_BY_HAND = {"kw-law-2015-21/art-14", "kw-law-2015-21/art-80", "kw-law-1960-17/art-213-bis"}


@pytest.mark.parametrize("law", LAWS)
def test_both_languages_say_the_same_numbers(law: str) -> None:
    differ = {}
    for entry in entries(law):
        parts = [entry.text, *(clause.text for clause in entry.clauses)]
        arabic, english = (
            {n for part in parts for n in numbers(getattr(part, language))}
            for language in ("ar", "en")
        )
        if arabic != english and f"{law}/{entry.id}" not in _READ_BY_HAND:
            differ[entry.id] = (sorted(arabic - english), sorted(english - arabic))
    assert differ == {}
