"""What is new to a saved search, and what of it fits well enough to call a person for.

A document is new to a search when it was first met after the search was last looked at. It fits
when a person who ran the search now would be shown it without turning a page, and the search does
not say of itself that nothing fits (search/abstention.py): among FITTING results, the best first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from search.model import Query
from search.results import SearchResult
from search.work import saved
from search.work.model import Fitting, SavedSearch, Target, WhatIsNew
from search.work.store import WorkStore

LOOKED_THROUGH = 100  # results of a saved search that are looked at for new ones
FITTING = 10  # of them, those that an alert counts: the first page of results


class Collection(Protocol):
    """What one's work asks of search/service.py."""

    def search(self, query: Query) -> SearchResult: ...
    def targets(self, ids: Sequence[str]) -> Mapping[str, Target]: ...
    def documents(self) -> frozenset[str] | None: ...
    def documents_behind(self, groups: Sequence[str]) -> Mapping[str, frozenset[str]]: ...


def meet(store: WorkStore, collection: Collection) -> Mapping[str, int] | None:
    """Return the documents that the reader may find now with their numbers.

    Those not met before are numbered. None: the index is behind.
    """
    paths = collection.documents()
    if paths is None:
        return None
    with store.read() as conn:
        known = saved.number_documents(conn, paths)
    if len(known) == len(paths):
        return known
    with store.write() as conn:
        saved.meet_documents(conn, paths)
        return saved.number_documents(conn, paths)


def look(store: WorkStore, collection: Collection, search: SavedSearch) -> WhatIsNew:
    """Run a saved search; return the results on documents that are new to it.

    A document that was already held is not new for ranking higher, nor for being read again.
    Raises what a search raises.
    """
    meet(store, collection)
    with store.read() as conn:
        last = saved.last_document(conn)
    result = collection.search(replace(search.query, limit=LOOKED_THROUGH, offset=0))
    behind = collection.documents_behind([hit.id for hit in result.hits])
    with store.read() as conn:
        every = {path for of in behind.values() for path in of}
        numbers = saved.number_documents(conn, every)
        new = {
            group: frozenset(n for path in of if (n := numbers.get(path, 0)) > search.seen)
            for group, of in behind.items()
        }
        times = saved.meeting_times(conn, search.seen)
    return WhatIsNew(
        search,
        hits=tuple(hit for hit in result.hits if new.get(hit.id)),
        looked_through=len(result.hits),
        last=last,
        fitting=tuple(
            Fitting(hit, new[hit.id], max(times[n] for n in new[hit.id]))
            for hit in (() if result.nothing_fits else result.hits[:FITTING])
            if new.get(hit.id)
        ),
    )
