"""Read the phrase bank: clauses that carry one signal, in both languages, apart from any case.

signal:
  ar: [clause, …]      the clause states it
  en: [clause, …]
  not_ar, not_en       the clause says it was not so
  open_ar, open_en     the clause leaves it open
"": {ar: […], en: […]}  clauses that carry none
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from search.distinction.signals import Polarity
from search.errors import BadRequest

_POLARITY = {"": Polarity.STATED, "not_": Polarity.DENIED, "open_": Polarity.OPEN}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A clause and the signals it carries; none: it carries no signal."""

    text: str
    signals: tuple[str, ...]
    polarity: Polarity


def read_phrases(folder: Path, signals: Collection[str]) -> list[Phrase]:
    """Read every phrase below a folder, in order; raise BadRequest for an unknown signal."""
    made: list[Phrase] = []
    for path in sorted(folder.glob("*.yaml")):
        entries = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) or {}
        for name, listed in entries.items():
            names = tuple(filter(None, name.split(",")))
            unknown = [each for each in names if each not in signals]
            if unknown:
                raise BadRequest(f"{path.name}: {unknown[0]!r} is no signal. Mend it.")
            for key, texts in listed.items():
                polarity = _POLARITY[key[:-2]]
                made += [Phrase(str(text), names, polarity) for text in texts]
    return made
