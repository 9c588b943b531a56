"""Provisions and matters for reference managers: BibTeX, CSL-JSON, RIS.

What is held as a digest says so in its note: the law is cited, and that its text was read here in
our words is not hidden.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from search.model import Authority, Bilingual, Instrument, Judgment, Language, Provision
from search.naming import cite_judgment, cite_provision

_NOTES = {
    Authority.OFFICIAL: Bilingual("النص الرسمي", "Official text"),
    Authority.TRANSLATION: Bilingual(
        "ترجمة، وليست النص الرسمي", "Translation, not the official text"
    ),
    Authority.DIGEST: Bilingual(
        "ملخص بصياغة «تمييز»، وليس النص الرسمي",
        "Digest in Tamyeez’s words, not the official text",
    ),
    Authority.REPORTED: Bilingual(
        "ملخص لما نُشر، وليس نص الحكم", "Digest of public reports, not the judgment’s text"
    ),
    Authority.TRAINING: Bilingual("واقعة متخيلة للتدريب", "Fictional matter, written for training"),
}
_BIBTEX = str.maketrans(
    {**{c: f"\\{c}" for c in "&%$#_{}"}, "~": "\\~{}", "^": "\\^{}", "\\": "\\textbackslash{}"}
)
_BREAKS = re.compile(r"\s+")


class Format(StrEnum):
    """Formats of reference managers, by the ending of their files."""

    BIBTEX = "bib"
    CSL = "csl.json"
    RIS = "ris"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.BIBTEX: "application/x-bibtex",
    Format.CSL: "application/vnd.citationstyles.csl+json",
    Format.RIS: "application/x-research-info-systems",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """One provision or matter as a reference manager sees it, in one language."""

    key: str
    legislation: bool  # else a matter
    title: str
    container: str  # the law; the court of a matter
    number: str
    date: str  # as precise as known: "2013", "2013-03" or "2013-03-17"; "" where unknown
    jurisdiction: str
    url: str
    language: Language
    note: str


def cite_as(
    provision: Provision, law: Instrument, authority: Authority, language: Language, url: str
) -> Cited:
    """Return a provision to be cited; `authority` is that of the text shown."""
    return Cited(
        key=provision.id.replace("/", ":"),
        legislation=True,
        title=cite_provision(provision, law).best(language),
        container=law.title.best(language),
        number=law.number or "",
        date=law.issued_on or (str(law.year) if law.year else ""),
        jurisdiction=law.jurisdiction,
        url=url,
        language=language,
        note=_NOTES[authority].best(language),
    )


def cite_matter(matter: Judgment, language: Language, url: str) -> Cited:
    """Return a judgment or matter to be cited."""
    return Cited(
        key=matter.id,
        legislation=False,
        title=matter.title.best(language),
        container=cite_judgment(matter).best(language),
        number=matter.number or "",
        date=matter.date or "",
        jurisdiction=matter.jurisdiction,
        url=url,
        language=language,
        note=_NOTES[matter.authority].best(language),
    )


def write(cited: Cited, form: Format) -> bytes:
    """Return a file with one reference, UTF-8."""
    writers = {Format.BIBTEX: _bibtex, Format.CSL: _csl, Format.RIS: _ris}
    return writers[form](cited).encode()


def _bibtex(cited: Cited) -> str:
    fields = {
        "title": cited.title,
        "booktitle" if cited.legislation else "howpublished": cited.container,
        "number": cited.number,
        "year": cited.date[:4],
        "date": cited.date,
        "url": cited.url,
        "language": {"ar": "arabic", "en": "english"}[cited.language],
        "note": cited.note,
    }
    lines = [
        f"  {name} = {{{value if name == 'url' else value.translate(_BIBTEX)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""])


def _csl(cited: Cited) -> str:
    item: dict[str, object] = {
        "id": cited.key,
        "type": "legislation" if cited.legislation else "legal_case",
        "title": cited.title,
        "container-title" if cited.legislation else "authority": cited.container,
        "number": cited.number,
        "jurisdiction": cited.jurisdiction,
        "URL": cited.url,
        "language": cited.language.value,
        "note": cited.note,
    }
    if cited.date:
        parts = [int(part) for part in cited.date.split("-")]
        item["issued"] = {"date-parts": [parts]}
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2) + "\n"


def _ris(cited: Cited) -> str:
    fields = (
        ("TY", "STAT" if cited.legislation else "CASE"),
        ("ID", cited.key),
        ("TI", cited.title),
        ("T2", cited.container),
        ("M1", cited.number),
        ("PY", cited.date[:4]),
        ("DA", cited.date.replace("-", "/")),
        ("UR", cited.url),
        ("LA", cited.language.value),
        ("N1", cited.note),
        ("ER", None),
    )
    lines = (
        f"{tag}  - {_BREAKS.sub(' ', value or '')}".rstrip(" ") + ("" if value else " ")
        for tag, value in fields
        if value or value is None
    )
    return "\r\n".join([*lines, ""])
