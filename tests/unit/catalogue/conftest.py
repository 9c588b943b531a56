"""Strategy: a law of our own with a digest and an official text, on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from search.catalogue import Catalogue, FileRecord, open_catalogue
from search.model import (
    Authority,
    Bilingual,
    Concept,
    Contribution,
    Editorial,
    Expression,
    Instrument,
    Judgment,
    Kind,
    Language,
    Passage,
    Provision,
    ProvisionKind,
    Section,
    SectionKind,
    Speaker,
)

LAW = "kw-law-2099-7"
MATTER = "kw-2099-harbour-01"


class Samples:
    """Small texts in legal style, and everything made from them."""

    LAW = LAW
    MATTER = MATTER

    def file(self, path: str, content: str = "", **more: Any) -> FileRecord:
        sha256 = hashlib.sha256((content or path).encode()).hexdigest()
        return FileRecord(path=path, name=path.rpartition("/")[2], sha256=sha256, size=10, **more)

    def bundled(self, path: str = "instruments/law.yaml", **more: Any) -> FileRecord:
        return self.file(path, bundled=True, **more)

    def provision(self, segment: str, position: int, **more: Any) -> Provision:
        kind = ProvisionKind.PREAMBLE if segment == "preamble" else ProvisionKind.ARTICLE
        return Provision(f"{LAW}/{segment}", LAW, kind, segment[4:], position, **more)

    def expression(
        self,
        unit: str,
        authority: Authority = Authority.DIGEST,
        language: Language = Language.EN,
        text: str = "Whoever moors without a permit is fined.",
        **more: Any,
    ) -> Expression:
        work = unit.partition("/")[0]
        identifier = f"{unit}@{language}.{authority}"
        return Expression(identifier, unit, work, language, authority, text, **more)

    def law(
        self,
        segments: Sequence[str] = ("art-1", "art-2"),
        authority: Authority = Authority.DIGEST,
        title: str = "Harbours Law",
        text: str = "Whoever moors without a permit is fined.",
        refers_to: tuple[str, ...] = (),
    ) -> Contribution:
        """A law; a digest brings an editorial for each article."""
        provisions = tuple(self.provision(s, n) for n, s in enumerate(segments))
        digest = authority is Authority.DIGEST
        return Contribution(
            instrument=Instrument(LAW, Kind.STATUTE, Bilingual(en=title), "kw", "7", 2099),
            provisions=provisions,
            editorials=tuple(
                Editorial(p.id, Bilingual(en=f"On {p.number}"), refers_to=refers_to)
                for p in provisions
                if digest
            ),
            expressions=tuple(self.expression(p.id, authority, text=text) for p in provisions),
        )

    def matter(self, provisions: tuple[str, ...] = (f"{LAW}/art-2",)) -> Contribution:
        """A fictional matter with two sections."""
        kinds = (SectionKind.FACTS, SectionKind.NOTE)
        sections = tuple(
            Section(f"{MATTER}/{kind}", MATTER, kind, Speaker.EDITOR, n)
            for n, kind in enumerate(kinds)
        )
        return Contribution(
            judgment=Judgment(
                MATTER,
                Bilingual(en="The harbour matter"),
                Bilingual(en="Harbour court"),
                "appeal",
                Authority.TRAINING,
                "kw",
                date="2099-03",
                provisions=provisions,
            ),
            sections=sections,
            expressions=tuple(self.expression(s.id, Authority.TRAINING) for s in sections),
        )

    def concepts(self, *ids: str) -> Contribution:
        return Contribution(
            concepts=tuple(Concept(i, Bilingual(en=i), "act") for i in ids),
        )

    def passages(self, contribution: Contribution) -> list[Passage]:
        """One passage an expression."""
        kind = contribution.instrument.kind if contribution.instrument else Kind.JUDGMENT
        return [
            Passage(
                id=f"{e.id}#1",
                expression=e.id,
                unit=e.unit,
                group=e.work if kind is Kind.JUDGMENT else e.unit,
                work=e.work,
                kind=kind,
                language=e.language,
                authority=e.authority,
                start=0,
                end=len(e.text),
                text=e.text,
                index_text=e.text,
                content_hash=hashlib.sha256(e.text.encode("utf-8", "replace")).hexdigest(),
                valid_from=e.valid_from,
                valid_to=e.valid_to,
                repealed=e.repealed,
            )
            for e in contribution.expressions
        ]


@pytest.fixture(scope="session")
def samples() -> Samples:
    return Samples()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of either engine."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'home' / 'catalogue.sqlite'}"


@pytest.fixture
def catalogue(url: str) -> Iterator[Catalogue]:
    opened = open_catalogue(url)
    yield opened
    opened.close()
