"""Editions of the bundled collection: packed, checked, compared, kept, brought into use alone.

corpus/ → packing.export_edition → a file → packing.opened_edition → keeping.Shelf
        → comparing.compare → Ingest.bundled (one transaction)
"""

from ingest.editions.comparing import ItemChange, compare
from ingest.editions.edition import Edition
from ingest.editions.keeping import Kept, Shelf
from ingest.editions.packing import export_edition
from ingest.editions.updating import Change, Updating

__all__ = [
    "Change",
    "Edition",
    "ItemChange",
    "Kept",
    "Shelf",
    "Updating",
    "compare",
    "export_edition",
]
