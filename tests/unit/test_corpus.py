"""The bundled collection: schema, references, languages, provenance, privacy, and our own words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from ingest.bundle import BundleItem, bundle_items, load_register, read_item
from ingest.bundle_phrasings import is_phrasings
from ingest.bundle_schema import (
    ConceptsFile,
    InstrumentFile,
    MatterFile,
    ProvisionEntry,
    ProvisionsFile,
)
from search.text.fold import fold_text
from search.text.numerals import find_number

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"

ITEMS = {item.label: item for item in bundle_items(CORPUS)}


def load(path: Path) -> object:
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


@cache
def instruments() -> dict[str, tuple[InstrumentFile, list[ProvisionEntry]]]:
    found = {}
    for label, item in ITEMS.items():
        if label.startswith("instruments/"):
            file = InstrumentFile.model_validate(load(item.files[0]))
            entries = list(file.provisions)
            for path in item.files[1:]:
                if is_phrasings(path):
                    continue
                entries += ProvisionsFile.model_validate(load(path)).provisions
            found[file.id] = (file, entries)
    return found


@cache
def matters() -> dict[str, MatterFile]:
    files = (
        MatterFile.model_validate(load(item.files[0]))
        for label, item in ITEMS.items()
        if label.startswith("matters/")
    )
    return {file.id: file for file in files}


@cache
def concepts() -> ConceptsFile:
    files = [ConceptsFile.model_validate(load(path)) for path in ITEMS["concepts"].files]
    return ConceptsFile(concepts=tuple(entry for file in files for entry in file.concepts))


def provisions() -> Iterator[tuple[str, ProvisionEntry]]:
    for name, (_, entries) in instruments().items():
        for entry in entries:
            yield f"{name}/{entry.id}", entry


def strings(value: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string with its path, e.g. `provisions.3.text.ar`."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{where}.{number}")


def all_strings() -> Iterator[tuple[str, str]]:
    for item in ITEMS.values():
        for path in item.files:
            yield from strings(load(path), path.relative_to(CORPUS).as_posix())


def language_of(where: str) -> str | None:
    match = re.search(r"(?:\.|_)(ar|en)(?:\.\d+)?$", where)
    return match.group(1) if match else None


# --- the format -------------------------------------------------------------------------------


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())
def test_item_is_read_into_the_catalogue_s_values(item: BundleItem) -> None:
    contribution = read_item(item)
    held = (
        contribution.provisions,
        contribution.sections,
        contribution.concepts,
        contribution.offences,
        contribution.duties,
    )
    assert any(held)


def test_collection_holds_instruments_matters_and_thesaurus() -> None:
    assert {"kw-law-2013-91", "un-protocol-2000-trafficking"} <= instruments().keys()
    assert any(m.authority == "training" for m in matters().values())
    assert len(concepts().concepts) >= 100


def test_ids_are_unique() -> None:
    ids = [*instruments(), *matters(), *(where for where, _ in provisions())]
    ids += [concept.id for concept in concepts().concepts]
    for where, entry in provisions():
        ids += [f"{where}/{clause.id}" for clause in entry.clauses]
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_headings_are_short_and_unique_within_a_law() -> None:
    for name, (_, entries) in instruments().items():
        for language in ("ar", "en"):
            headings = [getattr(entry.heading, language) for entry in entries]
            assert len(set(headings)) == len(headings), name
            assert [h for h in headings if len(h.split()) > 10] == [], name


def test_clauses_follow_their_parents() -> None:
    for where, entry in provisions():
        seen: set[str] = set()
        for clause in entry.clauses:
            parent = clause.id.rpartition("/")[0]
            assert not parent or parent in seen, f"{where}/{clause.id} has no parent above it"
            seen.add(clause.id)


def test_every_provision_says_how_users_ask_for_it() -> None:
    for where, entry in provisions():
        assert 2 <= len(entry.asks_ar) <= 4, where
        assert 2 <= len(entry.asks_en) <= 4, where


def test_every_provision_and_matter_has_sources() -> None:
    for where, entry in provisions():
        assert entry.sources, where
    for name, matter in matters().items():
        assert matter.sources, name
        assert matter.authority == "training" or all(s.url for s in matter.sources), name


# --- references -------------------------------------------------------------------------------


@cache
def known_units() -> frozenset[str]:
    units = {*instruments(), *matters()}
    for where, entry in provisions():
        units |= {where, *(f"{where}/{clause.id}" for clause in entry.clauses)}
    return frozenset(units)


def resolves(reference: str) -> bool:
    """A unit of ours, or an article of a law the register names and we do not hold."""
    work = reference.partition("/")[0]
    named = {entry.id for entry in load_register(CORPUS).instruments}
    return reference in known_units() or (work in named and work not in instruments())


def test_every_reference_resolves() -> None:
    used = {(where, ref) for where, entry in provisions() for ref in entry.refers_to}
    used |= {(name, ref) for name, matter in matters().items() for ref in matter.provisions}
    used |= {(w, t.by_id) for w, entry in provisions() for t in entry.treatments if t.by_id}
    assert sorted(pair for pair in used if not resolves(pair[1])) == []


def test_every_held_instrument_is_registered_alike() -> None:
    named = {entry.id: entry for entry in load_register(CORPUS).instruments}
    for name, (file, _) in instruments().items():
        assert name in named, f"{name} is missing in register.yaml"
        assert (named[name].number, named[name].year) == (file.number, file.year), name


def test_charges_and_penalties_name_offences() -> None:
    family = {concept.id: concept.family for concept in concepts().concepts}
    named = {c.offence for matter in matters().values() for c in matter.charges}
    named |= {p.offence for _, entry in provisions() for p in entry.penalties}
    # Article 6 of Law 91/2013 and its like punish companies for whatever was committed.
    assert {n for n in named if family[n] != "offence"} <= {"liability-of-legal-persons"}


def test_struck_clauses_exist() -> None:
    for where, entry in provisions():
        for treatment in entry.treatments:
            clauses = {clause.id for clause in entry.clauses}
            assert treatment.clause is None or treatment.clause in clauses, where


def test_every_concept_resolves() -> None:
    held = {concept.id for concept in concepts().concepts}
    used = {(c.id, other) for c in concepts().concepts for other in (*c.broader, *c.close)}
    for where, entry in provisions():
        used |= {(where, name) for name in entry.concepts}
        for penalty in entry.penalties:
            used |= {(where, name) for name in (penalty.offence, *penalty.aggravators)}
    for name, matter in matters().items():
        used |= {(name, concept) for concept in matter.concepts}
        used |= {(name, charge.offence) for charge in matter.charges}
        used |= {(name, element.element) for element in matter.elements}
    assert sorted(pair for pair in used if pair[1] not in held) == []


def test_concept_labels_are_unique() -> None:
    for language in ("ar", "en"):
        labels = Counter(fold_text(getattr(c.label, language)) for c in concepts().concepts)
        assert [label for label, count in labels.items() if count > 1] == []


# --- languages, names, authority --------------------------------------------------------------


def test_each_language_is_in_its_own_script() -> None:
    wrong = []
    for where, text in all_strings():
        language = language_of(where)
        if language == "ar" and (re.search(r"[A-Za-z]", text) or not re.search(r"\w", text)):
            wrong.append((where, text))
        # An Arabic term is mentioned in English prose only within «guillemets».
        if language == "en" and re.search(r"[\u0600-\u06ff]", re.sub(r"«[^»]*»", "", text)):
            wrong.append((where, text))
    assert wrong == []


NAMES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sheikha?|Shaikha?)\.?\s+[A-Z]|\b(?:bin|bint|ibn)\s+[A-Z]"
    r"|(?:^|\s)(?:السيدة?|الشيخة?|الدكتورة?|الأستاذة?|المدعوة?|بن|بنت)\s+\w"
)


def test_no_person_is_named() -> None:
    found = [(w, t) for w, t in all_strings() if not w.endswith(".url") and NAMES.search(t)]
    # «بنت» alone is everyday Arabic for a girl; only users' phrasings use it.
    assert [(w, t) for w, t in found if not re.search(r"\.(asks|situations)_ar\.", w)] == []


def test_reported_matters_say_they_are_not_the_judgment() -> None:
    for name, matter in matters().items():
        if matter.authority == "reported":
            assert "digest" in matter.note.en, name
            assert "not the judgment" in matter.note.en, name
            assert "وليس الحكم" in matter.note.ar, name


def test_training_matters_are_plainly_fictional() -> None:
    for name, matter in matters().items():
        training = matter.authority == "training"
        assert training == ("-training-" in name), name
        for text, mark in ((matter.title, "ictional"), (matter.note, "ictional")):
            assert (mark in text.en) == training, name
            assert ("خيالية" in text.ar) == training, name


# --- against the reference texts --------------------------------------------------------------


RUN = 12  # words in a row that may equal an official text; titles of laws and terms are exempt
_TITLES = re.compile(r"\.(?:title|label|aliases_\w\w|sources)(?:\.|$)")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_text(text))


def runs(text: str) -> set[tuple[str, ...]]:
    listed = words(text)
    return {tuple(listed[i : i + RUN]) for i in range(len(listed) - RUN + 1)}


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "documents").is_dir(), reason="needs ../shared/documents")
def test_no_text_repeats_an_official_text_word_for_word() -> None:
    paths = [*(SHARED / "statutes").glob("*.json"), *(SHARED / "documents").glob("*.md")]
    official: set[tuple[str, ...]] = set()
    for path in paths:
        text = path.read_text("utf-8")
        parts = strings(json.loads(text)) if path.suffix == ".json" else [("", text)]
        for _, part in parts:
            official |= runs(part)
    assert official
    copied = [
        (where, " ".join(run))
        for where, text in all_strings()
        if not _TITLES.search(where)
        for run in runs(text) & official
    ]
    assert copied == []


_THOUSAND = re.compile(r"\s+(?:الاف|الفا|الف|thousand)\b")
_ONE_THOUSAND = re.compile(r"(?<!\w)[وبف]?الفا? دينار")
# «المادتين السابقتين» and the like are printed without the articles' numbers.
ARTICLES_MEANT = {"art-4": {3}, "art-5": {3, 4}, "art-6": {3, 4}}


def numbers(text: str) -> set[int]:
    """Read the numbers above two: one and two are also said without a number word."""
    folded = re.sub(r"(?<=\d),(?=\d)", "", fold_text(text))
    found, at, rest = set(), 0, ""
    while number := find_number(folded, at):
        thousand = _THOUSAND.match(folded, number.end)
        found.add(number.value * 1000 if thousand else number.value)
        rest += folded[at : number.start]
        at = thousand.end() if thousand else number.end
    if _ONE_THOUSAND.search(rest + folded[at:]):
        found.add(1000)
    return {value for value in found if value > 2}


def official_law() -> dict[str, str]:
    law = json.loads((SHARED / "statutes" / "kw-law-2013-91.json").read_text("utf-8"))
    articles = {f"art-{article['article']}": article["text"] for article in law["articles"]}
    return {"preamble": law["preamble"], **articles}


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "statutes").is_dir(), reason="needs ../shared/statutes")
@pytest.mark.parametrize("entry", instruments()["kw-law-2013-91"][1], ids=lambda entry: entry.id)
def test_numbers_of_law_91_are_the_official_ones(entry: ProvisionEntry) -> None:
    official = numbers(official_law()[entry.id])
    # What the official text numbers or mentions beside the rule: its points, itself, a ruling.
    beside = {int(n) for c in entry.clauses for n in re.findall(r"\d+", c.id)}
    beside |= {n for t in entry.treatments for n in numbers(t.by.ar)}
    beside |= {int(entry.number)} if entry.number else {91, 2013}
    for language in ("ar", "en"):
        parts = (getattr(part, language) for part in (entry.text, *(c.text for c in entry.clauses)))
        said = {n for part in parts for n in numbers(part)}
        assert said - official <= ARTICLES_MEANT.get(entry.id, set()), "a number of our own"
        assert official - said <= beside, "a number of the law is missing"


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "statutes").is_dir(), reason="needs ../shared/statutes")
@pytest.mark.parametrize("entry", instruments()["kw-law-2013-91"][1], ids=lambda entry: entry.id)
def test_penalties_of_law_91_use_the_official_numbers(entry: ProvisionEntry) -> None:
    official = numbers(official_law()[entry.id])
    for penalty in entry.penalties:
        term, fine = penalty.imprisonment, penalty.fine
        months = {term.min_months, term.max_months} - {None} if term else set()
        assert {divmod(m, 12) for m in months if m} <= {(years, 0) for years in official}
        assert not fine or {fine.min_kwd, fine.max_kwd} <= official
