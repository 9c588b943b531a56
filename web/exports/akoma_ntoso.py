"""Laws as Akoma Ntoso 3.0, the OASIS standard for legal documents (LegalDocML).

One document is one language of one law. Every article says by `refersTo` what its text is; where
one is in our words the document is not authoritative, and says so in its preface. Structure below
an article is given where the text has numbered clauses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from lxml import etree

from search.model import (
    Authority,
    Clause,
    ClauseKind,
    Expression,
    Instrument,
    Language,
    Provision,
    ProvisionKind,
)
from search.naming import name_provision
from search.results import InstrumentView, TocEntry

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "https://tamyeez.example/ns/1.0"
MEDIA_TYPE = "application/akn+xml"
_AGENT = "tamyeez"
_CODES = {Language.AR: "ara", Language.EN: "eng"}
_STATED: Mapping[Authority, str] = {
    Authority.OFFICIAL: "Official text",
    Authority.TRANSLATION: "Translation, not the official text",
    Authority.DIGEST: "Digest in Tamyeez's words, not the official text",
    Authority.REPORTED: "Digest of public reports",
    Authority.TRAINING: "Fictional text written for training",
}
_NOTICE = {
    Language.AR: "هذه الوثيقة ليست النص الرسمي للقانون، وصفة كل مادة مبيّنة عليها.",
    Language.EN: "This document is not the official text of the law; each article says what it is.",
}
_NAMESPACES = cast(Mapping[str, str], {None: NAMESPACE})  # the default one has no prefix
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLAUSES = {
    ClauseKind.PARAGRAPH: ("paragraph", "para"),
    ClauseKind.POINT: ("point", "point"),
    ClauseKind.DEFINITION: ("paragraph", "def"),
    ClauseKind.PRINCIPLE: ("paragraph", "para"),
}

_AROUND_LABEL = " .-–:()/\n"

Texts = Mapping[str, Sequence[Expression]]  # provision → its texts, the best first
Element = etree._Element


@dataclass(frozen=True, slots=True)
class _Law:
    """A law as it is written out: its entries with the text chosen for each."""

    view: InstrumentView
    language: Language
    chosen: Mapping[str, Expression]  # provision → text

    @property
    def work(self) -> Instrument:
        return self.view.instrument

    @property
    def authorities(self) -> list[Authority]:
        held = {expression.authority for expression in self.chosen.values()}
        return [authority for authority in Authority if authority in held]


def write(view: InstrumentView, texts: Texts, language: Language) -> bytes:
    """Return the law in one language as an XML document; provisions without a text are left out."""
    chosen = {
        unit: found
        for unit, held in texts.items()
        if (found := next((e for e in held if e.language is language), None))
    }
    law = _Law(view, language, chosen)
    root = etree.Element(_tag("akomaNtoso"), nsmap=_NAMESPACES)
    act = _add(root, "act", name=str(law.work.kind), contains="singleVersion")
    _meta(act, law)
    _preface(act, law)
    entries = [entry for entry in view.entries if entry.provision.id in chosen]
    _preamble(act, [e for e in entries if e.provision.kind is ProvisionKind.PREAMBLE], law)
    body = _add(act, "body")
    main = [e for e in entries if e.provision.kind is not ProvisionKind.PREAMBLE]
    _divisions(body, main, 0, law, "")
    if not main:
        _add(_add(_add(body, "hcontainer", name="empty", eId="empty"), "content"), "p")
    xml: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=False)
    return xml


def _meta(act: Element, law: _Law) -> None:
    meta = _add(act, "meta")
    _identification(meta, law)
    date, _ = _full_date(law.work)
    lifecycle = _add(meta, "lifecycle", source=f"#{_AGENT}")
    event = {"date": date, "type": "generation", "source": "#original"}
    _add(lifecycle, "eventRef", eId="event-1", **event)
    references = _add(meta, "references", source=f"#{_AGENT}")
    _add(references, "original", eId="original", href=_uri(law.work), showAs=_title(law))
    href = f"/ontology/organization/{_AGENT}"
    _add(references, "TLCOrganization", eId=_AGENT, href=href, showAs="Tamyeez")
    jurisdiction = law.work.jurisdiction
    href = f"/ontology/jurisdiction/{jurisdiction}"
    _add(references, "TLCOrganization", eId="issuer", href=href, showAs=jurisdiction)
    for authority in law.authorities:
        href, told = f"/ontology/concept/{authority}-text", _STATED[authority]
        _add(references, "TLCConcept", eId=f"{authority}-text", href=href, showAs=told)
    _treatments(meta, law)


def _identification(meta: Element, law: _Law) -> None:
    work, code = law.work, _CODES[law.language]
    date, stated = _full_date(work)
    uri = _uri(work)
    expression = f"{uri}/{code}@{date}"
    official = law.authorities == [Authority.OFFICIAL]
    identification = _add(meta, "identification", source=f"#{_AGENT}")
    first = _add(identification, "FRBRWork")
    _frbr(first, f"{uri}/!main", uri, date, "Generation" if stated else "Year-only", "issuer")
    _add(first, "FRBRcountry", value=work.jurisdiction)
    if work.number:
        _add(first, "FRBRnumber", value=work.number)
    _add(first, "FRBRname", value=_title(law))
    second = _add(identification, "FRBRExpression")
    _frbr(second, f"{expression}/!main", expression, date, "Generation" if stated else "Year-only")
    _add(second, "FRBRauthoritative", value="true" if official else "false")
    _add(second, "FRBRlanguage", language=code)
    third = _add(identification, "FRBRManifestation")
    _frbr(third, f"{expression}/!main.xml", f"{expression}.xml", date, "Generation")
    _add(third, "FRBRformat", value=MEDIA_TYPE)


def _frbr(level: Element, this: str, uri: str, date: str, name: str, author: str = _AGENT) -> None:
    _add(level, "FRBRthis", value=this)
    _add(level, "FRBRuri", value=uri)
    _add(level, "FRBRdate", date=date, name=name)
    _add(level, "FRBRauthor", href=f"#{author}")


def _treatments(meta: Element, law: _Law) -> None:
    """Say what happened to provisions since, in our own terms: there is no general form for it."""
    told = [t for entry in law.view.entries for t in entry.treatments]
    if not told:
        return
    box = _add(meta, "proprietary", source=f"#{_AGENT}")
    for treatment in told:
        element = etree.SubElement(box, f"{{{OURS}}}treatment", nsmap={"tz": OURS})
        element.set("provision", treatment.provision)
        element.set("kind", treatment.kind)
        element.set("scope", treatment.scope)
        element.set("confidence", treatment.confidence)
        if treatment.date:
            element.set("date", treatment.date)
        element.text = _clean(treatment.by.best(law.language))


def _preface(act: Element, law: _Law) -> None:
    preface = _add(act, "preface")
    _add(_add(preface, "p"), "docTitle").text = _clean(_title(law))
    if law.authorities != [Authority.OFFICIAL]:
        _add(preface, "p", **{"class": "notice"}).text = _NOTICE[law.language]


def _preamble(act: Element, entries: Sequence[TocEntry], law: _Law) -> None:
    for entry in entries[:1]:
        expression = law.chosen[entry.provision.id]
        preamble = _add(act, "preamble", refersTo=f"#{expression.authority}-text")
        _lines(preamble, expression.text)


def _divisions(
    parent: Element, entries: Sequence[TocEntry], depth: int, law: _Law, prefix: str
) -> None:
    """Write the entries under the headings of their book, part and chapter, outermost first."""
    runs = groupby(entries, lambda e: e.provision.place[depth : depth + 1])
    for n, (place, members) in enumerate(runs, 1):
        if not place:
            for entry in members:
                _provision(parent, entry, law)
            continue
        identifier = f"{prefix}div_{n}"
        division = _add(parent, "hcontainer", name="division", eId=identifier)
        _add(division, "heading").text = _clean(place[0].best(law.language))
        _divisions(division, list(members), depth + 1, law, f"{identifier}__")


def _provision(parent: Element, entry: TocEntry, law: _Law) -> None:
    provision, expression = entry.provision, law.chosen[entry.provision.id]
    identifier = _eid(provision)
    kind = "section" if provision.kind is ProvisionKind.SECTION else "article"
    element = _add(parent, kind, eId=identifier, refersTo=f"#{expression.authority}-text")
    if expression.repealed:
        element.set("status", "removed")
    _add(element, "num").text = name_provision(provision).best(law.language)
    if entry.heading:
        _add(element, "heading").text = _clean(entry.heading.best(law.language))
    _clauses(element, expression, _tops(expression.clauses), (0, len(expression.text)), identifier)


def _clauses(
    parent: Element,
    expression: Expression,
    clauses: Sequence[Clause],
    span: tuple[int, int],
    prefix: str,
) -> None:
    """Write text[span]: what stands between the clauses in it, and they with theirs."""
    text = expression.text
    at, between = span[0], 0
    if not clauses:
        _lines(_add(parent, "content"), text[at : span[1]])
        return
    for n, clause in enumerate(clauses):
        stretch = _without_label(text[at : clause.start], clause.label)
        if stretch and n == 0:
            _lines(_add(parent, "intro"), stretch)
        elif stretch:
            between += 1
            _alinea(parent, stretch, f"{prefix}__al_{between}")
        name, short = _CLAUSES[clause.kind]
        identifier = f"{prefix}__{short}_{clause.id.rpartition('/')[2].partition('-')[2]}"
        element = _add(parent, name, eId=identifier)
        start = clause.start
        if clause.kind is not ClauseKind.DEFINITION and clause.label:
            _add(element, "num").text = _clean(clause.label)
            start = _past_label(text, clause)
        inner = [c for c in expression.clauses if c.id.rpartition("/")[0] == clause.id]
        _clauses(element, expression, inner, (start, _end(clause, inner)), identifier)
        at = _end(clause, inner)
    if tail := text[at : span[1]].strip():
        _alinea(parent, tail, f"{prefix}__al_{between + 1}")


def _end(clause: Clause, inner: Sequence[Clause]) -> int:
    """A clause reaches as far as the last of its parts, which may be recorded after its own end."""
    return max([clause.end, *(c.end for c in inner)])


def _tops(clauses: Sequence[Clause]) -> list[Clause]:
    ids = {clause.id for clause in clauses}
    return [clause for clause in clauses if clause.id.rpartition("/")[0] not in ids]


def _past_label(text: str, clause: Clause) -> int:
    """Return where a clause's words begin: its label is its number, and is not said twice."""
    label = re.escape(clause.label.strip(_AROUND_LABEL))
    found = re.compile(rf"[(\s]*{label}\s*[).:\-–]+\s*").match(text, clause.start, clause.end)
    return found.end() if found else clause.start


def _without_label(stretch: str, label: str) -> str:
    """Drop a clause's printed label from the end of what stands before it."""
    line = stretch.rfind("\n") + 1
    last = stretch[line:].strip(_AROUND_LABEL)
    return (stretch[:line] if last and last == label.strip(_AROUND_LABEL) else stretch).strip()


def _alinea(parent: Element, text: str, identifier: str) -> None:
    _lines(_add(_add(parent, "alinea", eId=identifier), "content"), text)


def _lines(parent: Element, text: str) -> None:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines or [""]:
        _add(parent, "p").text = _clean(line)


def _eid(provision: Provision) -> str:
    top = provision.id.partition("/")[2]
    name, _, number = top.rpartition("art-")
    return f"{name}art_{number}" if "art-" in top else top.replace("-", "_", 1)


def _uri(work: Instrument) -> str:
    date, stated = _full_date(work)
    kind = "act" if work.kind == "statute" else str(work.kind)
    return (
        f"/akn/{work.jurisdiction}/{kind}/{date if stated else date[:4]}/{work.number or work.id}"
    )


def _full_date(work: Instrument) -> tuple[str, bool]:
    """Return a day for the schema, which asks for one, and whether it is known."""
    for day in (work.issued_on, work.in_force_from and work.in_force_from.isoformat()):
        if day and len(day) == len("2013-03-17"):
            return day, True
    known = work.issued_on or str(work.year or "1900")
    return f"{known}-01-01"[: len("2013-03-17")], False


def _title(law: _Law) -> str:
    return law.work.title.best(law.language)


def _add(parent: Element, name: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, _tag(name), attributes)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _clean(text: str) -> str:
    """Drop what XML cannot hold: control characters of damaged files."""
    return _ILLEGAL.sub("", text)
