"""The JSON shape of a work's history, built from the values of search/versions.py."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from search.model import Authority, Language
from search.versions import ChangeKind
from web.schemas import BilingualOut, _Out
from web.schemas_compare import WordingOut


class FormerTextOut(_Out):
    """One article or section as an earlier version had it."""

    unit: str
    language: Language
    authority: Authority
    text: str


class VersionOut(_Out):
    """A text as it was read before its file changed."""

    name: str = Field(description="The file’s name")
    sha256: str
    valid_from: dt.date | None = Field(description="The first day its texts applied, if said")
    read_at: dt.datetime
    replaced_at: dt.datetime
    texts: tuple[FormerTextOut, ...] = Field(description="None where persons are masked")


class TextChangeOut(_Out):
    """What became of one article or section; the texts are null where persons are masked."""

    unit: str
    citation: BilingualOut
    language: Language
    kind: ChangeKind
    before: str | None
    after: str | None
    wording: WordingOut | None = Field(description="null: a text is missing, or too long")


class VersionViewOut(_Out):
    """A version that was replaced, and what its successor changed."""

    version: VersionOut
    changes: tuple[TextChangeOut, ...]


class HistoryOut(_Out):
    """The earlier versions of an instrument, newest first."""

    instrument: str
    versions: tuple[VersionViewOut, ...]
