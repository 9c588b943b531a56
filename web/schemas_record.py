"""The JSON shapes of a search to be recorded, of its record, and of running that again."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from search.answering import MAX_LIMIT, MAX_OFFSET
from search.facets import MAX_VALUE_CHARS, TRAITS
from search.identifiers import MAX_ID_CHARS
from search.model import Authority, Filters, Kind, Language, Query
from search.record.replay import ChangeKind, Verdict
from web.api import Day
from web.schemas import BilingualOut


def _trait(what: str, example: str) -> Any:
    return Field(
        None,
        max_length=MAX_VALUE_CHARS,
        description=f"Only texts of this {what}; /api/search counts the values there are.",
        examples=[example],
    )


class AskedIn(BaseModel):
    """A search, by the parameters of /api/search."""

    q: str = Field(description="The query", examples=["passport withheld by employer"])
    kind: Kind | None = Field(None, description="Only works of this kind.", examples=["statute"])
    instrument: str | None = Field(
        None,
        max_length=MAX_ID_CHARS,
        description="Only this work.",
        examples=["kw-law-2013-91"],
    )
    lang: Language | None = Field(None, description="Only passages in it.", examples=["ar"])
    authority: Authority | None = Field(
        None, description="Only texts of this authority.", examples=["official"]
    )
    as_at: Day | None = Field(
        None, description="Only texts in force on this day.", examples=["2024-12-31"]
    )
    offence: str | None = _trait("offence", "trafficking")
    outcome: str | None = _trait("outcome", "acquitted")
    court: str | None = _trait("court", "court-of-cassation")
    level: str | None = _trait("stage", "appeal")
    year: str | None = _trait("year", "2013")
    act: str | None = _trait("act", "recruitment")
    means: str | None = _trait("means", "deception")
    purpose: str | None = _trait("purpose", "forced-labour")
    indicator: str | None = _trait("indicator", "passport-withheld")
    limit: int = Field(10, ge=1, le=MAX_LIMIT, description="Results at most.", examples=[10])
    offset: int = Field(0, ge=0, le=MAX_OFFSET, description="Results to skip.", examples=[0])
    expand: bool = Field(
        True, description="Search for the thesaurus's other words too.", examples=[True]
    )

    def as_query(self) -> Query:
        """Return it as the service takes it."""
        traits = tuple((name, value) for name in TRAITS if (value := getattr(self, name)))
        filters = Filters(self.kind, self.instrument, self.lang, self.authority, self.as_at, traits)
        return Query(self.q, filters, self.limit, self.offset, self.expand)


class SignatureOut(BaseModel):
    """Ed25519, over the rest of the record as JSON with sorted keys and no blanks, in UTF-8."""

    algorithm: str
    key: str = Field(description="The public key, in base64")
    value: str = Field(description="The signature, in base64")


class RecordOut(BaseModel):
    """A signed sheet: what was asked, of what, by what, and what was found."""

    format: str
    version: int
    sheet: dict[str, Any]
    signature: SignatureOut


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class DifferenceOut(_Out):
    """A condition of the search that is not what it was."""

    what: str = Field(examples=["collection.fingerprint"])
    then: str
    now: str


class ChangeOut(_Out):
    """What became of one result."""

    kind: ChangeKind
    id: str
    citation: BilingualOut
    then: float | None = Field(description="Its place then; of `score` its score")
    now: float | None


class ReplayOut(_Out):
    """What a second run of a recorded search has shown."""

    verdict: Verdict
    key: str = Field(description="Fingerprint of the key that signed")
    own_key: bool = Field(description="It is the key of this installation")
    conditions: tuple[DifferenceOut, ...]
    changes: tuple[ChangeOut, ...]
    total: tuple[int, int] | None = Field(description="Results then and now, where they differ")
    refused: str | None = Field(description="Why the search cannot be run any more")
