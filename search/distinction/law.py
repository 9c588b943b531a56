"""The law as facts are read by it: the definitions of offences and signals, and the penalties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.errors import BadRequest
from search.model import Editorial
from search.offences import Element, ElementKind, Offence, Signal

Version = tuple[int, str | None]  # revision and edition of the catalogue


@dataclass(frozen=True, slots=True)
class Law:
    """The definitions at one revision of the catalogue."""

    version: Version
    offences: tuple[Offence, ...]
    signals: Mapping[str, Signal]
    editorials: Mapping[str, Editorial]

    def purposes(self, primary: str) -> tuple[Element, ...]:
        """Return the purposes that the offences of a primary reading require."""
        return tuple(
            element
            for offence in self.offences
            for element in offence.elements
            if offence.primary == primary and element.kind is ElementKind.PURPOSE
        )


def read_law(catalogue: Catalogue, version: Version) -> Law:
    """Read it; raise BadRequest where the collection has no definitions."""
    offences = tuple(catalogue.offences())
    signals = {signal.id: signal for signal in catalogue.signals()}
    if not offences or not signals:
        raise BadRequest(
            "The collection holds no definitions of offences. Run `tamyeez ingest` to bring the "
            "bundled collection up to date."
        )
    wanted = {ref.provision for offence in offences for ref in offence.penalties}
    return Law(
        version=version,
        offences=offences,
        signals=signals,
        editorials=catalogue.editorials(wanted),
    )
