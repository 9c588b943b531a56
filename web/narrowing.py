"""What a search is narrowed by: read from an address, and offered again with counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlencode

from search.errors import BadRequest
from search.facets import TRAITS
from search.identifiers import parse_work
from search.model import Authority, Bilingual, Filters, Kind, Language
from search.results import SearchResult
from web import i18n
from web.api import Service, parse_day
from web.links import with_parameters
from web.render import held_language, plain

# Parameters of the address, in the order in which they are offered.
FILTERS = ("kind", "instrument", *TRAITS, "lang", "authority", "as_at")
# Filters whose values are concepts of the thesaurus.
_CONCEPTS = frozenset(("offence", "act", "means", "purpose", "indicator"))
# Filters whose values the messages name.
_WORDED = frozenset(("kind", "lang", "level", "outcome"))
# Names of the service's facets where the parameter that narrows by them is called otherwise.
_FACETS = {"instrument": "work", "lang": "language"}

Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what to call it, how many results it keeps, where it leads.

    `told` defines a value that is a concept.
    """

    value: str
    title: Bilingual | None  # of a work, court or concept; others are named by the messages
    count: int
    url: str
    active: bool
    told: Bilingual | None = None


def read_filters(parameters: Mapping[str, str]) -> Filters:
    """Read the filters; raises BadRequest or BadIdentifier for a value there is not."""
    return Filters(
        kind=_member(Kind, "kind", parameters),
        work=parse_work(parameters["instrument"]) if parameters["instrument"] else None,
        language=_member(Language, "lang", parameters),
        authority=_member(Authority, "authority", parameters),
        as_at=parse_day(parameters["as_at"]) if parameters["as_at"] else None,
        traits=tuple((name, parameters[name]) for name in TRAITS if parameters[name]),
    )


def definitions(service: Service) -> dict[str, Bilingual]:
    """Return the definitions of the thesaurus, by concept."""
    return {of.id: of.definition for of in service.concepts() if of.definition}


def choices(
    path: str,
    parameters: Mapping[str, str],
    result: SearchResult,
    titles: Mapping[str, Bilingual],
    definitions: Mapping[str, Bilingual],
) -> dict[str, list[Choice]]:
    """Return the values of each filter that the results have.

    `titles` names works, and `definitions` defines concepts, by their ids.
    """
    offered = {}
    for parameter in FILTERS[:-1]:
        name = _FACETS.get(parameter, parameter)
        named = titles if parameter == "instrument" else result.labels.get(name, {})
        counts = result.facets.get(name, {})
        offered[parameter] = _offered(path, parameters, parameter, counts, named, definitions)
    return offered


def trait_choices(
    path: str,
    parameters: Mapping[str, str],
    counts: Mapping[str, Mapping[str, int]],
    labels: Mapping[str, Mapping[str, Bilingual]],
    definitions: Mapping[str, Bilingual],
) -> dict[str, list[Choice]]:
    """Return the values that matters can be narrowed by, where nothing is searched for."""
    return {
        trait: _offered(
            path, parameters, trait, counts.get(trait, {}), labels.get(trait, {}), definitions
        )
        for trait in TRAITS
    }


def choice_text(name: str, choice: Choice, language: Language) -> str:
    """Return what to call a value of a filter, as plain text."""
    return _text(name, choice.value, choice.title, language)


@lru_cache(4096)  # a page of results names hundreds
def _text(name: str, value: str, title: Bilingual | None, language: Language) -> str:
    if title is not None:
        return plain(i18n.readable(held_language(title, language), title.best(language)))
    if name == "authority":
        return i18n.message(language, f"authority.{value}.short")
    if name in _WORDED:
        return i18n.label(language, name, value)
    return i18n.digits(language, value) if name == "year" else value


def _offered(
    path: str,
    parameters: Mapping[str, str],
    parameter: str,
    counts: Mapping[str, int],
    named: Mapping[str, Bilingual],
    definitions: Mapping[str, Bilingual],
) -> list[Choice]:
    chosen = parameters[parameter]
    counted = {**({chosen: 0} if chosen else {}), **counts}
    without = with_parameters(path, parameters, **{parameter: None})
    joined = "&" if "?" in without else "?"
    return [
        Choice(
            value,
            named.get(value),
            counted[value],
            without if value == chosen else f"{without}{joined}{_asked(parameter, value)}",
            value == chosen,
            definitions.get(value) if parameter in _CONCEPTS else None,
        )
        for value in _in_order(parameter, counted)
    ]


@lru_cache(4096)
def _asked(parameter: str, value: str) -> str:
    return urlencode({parameter: value})


def _in_order(parameter: str, counts: Mapping[str, int]) -> list[str]:
    """The most frequent first; years from the last."""
    if parameter == "year":
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _member(enum: type[Member], name: str, parameters: Mapping[str, str]) -> Member | None:
    value = parameters[name]
    if not value:
        return None
    if value not in set(enum):
        raise BadRequest(f"{name} must be one of {', '.join(enum)}.")
    return enum(value)
