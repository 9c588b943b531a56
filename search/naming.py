"""How to call things: short citations of laws and provisions in both languages."""

from __future__ import annotations

from search.model import Bilingual, Instrument, Judgment, Provision, ProvisionKind

# The part of an instrument's id that names its type, and how a citation writes it.
_TYPES = {
    "law": ("القانون رقم {number} لسنة {year}", "Law {number}/{year}"),
    "decree-law": ("المرسوم بقانون رقم {number} لسنة {year}", "Decree-Law {number}/{year}"),
    "decree": ("المرسوم رقم {number} لسنة {year}", "Decree {number}/{year}"),
    "resolution": ("القرار رقم {number} لسنة {year}", "Resolution {number}/{year}"),
}
_UNITS = {
    ProvisionKind.ARTICLE: ("المادة {number}", "Art. {number}"),
    ProvisionKind.ISSUING_ARTICLE: ("مادة الإصدار {number}", "Issuing art. {number}"),
    ProvisionKind.PREAMBLE: ("الديباجة", "Preamble"),
    ProvisionKind.SECTION: ("القسم {number}", "Section {number}"),
    ProvisionKind.PAGE: ("صفحة {number}", "Page {number}"),
}


def cite_instrument(instrument: Instrument) -> Bilingual:
    """Return the short form: number and year where the type has them, else the title."""
    kind = "-".join(part for part in instrument.id.split("-")[1:] if not part.isdigit())
    forms = _TYPES.get(kind)
    if forms is None or instrument.number is None or instrument.year is None:
        return instrument.title
    values = {"number": instrument.number, "year": instrument.year}
    return Bilingual(*(form.format(**values) for form in forms))


def cite_provision(provision: Provision, instrument: Instrument) -> Bilingual:
    """Return e.g. «المادة 2، القانون رقم 91 لسنة 2013» and "Art. 2, Law 91/2013"."""
    law = cite_instrument(instrument)
    unit = name_provision(provision)
    return Bilingual(f"{unit.ar}، {law.best_ar}", f"{unit.en}, {law.best_en}")


def name_provision(provision: Provision) -> Bilingual:
    """Return the provision's own name without its law: "Art. 24 bis"."""
    ar, en = _UNITS[provision.kind]
    number = provision.number
    return Bilingual(
        ar.format(number=number.replace("bis", "مكرر")).strip(), en.format(number=number).strip()
    )


def cite_unheld(path: str, instrument: Instrument) -> Bilingual:
    """Cite a provision that is not held, from the first segment of its path: `art-24-bis`."""
    issuing = path.startswith("issuing-")
    number = path.removeprefix("issuing-").removeprefix("art-").removeprefix("sec-")
    kind = ProvisionKind.SECTION if path.startswith("sec-") else ProvisionKind.ARTICLE
    if issuing or path == "preamble":
        kind = ProvisionKind.ISSUING_ARTICLE if issuing else ProvisionKind.PREAMBLE
    unheld = Provision("", instrument.id, kind, number.replace("-", " "), 0)
    return cite_provision(unheld, instrument)


def cite_judgment(judgment: Judgment) -> Bilingual:
    """Return court, number and date as far as they are known."""
    tail = "، ".join(part for part in (judgment.number, judgment.date) if part)
    ar = "، ".join(part for part in (judgment.court.best_ar, tail) if part)
    en = ", ".join(part for part in (judgment.court.best_en, tail.replace("،", ",")) if part)
    return Bilingual(ar, en)
