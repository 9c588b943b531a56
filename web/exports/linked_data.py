"""Provisions as schema.org/Legislation, saying of every text what it is.

Only an official text or a translation is a LegislationObject. A digest is a work *about* the law:
it is given as one, so that no machine takes our words for the law's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from search.model import Authority, Expression, Instrument, Language, TreatmentKind
from search.naming import cite_provision
from search.results import ProvisionView

_TEXTS = (Authority.OFFICIAL, Authority.TRANSLATION)
_KINDS = {
    Authority.DIGEST: "Digest in Tamyeez's own words. It is not the text of the law.",
    Authority.REPORTED: "Digest of public reports.",
    Authority.TRAINING: "Fictional text, written for training.",
}
# What would end a script element, or be taken for a line's end by older readers.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def provision_data(view: ProvisionView, address: str) -> Mapping[str, object]:
    """Return the JSON-LD of a provision's page; `address` is where pages live, e.g. a site's root
    followed by /ar/laws."""
    law, provision = view.instrument, view.provision
    page = f"{address}/{provision.id}"
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": page,
        "url": page,
        "legislationIdentifier": provision.id,
        "name": _named(cite_provision(provision, law).ar, cite_provision(provision, law).en),
        "legislationJurisdiction": law.jurisdiction,
        "isPartOf": _law(law, f"{address}/{law.id}"),
    }
    if view.editorial:
        heading = view.editorial.heading
        data["alternateName"] = _named(heading.ar, heading.en)
    if force := _force(view):
        data["legislationLegalForce"] = f"https://schema.org/{force}"
    texts = [_text(e, page) for e in view.expressions if e.authority in _TEXTS]
    about = [_about(e, page) for e in view.expressions if e.authority not in _TEXTS]
    if texts:
        data["encoding"] = texts
    if about:
        data["subjectOf"] = about
    return data


def script(data: Mapping[str, object]) -> str:
    """Return JSON that can stand inside a script element."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return written.translate(_ESCAPES)


def _law(law: Instrument, page: str) -> dict[str, object]:
    found: dict[str, object] = {
        "@type": "Legislation",
        "@id": page,
        "legislationIdentifier": law.id,
        "name": _named(law.title.ar, law.title.en),
    }
    return found | ({"legislationDate": law.issued_on} if law.issued_on else {})


def _force(view: ProvisionView) -> str | None:
    """Say what is known to have ended; that the rest is unchanged today is not ours to say."""
    ends = (TreatmentKind.REPEALED, TreatmentKind.STRUCK)
    ended = [t for t in view.treatments if t.kind in ends]
    if any(t.scope == "whole" for t in ended) or view.instrument.in_force_to:
        return "NotInForce"
    return "PartiallyInForce" if ended else None


def _text(expression: Expression, page: str) -> dict[str, object]:
    official = expression.authority is Authority.OFFICIAL
    made = _work(expression, page) | {
        "@type": "LegislationObject",
        # A copy held here, official or not, is not the gazette itself.
        "legislationLegalValue": "https://schema.org/UnofficialLegalValue",
        "encodesCreativeWork": {"@id": page},
    }
    return made if official else made | {"translationOfWork": {"@id": page}}


def _about(expression: Expression, page: str) -> dict[str, object]:
    return _work(expression, page) | {
        "@type": "CreativeWork",
        "about": {"@id": page},
        "disambiguatingDescription": _KINDS[expression.authority],
        "author": {"@type": "Organization", "name": "Tamyeez"},
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def _work(expression: Expression, page: str) -> dict[str, object]:
    return {
        "@id": f"{page}#{expression.language}-{expression.authority}",
        "inLanguage": expression.language.value,
        "text": expression.text,
    }


def _named(ar: str | None, en: str | None) -> list[dict[str, str]]:
    names = ((Language.AR, ar), (Language.EN, en))
    return [{"@language": tongue.value, "@value": name} for tongue, name in names if name]
