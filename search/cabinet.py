"""What one installation keeps for its readers beside the collection: their work, and its key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from search.model import Query
from search.record import Record, Replay, Sheet, Signer, replay
from search.work import WorkService, WorkStore
from search.work.news import Collection


class Recorded(Collection, Protocol):
    """What a cabinet asks of search/service.py."""

    def record(self, query: Query) -> Sheet: ...


@dataclass(frozen=True, slots=True)
class Cabinet:
    """One's work, and the records of searches that this installation signs."""

    work: WorkService | None  # None: others reach this server, and there are no accounts
    signer: Signer
    collection: Recorded

    def record(self, query: Query) -> Record:
        """Answer a query on a signed sheet. Raises what a search raises, and EngineUnavailable."""
        return self.signer.sign(self.collection.record(query))

    def replay(self, record: Record) -> Replay:
        """Check a record and run its search again; see search/record/replay.py."""
        return replay(record, self.signer, self.collection.record)

    def close(self) -> None:
        """Close the file of work."""
        if self.work is not None:
            self.work.close()


def open_cabinet(home: Path, collection: Recorded, with_work: bool = True) -> Cabinet:
    """Open the cabinet of a home folder; nothing is read or made before it is needed."""
    work = WorkService(WorkStore(home), collection) if with_work else None
    return Cabinet(work, Signer(home), collection)
