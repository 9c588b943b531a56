"""Phrasings of one provision may stand in several files of its instrument."""

from __future__ import annotations

import pytest

from ingest.bundle_phrasings import with_phrasings
from ingest.bundle_schema import PhrasingsEntry, PhrasingsFile, ProvisionEntry
from search.errors import Unreadable


def entry(key: str) -> ProvisionEntry:
    both = {"ar": "نص", "en": "text"}
    return ProvisionEntry.model_validate(
        {
            "id": key,
            "number": key.removeprefix("art-"),
            "heading": both,
            "text": both,
            "asks_ar": ["أول"],
            "asks_en": ["first"],
            "sources": ["gazette"],
            "confidence": "high",
        }
    )


def test_each_file_adds_to_a_provision_in_order() -> None:
    files = [
        ("phrasings-a.yaml", PhrasingsFile({"art-1": PhrasingsEntry(asks_en=("second",))})),
        (
            "phrasings-b.yaml",
            PhrasingsFile({"art-1": PhrasingsEntry(asks_en=("third",), situations_ar=("واقعة",))}),
        ),
    ]
    joined, untouched = with_phrasings([entry("art-1"), entry("art-2")], files)
    assert joined.asks_en == ("first", "second", "third")
    assert joined.asks_ar == ("أول", "واقعة")
    assert untouched == entry("art-2")


def test_a_key_the_instrument_lacks_is_refused() -> None:
    files = [("phrasings-a.yaml", PhrasingsFile({"art-9": PhrasingsEntry()}))]
    with pytest.raises(Unreadable, match=r"phrasings-a\.yaml: art-9: the instrument has none"):
        with_phrasings([entry("art-1")], files)
