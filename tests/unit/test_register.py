"""corpus/register.yaml: what it must hold, and that nothing in it misleads."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

from ingest.bundle_schema import RegisterEntry, RegisterFile
from search.identifiers import parse_work
from search.text.fold import fold_text

REGISTER = Path(__file__).parents[2] / "corpus" / "register.yaml"
ENTRIES: tuple[RegisterEntry, ...] = RegisterFile.model_validate(
    yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
).instruments
SCOPE = {
    *("kw-law-2013-91", "kw-law-1960-16", "kw-law-1960-17", "kw-law-1970-31", "kw-law-2010-6"),
    *("kw-law-2015-68", "kw-law-2013-106", "kw-law-2015-21", "kw-law-2015-111", "kw-law-2015-63"),
    *("kw-decree-law-2024-114", "kw-decree-1959-17", "kw-constitution-1962", "kw-law-2006-5"),
    *("kw-law-2013-109", "kw-law-2016-32", "un-protocol-2000-trafficking", "ilo-c029", "ilo-c105"),
    *("un-protocol-2000-smuggling", "un-convention-2000-organized-crime", "ilo-c087", "ilo-c098"),
    *("ilo-c111", "ilo-c138", "ilo-c182", "ilo-p029", "un-convention-1979-cedaw", "kw-plan-2023"),
    *("un-covenant-1966-iccpr", "un-convention-1989-crc", "un-protocol-2000-crc-sale"),
    *("un-convention-1984-cat", "un-declaration-1948-udhr"),
}


def test_the_whole_scope_is_registered_once() -> None:
    ids = [entry.id for entry in ENTRIES]
    assert len(set(ids)) == len(ids)
    assert set(ids) >= SCOPE


def test_ids_agree_with_number_year_and_jurisdiction() -> None:
    for entry in ENTRIES:
        parts = parse_work(entry.id).split("-")
        assert parts[0] == entry.jurisdiction
        if "law" in parts or parts[:2] == ["kw", "decree"]:
            assert parts[-2:] == [str(entry.year), entry.number], entry.id
        elif parts[0] == "ilo" and parts[1].startswith("c"):
            assert int(parts[1][1:]) == int(entry.number or 0)


def test_only_laws_on_residence_share_a_name_within_one_country() -> None:
    bearers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in ENTRIES:
        for alias in (*entry.aliases_ar, *entry.aliases_en, entry.title.ar, entry.title.en):
            bearers[entry.jurisdiction, fold_text(alias)].add(entry.id)
    shared = {frozenset(ids) for ids in bearers.values() if len(ids) > 1}
    assert shared == {frozenset({"kw-decree-law-2024-114", "kw-decree-1959-17"})}


def test_recognise_phrases_are_distinct_and_long_enough_to_identify() -> None:
    seen: dict[str, str] = {}
    for entry in ENTRIES:
        assert entry.recognise, entry.id
        for phrase in entry.recognise:
            folded = fold_text(phrase)
            assert len(folded) >= 15
            assert seen.setdefault(folded, entry.id) == entry.id
