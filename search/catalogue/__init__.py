"""The catalogue: everything we hold, in SQL. It is the truth; the index is derived from it."""

from search.catalogue.records import Counts, FileRecord, FileStatus, Outcome
from search.catalogue.store import Catalogue, open_catalogue

__all__ = ["Catalogue", "Counts", "FileRecord", "FileStatus", "Outcome", "open_catalogue"]
