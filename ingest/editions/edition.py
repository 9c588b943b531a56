"""What an edition of the collection is: its number, day and notes, and what it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ingest.bundle import bundle_items, edition_of, parse_yaml
from ingest.bundle_schema import BothText
from search.model import Bilingual

FILE = "edition.yaml"
MAX_NUMBER = 999_999


class EditionFile(BaseModel):
    """`edition.yaml` of the collection."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: Annotated[int, Field(ge=1, le=MAX_NUMBER)]
    date: dt.date
    notes: BothText


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition. A collection without `edition.yaml` has number 0, no day and no notes."""

    number: int
    digest: str  # of all it holds: the same content, the same digest
    date: dt.date | None = None
    notes: Bilingual | None = None

    @property
    def name(self) -> str:
        """What its folder is called."""
        return f"{self.number:06}-{self.digest}"


def read_edition(corpus: Path) -> Edition:
    """Read what a corpus folder is an edition of; raise Unreadable."""
    digest = edition_of(bundle_items(corpus))
    path = corpus / FILE
    if not path.is_file():
        return Edition(0, digest)
    file = parse_yaml(path, EditionFile)
    return Edition(file.number, digest, file.date, Bilingual(file.notes.ar, file.notes.en))


def number_of(corpus: Path) -> int:
    """Return the number of a corpus folder's edition alone; 0 where it has none."""
    path = corpus / FILE
    return parse_yaml(path, EditionFile).number if path.is_file() else 0
