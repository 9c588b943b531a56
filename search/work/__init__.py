"""One's own work: notes and labels on what is held, folders, saved searches, saved facts.

Kept in a file of its own beside the catalogue (`work.sqlite`), which no rebuilding touches. Every
row has an owner, and every function of `WorkService` is asked for one owner's rows.
"""

from search.work.service import WorkService
from search.work.store import WorkStore

__all__ = ["WorkService", "WorkStore"]
